"""How referrals flow: counts and median days by source, sums that close, rates by group."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.errors import Refusal
from payforsuccess.governance.referral import ENDS
from payforsuccess.governance.referral_flow import STAGES, Flow
from payforsuccess.reports.equity import Breakdown
from payforsuccess.runs.measure.equity_given import equity_given
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.referrals import words
from payforsuccess.web.referrals.flowing import (
    ACTIVE,
    GROUPINGS,
    NOT_SAID,
    REFERRED_ONCE,
    Flowing,
    flowing,
)
from payforsuccess.web.referrals.models import SOURCES
from payforsuccess.web.referrals.questions import bare
from payforsuccess.web.ui.charts import Chart, funnel_chart
from payforsuccess.web.ui.tables import Column, Row, Table
from payforsuccess.web.ui.told import told

Text = str | Promise
STAGE_WORDS: dict[str, Text] = {
    "referred": gettext_lazy("Referred"),
    "eligible": gettext_lazy("Eligible"),
    "accepted": gettext_lazy("Accepted"),
    "enrolled": gettext_lazy("Enrolled"),
    "housed": gettext_lazy("Housed"),
}
RATE_WORDS: dict[str, Text] = {
    **STAGE_WORDS,
    REFERRED_ONCE: gettext_lazy("Referred, each person once"),
    "left": gettext_lazy("Left the programme"),
    "assigned": gettext_lazy("Assigned"),
}
BY_WORDS: dict[str, Text] = {
    "race": gettext_lazy("Race or ethnicity"),
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "language": gettext_lazy("Language"),
    "disability": gettext_lazy("Disability"),
    "site": gettext_lazy("Site"),
}
GROUP_WORDS: dict[str, Text] = {
    **dict(words.RACES),
    **dict(words.SEXES),
    **dict(words.LANGUAGES),
    **dict(words.AGES),
    NOT_SAID: gettext_lazy("Not asked, or not said"),
    "everyone": gettext_lazy("Everyone"),
    "hidden": gettext_lazy("hidden"),
    "no one": gettext_lazy("no one"),
}


@needs("see-totals")
def flow(request: HttpRequest, access: Access) -> HttpResponse:
    """The funnel, the table behind it, where everyone is now, and rates by group."""
    sees_small = bool(access.may("see-small-counts"))
    found = flowing(access.initiative, sees_small=sees_small, today=timezone.localdate())
    context = {
        "found": found,
        "sees_small": sees_small,
        "chart": _chart(found),
        "stages": _stages(found),
        "days": _days(found),
        "ends": _ends(found),
        "equity": _by_fact(found.equity),
        **_given_out(access),
        "slowest": _slowest(found),
        "groups_in_deal": ", ".join(_words(each) for each in access.initiative.deal.equity),
    }
    return render(request, "referrals/flow.html", context)


def _words(fact: str) -> str:
    """A fact about people as the deal names it, for people: most have a word here."""
    return str(BY_WORDS.get(fact, fact.replace("_", " "))).lower()


def _source(name: str) -> Text:
    return dict(SOURCES).get(name, _("All sources"))


def _number(count: int | None) -> object:
    return _("hidden") if count is None else count


def _chart(found: Flowing) -> Chart | None:
    """The bars that may be shown; none where all of them are hidden."""
    every = found.flows[-1]
    bars = [(STAGE_WORDS[s], n) for s in STAGES if (n := found.text(s, every)) is not None]
    if len(bars) < 2 or not bars[0][1]:
        return None
    first, last = bars[0], bars[-1]
    finding = _("%(first)s: %(n)s. %(last)s: %(m)s.") % {
        "first": first[0],
        "n": f"{first[1]:,}",
        "last": last[0],
        "m": f"{last[1]:,}",
    }
    sentence = "; ".join(f"{word}: {count:,}" for word, count in bars) + "."
    return funnel_chart(finding=finding, sentence=sentence, stages=bars, unit=_("referrals"))


def _stages(found: Flowing) -> Table:
    return Table(
        caption=gettext_lazy("Referrals that came to each stage, by source"),
        columns=(
            Column(gettext_lazy("From")),
            *(Column(STAGE_WORDS[stage], is_number=True) for stage in STAGES),
        ),
        rows=[
            (_source(each.source), *(_number(found.text(stage, each)) for stage in STAGES))
            for each in found.flows
        ],
    )


def _days(found: Flowing) -> Table:
    return Table(
        caption=gettext_lazy("Median days from one stage to the next, by source"),
        columns=(
            Column(gettext_lazy("From")),
            *(Column(STAGE_WORDS[stage], is_number=True) for stage in STAGES[1:]),
        ),
        rows=[
            (_source(each.source), *(_in_days(found.days(stage, each)) for stage in STAGES[1:]))
            for each in found.flows
        ],
    )


def _in_days(days: Fraction | None) -> object:
    """Whole days and halves: a median of whole days is nothing else."""
    if days is None:
        return None
    return f"{float(days):.1f}".removesuffix(".0")


def _ends(found: Flowing) -> Table:
    shown = [
        end
        for end in (ACTIVE, *ENDS)
        if any(found.end_text(end, each) != 0 for each in found.flows)
    ]
    return Table(
        caption=gettext_lazy("Where they are now: active and ended add up to the referrals"),
        columns=(
            Column(gettext_lazy("State")),
            *(Column(_source(each.source), is_number=True) for each in found.flows),
        ),
        rows=[
            *(
                (_end(end), *(_number(found.end_text(end, each)) for each in found.flows))
                for end in shown
            ),
            Row(
                (
                    gettext_lazy("All referrals"),
                    *(_number(found.text("referred", each)) for each in found.flows),
                )
            ),
        ],
    )


def _end(end: str) -> Text:
    return _("Active") if end == ACTIVE else words.STATES[end][0]  # type: ignore[index]


def _given_out(access: Access) -> dict[str, object]:
    """Matches, exits and outcomes by group, as the last release of `pfs equity` shows them (R119).

    The rates of referrals that this page works out itself are left out: they are of another day.
    """
    try:
        given = equity_given(access.initiative.path)
    except Refusal as refusal:
        return {"given_problems": refusal.problems}
    if given is None:
        return {}
    tables = [
        each for each in given.breakdowns if each.did not in STAGES or each.by not in GROUPINGS
    ]
    return {
        "given": given,
        "given_out": _by_fact(tables),
        "is_by_disability": any(each.by == "disability" for each in tables),
        "cautions": dict.fromkeys(told(each.caution) for each in tables if each.caution),
    }


def _by_fact(found: Sequence[Breakdown]) -> list[tuple[Text, list[Table]]]:
    by_name: dict[str, list[Table]] = {}
    for each in found:
        if each.by != "source":
            by_name.setdefault(each.by, []).append(_rates(each))
    return [(_fact(by), tables) for by, tables in by_name.items()]


def _fact(by: str) -> Text:
    return BY_WORDS.get(by, bare(by))


def _rate_word(name: str) -> Text:
    return RATE_WORDS.get(name) or told(name).capitalize()


def _rates(one: Breakdown) -> Table:
    did, of = _rate_word(one.did), _rate_word(one.of)
    return Table(
        caption=_("%(did)s, of those %(of)s") % {"did": did, "of": str(of).lower()},
        columns=(
            Column(_fact(one.by)),
            Column(did, is_number=True),
            Column(of, is_number=True),
            Column(gettext_lazy("Rate, with its 95% interval"), is_number=True),
        ),
        rows=[
            tuple(GROUP_WORDS.get(text, text) for text in (row.group, row.did, row.of, row.rate))
            for row in one.rows
        ],
    )


def _slowest(found: Flowing) -> tuple[Text, object] | None:
    """The step that takes longest, of all sources: where to look first."""
    every: Flow = found.flows[-1]
    told = [(days, stage) for stage in STAGES[1:] if (days := found.days(stage, every))]
    if not told:
        return None
    days, stage = max(told)
    return STAGE_WORDS[stage], _in_days(days)
