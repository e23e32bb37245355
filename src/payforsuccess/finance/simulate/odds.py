"""What a simulation tells payors, investors and provider, each figure with its error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from payforsuccess.deal.terms import Coupon, Schedule
from payforsuccess.finance.returns import xirr_of
from payforsuccess.finance.returns.stake import Stake
from payforsuccess.finance.simulate.bands import OUTSIDE, band_text, bands_of
from payforsuccess.finance.simulate.figures import Figure, chance, figure, mean, percentile
from payforsuccess.finance.simulate.figures import worst_mean as _worst
from payforsuccess.finance.simulate.simulate import Simulation
from payforsuccess.finance.tranches import TrancheReturn

PERCENTS = (5, 25, 50, 75, 95)
WORST = 5.0
"""The part of worlds, in percent, over which an expected shortfall is a mean."""
HALF = 0.5
"""Half a minor unit: a tranche of which less than this is unpaid is repaid in full."""


@dataclass(frozen=True)
class Range:
    """An amount over the worlds, in minor units: percentiles, mean, and the mean of the worst 5 %.

    `worst` is the mean of the worlds that are worst for the one who reads it: the highest for who
    pays, the lowest for who is left with it.
    """

    says: str
    percentiles: tuple[Figure, ...]
    mean: Figure
    worst: Figure


@dataclass(frozen=True)
class TrancheOdds:
    """A tranche over the worlds; `all` is all who gave capital, together.

    `repaid` is the chance that the deal repays all principal, `loses` that some of it is neither
    repaid nor made good; multiples leave out worlds without a draw. `shortfall` is what is lost in
    the mean of the worst 5 % of worlds. `rate_of_mean` is the rate of the mean flows; `mean_rate`
    the mean of the worlds' own rates, without those in which all is lost (`lost`) or that have no
    rate (`without_rate`); `several` is the share of worlds whose flows have several rates. For
    `all` no world's own rate is found.
    """

    name: str
    party: str
    kind: str
    drawn: Figure
    back: Figure
    repaid: Figure
    loses: Figure
    multiple: Figure
    low_multiple: Figure
    shortfall: Figure
    rate_of_mean: Figure
    mean_rate: Figure | None
    lost: Figure | None
    without_rate: Figure | None
    several: Figure | None

    @property
    def is_owed_back(self) -> bool:
        """Whether any of it is owed back: a grant is given for good, and so is a guarantee."""
        return self.kind not in ("grant", "guarantee")


@dataclass(frozen=True)
class Chance:
    """How likely something is."""

    of: str
    says: str
    chance: Figure


def payments_told(found: Simulation) -> tuple[Range, ...]:
    """Success payments in all and by fiscal year of payment; the worst for the payor are high.

    What is earned by the statements stands beside what is paid in worlds where they differ.
    """
    years = sorted(name for name in found.names if name.startswith("year:"))
    pairs = zip(found.columns("earned"), found.columns("paid"), strict=True)
    differ = any(numpy.abs(earned - paid).max() > HALF for earned, paid in pairs)
    return tuple(
        _range(found, name, says, high_is_worst=True)
        for name, says in (
            ("paid", "in all"),
            *((("earned", "earned, by the statements"),) if differ else ()),
            *((year, f"fiscal year {year.partition(':')[2]}") for year in years),
        )
    )


def left_told(found: Simulation) -> tuple[Range, ...]:
    """What each party is left with, in the order of the deal, then tranches' loss and gain."""
    deal = found.setting.deal
    rows = [_range(found, f"net:{one.name}", one.name) for one in deal.parties]
    rows += [
        _of(
            [
                sample.columns[f"back:{each.name}"] - sample.columns[f"drawn:{each.name}"]
                for sample in found.samples
            ],
            f"{each.party} ({each.kind})",
        )
        for each in deal.capital
    ]
    rows.append(_range(found, "left", "left on account"))
    return tuple(
        row for row in rows if any(abs(each.value) >= HALF for each in (row.mean, row.worst))
    )


def pockets_told(found: Simulation) -> tuple[Range, ...]:
    """The most each provider is ever out of pocket; the worst for it are high."""
    return tuple(
        _range(found, name, name.partition(":")[2], high_is_worst=True)
        for name in found.names
        if name.startswith("pocket:")
    )


def tranches_told(found: Simulation) -> tuple[TrancheOdds, ...]:
    """Each tranche, then all who gave capital where there are two or more."""
    deal = found.setting.deal
    told = [
        _tranche(found, (each.name,), each.name, each.party, each.kind) for each in deal.capital
    ]
    money = [each for each in deal.capital if each.kind not in ("guarantee", "deferred-fee")]
    if len(money) > 1:
        inside = [each.name for each in deal.capital if each.kind != "deferred-fee"]
        told.append(_tranche(found, inside, "all", "all who gave capital", "pooled"))
    return tuple(told)


