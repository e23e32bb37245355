"""Whether a deal is on track is told by the sum of all periods, where single periods are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.measures import HeldWithoutBreak
from payforsuccess.deal.results import Result
from payforsuccess.disclosure import Release, suppress
from payforsuccess.reports.track_facts import Performance
from payforsuccess.runs.measure.measure import Measured, MeasuredOutcome
from payforsuccess.runs.track.flow import flows_of
from payforsuccess.runs.track.levels import levels_of, trend_of
from payforsuccess.runs.track.linked import linked_facts
from payforsuccess.runs.track.performance import Beside, performance_of, shipped_rules
from payforsuccess.runs.track.trends import ALL, Count, Course, may_show_value, shown_number
from tests.lib.assumed import a_count, assumed
from tests.lib.deals import a_deal
from tests.lib.tracked import OUTCOMES

DEAL = a_deal()
NO_FLOW = flows_of([], None)
EXPECTED = assumed(costs=[], outcomes={"homes": a_count("0.9")})


def a_course(*reached_of: tuple[int, int]) -> Course:
    counts = {
        (ALL, at): Count(yes, of, Fraction(yes)) for at, (yes, of) in enumerate(reached_of, 1)
    }
    return Course(tuple(at for _, at in counts), (ALL,), counts, True, outcome="homes")


def released(course: Course) -> Release:
    return suppress(linked_facts(NO_FLOW, [course], threshold=10))


def measured(course: Course) -> Measured:
    results = tuple(
        Result(outcome="homes", period=at, value=course.counts[ALL, at].total)
        for at in course.periods
    )
    return Measured((MeasuredOutcome("homes", results, pa.table({}), "", ""),), pa.table({}), ())


def rated(course: Course, release: Release) -> Performance:
    beside = Beside(shipped_rules(), EXPECTED, None)
    (row,) = performance_of(
        DEAL, measured(course), {"homes": course}, (), release, beside, on=date(2026, 12, 31)
    ).rows
    return row


def test_a_hidden_period_hides_no_sum_that_may_be_shown() -> None:
    """R85, R112: few did not keep a home, so that who did and of how many are not shown both."""
    course = a_course((13, 13), (10, 11), (12, 12), (7, 7))
    release = released(course)

    row = rated(course, release)

    assert shown_number(course, release, ALL, None).value == "42"
    assert shown_number(course, release, ALL, None).people == "hidden"
    assert (row.actual, row.expected, row.rating) == ("42", "27", "on track")
    assert row.when == "to the end of period 4"


def test_the_level_says_that_the_number_of_people_is_hidden() -> None:
    course = a_course((13, 13), (10, 11), (12, 12), (7, 7))
    release = released(course)
    trends = {"homes": trend_of(DEAL, course, release)}

    measure = HeldWithoutBreak.model_validate(OUTCOMES["homes"]["measure"])
    outcome = DEAL.outcomes["homes"].model_copy(update={"measure": measure})
    deal = DEAL.model_copy(update={"outcomes": {"homes": outcome}})

    (level,) = levels_of(deal, measured(course), {"homes": course}, trends, release)

    assert (level.current, level.of) == ("42", "a hidden number of people")


def test_few_people_in_all_are_too_early_to_say() -> None:
    """R112: four of five are too few to show, and to judge by."""
    course = a_course((2, 2), (2, 3))

    row = rated(course, released(course))

    assert (row.actual, row.rating) == ("hidden or not known", "too early to say")


def test_a_rate_is_not_shown_beside_one_hidden_count_of_the_two() -> None:
    """R140: 95 % beside 20 who reached it tells that one of 21 did not."""
    course = a_course((20, 21), (30, 60))
    release = released(course)

    assert may_show_value(course, release, 1, is_rate=False) or (
        course.cell("known", ALL, 1) in release.shown
    )
    assert not may_show_value(course, release, 1, is_rate=True)
    assert may_show_value(course, release, 2, is_rate=True)


@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 12)), min_size=2, max_size=5))
def test_what_is_rated_is_shown_and_of_enough_people(drawn: list[tuple[int, int]]) -> None:
    """R112, R140: no rating rests on a number that a reader of the page does not have."""
    course = a_course(*((yes, yes + other) for yes, other in drawn))
    release = released(course)
    cells: Mapping[str, int] = release.shown

    row = rated(course, release)

    if row.ratio:
        periods = [cells.get(course.cell("reached", ALL, at)) for at in course.periods]
        whole = cells.get(course.cell("reached", ALL, None))
        assert row.actual == f"{whole if whole is not None else sum(p or 0 for p in periods):,}"
        assert whole is not None or None not in periods
        assert sum(course.counts[ALL, at].known or 0 for at in course.periods) >= 11
