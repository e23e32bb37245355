"""A deal in many worlds: what payors, investors and provider may see, from the same draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, Literal

import numpy

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.checks.amounts import amounts_in
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.calendar import cash_calendar
from payforsuccess.finance.priced import priced_deal
from payforsuccess.finance.simulate.draws import ManyDraws
from payforsuccess.finance.simulate.drivers import (
    Drivers,
    correlation_root,
    drivers_of,
    plain_blocks,
    sobol_blocks,
)
from payforsuccess.finance.simulate.drivers import Points as DrawnPoints
from payforsuccess.finance.simulate.recorded.blocks import Blocks
from payforsuccess.finance.simulate.reduced import joined, reduced, told_of
from payforsuccess.finance.simulate.worlds import (
    Drawn,
    Paid,
    Setting,
    draw_worlds,
    pay_worlds,
    price_worlds,
)
from payforsuccess.finance.slots import slots_of
from payforsuccess.finance.waterfall.lacks import lacks_for_waterfall
from payforsuccess.finance.waterfall.plan import plan_of
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.worlds import PreparedTerms
from payforsuccess.units import CURRENCY_DIGITS, grouped

WORLDS = 16_384
SCRAMBLES = 8
BLOCK = 16_384
"""Worlds priced together: what fits in the cache of a processor."""
LARGEST = 2**53
"""The largest whole number of minor units that floating point holds exactly."""
Points = Literal["sobol", "plain"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sample:
    """The worlds of one scramble, reduced to what is told of them: an array for each name.

    Names: `paid` (cash of the payors, less what is taken back; so are `term:NAME` and `year:2026`),
    `worth` (what is paid, at its worth at the start), `earned` (the lines of all statements),
    `drawn:TRANCHE`, `back:TRANCHE`, `unpaid:TRANCHE`, `lost:TRANCHE` and `made-good:TRANCHE` (see
    `Stake`), `rate:TRANCHE`, `roots:TRANCHE`,
    `net:PARTY` (what it is left with, after what its own services cost it), `pocket:PROVIDER` (the
    most it is ever out of pocket), `left` (on account at the end), `met:TRIGGER`,
    `band:TERM:SLOT`; and `flow:TRANCHE`, the mean flow by day, which is no array over worlds.
    """

    columns: Mapping[str, Any]


@dataclass(frozen=True)
class Simulation:
    """A simulated deal: one sample a scramble, and what was drawn how."""

    setting: Setting
    seed: int
    worlds: int
    points: Points
    drivers: Drivers
    samples: tuple[Sample, ...]
    notes: tuple[str, ...]

    def columns(self, name: str) -> list[Any]:
        """The arrays of one name, scramble by scramble."""
        return [sample.columns[name] for sample in self.samples]

    @property
    def names(self) -> tuple[str, ...]:
        """What is told of the worlds."""
        return tuple(self.samples[0].columns)


def setting_of(
    history: DealHistory,
    assumptions: Assumptions,
    *,
    case: Case = "base",
    known: Sequence[Result] = (),
) -> tuple[Setting, tuple[str, ...]]:
    """What all worlds have in common, and what was left out; refuses what a forecast refuses."""
    priced = priced_deal(history)
    lacking = (*lacks_for_waterfall(priced.deal), *_too_large(priced.deal))
    if lacking:
        raise Refusal(lacking)
    setting = Setting(
        priced.deal,
        assumptions,
        cash_calendar(priced.deal, assumptions, case=case),
        slots_of(priced.deal),
        case,
        tuple(known),
        plan_of(priced.deal, merges_pools=True),
        PreparedTerms(priced.deal),
    )
    return setting, priced.left_out


def _too_large(deal: Deal) -> Iterator[Problem]:
    """Amounts that worlds, in floating point, cannot hold to the minor unit."""
    most = Fraction(LARGEST, 10 ** CURRENCY_DIGITS[deal.currency])
    for path, amount in amounts_in(deal):
        if abs(amount) > most:
            yield Problem(
                f"{grouped(amount)} is too large to simulate.",
                f"Write an amount of at most {grouped(most)}.",
                deal.place_of(*path),
            )


def simulate(
    history: DealHistory,
    assumptions: Assumptions,
    *,
    seed: int,
    worlds: int = WORLDS,
    scrambles: int = SCRAMBLES,
    case: Case = "base",
    known: Sequence[Result] = (),
    points: Points = "sobol",
    with_rates: bool = True,
    progress: Progress | None = None,
) -> Simulation:
    """`scrambles` times `worlds` worlds around a case, each through the deal's own terms.

    `worlds` is a power of two (Sobol points are even only then). One seed gives one set of draws.
    Without `with_rates` no world's own rate of return is looked for.
    """
    refuse_sizes(worlds, scrambles, points)
    setting, left_out = setting_of(history, assumptions, case=case, known=known)
    drivers = drivers_of(setting.deal, assumptions, setting.slots)
    told = told_blocks(
        setting,
        drivers,
        partial(told_of, setting),
        seed=seed,
        worlds=worlds,
        scrambles=scrambles,
        points=points,
    )
    samples = []
    for number, blocks in enumerate(told):
        columns: defaultdict[str, list[Any]] = defaultdict(list)
        for block in blocks:
            for name, column in reduced(setting, block, with_rates=with_rates).items():
                columns[name].append(column)
        samples.append(Sample({name: joined(name, parts) for name, parts in columns.items()}))
        if progress is not None:
            progress(number + 1, scrambles)
    return Simulation(setting, seed, worlds, points, drivers, tuple(samples), left_out)


def told_blocks(
    setting: Setting,
    drivers: Drivers,
    tells: Callable[[Paid], Mapping[str, Any]],
    *,
    seed: int,
    worlds: int,
    scrambles: int,
    points: Points = "sobol",
) -> Iterator[Iterator[Mapping[str, Any]]]:
    """For each scramble, what is told of its blocks of worlds once they are drawn and paid.

    `tells` works on columns by numpy alone: it is written down with all the rest, and taken again
    for the next block.
    """
    root = correlation_root(setting.assumptions, drivers)

    def way(part: DrawnPoints, are_paid: Callable[[], None]) -> Mapping[str, Any]:
        draws = ManyDraws(setting.deal, setting.assumptions, drivers, part, root)
        drawn = draw_worlds(setting, draws)
        paid = pay_worlds(setting, drawn, price_worlds(setting, drawn))
        are_paid()
        return tells(paid)

    count = scrambles * -(-worlds // BLOCK)
    blocks = Blocks(way, root=root, blocks=count, size=min(worlds, BLOCK))
    for rng in _by_scramble(seed, scrambles):
        yield map(blocks.tell, _points(len(drivers.names), rng, worlds, points))


def blocks_of(
    setting: Setting,
    drivers: Drivers,
    *,
    seed: int,
    worlds: int,
    scrambles: int,
    points: Points = "sobol",
) -> Iterator[Iterator[Drawn]]:
    """For each scramble its blocks of drawn worlds, not yet priced; by the seed alone."""
    root = correlation_root(setting.assumptions, drivers)
    for rng in _by_scramble(seed, scrambles):
        yield (
            draw_worlds(setting, ManyDraws(setting.deal, setting.assumptions, drivers, part, root))
            for part in _points(len(drivers.names), rng, worlds, points)
        )


def _by_scramble(seed: int, scrambles: int) -> Iterator[numpy.random.Generator]:
    for child in numpy.random.SeedSequence(seed).spawn(scrambles):
        yield numpy.random.Generator(numpy.random.SFC64(child))


def _points(
    dimensions: int, rng: numpy.random.Generator, worlds: int, points: Points
) -> Iterator[DrawnPoints]:
    drawn = sobol_blocks if points == "sobol" else plain_blocks
    return drawn(dimensions, worlds, block=BLOCK, rng=rng)


def refuse_sizes(worlds: int, scrambles: int, points: Points) -> None:
    """Refuse numbers of worlds and scrambles that give no even draws, or none."""
    problems = []
    if worlds < 2 or (points == "sobol" and worlds & (worlds - 1)):
        problems.append(
            Problem(
                f"{worlds:,} is no power of two; Sobol points are even only for one.",
                "Ask for 1,024, 16,384 or 65,536 worlds.",
            )
        )
    if scrambles < 1:
        problems.append(Problem("There is no scramble.", "Ask for 8 or more."))
    if problems:
        raise Refusal(problems)