def chances_told(found: Simulation) -> tuple[Chance, ...]:
    """Each trigger met, and each band of each schedule at each result."""
    deal = found.setting.deal
    told = [
        Chance("trigger", f"{each.name} is met", chance(found.columns(f"met:{each.name}")))
        for each in deal.triggers
        if f"met:{each.name}" in found.names
    ]
    for term in deal.payments:
        if not isinstance(term, Schedule | Coupon):
            continue
        for name in found.names:
            if not name.startswith(f"band:{term.name}:"):
                continue
            when = name.removeprefix(f"band:{term.name}:")
            columns = found.columns(name)
            for number, band in ((OUTSIDE, None), *enumerate(bands_of(term))):
                said = "in no band" if band is None else band_text(band)
                held = chance([column == number for column in columns])
                if band is not None or held.value:
                    told.append(Chance(f"{term.name}, {when}", said, held))
    return tuple(told)


def mean_returns(found: Simulation) -> tuple[TrancheReturn, ...]:
    """Each tranche on its mean flows, in the shape that the limit on returns is tested in."""
    told = []
    for one in tranches_told(found):
        rate = one.rate_of_mean.value
        told.append(
            TrancheReturn(
                one.name,
                one.party,
                one.kind,
                committed=0,
                stake=Stake(
                    one.kind,
                    given=round(one.drawn.value),
                    came_back=round(one.back.value),
                    **dict.fromkeys(("interest", "repaid", "recycled", "made_good"), 0),
                ),
                rate=None if numpy.isnan(rate) else rate,
                roots="one",
                lost=rate == -1.0,
            )
        )
    return tuple(told)


def _range(found: Simulation, name: str, says: str, *, high_is_worst: bool = False) -> Range:
    return _of(found.columns(name), says, high_is_worst=high_is_worst)


def _of(columns: Sequence[Any], says: str, *, high_is_worst: bool = False) -> Range:
    if high_is_worst:
        turned = _worst([-column for column in columns], WORST)
        worst = Figure(-turned.value, turned.error)
    else:
        worst = _worst(columns, WORST)
    told = tuple(percentile(columns, percent) for percent in PERCENTS)
    return Range(says, told, mean(columns), worst)


def _tranche(
    found: Simulation, names: Sequence[str], name: str, party: str, kind: str
) -> TrancheOdds:
    """Of several, guarantors too, what they made good is a move among them (see `together`)."""
    guarantors = {each.name for each in found.setting.deal.capital if each.kind == "guarantee"}
    gave = [each for each in names if each not in guarantors] if len(names) > 1 else names
    drawn, back = _summed(found, "drawn", gave), _summed(found, "back", gave)
    unpaid, lost = _summed(found, "unpaid", names), _summed(found, "lost", names)
    if len(names) > 1:
        made_good = _summed(found, "made-good", names)
        back = [got - good for got, good in zip(back, made_good, strict=True)]
    pairs = list(zip(back, drawn, strict=True))
    multiples = [got[given > 0] / given[given > 0] for got, given in pairs]
    worst = _worst([-column for column in lost], WORST)
    flows = [sum(sample.columns[f"flow:{each}"] for each in names) for sample in found.samples]
    own = [
        sample.columns[f"rate:{name}"]
        for sample in found.samples
        if len(names) == 1 and f"rate:{name}" in sample.columns
    ]
    drew = [given > 0 for given in drawn]
    return TrancheOdds(
        name,
        party,
        kind,
        drawn=mean(drawn),
        back=mean(back),
        repaid=chance([column < HALF for column in unpaid]),
        loses=chance([column >= HALF for column in lost]),
        multiple=figure(multiples, _mean_or_none),
        low_multiple=figure(multiples, _low_or_none),
        shortfall=Figure(-worst.value + 0.0, worst.error),
        rate_of_mean=figure(flows, lambda flow: _rate(found, flow)),
        mean_rate=figure(own, _mean_rate) if own else None,
        lost=chance([rates == -1.0 for rates in own]) if own else None,
        without_rate=chance(
            [numpy.isnan(rates) & some for rates, some in zip(own, drew, strict=True)]
        )
        if own
        else None,
        several=chance([column == 2 for column in found.columns(f"roots:{name}")]) if own else None,
    )


def _summed(found: Simulation, what: str, names: Sequence[str]) -> list[Any]:
    """A figure of several tranches added up, scramble by scramble."""
    return [sum(sample.columns[f"{what}:{name}"] for name in names) for sample in found.samples]


def _rate(found: Simulation, flow: Any) -> float:
    rate = xirr_of(found.setting.calendar.days, flow).rate
    return float("nan") if rate is None else rate


def _mean_rate(rates: Any) -> float:
    told = rates[~numpy.isnan(rates) & (rates != -1.0)]
    return float(told.mean()) if told.size else float("nan")


def _mean_or_none(multiples: Any) -> float:
    return float(multiples.mean()) if multiples.size else float("nan")


def _low_or_none(multiples: Any) -> float:
    return float(numpy.percentile(multiples, PERCENTS[0])) if multiples.size else float("nan")
