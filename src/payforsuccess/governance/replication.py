"""How much less work the next project was: months to signature, documents taken over (R97)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.governance.initiative.initiative import Initiative


@dataclass(frozen=True)
class Replication:
    """months: whole months from the idea to the signature, or to the day while it is not signed.

    new, adapted, reused: documents by origin. share_reused: of documents taken over as they were;
    share_taken_over: with those adapted; None where no document is on file.
    """

    signed_on: date | None
    months: int
    new: int
    adapted: int
    reused: int

    @property
    def documents(self) -> int:
        """All documents on file."""
        return self.new + self.adapted + self.reused

    @property
    def share_reused(self) -> Fraction | None:
        """The share taken over unchanged."""
        return Fraction(self.reused, self.documents) if self.documents else None

    @property
    def share_taken_over(self) -> Fraction | None:
        """The share taken over, changed or not."""
        return Fraction(self.reused + self.adapted, self.documents) if self.documents else None


def replication(initiative: Initiative, deal: Deal | None, *, on: date) -> Replication:
    """Signature is that of the executed contract, or else of the contract among the agreements."""
    signed = _signed_on(initiative, deal)
    by_now = signed if signed is not None and signed <= on else None
    origins = [each.origin for each in initiative.documents]
    return Replication(
        by_now,
        _whole_months(initiative.started_on, by_now or on),
        origins.count("new"),
        origins.count("adapted"),
        origins.count("reused"),
    )


def _signed_on(initiative: Initiative, deal: Deal | None) -> date | None:
    if deal is not None and deal.executed is not None:
        return deal.executed.signed_on
    signed = [
        each.signed_on
        for each in initiative.agreements
        if each.kind == "contract" and each.signed_on is not None
    ]
    return min(signed, default=None)


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(months - (end.day < start.day), 0)
