"""Value over many worlds: how far each budget's figures and the offset ratio may lie apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy
from scipy import special
from scipy.stats import qmc

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.results import Result
from payforsuccess.deal.value import ValueFile, ValueLine
from payforsuccess.errors import Place, Refusal
from payforsuccess.finance.simulate.drivers import drivers_of
from payforsuccess.finance.simulate.figures import Figure, chance, mean, percentile
from payforsuccess.finance.simulate.simulate import (
    SCRAMBLES,
    WORLDS,
    blocks_of,
    refuse_sizes,
    setting_of,
)
from payforsuccess.finance.simulate.spreads import spread_value
from payforsuccess.finance.simulate.worlds import Drawn, Setting, pay_worlds, price_worlds
from payforsuccess.finance.value.holders import HolderKey, holders_of, programme_cost
from payforsuccess.finance.value.lines import LineValue, Reading, line_value
from payforsuccess.finance.value.units import (
    beyond_no_success,
    units_by_year,
    with_true_effects,
)
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import CURRENCY_DIGITS

ENDS = (5, 50, 95)
"""The percentiles that are told: the middle, and the ends of an interval that holds 90 %."""
LEAST = 2.0**-53
"""Points lie inside 0 and 1 by this, so that every score is finite."""
MEASURES = ("average", "marginal", "cashable")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Interval:
    """A figure over the worlds: its 5th, 50th and 95th percentile and mean, each with its error."""

    low: Figure
    middle: Figure
    high: Figure
    mean: Figure


@dataclass(frozen=True)
class HolderOdds:
    """One budget over the worlds, in minor units.

    `net` is cashable less paid in each world. `covered` is how likely it is that what it can take
    out is at least what it pays; None for a budget that pays nothing.
    """

    key: HolderKey
    marginal: Interval
    cashable: Interval
    paid: Interval
    net: Interval
    covered: Figure | None


@dataclass(frozen=True)
class ValueOdds:
    """Value over the worlds, from the draws of `pfs simulate` and the lines' own spreads.

    Offset ratios leave out worlds in which the programme costs nothing; `offsets` is empty where
    there is no other. `offset_in_full` is how likely the offset at the margin is 1 or more.
    """

    seed: int
    worlds: int
    scrambles: int
    varies: int
    holders: tuple[HolderOdds, ...]
    offsets: dict[str, Interval]
    offset_in_full: Figure | None


def simulate_value(
    history: DealHistory,
    assumptions: Assumptions,
    file: ValueFile,
    *,
    seed: int,
    worlds: int = WORLDS,
    scrambles: int = SCRAMBLES,
    case: Case = "base",
    known: Sequence[Result] = (),
    progress: Progress = lambda done, of: None,
) -> ValueOdds:
    """The value of many worlds around a case to each budget.

    People, results and payments are those of `simulate` with the same seed. A line's own spread
    varies its units for each; lines vary apart from one another. Refuses what a simulation refuses.
    """
    refuse_sizes(worlds, scrambles, "sobol")
    setting, _ = setting_of(history, assumptions, case=case, known=known)
    drivers = drivers_of(setting.deal, assumptions, setting.slots)
    own = [line for line in file.lines if line.spread is not None]
    samples: list[dict[Any, Any]] = []
    blocks = blocks_of(setting, drivers, seed=seed, worlds=worlds, scrambles=scrambles)
    for number, drawn_blocks in enumerate(blocks):
        scores = _scores(len(own), worlds, seed=seed, scramble=number)
        columns: defaultdict[Any, list[Any]] = defaultdict(list)
        start = 0
        for drawn in drawn_blocks:
            part = scores[start : start + drawn.worlds]
            start += drawn.worlds
            for name, column in _in_worlds(setting, file, drawn, own, part).items():
                columns[name].append(column)
        samples.append({name: numpy.concatenate(parts) for name, parts in columns.items()})
        progress(number + 1, scrambles)
    return _told(samples, seed, worlds, scrambles, len(drivers.names) + len(own))


def _scores(dimensions: int, worlds: int, *, seed: int, scramble: int) -> Any:
    """Normal scores for the lines' own spreads: even on each line, and dealt to worlds by lot.

    A set of points of their own leaves the draws of people and results as they are everywhere. Two
    scrambled Sobol sets side by side would move together; a random order undoes that.
    """
    # Two words of entropy: no child of the seed alone, from which the other draws come.
    rng = numpy.random.Generator(
        numpy.random.SFC64(numpy.random.SeedSequence([seed, scramble, 0x76616C7565]))
    )
    if not dimensions:
        return numpy.empty((worlds, 0))
    points = qmc.Sobol(dimensions, scramble=True, rng=rng).random(worlds)
    return special.ndtri(rng.permutation(numpy.clip(points, LEAST, 1 - LEAST), axis=0))


def _in_worlds(
    setting: Setting, file: ValueFile, drawn: Drawn, own: Sequence[ValueLine], scores: Any
) -> dict[Any, Any]:
    """Lines, holders and cost of a block of worlds, an array for each."""
    deal = setting.deal
    beyond = with_true_effects(
        deal,
        setting.assumptions,
        drawn.results,
        beyond_no_success(deal, drawn.results, number=float),
        known=[result.slot for result in setting.known],
        number=float,
    )
    lines = []
    for line in file.lines:
        units = units_by_year(
            deal, line, beyond, drawn.people, each=_each(file, line, setting.case, own, scores)
        )
        digits = 10 ** CURRENCY_DIGITS[deal.currency]
        lines.append(line_value(line, units, case=setting.case, digits=digits, reading=MANY))
    flows = pay_worlds(setting, drawn, price_worlds(setting, drawn)).flows
    found: dict[Any, Any] = {}
    for row in holders_of(deal, lines, flows):
        for measure in ("marginal", "cashable", "paid"):
            found[row.key, measure] = _wide(getattr(row, measure), drawn.worlds)
    for measure in MEASURES:
        found["all", measure] = _wide(_sum(lines, measure), drawn.worlds)
    found["cost"] = _wide(programme_cost(flows), drawn.worlds)
    return found


def _each(
    file: ValueFile, line: ValueLine, case: Case, own: Sequence[ValueLine], scores: Any
) -> Any:
    central = line.units_each.in_case(case)
    if line.spread is None:
        return float(central)
    with _said_at(file.place_of("lines", file.lines.index(line), "spread")):
        return spread_value(line.spread, central, scores[:, own.index(line)])


def _steps(units: Any, step: float) -> Any:
    return numpy.sign(units) * numpy.floor(numpy.abs(units) / step)


MANY = Reading(number=float, money=lambda amount: amount, steps=_steps)


def _sum(lines: Sequence[LineValue], measure: str) -> Any:
    return sum(getattr(line, measure) for line in lines)


def _wide(column: Any, worlds: int) -> Any:
    return numpy.broadcast_to(numpy.asarray(column, dtype=numpy.float64), worlds)


def _told(
    samples: Sequence[dict[Any, Any]], seed: int, worlds: int, scrambles: int, varies: int
) -> ValueOdds:
    keys = list(dict.fromkeys(name[0] for name in samples[0] if isinstance(name[0], HolderKey)))
    costs = [sample["cost"] for sample in samples]
    ratios = {
        measure: [
            sample["all", measure][cost > 0] / cost[cost > 0]
            for sample, cost in zip(samples, costs, strict=True)
        ]
        for measure in MEASURES
    }
    is_told = all((cost > 0).any() for cost in costs)
    return ValueOdds(
        seed,
        worlds,
        scrambles,
        varies,
        tuple(_holder(samples, key) for key in keys),
        {name: _interval(columns) for name, columns in ratios.items()} if is_told else {},
        chance([column >= 1 for column in ratios["marginal"]]) if is_told else None,
    )


def _holder(samples: Sequence[dict[Any, Any]], key: HolderKey) -> HolderOdds:
    def columns(measure: str) -> list[Any]:
        return [sample[key, measure] for sample in samples]

    cashable, paid = columns("cashable"), columns("paid")
    pays = any(numpy.any(column) for column in paid)
    net = [out - pay for out, pay in zip(cashable, paid, strict=True)]
    return HolderOdds(
        key,
        _interval(columns("marginal")),
        _interval(cashable),
        _interval(paid),
        _interval(net),
        chance([column >= 0 for column in net]) if pays else None,
    )


def _interval(columns: Sequence[Any]) -> Interval:
    low, middle, high = (percentile(columns, percent) for percent in ENDS)
    return Interval(low, middle, high, mean(columns))


@contextmanager
def _said_at(place: Place) -> Iterator[None]:
    """What a spread refuses, with the place in the file where it stands."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal([replace(each, where=place) for each in refusal.problems]) from None
