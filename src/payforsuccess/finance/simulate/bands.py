"""In which band of a schedule a result falls, world by world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Coupon, Schedule
from payforsuccess.deal.terms.bands import Band
from payforsuccess.finance.slots import Slot
from payforsuccess.finance.waterfall.worlds import in_floats
from payforsuccess.units import grouped

OUTSIDE = -1


def bands_in_worlds(deal: Deal, ticks: Mapping[Slot, Any], worlds: int) -> Mapping[str, Any]:
    """The number of the band (from 0) by `band:TERM:WHEN`; -1 where a result is in none.

    WHEN is the slot as the book of results names it, such as `period 3`. Schedules and coupons
    have bands; of other terms nothing is told.
    """
    found: dict[str, Any] = {}
    for term in deal.payments:
        if not isinstance(term, Schedule | Coupon):
            continue
        tick = float(deal.outcomes[term.pays_for].tick)
        for slot, column in ticks.items():
            if slot.outcome != term.pays_for:
                continue
            value = numpy.broadcast_to(in_floats(column), worlds)
            at: Any = numpy.full(worlds, OUTSIDE, dtype=numpy.int16)
            for number, band in enumerate(bands_of(term)):
                at = numpy.where(_within(band, value, tick), numpy.int16(number), at)
            when = f"{slot.when}, {slot.cohort}" if slot.cohort else slot.when
            found[f"band:{term.name}:{when}"] = at
    return found


def bands_of(term: Schedule | Coupon) -> tuple[Band, ...]:
    """The bands of a term, from the lowest to the highest."""
    return term.as_bands() if isinstance(term, Coupon) else term.bands


def band_text(band: Band) -> str:
    """`from 10 to below 20`: its edges in the outcome's unit."""
    said = []
    if band.from_ is not None:
        said.append(f"from {grouped(band.from_)}")
    if band.above is not None:
        said.append(f"above {grouped(band.above)}")
    if band.to is not None:
        said.append(f"to {grouped(band.to)}")
    if band.below is not None:
        said.append(f"below {grouped(band.below)}")
    return " ".join(said) if said else "any"


def _within(band: Band, ticks: Any, tick: float) -> Any:
    inside: Any = numpy.ones(len(ticks), dtype=bool)
    if band.from_ is not None:
        inside &= ticks >= _in_ticks(band.from_, tick)
    if band.above is not None:
        inside &= ticks > _in_ticks(band.above, tick)
    if band.to is not None:
        inside &= ticks <= _in_ticks(band.to, tick)
    if band.below is not None:
        inside &= ticks < _in_ticks(band.below, tick)
    return inside


def _in_ticks(edge: Any, tick: float) -> float:
    """Edges lie on whole steps (the check of a deal says so), which division may miss by a hair."""
    return round(float(edge) / tick, 6)
