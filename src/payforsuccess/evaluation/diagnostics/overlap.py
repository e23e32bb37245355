"""Whether people served have others like them to be compared with, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.deal.estimates import Overlap


@dataclass(frozen=True)
class OverlapReading:
    """How far a comparison pool covers the people served.

    alone: people served in stretches of the score where the pool has no one; None without a
    picture. effective_share: the effective number of comparison people over those who carry
    weight; None where it is not known. says: sentences for a report.
    """

    alone: int | None
    effective_share: float | None
    says: tuple[str, ...]


def overlap_reading(overlap: Overlap) -> OverlapReading:
    """What a reader should take from the counts and weights; no threshold is applied."""
    says = [f"The pool holds {overlap.pool:,} people; {overlap.used:,} of them carry weight."]
    alone = None
    if overlap.bins:
        served = sum(one.treated for one in overlap.bins)
        alone = sum(one.treated for one in overlap.bins if not one.control)
        says.append(
            f"In every stretch of the score with people served, the pool has someone ({served:,} "
            "people served)."
            if not alone
            else f"{alone:,} of {served:,} people served are in stretches of the score where the "
            "pool has no one: for them the comparison is a guess of the model."
        )
    if overlap.unmatched:
        says.append(f"{overlap.unmatched:,} people served are left out: no one was like them.")
    share = None
    if overlap.effective is not None and overlap.used:
        share = float(overlap.effective) / overlap.used
        says.append(
            f"Unequal weights make those {overlap.used:,} people count as "
            f"{float(overlap.effective):,.1f} of equal weight."
        )
    if overlap.largest_weight is not None:
        says.append(
            f"The person with most weight carries {100 * float(overlap.largest_weight):.2g} "
            "percent of it."
        )
    return OverlapReading(alone, share, tuple(says))
