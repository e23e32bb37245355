"""Counts by arm: how many were assigned, how many have a known result, and its total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from payforsuccess.measures.lazily import ir
from payforsuccess.measures.tables import KNOWN, PersonResult

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class ArmCount:
    """One arm: people assigned, people with a known result, and the sum of their quantities."""

    arm: str
    assigned: int
    known: int
    total: int | Decimal

    @property
    def mean(self) -> Fraction:
        """The exact mean over people with a known result; ValueError when there is none."""
        if not self.known:
            raise ValueError(f"no one in the arm {self.arm} has a known result")
        return Fraction(self.total) / self.known


def compile_by_arm(results: ir.Table) -> ir.Table:
    """One row an arm and status: people, and the sum of their quantities (0 where unknown)."""
    return (
        results.group_by("arm", "status")
        .aggregate(people=results.count(), total=results.quantity.sum().fill_null(0))
        .order_by("arm", "status")
    )


def arm_counts(by_arm: pa.Table) -> dict[str, ArmCount]:
    """The rows of `compile_by_arm` by arm; people without an arm are left out."""
    counts: dict[str, ArmCount] = {}
    for row in by_arm.to_pylist():
        if row["arm"] is None:
            continue
        known = row["status"] == KNOWN
        so_far = counts.get(row["arm"], ArmCount(row["arm"], 0, 0, 0))
        counts[row["arm"]] = ArmCount(
            row["arm"],
            so_far.assigned + row["people"],
            so_far.known + (row["people"] if known else 0),
            so_far.total + (row["total"] if known else 0),
        )
    return counts


def reference_arm_counts(results: Iterable[PersonResult]) -> dict[str, ArmCount]:
    """The same from plain results."""
    counts: dict[str, ArmCount] = {}
    for result in results:
        if result.arm is None:
            continue
        so_far = counts.get(result.arm, ArmCount(result.arm, 0, 0, 0))
        known = result.quantity is not None
        counts[result.arm] = ArmCount(
            result.arm,
            so_far.assigned + 1,
            so_far.known + known,
            so_far.total + (result.quantity or 0),
        )
    return counts
