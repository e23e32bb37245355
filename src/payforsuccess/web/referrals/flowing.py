"""How referrals flow, and for whom: counts, medians and rates that may be shown to the reader.

A reader who may not see small counts gets the state at the end of the last month, with small
numbers hidden and whatever would tell them. Within a month the page says the same every day, and
from month to month it shows no change of a few (`given`), so that nobody learns of one person by
looking twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

from django.core.cache import cache
from django.utils import timezone

from payforsuccess.disclosure import (
    LEAST_THRESHOLD,
    Facts,
    Release,
    Sum,
    crossed,
    joined,
)
from payforsuccess.governance.referral import ENDS, State
from payforsuccess.governance.referral_flow import STAGE_OF, STAGES, Course, Flow, Stage, flows_of
from payforsuccess.reports.equity import Breakdown
from payforsuccess.runs.measure.equity_rates import Counted, breakdowns, facts_of
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.referrals.given import released
from payforsuccess.web.referrals.models import Change, Referral

STEPS: tuple[tuple[Stage, Stage], ...] = tuple(pairwise(STAGES))
ACTIVE = "active"
NOT_SAID = "not-said"
AGES = (
    (25, "under 25"),
    (35, "25 to 34"),
    (45, "35 to 44"),
    (55, "45 to 54"),
    (200, "55 and over"),
)
GROUPINGS = ("race", "sex", "age", "language")
REFERRED_ONCE = "referred once"
"""Who was referred, without what was joined to an earlier referral of the same person at once."""
_KEPT_FOR = 24 * 3600


@dataclass(frozen=True)
class Person:
    """One referral: its course, and the groups of its person."""

    course: Course
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Flowing:
    """The page: the day it holds for, flows by source, rates by group, and what may be shown.

    release: what of the counts may be shown; None for whoever may see small counts.
    """

    as_of: date
    flows: tuple[Flow, ...]
    equity: tuple[Breakdown, ...]
    release: Release | None
    threshold: int

    def text(self, stage: Stage, flow: Flow) -> int | None:
        """How many came to a stage; None where it is hidden."""
        return self._shown(_stage_cell(stage, flow.source), flow.reached[stage])

    def end_text(self, end: str, flow: Flow) -> int | None:
        """How many are active, or came to an end; None where it is hidden."""
        count = flow.active if end == ACTIVE else flow.ended[end]  # type: ignore[index]
        return self._shown(f"came to/{flow.source}/{end}", count)

    def days(self, stage: Stage, flow: Flow) -> Fraction | None:
        """The median days to a stage; None of nobody, and of those whose count is hidden."""
        return flow.days[stage] if self.text(stage, flow) is not None else None

    def _shown(self, cell: str, count: int) -> int | None:
        return count if self.release is None else self.release.shown.get(cell)


def flowing(initiative: Initiative, *, sees_small: bool, today: date) -> Flowing:
    """The flow for a reader."""
    as_of = today if sees_small else today.replace(day=1) - timedelta(days=1)
    key = f"referral-flow:{initiative.public_id}:{as_of}"
    if not sees_small:
        kept: Flowing | None = cache.get(key)
        if kept is not None:
            return kept
    outcomes = initiative.deal.outcomes.values()
    threshold = max([LEAST_THRESHOLD, *(each.disclosure_threshold for each in outcomes)])
    people = _people(initiative, as_of)
    flows = flows_of(person.course for person in people)
    counted = _counted(people)
    if sees_small or not people:
        facts = facts_of(counted, threshold=threshold)
        shown = {name: cell.value for name, cell in facts.cells.items()}
        equity = breakdowns(counted, Release(shown, frozenset(), {}))
        return Flowing(as_of, flows, equity, None, threshold)
    release = released(
        initiative,
        lambda: _facts(people, counted, flows, threshold),
        as_of=as_of,
        threshold=threshold,
    )
    found = Flowing(as_of, flows, breakdowns(counted, release), release, threshold)
    cache.set(key, found, _KEPT_FOR)
    return found


def _people(initiative: Initiative, as_of: date) -> list[Person]:
    """Every referral as it stood at the end of a day, in two queries."""
    end = timezone.make_aware(datetime.combine(as_of + timedelta(days=1), time(0)))
    reached: dict[int, dict[Stage, date]] = {}
    state: dict[int, State] = {}
    changes = Change.objects.filter(referral__initiative=initiative, at__lt=end)
    for referral, name, at in changes.order_by("at", "pk").values_list(
        "referral_id", "state", "at"
    ):
        state[referral] = name  # type: ignore[assignment]
        if name in STAGE_OF:
            reached.setdefault(referral, {}).setdefault(STAGE_OF[name], timezone.localdate(at))
    found = []
    rows = Referral.objects.filter(initiative=initiative, made_at__lt=end).values_list(
        "pk",
        "source",
        "made_at",
        "participant__born",
        "participant__race",
        "participant__sex",
        "participant__language",
    )
    for pk, source, made_at, born, race, sex, language in rows:
        groups = {
            "race": race or NOT_SAID,
            "sex": sex or NOT_SAID,
            "age": _age_group(date.fromisoformat(born), timezone.localdate(made_at)),
            "language": language.casefold() or NOT_SAID,
        }
        found.append(Person(Course(source, state.get(pk, "made"), reached.get(pk, {})), groups))
    return found


def _age_group(born: date, on: date) -> str:
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next(name for limit, name in AGES if age < limit)


def _counted(people: Iterable[Person]) -> list[Counted]:
    """By source, then by each grouping: how many came from each stage to the next.

    By group a referral that was joined to an earlier one before anything came of it does not count:
    it would stand against its group as one more who came to nothing.
    """
    people = list(people)
    once = [
        each for each in people if each.course.state != "joined" or len(each.course.reached) > 1
    ]
    return [
        Counted(
            later,
            REFERRED_ONCE if earlier == "referred" and by in GROUPINGS else earlier,
            by,
            _by_group(once if by in GROUPINGS else people, by, earlier, later),
            is_people=True,
        )
        for by in ("source", *GROUPINGS)
        for earlier, later in STEPS
    ]


def _by_group(
    people: list[Person], by: str, earlier: Stage, later: Stage
) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for person in people:
        group = person.course.source if by == "source" else person.groups[by]
        yes, of = counts.get(group, (0, 0))
        counts[group] = (
            yes + _came_to(person.course, later),
            of + _came_to(person.course, earlier),
        )
    return dict(sorted(counts.items()))


def _came_to(course: Course, stage: Stage) -> bool:
    later = STAGES[STAGES.index(stage) :]
    return stage == "referred" or any(each in course.reached for each in later)


def _facts(
    people: list[Person], counted: list[Counted], flows: tuple[Flow, ...], threshold: int
) -> Facts:
    """All that the page shows as one set of facts: stages and ends add up to the same people."""
    *by_source, _every = flows
    ends = {
        (flow.source, end): flow.active if end == ACTIVE else flow.ended[end]  # type: ignore[index]
        for flow in by_source
        for end in (ACTIVE, *ENDS)
    }
    if not people:
        return Facts()
    table = crossed(ends, name="came to")
    whole = joined([facts_of(counted, threshold=threshold), table])
    ties = [
        Sum(_stage_cell("referred", flow.source), (f"came to/{flow.source}/all",)) for flow in flows
    ]
    return Facts(
        whole.cells,
        (*whole.sums, *ties),
        whole.multiples,
        whole.never_shown,
        whole.groups,
        frozenset(_stage_cell(stage, flow.source) for flow in flows for stage in STAGES),
    )


def _stage_cell(stage: Stage, source: str) -> str:
    return stage if source == "all" else f"{stage}/source/{source}"
