"""What training learnt: how often each level is met among the same people and among others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from payforsuccess.records.link.comparisons import Comparison

LEAST = 1e-9
DIGITS = 6
"""Probabilities are kept to six digits, so that the order in which sums were made is nothing."""


@dataclass(frozen=True)
class LevelOdds:
    """How often a level is met when two records are of one person (`m`), and of two (`u`)."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """The evidence in bits: the logarithm to base 2 of `m` over `u`."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Parameters:
    """The whole model: the odds of every level, from best to worst, and of a match beforehand.

    `prior` is the share of matches among all possible pairs.
    """

    prior: float
    levels: Mapping[str, tuple[LevelOdds, ...]]

    @property
    def prior_weight(self) -> float:
        """What any two records start from, in bits."""
        return math.log2(self.prior / (1 - self.prior))

    def as_plain(self) -> dict[str, object]:
        """The model as JSON holds it: numbers as text, to six digits."""
        return {
            "prior": _text(self.prior),
            "levels": {
                name: [[_text(odds.m), _text(odds.u)] for odds in levels]
                for name, levels in self.levels.items()
            },
        }


def parameters_from_plain(plain: Mapping[str, object]) -> Parameters:
    """The model that `as_plain` gave; ValueError or KeyError for anything else."""
    levels = plain["levels"]
    if not isinstance(levels, Mapping):
        raise ValueError("levels are stated by comparison")
    return Parameters(
        prior=float(str(plain["prior"])),
        levels={
            str(name): tuple(LevelOdds(float(m), float(u)) for m, u in odds)
            for name, odds in levels.items()
        },
    )


def usual(comparisons: tuple[Comparison, ...], *, prior: float) -> Parameters:
    """The model before any training."""
    return Parameters(
        prior,
        {
            comparison.name: tuple(LevelOdds(level.m, level.u) for level in comparison.levels)
            for comparison in comparisons
        },
    )


def rounded(number: float) -> float:
    """A probability to six digits, never 0."""
    return float(_text(max(number, LEAST)))


def _text(number: float) -> str:
    return f"{number:.{DIGITS}g}"
