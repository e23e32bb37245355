"""Performance to target: what was reached beside what was expected by then (R85).

The rule and its numbers are a proposal of this program until a body takes them over; they are
data (`PerformanceRules`), and a file beside the deal replaces them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from payforsuccess.governance.performance_rules import PerformanceRules

Rating = Literal["on track", "watch", "off track", "too early to say", "no rating"]


@dataclass(frozen=True)
class Observed:
    """What one metric came to by the end of a period, and what was expected by then.

    actual: None where it is not known, or hidden to protect few people. people: on how many it
    rests; None where there is no such number, or it is hidden. is_of_people: whether there is one.
    """

    when: str
    ended_on: date
    actual: Fraction | None
    expected: Fraction | None
    people: int | None = None
    is_of_people: bool = True


@dataclass(frozen=True)
class Rated:
    """An observation with its rating. ratio: the part of what was expected, where there is one."""

    observed: Observed
    rating: Rating
    ratio: Fraction | None
    why: str


def rate(
    rules: PerformanceRules, observed: Observed, *, better: Literal["higher", "lower"]
) -> Rated:
    """The rating of one observation: actual by expected, expected by actual where less is better.

    On a bound the better rating holds. No rating without an expectation, or where nothing or less
    than nothing is expected: a ratio says nothing then. Too early to say where the number is not
    known or hidden, or rests on fewer people than the rules ask for: the two are not told apart.
    Where less is better and nothing happened, it is on track.
    """
    actual, expected = observed.actual, observed.expected
    if expected is None:
        return Rated(observed, "no rating", None, "nothing states what is expected")
    if expected <= 0:
        return Rated(observed, "no rating", None, "a ratio to nothing says nothing")
    is_few = observed.is_of_people and (
        observed.people is None or observed.people < rules.least_people
    )
    if actual is None or is_few:
        why = f"not known, or of fewer than {rules.least_people} people, or hidden"
        return Rated(observed, "too early to say", None, why)
    if better == "lower" and actual <= 0:
        return Rated(observed, "on track", None, "none happened")
    ratio = actual / expected if better == "higher" else expected / actual
    rating: Rating = "off track"
    if ratio >= rules.on_track_from:
        rating = "on track"
    elif ratio >= rules.watch_from:
        rating = "watch"
    return Rated(observed, rating, ratio, "")


def off_track_since(rules: PerformanceRules, rated: Sequence[Rated]) -> date | None:
    """The last day of the period with which enough in a row were off track; None if they are not.

    rated: one metric's, in order of time. A period with no rating, or too early to say, neither
    counts nor breaks the row: it says nothing.
    """
    row: list[Rated] = []
    for one in rated:
        if one.rating == "off track":
            row.append(one)
        elif one.rating in ("on track", "watch"):
            row = []
    if len(row) < rules.off_track_in_a_row:
        return None
    return row[rules.off_track_in_a_row - 1].observed.ended_on


def trend(rules: PerformanceRules, rated: Sequence[Rated]) -> str:
    """The last ratios in order and where they go: `0.80, 0.90, 0.97: better each time`."""
    told = [one.ratio for one in rated if one.ratio is not None][-rules.trend_periods :]
    if not told:
        return "none yet"
    shown = ", ".join(f"{float(ratio):.2f}" for ratio in told)
    steps = [later - earlier for earlier, later in pairwise(told)]
    if len(told) < rules.trend_periods:
        return f"{shown}: too short for a trend"
    if all(step > 0 for step in steps):
        return f"{shown}: better each time"
    if all(step < 0 for step in steps):
        return f"{shown}: worse each time"
    return f"{shown}: no clear direction"
