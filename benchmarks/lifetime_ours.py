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
from payforsuccess.finance.simulate.simulate import blocks_of, setting_of
from payforsuccess.finance.simulate.worlds import (
    Drawn,
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
    for blocks in blocks_of(
        made.setting, made.drivers, seed=SEED, worlds=worlds, scrambles=1, points="plain"
    ):
        for drawn in blocks:
            yield _flows(made, drawn)


def from_scores(made: Ready, scores: Any) -> dict[str, Any]:
    """The same from given scores, to be held against what is written by hand."""
    points = NormalScores(scores, scores.shape[1])
    setting = made.setting
    root = correlation_root(setting.assumptions, made.drivers)
    draws = ManyDraws(setting.deal, setting.assumptions, made.drivers, points, root)
    flows = _flows(made, draw_worlds(setting, draws))
    return {
        name: np.array([np.broadcast_to(day, points.worlds) for day in days])
        for name, days in flows.items()
    }


def _flows(made: Ready, drawn: Drawn) -> dict[str, Any]:
    setting = made.setting
    paid = pay_worlds(setting, drawn, price_worlds(setting, drawn))
    days = len(setting.calendar.days)
    return {each.name: paid.flows.net(tranche(each.name), days) for each in setting.deal.capital}
