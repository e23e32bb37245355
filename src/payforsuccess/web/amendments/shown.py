"""The tables of amendments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.amended import AmendmentFound
from payforsuccess.runs.diff import Diff
from payforsuccess.units import grouped
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.amendments.queries import Standing, may_answer
from payforsuccess.web.amendments.words import ANSWERS, AT, STATES, TOUCHED, who_is_next, whose
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table
from payforsuccess.web.ui.told import told, told_problem


def amendments_table(
    access: Access, proposals: Sequence[Standing], versions: Sequence[AmendmentFound]
) -> Table:
    """Every amendment: proposals, the newest first, then versions that came by another way."""
    rows: list[Row] = []
    for one in proposals:
        word, tone = STATES[one.state]
        asked = one.consents.asked
        settled = sum(each.is_settled for each in asked)
        rows.append(
            Row(
                (
                    cells.link(title_of(one.proposal.number), url_of("one", access, one)),
                    one.proposal.says,
                    one.proposed.deal.in_force_from if one.proposed else None,
                    cells.status(word=word, tone=tone),
                    _("%(done)d of %(all)d") % {"done": settled, "all": len(asked)},
                    who_is_next(one),
                ),
                is_urgent=any(may_answer(access, one, at) for at in waiting_of(one)),
            )
        )
    for found in reversed(versions):
        url = reverse("amendments:version", args=[access.initiative.slug, found.amendment.number])
        state = "in-force" if found.in_force_from <= access.on else "to-come"
        word, tone = STATES[state]  # type: ignore[index]
        given = sum(each.given_on is not None for each in found.needed)
        rows.append(
            Row(
                (
                    cells.link(title_of(found.amendment.number), url),
                    found.amendment.says,
                    found.in_force_from,
                    cells.status(word=word, tone=tone),
                    _("%(done)d of %(all)d") % {"done": given, "all": len(found.needed)},
                    _("Nobody’s turn: nothing is left to do."),
                )
            )
        )
    return Table(
        caption=_("Amendments, the newest first"),
        columns=(
            Column(_("Amendment")),
            Column(_("What changes")),
            Column(_("From")),
            Column(_("How it stands")),
            Column(_("Consents")),
            Column(_("Who is next")),
        ),
        rows=rows,
        empty=_("Nobody has proposed to amend the deal."),
    )


def title_of(number: int) -> str:
    """An amendment by its number."""
    return _("Amendment %(number)d") % {"number": number}


def url_of(name: str, access: Access, standing: Standing, *more: object) -> str:
    """The address of a page of a proposal."""
    parts = [access.initiative.slug, standing.proposal.public_id, *more]
    return reverse(f"amendments:{name}", args=parts)


def waiting_of(standing: Standing) -> list[int]:
    """The places of the consents that nobody answered."""
    return [at for at, one in enumerate(standing.consents.asked) if one.standing == "waiting"]


def consents_table(access: Access, standing: Standing) -> Table:
    """Whose consent is needed and why, who gave it and when, and what this person may answer."""
    rows = []
    for which, one in enumerate(standing.consents.asked):
        word, tone = ANSWERS[one.standing]
        answer = one.answer
        mine = may_answer(access, standing, which)
        rows.append(
            Row(
                (
                    whose(one.consent),
                    _why(one.consent.touches, one.consent.above),
                    cells.status(word=word, tone=tone, reason=answer.reason if answer else ""),
                    f"{answer.by}, {answer.party}" if answer else None,
                    answer.on if answer else None,
                    _links(access, standing, which) if mine else None,
                ),
                is_urgent=mine and one.standing == "waiting",
            )
        )
    return Table(
        caption=_("Whose consent is needed, by the deal’s own rules"),
        columns=(
            Column(_("Whose")),
            Column(_("Because it touches")),
            Column(_("Consent")),
            Column(_("By")),
            Column(_("Day")),
            Column(_("Your answer")),
        ),
        rows=rows,
        empty=_("By the deal’s own rules it needs no one’s consent."),
    )


def _links(access: Access, standing: Standing, which: int) -> SafeString:
    asked = standing.consents.asked[which]
    words = {"consented": _("Consent"), "refused": _("Refuse")}
    if asked.consent.above is not None:
        words["not-needed"] = _("Not needed")
    return format_html_join(
        " · ",
        "{}",
        (
            (cells.link(word, url_of("answer", access, standing, which, said)),)
            for said, word in words.items()
            if said != asked.standing
        ),
    )


def recorded_table(found: AmendmentFound) -> Table:
    """The consents of a version that came by another way than these pages."""
    return Table(
        caption=_("Consents in the deal file"),
        columns=(Column(_("Whose")), Column(_("Because it touches")), Column(_("Day"))),
        rows=[
            (whose(one), _why(one.touches, one.above), one.given_on or cells.missing(_("Not yet")))
            for one in found.needed
        ],
        empty=_("By the deal’s own rules it needs no one’s consent."),
    )


def _why(touches: str, above: object) -> str:
    words = str(TOUCHED[touches])  # type: ignore[index]
    if above is None:
        return words
    return _("%(what)s, if it moves more than %(amount)s") % {
        "what": words,
        "amount": grouped(above),  # type: ignore[arg-type]
    }


def changes_table(difference: Diff) -> Table:
    """What the amendment changes, in the sentences of the deal."""
    return Table(
        caption=_("What changes in words"),
        columns=(
            Column(_("What")),
            Column(_("Touches")),
            Column(_("Until then")),
            Column(_("From then on")),
        ),
        rows=[
            (
                change.what,
                TOUCHED[change.touches] if change.touches else None,
                " ".join(change.was),
                " ".join(change.now),
            )
            for change in difference.changes
        ],
        empty=_("Nothing changes."),
    )


def money_table(difference: Diff) -> Table:
    """What each line alone pays before and after, at a few levels of success."""
    currency = difference.new.currency
    return Table(
        caption=_("What each line alone pays in one period, before limits over several lines"),
        columns=(
            Column(_("Line")),
            Column(_("At")),
            Column(_("Until then"), is_number=True),
            Column(_("From then on"), is_number=True),
            Column(_("Change"), is_number=True),
        ),
        rows=[
            (
                each.line,
                AT.get(each.at, each.at),  # type: ignore[call-overload]
                cells.money(each.old, currency),
                cells.money(each.new, currency),
                cells.money(each.change, currency),
            )
            for each in difference.money
            if each.change
        ],
        empty=_(
            "At no success, a little, half-way and at the most every line pays the same as before."
        ),
    )


def clock_of(deal: Deal, *, on: date) -> SafeString | str:
    """Until when every consent must be on record."""
    if deal.amendment is not None and deal.amendment.retroactive:
        return _("No day: it says that it reaches back.")
    left = (deal.in_force_from - on).days
    day = cells.day_words(deal.in_force_from)
    if left < 0:
        words = _("All consents were needed by %(day)s.") % {"day": day}
        return cells.status("overdue", reason=words)
    words = _("All consents by %(day)s: %(left)d days are left.") % {"day": day, "left": left}
    return cells.status("due" if left <= 14 else "waiting", reason=words)


def findings_table(findings: Sequence[Finding]) -> Table:
    """What a careful reader should know of the amended deal."""
    return Table(
        caption=_("What the check of the amended deal found"),
        columns=(Column(_("Finding")), Column(_("Where"))),
        rows=[(told(each.what), each.where.field or None) for each in findings],
        empty=_("The check found nothing to know."),
    )


def problem_words(problem: Problem) -> str:
    """What is wrong, what to do, and where in the file."""
    words = told_problem(problem)
    if not problem.where.line:
        return words
    return _("Line %(line)d: %(words)s") % {"line": problem.where.line, "words": words}
