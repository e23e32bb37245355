"""The sheet of people: who starts and who is in service in each period, from the planned ramp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from payforsuccess.finance.people import periods_served
from payforsuccess.reports.workbook.frame import Frame, head_by_period
from payforsuccess.reports.workbook.grid import FIRST, Sheet
from payforsuccess.reports.workbook.live import Live, live, rounded

SECTION = "People"


@dataclass(frozen=True)
class LivePeople:
    """People by period, as formulas."""

    started: tuple[Live, ...]
    in_service: tuple[Live, ...]
    stay: Live
    ages: int
    goes_on: tuple[Any, ...] | None = None

    def in_service_of(self, start: int, age: int) -> Any:
        """How many of those who start in a period are in service `age` periods later."""
        found = self.started[start] if age == 0 else self.started[start] * _power(self.stay, age)
        return found if self.goes_on is None else found * self.goes_on[start + age]


class PeopleInputs:
    """What the ramp and its assumptions give, once for all readings of them."""

    def __init__(self, frame: Frame) -> None:
        enrolment, inputs = frame.assumptions.enrolment, frame.inputs
        self.ramp = {
            step.period: inputs.sourced(
                SECTION,
                f"New people in each period from period {step.period} on",
                step.people,
                enrolment,
                unit="people",
            )
            for step in enrolment.ramp
        }
        self.reached = inputs.assumed(
            SECTION, "Part of the plan that is reached", enrolment.reached, told="share"
        )
        self.leave: Live = live(0)
        if enrolment.leave_each_period is not None:
            self.leave = inputs.assumed(
                SECTION,
                "Share of those in service that leaves in each period",
                enrolment.leave_each_period,
                told="share",
            )


def people_sheet(
    frame: Frame, given: PeopleInputs, sheet: Sheet, *, goes_on: Sequence[Any] | None = None
) -> LivePeople:
    """The people of the case; `goes_on` gives 1 for each period before a trigger ended services."""
    if not sheet.sections:
        head_by_period(sheet, frame)
    says = "People" if goes_on is None else "People, once triggers have ended services"
    section = sheet.section(says)
    periods = frame.calendar.periods
    planned_row = section.row("New people planned", told="number")
    to_date_row = section.row("Planned to date", told="number")
    reached_row = section.row("Reached to date, whole people", told="number")
    started_row = section.row("Start in the period", told="number", is_total=True)
    service_row = section.row("In service (expected number)", told="number", is_total=True)
    started: list[Live] = []
    in_service: list[Live] = []
    now: Any = 0
    to_date: Any = 0
    before: Any = 0
    stay = 1 - given.leave
    ages = periods_served(frame.assumptions.enrolment.serves_for, periods)
    for at, period in enumerate(periods):
        column = FIRST + at
        now = given.ramp.get(period.number, now)
        planned = section.put(planned_row, column, live(now))
        to_date = section.put(to_date_row, column, planned + to_date)
        reached = section.put(reached_row, column, rounded(to_date * given.reached, 0))
        on: Any = 1 if goes_on is None else goes_on[at]
        started.append(section.put(started_row, column, (reached - before) * on))
        before = reached
        total: Any = 0
        for age in range(min(ages, at + 1)):
            left = started[at - age]
            total = left * _power(stay, age) + total if age else left
        in_service.append(section.put(service_row, column, live(total) * on))
    going = None if goes_on is None else tuple(goes_on)
    return LivePeople(tuple(started), tuple(in_service), live(stay), ages, going)


def _power(number: Live, by: int) -> Live:
    if by == 1:
        return number
    return Live(
        number.value**by, lambda sheet: f"{number.named(sheet, within=3)}^{by}", is_loose=True
    )
