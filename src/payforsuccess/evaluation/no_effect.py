"""Two-sided tests of no effect on two proportions. A plan names one; the others are only shown."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.evaluation import Test
from payforsuccess.evaluation.proportions import (
    TwoByTwo,
    difference,
    standard_error_of_difference,
)

MOST_COUNTED = 20_000
"""People of both arms up to whom Fisher's tables are counted in whole numbers."""


@dataclass(frozen=True)
class TestValue:
    """A test's statistic, where it has one, and its two-sided p-value."""

    __test__ = False  # not a test of this software

    statistic: float | None
    p_value: float


def run_test(test: Test, table: TwoByTwo) -> TestValue:
    """The test by its name; when no one or everyone has an event, the p-value is 1.

    Refuses (KeyError) a test that `COMPUTED_TESTS` does not hold.
    """
    compute = COMPUTED_TESTS[test]
    return TestValue(None, 1.0) if table.is_degenerate else compute(table)


def _both_tails(z: float) -> float:
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))


def _beyond(statistic: float) -> float:
    """The tail of chi-square with one degree of freedom."""
    from scipy.special import chdtrc

    return float(chdtrc(1, statistic))


def z_unpooled(table: TwoByTwo) -> TestValue:
    """The difference over its unpooled standard error, against the normal distribution."""
    error = standard_error_of_difference(table, "unpooled")
    if not error:  # everyone in one arm and no one in the other has an event
        return TestValue(None, 0.0)
    z = float(difference(table)) / error
    return TestValue(z, _both_tails(z))


def z_pooled(table: TwoByTwo) -> TestValue:
    """The difference over the standard error under one common share; its square is Pearson's."""
    share = (table.treated_events + table.control_events) / (
        table.treated_people + table.control_people
    )
    error = math.sqrt(share * (1 - share) * (1 / table.treated_people + 1 / table.control_people))
    z = float(difference(table)) / error
    return TestValue(z, _both_tails(z))


def pearson(table: TwoByTwo, *, continuity: float = 0.0) -> TestValue:
    """Pearson's chi-square with one degree of freedom."""
    statistic = sum(
        max(0.0, abs(found - expected) - continuity) ** 2 / expected
        for found, expected in _cells(table)
    )
    return TestValue(statistic, _beyond(statistic))


def pearson_continuity(table: TwoByTwo) -> TestValue:
    """Pearson's chi-square with Yates' correction of one half."""
    return pearson(table, continuity=0.5)


def likelihood_ratio(table: TwoByTwo) -> TestValue:
    """The G statistic, against chi-square with one degree of freedom."""
    statistic = 2 * sum(
        found * math.log(found / expected) for found, expected in _cells(table) if found
    )
    return TestValue(statistic, _beyond(max(0.0, statistic)))


def welch(table: TwoByTwo) -> TestValue:
    """Welch's t on the 0s and 1s, its degrees of freedom by Satterthwaite."""
    from scipy.special import stdtr

    parts = []
    for events, people in (
        (table.treated_events, table.treated_people),
        (table.control_events, table.control_people),
    ):
        if people < 2:
            raise ValueError("Welch's test needs two people in each arm")
        share = events / people
        parts.append((share * (1 - share) / (people - 1), people - 1))
    variance = sum(part for part, _ in parts)
    if not variance:
        return TestValue(None, 0.0)
    t = float(difference(table)) / math.sqrt(variance)
    freedom = variance**2 / sum(part**2 / degrees for part, degrees in parts)
    return TestValue(t, float(2 * stdtr(freedom, -abs(t))))


def fisher(table: TwoByTwo) -> TestValue:
    """Fisher's exact test: all tables with these margins that are no more likely than this one.

    In whole numbers, rounded once; SciPy, which takes long to load, does it for large arms alone.
    """
    people, control = table.treated_people, table.control_people
    if people + control > MOST_COUNTED:
        from scipy.stats import fisher_exact

        return TestValue(None, float(fisher_exact(_rows(table)).pvalue))
    events = table.treated_events + table.control_events
    first = max(0, events - control)
    ways = math.comb(people, first) * math.comb(control, events - first)
    seen = math.comb(people, table.treated_events) * math.comb(control, table.control_events)
    no_likelier = 0
    for treated in range(first, min(events, people) + 1):
        no_likelier += ways if ways <= seen else 0
        ways = ways * (people - treated) * (events - treated)
        ways //= (treated + 1) * (control - events + treated + 1)
    return TestValue(None, float(Fraction(no_likelier, math.comb(people + control, events))))


def barnard(table: TwoByTwo) -> TestValue:
    """Barnard's exact unconditional test on the pooled z (Barnard 1945)."""
    from scipy.stats import barnard_exact

    found = barnard_exact(_rows(table))
    return TestValue(float(found.statistic), float(found.pvalue))


def boschloo(table: TwoByTwo) -> TestValue:
    """Boschloo's exact unconditional test (Boschloo 1970)."""
    from scipy.stats import boschloo_exact

    return TestValue(None, float(boschloo_exact(_rows(table)).pvalue))


COMPUTED_TESTS: dict[Test, Callable[[TwoByTwo], TestValue]] = {
    "z-unpooled": z_unpooled,
    "z-pooled": z_pooled,
    "pearson": pearson,
    "pearson-continuity": pearson_continuity,
    "likelihood-ratio": likelihood_ratio,
    "fisher": fisher,
    "barnard": barnard,
    "boschloo": boschloo,
    "welch": welch,
}


def _rows(table: TwoByTwo) -> list[list[int]]:
    """Arms as columns, as scipy wants them; events above, the others below."""
    return [
        [table.treated_events, table.control_events],
        [
            table.treated_people - table.treated_events,
            table.control_people - table.control_events,
        ],
    ]


def _cells(table: TwoByTwo) -> list[tuple[int, float]]:
    """Each of the four cells: what was found, and what one common share would lead to."""
    people = table.treated_people + table.control_people
    events = table.treated_events + table.control_events
    cells = []
    for arm_events, arm_people in (
        (table.treated_events, table.treated_people),
        (table.control_events, table.control_people),
    ):
        cells.append((arm_events, arm_people * events / people))
        cells.append((arm_people - arm_events, arm_people * (people - events) / people))
    return cells
