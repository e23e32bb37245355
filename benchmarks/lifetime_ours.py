"""The deal of `lifetimes.py` by this program: the way of `pfs simulate`, up to the cash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from lifetime_deal import Size, the_deal, what_is_assumed

from payforsuccess.finance.moves import tranche
from payforsuccess.finance.simulate.draws import ManyDraws
from payforsuccess.finance.simulate.drivers import (
    Drivers,
    NormalScores,
    correlation_root,
    drivers_of,
)
from payforsuccess.finance.simulate.recorded.blocks import Blocks
from payforsuccess.finance.simulate.simulate import setting_of, told_blocks
from payforsuccess.finance.simulate.worlds import (
    Paid,
    Setting,
    draw_worlds,
    pay_worlds,
    price_worlds,
)

SEED = 3


@dataclass(frozen=True)
class Ready:
    """What is made once for all worlds."""

    setting: Setting
    drivers: Drivers


def ready(size: Size) -> Ready:
    """The deal and what is assumed of it."""
    assumptions = what_is_assumed(size)
    setting, _ = setting_of(the_deal(size), assumptions)
    found = Ready(setting, drivers_of(setting.deal, assumptions, setting.slots))
    assert len(found.drivers.names) == size.drivers
    return found


def lifetimes(made: Ready, worlds: int) -> Iterator[dict[str, Any]]:
    """Flows by tranche and day, block after block: fast draws, payment trees, waterfall."""
    for blocks in told_blocks(
        made.setting,
        made.drivers,
        lambda paid: _flows(made.setting, paid),
        seed=SEED,
        worlds=worlds,
        scrambles=1,
        points="plain",
    ):
        for told in blocks:
            yield _by_tranche(made, told)


def from_scores(made: Ready, scores: Any, *, worlds: int) -> dict[str, Any]:
    """The same from given scores, as one of so many worlds, to be held against those by hand."""
    setting, drivers = made.setting, made.drivers
    root = correlation_root(setting.assumptions, drivers)

    def way(points: Any, are_paid: Any) -> dict[str, Any]:
        draws = ManyDraws(setting.deal, setting.assumptions, drivers, points, root)
        drawn = draw_worlds(setting, draws)
        paid = pay_worlds(setting, drawn, price_worlds(setting, drawn))
        are_paid()
        return _flows(setting, paid)

    block = scores.shape[1]
    told = Blocks(way, root=root, blocks=worlds // block, size=block)
    found = _by_tranche(made, told.tell(NormalScores(scores, block)))
    return {
        name: np.array([np.broadcast_to(day, block) for day in days])
        for name, days in found.items()
    }


def _flows(setting: Setting, paid: Paid) -> dict[str, Any]:
    days = len(setting.calendar.days)
    return {
        _named(each.name, at): amount
        for each in setting.deal.capital
        for at, amount in enumerate(paid.flows.net(tranche(each.name), days))
    }


def _by_tranche(made: Ready, told: Any) -> dict[str, Any]:
    days = range(len(made.setting.calendar.days))
    return {
        each.name: [told[_named(each.name, at)] for at in days]
        for each in made.setting.deal.capital
    }


def _named(name: str, at: int) -> str:
    return f"{name} on day {at}"
