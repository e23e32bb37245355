"""Agreements on a day: in force, ending soon or ended, with what they still oblige to (R93)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.governance.initiative.agreements import AgreementOnRecord, Obligation

Standing = Literal["draft", "in-force", "ends-soon", "ended"]


@dataclass(frozen=True)
class ObligationFound:
    """An obligation on a day; days_late counts from the day after it was due."""

    obligation: Obligation
    is_done: bool
    days_late: int


@dataclass(frozen=True)
class AgreementFound:
    """An agreement on a day. days_left: to its last day, None where it has none."""

    agreement: AgreementOnRecord
    standing: Standing
    days_left: int | None
    obligations: tuple[ObligationFound, ...]

    @property
    def open_obligations(self) -> tuple[ObligationFound, ...]:
        """What is not done yet."""
        return tuple(each for each in self.obligations if not each.is_done)


def agreements_found(
    agreements: Sequence[AgreementOnRecord], *, on: date, soon_days: int
) -> tuple[AgreementFound, ...]:
    """Every agreement, in order. On its last day one is still in force."""
    return tuple(_found(each, on, soon_days) for each in agreements)


def _found(agreement: AgreementOnRecord, on: date, soon_days: int) -> AgreementFound:
    left = (agreement.expires_on - on).days if agreement.expires_on is not None else None
    standing: Standing = "in-force"
    if agreement.signed_on is None or agreement.signed_on > on:
        standing = "draft"
    elif left is not None and left < 0:
        standing = "ended"
    elif left is not None and left <= soon_days:
        standing = "ends-soon"
    return AgreementFound(
        agreement, standing, left, tuple(_obligation(each, on) for each in agreement.obligations)
    )


def _obligation(obligation: Obligation, on: date) -> ObligationFound:
    done = obligation.done_on is not None and obligation.done_on <= on
    until = obligation.done_on if done and obligation.done_on is not None else on
    late = max((until - obligation.due).days, 0) if obligation.due is not None else 0
    return ObligationFound(obligation, done, late)
