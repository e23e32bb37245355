"""A deal in many worlds: what payors, investors and provider may see, from the same draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.calendar import cash_calendar
from payforsuccess.finance.moves import is_inside, party, tranche
from payforsuccess.finance.priced import priced_deal
from payforsuccess.finance.returns.rates import xirr
from payforsuccess.finance.simulate.bands import bands_in_worlds
from payforsuccess.finance.simulate.draws import ManyDraws
from payforsuccess.finance.simulate.drivers import (
    Drivers,
    correlation_root,
    drivers_of,
    plain_points,
    sobol_points,
)
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
from payforsuccess.units import fiscal_year_of

WORLDS = 16_384
SCRAMBLES = 8
BLOCK = 8_192
"""Worlds priced together: what fits in the cache of a processor."""
Points = Literal["sobol", "plain"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sample:
    """The worlds of one scramble, reduced to what is told of them: an array for each name.

    Names: `paid`, `term:NAME`, `year:2026`, `drawn:TRANCHE`, `back:TRANCHE`, `rate:TRANCHE`,
    `roots:TRANCHE`, `net:PARTY` (what it is left with, after what its own services cost it),
    `left` (on account at the end), `met:TRIGGER`, `band:TERM:SLOT`; and `flow:TRANCHE`, the mean
    flow by day, which is no array over worlds.
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
    lacking = tuple(lacks_for_waterfall(priced.deal))
    if lacking:
        raise Refusal(lacking)
    setting = Setting(
        priced.deal,
        assumptions,
        cash_calendar(priced.deal, assumptions),
        slots_of(priced.deal),
        case,
        tuple(known),
        plan_of(priced.deal, merges_pools=True),
    )
    return setting, priced.left_out


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
    _refuse_sizes(worlds, scrambles, points)
    setting, left_out = setting_of(history, assumptions, case=case, known=known)
    drivers = drivers_of(setting.deal, assumptions, setting.slots)
    samples = []
    for number, blocks in enumerate(
        blocks_of(setting, drivers, seed=seed, worlds=worlds, scrambles=scrambles, points=points)
    ):
        columns: defaultdict[str, list[Any]] = defaultdict(list)
        for drawn in blocks:
            paid = pay_worlds(setting, drawn, price_worlds(setting, drawn))
            for name, column in _reduced(setting, paid, with_rates=with_rates).items():
                columns[name].append(column)
        samples.append(Sample({name: _joined(name, parts) for name, parts in columns.items()}))
        if progress is not None:
            progress(number + 1, scrambles)
    return Simulation(setting, seed, worlds, points, drivers, tuple(samples), left_out)


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
    for child in numpy.random.SeedSequence(seed).spawn(scrambles):
        rng = numpy.random.Generator(numpy.random.SFC64(child))
        yield _blocks(setting, drivers, root, rng, worlds, points)


def _blocks(
    setting: Setting,
    drivers: Drivers,
    root: Any,
    rng: numpy.random.Generator,
    worlds: int,
    points: Points,
) -> Iterator[Drawn]:
    if points == "sobol":
        whole = sobol_points(len(drivers.names), worlds, rng=rng)
    for start in range(0, worlds, BLOCK):
        size = min(BLOCK, worlds - start)
        if points == "sobol":
            part = whole[start : start + size]
        else:
            part = plain_points(len(drivers.names), size, rng=rng)
        draws = ManyDraws(setting.deal, setting.assumptions, drivers, part, root)
        yield draw_worlds(setting, draws)


def _refuse_sizes(worlds: int, scrambles: int, points: Points) -> None:
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


def _reduced(setting: Setting, paid: Paid, *, with_rates: bool) -> dict[str, Any]:
    """What is told of a block of worlds."""
    deal, calendar, worlds = setting.deal, setting.calendar, paid.drawn.worlds
    found: dict[str, Any] = {}
    by_year: defaultdict[int, Any] = defaultdict(int)
    starts = deal.fiscal_year_starts
    for term in deal.payments:
        total: Any = 0
        for (number, name), amount in paid.lines.items():
            if name == term.name:
                total = total + amount
                day = calendar.paid_on[number - 1]
                year = fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)
                by_year[year] = by_year[year] + amount
        found[f"term:{term.name}"] = _wide(total, worlds)
    found["paid"] = sum((found[f"term:{term.name}"] for term in deal.payments), 0)
    for year in sorted(by_year):
        found[f"year:{year}"] = _wide(by_year[year], worlds)
    for each in deal.capital:
        found.update(_of_tranche(each.name, setting, paid, with_rates=with_rates))
    for one in deal.parties:
        net = paid.flows.balance(party(one.name)) - _spent(paid, one.name)
        found[f"net:{one.name}"] = _wide(net, worlds)
    found["left"] = _wide(_left(paid), worlds)
    for name, met in paid.drawn.met.items():
        found[f"met:{name}"] = _wide(met, worlds)
    found.update(bands_in_worlds(deal, paid.drawn.results.ticks, worlds))
    return found


def _spent(paid: Paid, name: str) -> Any:
    """What the services of a party cost, whoever bears it."""
    kinds = paid.flows.of("cost", "own-cost", "deferred-cost")
    return paid.flows.total(move for move in kinds if move.target == party(name))


def _left(paid: Paid) -> Any:
    """What stands on the project's account and in all pools at the end."""
    left: Any = 0
    for move in paid.flows.moves:
        left = left + move.amount * (is_inside(move.target) - is_inside(move.source))
    return left


def _of_tranche(name: str, setting: Setting, paid: Paid, *, with_rates: bool) -> dict[str, Any]:
    account, worlds = tranche(name), paid.drawn.worlds
    days = setting.calendar.days
    drawn: Any = 0
    back: Any = 0
    for move in paid.flows.moves:
        if move.source == account and move.kind in ("draw", "guarantee", "deferred-cost"):
            drawn = drawn + move.amount
        if move.target == account:
            back = back + move.amount
    net = [_wide(amount, worlds) for amount in paid.flows.net(account, len(days))]
    found = {
        f"drawn:{name}": _wide(drawn, worlds),
        f"back:{name}": _wide(back, worlds),
        f"flow:{name}": numpy.array([column.mean() for column in net]),
    }
    if with_rates:
        rates = xirr(days, numpy.column_stack(net))
        found[f"rate:{name}"] = numpy.where(rates.lost, -1.0, rates.rate)
        found[f"roots:{name}"] = rates.roots
    return found


def _wide(column: Any, worlds: int) -> Any:
    return numpy.broadcast_to(numpy.asarray(column, dtype=numpy.float64), worlds)


def _joined(name: str, parts: list[Any]) -> Any:
    if name.startswith("flow:"):
        return numpy.mean(parts, axis=0)  # blocks are of one size, as worlds are a power of two
    return numpy.concatenate(parts)
