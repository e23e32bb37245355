"""Who is counted in which period: once after starting, or all who are in service by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from payforsuccess.deal.assumptions import Case, Counted
from payforsuccess.deal.measures import DaysInState
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.finance.calendar import counted_in
from payforsuccess.units import Period


@dataclass(frozen=True)
class Counting:
    """Those who start in period `start`, counted `times` when `age` periods have gone by since.

    `age` is 0 and `in_service` false where everyone who started is counted, whoever has left since.
    Both places count from 0. `times` is above 1 where the periods before count too once the
    time that a person must first stay is full.
    """

    start: int
    age: int
    times: int = 1
    in_service: bool = True


def countings(
    assumed: Counted, outcome: Outcome, periods: Sequence[Period], ages: int, *, case: Case
) -> tuple[tuple[Counting, ...], ...]:
    """For each period, who is counted in it; `ages` is how many periods a person is served in.

    Those in service count from the period in which `after` is full for them. Whoever has left by
    then never counts. The periods before it are counted in it, if the outcome's measure counts
    from the start, as a statement would earn them; else they count for nothing.
    """
    found: list[list[Counting]] = [[] for _ in periods]
    for start, starts in enumerate(periods):
        place = counted_in(tuple(periods), starts=starts, after=assumed.after_in(case))
        if place is None:
            continue
        if assumed.counts == "starters":
            found[place].append(Counting(start, 0, in_service=False))
            continue
        for at in range(place, min(start + ages, len(periods))):
            catches_up = at == place and _counts_from_start(outcome)
            times = at - start + 1 if catches_up else 1
            found[at].append(Counting(start, at - start, times))
    return tuple(tuple(told) for told in found)


def _counts_from_start(outcome: Outcome) -> bool:
    measure = outcome.measure
    return isinstance(measure, DaysInState) and measure.counts_from == "start"
