"""Power over sizes and effects, as tables that others draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.evaluation.power.solving import Approximation, Design, solve


@dataclass(frozen=True)
class PowerTable:
    """power: (effects, sizes), between 0 and 1. sizes: (s,), of `unit`. effects: (e,)."""

    sizes: NDArray[np.float64]
    effects: NDArray[np.float64]
    power: NDArray[np.float64]
    unit: str
    level: float
    formula: str


@dataclass(frozen=True)
class EffectTable:
    """effects: (powers, sizes), the smallest shown with each power. sizes: (s,). powers: (p,)."""

    sizes: NDArray[np.float64]
    powers: NDArray[np.float64]
    effects: NDArray[np.float64]
    unit: str
    level: float
    formula: str


def power_table(
    design: Design,
    *,
    sizes: Sequence[float],
    effects: Sequence[float],
    level: float = 0.05,
    approximation: Approximation = "noncentral",
) -> PowerTable:
    """The power at each effect and size. Refuses what `solve` refuses, at the first such."""
    power = [
        [
            solve(design, size=size, effect=effect, level=level, approximation=approximation).power
            for size in sizes
        ]
        for effect in effects
    ]
    shape = (len(effects), len(sizes))
    return PowerTable(
        np.asarray(sizes, dtype=np.float64),
        np.asarray(effects, dtype=np.float64),
        np.asarray(power, dtype=np.float64).reshape(shape),
        design.unit,
        level,
        design.formula,
    )


def effect_table(
    design: Design,
    *,
    sizes: Sequence[float],
    powers: Sequence[float],
    level: float = 0.05,
    approximation: Approximation = "noncentral",
    falls: bool = False,
) -> EffectTable:
    """The smallest effect shown at each power and size. Refuses what `solve` refuses."""
    effects = [
        [
            solve(
                design,
                size=size,
                power=power,
                level=level,
                approximation=approximation,
                falls=falls,
            ).effect
            for size in sizes
        ]
        for power in powers
    ]
    return EffectTable(
        np.asarray(sizes, dtype=np.float64),
        np.asarray(powers, dtype=np.float64),
        np.asarray(effects, dtype=np.float64).reshape(len(powers), len(sizes)),
        design.unit,
        level,
        design.formula,
    )
