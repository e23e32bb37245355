"""A caseload on a day: who has gone quiet, which checks are due, what is missing, days housed.

One definition of each, which every page shows with its rule. Days are counted up to yesterday: a
night is over before it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

QUIET_AFTER_DAYS = 30
"""No contact for so many days: the person has gone quiet. Attempts that failed are no contact."""
CHECKS_AHEAD_DAYS = 30
"""How far ahead the check of a milestone is shown."""
FOLLOW_UPS_AHEAD_DAYS = 7
"""How far ahead a follow-up is shown as due."""
HOMELESS_AFTER_DAYS = 60
"""Without a home so many days after enrolment: something is missing, be it a home or its record."""
HOLDER_TOLD_WITHIN_DAYS = 2
"""Calendar days after a wrong record was found by which its holder is told (R141)."""
HOLDER_ANSWERS_WITHIN_DAYS = 30
"""Calendar days after it was told by which the holder has corrected it or said why not (R141)."""

Missing = Literal["consent", "way-to-reach", "language", "lease-day", "home"]
MISSING: tuple[Missing, ...] = ("consent", "way-to-reach", "language", "lease-day", "home")


@dataclass(frozen=True)
class Stay:
    """A home from the day of moving in; the last night is the one before moving out."""

    moved_in_on: date
    moved_out_on: date | None = None


def days_quiet(last_reached_on: date | None, *, enrolled_on: date, on: date) -> int:
    """Days since someone last spoke with the person; since enrolment where nobody has yet."""
    since = max(enrolled_on, last_reached_on or enrolled_on)
    return max((on - since).days, 0)


def is_quiet(last_reached_on: date | None, *, enrolled_on: date, on: date) -> bool:
    """Whether there was no contact for 30 days; on the thirtieth day there was none."""
    days = days_quiet(last_reached_on, enrolled_on=enrolled_on, on=on)
    return days >= QUIET_AFTER_DAYS


def days_housed(stays: Iterable[Stay], *, on: date) -> int:
    """Nights in a home before a day, those in two homes at once counted once."""
    return sum((end - start).days for start, end in joined(stays, until=on))


def housed_on(stays: Iterable[Stay], *, on: date) -> Stay | None:
    """The home someone sleeps in on a day, if any."""
    for stay in stays:
        is_there = stay.moved_out_on is None or on < stay.moved_out_on
        if stay.moved_in_on <= on and is_there:
            return stay
    return None


def joined(stays: Iterable[Stay], *, until: date) -> list[tuple[date, date]]:
    """The stretches in a home before a day, in order, those that touch made one; end not in it."""
    found: list[tuple[date, date]] = []
    for stay in sorted(stays, key=lambda each: each.moved_in_on):
        start, end = stay.moved_in_on, min(stay.moved_out_on or until, until)
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def unanswered(asked: Iterable[str], said: Iterable[str]) -> tuple[str, ...]:
    """The purposes for which someone was not asked yet: a yes to one purpose is none to another.

    asked: the purposes of the deal. said: those to which the person said yes or no.
    """
    answered = set(said)
    return tuple(purpose for purpose in dict.fromkeys(asked) if purpose not in answered)


def first_to_join(
    *, find_by: datetime | None, out_since: datetime | None, release_on: date | None
) -> tuple[object, ...]:
    """What sorts those who wait to be enrolled, whoever comes first first.

    First who was released before anyone met them and must be found by an hour, then who is out,
    the longest out first, and last who is still inside, the nearest release first.
    """
    if find_by is not None:
        return (0, find_by.timestamp())
    if out_since is not None:
        return (1, out_since.timestamp())
    return (2, (release_on or date.max).toordinal())


@dataclass(frozen=True)
class Known:
    """What is on record of someone, as far as it can be missing.

    has_answered_consent: for every purpose for which someone is asked.
    """

    enrolled_on: date
    has_answered_consent: bool
    can_be_reached: bool
    has_language: bool
    stays: Sequence[Stay] = ()
    homes_without_lease_day: int = 0


def missing(known: Known, *, on: date) -> tuple[Missing, ...]:
    """What is not on record and should be; a refusal of consent is an answer, not a gap."""
    waits_long = (on - known.enrolled_on).days >= HOMELESS_AFTER_DAYS
    gaps: dict[Missing, bool] = {
        "consent": not known.has_answered_consent,
        "way-to-reach": not known.can_be_reached,
        "language": not known.has_language,
        "lease-day": known.homes_without_lease_day > 0,
        "home": waits_long and not known.stays,
    }
    return tuple(name for name in MISSING if gaps[name])


@dataclass(frozen=True)
class WrongRecord:
    """The days of a report that a holder's record is wrong."""

    found_on: date
    told_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True)
class WrongRecordClock:
    """Whose turn it is, and by when; nobody's once the holder has answered."""

    turn: Literal["tell", "answer", "none"]
    due: date | None
    days_late: int


def wrong_record_clock(record: WrongRecord, *, on: date) -> WrongRecordClock:
    """The clock of a wrong-record report on a day: tell the holder, then its answer (R141)."""
    if record.answered_on is not None and record.answered_on <= on:
        return WrongRecordClock("none", None, 0)
    if record.told_on is None or record.told_on > on:
        due = record.found_on + timedelta(days=HOLDER_TOLD_WITHIN_DAYS)
        return WrongRecordClock("tell", due, max((on - due).days, 0))
    due = record.told_on + timedelta(days=HOLDER_ANSWERS_WITHIN_DAYS)
    return WrongRecordClock("answer", due, max((on - due).days, 0))
