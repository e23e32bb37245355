"""The harm log's clocks: payor and participant group are told within two days (R121)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.governance.initiative.voice import Harm

TELL_WITHIN_DAYS = 2
"""Calendar days after the report by which the payor and the participant group are told."""


@dataclass(frozen=True)
class Telling:
    """Whether one of the two was told by the due day; days_late counts until told, or until now."""

    whom: str
    told_on: date | None
    days_late: int


@dataclass(frozen=True)
class HarmFound:
    """An entry of the harm log with its clocks on a day."""

    harm: Harm
    due: date
    tellings: tuple[Telling, Telling]
    is_settled: bool

    @property
    def is_stop(self) -> bool:
        """Whether service stops until it is settled, and it is not."""
        return self.harm.stops_service and not self.is_settled

    @property
    def untold(self) -> tuple[Telling, ...]:
        """Those who were not told yet."""
        return tuple(each for each in self.tellings if each.told_on is None)


def harms_found(harms: Sequence[Harm], *, on: date) -> tuple[HarmFound, ...]:
    """Every entry reported by the day, in order; what happened after the day is not yet so."""
    return tuple(_found(each, on) for each in harms if each.on <= on)


def _found(harm: Harm, on: date) -> HarmFound:
    due = harm.on + timedelta(days=TELL_WITHIN_DAYS)

    def telling(whom: str, told: date | None) -> Telling:
        by_now = told if told is not None and told <= on else None
        return Telling(whom, by_now, max(((by_now or on) - due).days, 0))

    return HarmFound(
        harm,
        due,
        (
            telling("the payor", harm.payor_told_on),
            telling("the participant group", harm.group_told_on),
        ),
        is_settled=harm.settled_on is not None and harm.settled_on <= on,
    )
