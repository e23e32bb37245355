"""What would be due if people had been matched otherwise, told in total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from payforsuccess.units import money_text


@dataclass(frozen=True)
class DueAt:
    """What would be due at a threshold; None where the deal could not pay such results."""

    threshold: Decimal
    due: int | None


@dataclass(frozen=True)
class DueInDoubt:
    """What would be due with and without one cluster that is in doubt, all else as it is."""

    with_it: int | None
    without_it: int | None


@dataclass(frozen=True, repr=False)
class DollarsAtRisk:
    """What is due, and the least and the most that it could be under another match.

    `least` and `most` are the lowest and highest of all amounts that were computed: at the
    thresholds, with and without each cluster, and with each cluster as it pays least and most. They
    are the true ends where what is due moves one way with each result. `thresholds_left` and
    `clusters_left` count what was not tried by itself.
    """

    currency: str
    threshold: Decimal
    due: int
    least: int
    most: int
    thresholds: tuple[DueAt, ...]
    clusters: tuple[DueInDoubt, ...]
    thresholds_left: int = 0
    clusters_left: int = 0
    refused: int = 0
    """How many of the other matches give results that the deal cannot pay as it is written."""

    def __str__(self) -> str:
        title = "Dollars at risk in matching (no part of the statement)"
        return "\n".join([title, *(f"  {sentence}" for sentence in self.sentences)])

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it in words, a line each: amounts in total, and nobody's own."""
        out = [
            f"Due now, pairs taken from {self.threshold.normalize():f} on: {self._money(self.due)}",
            f"Least {self._money(self.least)}, most {self._money(self.most)}",
        ]
        out += [
            f"Taken from {at.threshold.normalize():f} on: {self._money(at.due)}"
            for at in self.thresholds
        ]
        moving = sum(not one.with_it == one.without_it == self.due for one in self.clusters)
        count = len(self.clusters) + self.clusters_left
        out.append(f"Clusters in doubt: {count:,}; {moving:,} change what is due by themselves")
        if self.thresholds_left or self.clusters_left:
            out.append(
                f"Not tried by themselves: {self.thresholds_left:,} thresholds, "
                f"{self.clusters_left:,} clusters"
            )
        if self.refused:
            out.append(f"Other matches with results that the deal cannot pay: {self.refused:,}")
        return tuple(out)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: money in the smallest unit; no record or person is named."""
        return {
            "format": 1,
            "says": "What would be due if people had been matched otherwise; no part of the "
            "statement.",
            "currency": self.currency,
            "threshold": f"{self.threshold.normalize():f}",
            "due": self.due,
            "least": self.least,
            "most": self.most,
            "thresholds": [
                {"threshold": f"{at.threshold.normalize():f}", "due": at.due}
                for at in self.thresholds
            ],
            "clusters": [{"with": one.with_it, "without": one.without_it} for one in self.clusters],
            "thresholds_left": self.thresholds_left,
            "clusters_left": self.clusters_left,
            "refused": self.refused,
        }

    def _money(self, amount: int | None) -> str:
        return "cannot be paid" if amount is None else money_text(amount, self.currency, code=True)
