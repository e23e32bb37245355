"""The Board's clock: when the report is due, and how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.governance.initiative.mandate import Motion

REMIND_DAYS = (30, 14, 7, 1)
"""Days before the due day on which a reminder is sent."""


@dataclass(frozen=True)
class ReportClock:
    """The clock of a motion on a day.

    first_due: adoption and the motion's days. due: with what was granted since. days_late counts
    from `due`, and days_past_first from the first due day, whatever was granted: both are shown.
    dated_on: the day printed on the report, where the day of issue is not known; days then count to
    it, and are the least.
    """

    adopted_on: date
    first_due: date
    due: date
    reported_on: date | None
    days_left: int
    days_late: int
    days_past_first: int
    reminders: tuple[date, ...]
    dated_on: date | None = None

    @property
    def status(self) -> str:
        """Where the report stands, in words."""
        if self.reported_on is not None:
            late = f", {_days(self.days_late)} late" if self.days_late else ", in time"
            return f"issued on {self.reported_on}{late}"
        if self.dated_on is not None:
            late = f", at least {_days(self.days_late)} late" if self.days_late else ""
            return f"dated {self.dated_on}{late}; the day of issue is not known"
        if self.days_late:
            return f"{_days(self.days_late)} late"
        return f"due in {_days(self.days_left)}"


def is_before(motion: Motion, *, on: date) -> bool:
    """Whether the motion was surely not adopted by a day, so that no clock runs yet."""
    between = motion.adopted_between
    first = motion.adopted_on or (between.first if between is not None else None)
    return first is not None and on < first


def report_clock(motion: Motion, *, on: date) -> ReportClock | None:
    """Due day and lateness (R21): adoption plus the motion's calendar days; None without adoption.

    An extension counts from the day it was granted: granted after `on`, it is not yet one.
    """
    return None if motion.adopted_on is None else _clock(motion, motion.adopted_on, on=on)


def clocks_between(motion: Motion, *, on: date) -> tuple[ReportClock, ReportClock] | None:
    """The clock from the first and from the last day on which the motion can have been adopted.

    None where the day itself is known, or where nothing is known of it.
    """
    between = motion.adopted_between
    if motion.adopted_on is not None or between is None:
        return None
    return _clock(motion, between.first, on=on), _clock(motion, between.last, on=on)


def _clock(motion: Motion, adopted_on: date, *, on: date) -> ReportClock:
    first = adopted_on + timedelta(days=motion.report_within_days)
    granted = [each.to for each in motion.extensions if each.on <= on]
    due = granted[-1] if granted else first
    reported = motion.reported_on if motion.reported_on and motion.reported_on <= on else None
    printed = motion.report_dated_on
    dated = printed if printed is not None and printed <= on else None
    until = reported or dated or on
    return ReportClock(
        adopted_on,
        first,
        due,
        reported,
        max((due - on).days, 0),
        max((until - due).days, 0),
        max((until - first).days, 0),
        tuple(due - timedelta(days=days) for days in REMIND_DAYS),
        dated,
    )


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
