"""How referrals flow: counts and median days by source, from sums that close (R71)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Literal, get_args

from payforsuccess.governance.referral import ENDS, State

Stage = Literal["referred", "eligible", "accepted", "enrolled", "housed"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""In the order in which a referral comes to them; each is counted once it was ever reached."""
STAGE_OF: dict[State, Stage] = {
    "made": "referred",
    "eligible": "eligible",
    "placed": "accepted",
    "enrolled": "enrolled",
    "housed": "housed",
}
"""The state with which a stage begins."""
EVERY = "all"


@dataclass(frozen=True)
class Course:
    """One referral: its source, its state, and the first day of each stage it came to."""

    source: str
    state: State
    reached: Mapping[Stage, date]


@dataclass(frozen=True)
class Flow:
    """The referrals of one source, or of all.

    days: the median from each stage to the next, of those who came to both; None of nobody. ended:
    how many came to each end. Actives and ends add up to the referrals.
    """

    source: str
    reached: Mapping[Stage, int]
    days: Mapping[Stage, Fraction | None]
    active: int
    ended: Mapping[State, int]

    @property
    def referred(self) -> int:
        """All referrals."""
        return self.active + sum(self.ended.values())


def flows_of(courses: Iterable[Course]) -> tuple[Flow, ...]:
    """One flow a source, in the order of their names, and the flow of all of them last."""
    by_source: dict[str, list[Course]] = {}
    every = list(courses)
    for course in every:
        by_source.setdefault(course.source, []).append(course)
    flows = [_flow(source, by_source[source]) for source in sorted(by_source)]
    return (*flows, _flow(EVERY, every))


def _flow(source: str, courses: list[Course]) -> Flow:
    return Flow(
        source=source,
        reached={
            stage: sum(1 for course in courses if _has_reached(course, stage)) for stage in STAGES
        },
        days={later: _median(courses, stage, later) for stage, later in pairwise(STAGES)},
        active=sum(1 for course in courses if course.state not in ENDS),
        ended={end: sum(1 for course in courses if course.state == end) for end in ENDS},
    )


def _has_reached(course: Course, stage: Stage) -> bool:
    """Every referral was referred; who came to a later stage had passed the earlier ones."""
    if stage == "referred":
        return True
    return any(later in course.reached for later in STAGES[STAGES.index(stage) :])


def _median(courses: list[Course], stage: Stage, later: Stage) -> Fraction | None:
    days = [
        Fraction((course.reached[later] - course.reached[stage]).days)
        for course in courses
        if stage in course.reached and later in course.reached
    ]
    return Fraction(median(days)) if days else None
