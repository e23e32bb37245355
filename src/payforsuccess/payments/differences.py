"""What two versions of a deal pay on the same results: stated ones, or a few levels of success."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Results
from payforsuccess.errors import Refusal
from payforsuccess.payments.analyse import Search
from payforsuccess.payments.book import open_book
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.nodes import Outcome, inputs_of, walk
from payforsuccess.payments.people import People
from payforsuccess.payments.proofs.reach import Reach, reaches_of, ticks_of
from payforsuccess.payments.replay import replay

Level = Literal["no success", "a little", "half-way", "the most"]
# "a little" is a hundredth of the way: there no ceiling hides a change of price.
LEVELS: tuple[Level, ...] = ("no success", "a little", "half-way", "the most")


@dataclass(frozen=True)
class Moved:
    """What a line pays under the old and the new version, in minor units.

    None where a version has no such line, refuses the results, or has no bounds to read.
    """

    line: str
    at: str
    old: int | None
    new: int | None

    @property
    def change(self) -> int | None:
        """New less old, a missing line counting as 0; None when neither is known."""
        if self.old is None and self.new is None:
            return None
        return (self.new or 0) - (self.old or 0)


def moved_at_levels(old: Deal, new: Deal) -> tuple[Moved, ...]:
    """Each line in one period (or at one point) at a few levels of its own outcomes.

    The levels are those of the old version, from its no-success values to its bounds; the new
    version's where the old one has no such outcome. A line is looked at alone, before the ceilings
    over several lines.
    """
    before = {reach.name: reach for reach in reaches_of(old)}
    after = {reach.name: reach for reach in reaches_of(new)}
    found: list[Moved] = []
    for name in dict.fromkeys((*before, *after)):
        for level in LEVELS:
            amounts = [
                None if reach is None else _amount(reach, level, (old, new))
                for reach in (before.get(name), after.get(name))
            ]
            found.append(Moved(name, level, amounts[0], amounts[1]))
    return tuple(found)


def moved_at_results(
    old: DealHistory, new: DealHistory, results: Results, people: People | None = None
) -> tuple[Moved, ...]:
    """Each line over all periods that the results reach, as statements would pay it.

    Raises Refusal when one of the two cannot be computed on these results.
    """
    book = open_book(results)
    totals: list[dict[str, int]] = []
    for history in (old, new):
        run = replay(history, book, people, through=_last_period(history.latest, results))
        paid: dict[str, int] = {}
        for (_, name), line in run.lines.items():
            paid[name] = paid.get(name, 0) + line.amount
        totals.append(paid)
    names = dict.fromkeys((*totals[0], *totals[1]))
    return tuple(
        Moved(name, "these results", totals[0].get(name), totals[1].get(name)) for name in names
    )


def _last_period(deal: Deal, results: Results) -> int:
    """The last period that any of the results falls in."""
    numbers = [result.period for result in results.results if result.period is not None]
    wanted = {result.point for result in results.results if result.point is not None}
    for term in deal.payments:
        for point in term.points:
            period = deal.schedule.holding(point.determined_by)
            if point.name in wanted and period is not None:
                numbers.append(period.number)
    return min(max(numbers, default=1), deal.schedule.count)


def _amount(reach: Reach, level: Level, deals: tuple[Deal, Deal]) -> int | None:
    inputs: dict[str, int] = {}
    ticks = {node.name: node.tick for node in walk(reach.first) if isinstance(node, Outcome)}
    for name in inputs_of(reach.first):
        value = _input(name, ticks[name], level, deals)
        if value is None:
            return None
        inputs[name] = value
    try:
        return Search(reach.first, reach.scope_of_one().domain).amount(inputs)
    except Refusal:
        return None


def _input(name: str, tick: Fraction, level: Level, deals: tuple[Deal, Deal]) -> int | None:
    """An input at a level, in ticks; facts hold with any success, no one is in a subgroup."""
    if name.startswith(("fact:", "significant:")):
        return 0 if level == "no success" else 1
    if "@" in name:
        return 0
    deal = deals[0] if name in deals[0].outcomes else deals[1]
    outcome = deal.outcomes[name]
    none = outcome.no_success
    if level == "no success":
        return int(none / tick)
    known = next(_ends(name, deals), None)
    if known is None:
        return None
    best = known[1] if outcome.better == "higher" else known[0]
    parts = {"a little": Fraction(1, 100), "half-way": Fraction(1, 2), "the most": Fraction(1)}
    value = none + (best - none) * parts[level]
    steps = value / tick
    return steps.__ceil__() if best > none else steps.__floor__()


def _ends(name: str, deals: tuple[Deal, Deal]) -> Iterator[tuple[Fraction, Fraction]]:
    for deal in deals:
        outcome = deal.outcomes.get(name)
        if outcome is None:
            continue
        given = ticks_of(deal, outcome)
        if given.least is not None and given.most is not None:
            yield given.least * outcome.tick, given.most * outcome.tick
