"""The protest calendar: business days after the intended award, and what holds the award."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.selection.proposals import Protest
from payforsuccess.selection.solicitation import SolicitationFile

SATURDAY = 5


@dataclass(frozen=True)
class ProtestHeard:
    """A protest with its clock.

    is_in_time: the notice came by the last day for it; one that came before the announcement is
    answered like any other. is_early: it came before.
    """

    protest: Protest
    is_in_time: bool
    answer_due_on: date
    is_early: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether it keeps an award from being made on a day.

        One not answered by then does; so does one that was sustained and not remedied.
        """
        protest = self.protest
        if not self.is_in_time or protest.answer == "withdrawn":
            return False
        if protest.answered_on is None or protest.answered_on > day:
            return True
        return protest.answer == "sustained" and protest.remedy is None


@dataclass(frozen=True)
class ProtestCalendar:
    """From the announcement of the intended award to the first day on which it can be made.

    notice_by: the last day for a notice of protest.
    """

    announced_on: date
    notice_by: date
    protests: tuple[ProtestHeard, ...]


def calendar_of(solicitation: SolicitationFile) -> ProtestCalendar | None:
    """The calendar; None while the intended award is not announced."""
    announced = solicitation.intent_on
    if announced is None:
        return None
    closed = set(solicitation.closed_on)
    notice_by = add_business_days(announced, solicitation.protest_days, closed)
    return ProtestCalendar(
        announced,
        notice_by,
        tuple(
            ProtestHeard(
                each,
                each.on <= notice_by,
                add_business_days(each.on, solicitation.answer_days, closed),
                each.on < announced,
            )
            for each in solicitation.protests
        ),
    )


def what_holds(solicitation: SolicitationFile, on: date) -> Iterator[str]:
    """Why no award may be made on a day: stages that hold it, protest days, protests unanswered."""
    for stage in solicitation.stages:
        if stage.holds_award and on <= stage.closes:
            yield f"“{stage.title}” holds the award, and is open until {stage.closes}"
    calendar = calendar_of(solicitation)
    if calendar is None:
        yield "the intended award has not been announced to all proposers (`intent_on`)"
        return
    if on <= calendar.notice_by:
        yield (
            f"notice of protest may be given until {calendar.notice_by}, "
            f"{solicitation.protest_days} business days after the announcement on "
            f"{calendar.announced_on}"
        )
    for heard in calendar.protests:
        if heard.holds_on(on):
            was = heard.protest.answered_on
            state = (
                "is not answered"
                if was is None or was > on
                else "was sustained, and no remedy is on file"
            )
            yield f"the protest of {heard.protest.on} by `{heard.protest.by}` {state}"


def add_business_days(day: date, number: int, closed: Collection[date]) -> date:
    """The day that is so many business days later, Monday to Friday, but for the days closed.

    The day itself does not count. Where the calendar of years ends, the last day there is.
    """
    left = number
    while left and day < date.max:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in closed
    return day
