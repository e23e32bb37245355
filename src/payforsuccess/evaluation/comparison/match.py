"""A match, frozen: who is compared with whom, by which rule, and the fingerprint of both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from payforsuccess.trail import fingerprint

Distance = Literal["score", "logit", "mahalanobis"]
Order = Literal["largest-first", "smallest-first", "file-order", "given"]


@dataclass(frozen=True)
class NearestRule:
    """How the nearest are chosen; all of it belongs in the plan.

    distance: between scores, their log-odds, or traits (Mahalanobis, by the covariance of the
    whole pool). per_treated: how many for each person served. with_replacement: whether one
    person may be compared with several. calliper: the farthest allowed, in standard deviations
    (n - 1, whole pool) of the score, or of its log-odds if the distance is logit; None for no
    limit. order: who chooses first where no one may be chosen twice, by the score. ties: of
    several equally near, the first in file order, or all with equal parts (with replacement
    alone); distances within 1e-8 standard deviations are equal. tie_within: squared distances
    this much above the smallest count as equal too, in squared standard deviations. alike: how
    many of the nearest in the same group are kept for a variance that differs between people
    (Abadie and Imbens 2006); 0 keeps none.
    """

    distance: Distance = "score"
    per_treated: int = 1
    with_replacement: bool = False
    calliper: float | None = None
    order: Order = "largest-first"
    ties: Literal["first", "all"] = "first"
    tie_within: float = 0.0
    alike: int = 0

    def __post_init__(self) -> None:
        """Refuse rules that hang badly together (ValueError)."""
        if self.per_treated < 1 or self.alike < 0 or self.tie_within < 0:
            raise ValueError("per_treated is 1 or more; alike and tie_within are 0 or more")
        if self.calliper is not None and not self.calliper > 0:
            raise ValueError("a calliper is above 0")
        if not self.with_replacement and (self.ties == "all" or self.alike or self.tie_within):
            raise ValueError("ties kept and neighbours alike belong to matching with replacement")

    @property
    def says(self) -> str:
        """The rule in words that another program can follow."""
        nearest = f"{self.per_treated}:1 nearest on the {self.distance}"
        if self.distance == "mahalanobis":
            nearest = f"{self.per_treated}:1 nearest by Mahalanobis distance"
        how = (
            "with replacement"
            if self.with_replacement
            else f"without replacement, greedy, {self.order.replace('-', ' ')}"
        )
        limit = "" if self.calliper is None else f", calliper {self.calliper:g} SD"
        ties = "all ties with equal parts" if self.ties == "all" else "ties by file order"
        return f"{nearest} {how}{limit}, {ties}"


@dataclass(frozen=True, eq=False)
class Match:
    """Who is compared with whom. There is no field for an outcome.

    pool, people: fingerprints of the pool and of its keys in order. strata: the fingerprint of
    the groups within which people were matched, or None. treated: (n,) whether served.
    pairs: (p, 2) rows of the pool, the person served and one compared with, in order of rows; a
    person served with m pairs gives each 1/m. unmatched: (u,) rows of people served without a
    match. short: people served with fewer matches than the rule wants. alike: (c, 1 + j) rows of
    each person compared with and of the j nearest in the same group, or (0, 0).
    """

    rule: NearestRule
    pool: str
    people: str
    strata: str | None
    treated: NDArray[np.bool_]
    pairs: NDArray[np.int64]
    unmatched: NDArray[np.int64]
    short: int
    alike: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Copy the arrays so that no one can write to them."""
        for name in ("treated", "pairs", "unmatched", "alike"):
            value = np.array(getattr(self, name))
            value.flags.writeable = False
            object.__setattr__(self, name, value)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of everything the match says, computed anew each time it is asked for.

        The calliper and the tolerance are spelt as text of 12 significant digits.
        """
        rule = {
            key: f"{value:.12g}" if isinstance(value, float) else value
            for key, value in asdict(self.rule).items()
        }
        return fingerprint(
            {
                "rule": rule,
                "pool": self.pool,
                "people": self.people,
                "strata": self.strata,
                "pairs": self.pairs.tolist(),
                "unmatched": self.unmatched.tolist(),
                "short": self.short,
                "alike": self.alike.tolist(),
            }
        )
