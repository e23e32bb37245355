"""The sheet of outcomes: what each result comes to, from people and what is assumed of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from payforsuccess.deal.assumptions import Counted, Effect, Level, Listed
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.finance.counted import countings
from payforsuccess.finance.slots import Slot
from payforsuccess.reports.workbook.frame import Frame, head_by_period
from payforsuccess.reports.workbook.grid import FIRST, Section, Sheet
from payforsuccess.reports.workbook.live import Live, live, rounded
from payforsuccess.reports.workbook.people import LivePeople
from payforsuccess.units import round_exact

SECTION = "Outcomes"
CLEAN = 9
"""Decimals to which a value is cleared of what floating point leaves behind."""


class OutcomeInputs:
    """What is assumed of outcomes, and what is determined already, as cells."""

    def __init__(self, frame: Frame, slots: Sequence[Slot], known: Sequence[Result]) -> None:
        self._frame = frame
        self.numbers: dict[tuple[str, str], Live] = {}
        for name in dict.fromkeys(slot.outcome for slot in slots):
            self._add(name)
        self.known: dict[Slot, Live] = {}
        told = {result.slot: result.value for result in known}
        for slot in slots:
            if slot.key in told:
                outcome = frame.deal.outcomes[slot.outcome]
                ticks = round_exact(told[slot.key] / outcome.tick, outcome.rounding)
                self.known[slot] = frame.inputs.add(
                    "Results determined already",
                    f"{slot.outcome}, {_when(slot)}",
                    ticks * outcome.tick,
                    unit=outcome.unit,
                    source="the record of determinations",
                    standing="determined",
                )

    def _add(self, name: str) -> None:
        inputs, outcome = self._frame.inputs, self._frame.deal.outcomes[name]
        assumed = self._frame.assumptions.outcomes[name]
        match assumed:
            case Counted():
                found = {
                    "rate": (f"{name}: units that one person earns each time", assumed.each_person)
                }
            case Effect():
                found = {"true": (f"{name}: the effect", assumed.true)}
            case Level():
                found = {"value": (f"{name}: the level at first", assumed.value)}
                if assumed.grows is not None:
                    found["grows"] = (f"{name}: added in each later period", assumed.grows)
            case Listed():
                found = {}
                for value in assumed.values:
                    at = f"period {value.period}" if value.period else f"point {value.point}"
                    found[at] = (f"{name}: in {at}", value.value)
        for key, (says, number) in found.items():
            unit = outcome.unit if key != "rate" else f"{outcome.unit} each"
            self.numbers[name, key] = inputs.assumed(SECTION, says, number, unit=unit)


def outcomes_sheet(
    frame: Frame,
    slots: Sequence[Slot],
    people: LivePeople,
    given: OutcomeInputs,
    sheet: Sheet,
    *,
    says: str = "",
) -> Mapping[Slot, Live]:
    """Every result that payments or triggers read, in its outcome's unit, on its smallest step."""
    if not sheet.sections:
        head_by_period(sheet, frame)
    found: dict[Slot, Live] = {}
    told: dict[str, list[Slot]] = {}
    for slot in slots:
        told.setdefault(slot.outcome, []).append(slot)
    for name, own in told.items():
        outcome = frame.deal.outcomes[name]
        section = sheet.section(f"{name}{says}: {outcome.says}")
        expected = _expected(frame, name, own, people, given, section)
        to_date: Any = 0
        for slot in own:
            column = FIRST + slot.at
            row = section.row(
                f"{name}, {_row_of(slot)}", note=outcome.unit, told="number", is_total=True
            )
            number = _on_step(expected[slot], outcome)
            if outcome.reported_as == "to-date":
                number = to_date = section.put(
                    section.row(f"{name}, to date", told="number"), column, number + to_date
                )
            number = given.known.get(slot, number)
            found[slot] = section.put(row, column, number)
    return found


def _expected(
    frame: Frame,
    name: str,
    slots: Sequence[Slot],
    people: LivePeople,
    given: OutcomeInputs,
    section: Section,
) -> dict[Slot, Live]:
    assumed = frame.assumptions.outcomes[name]
    numbers = given.numbers
    match assumed:
        case Counted():
            counted = _counted(frame, assumed, name, people)
            row = section.row("People counted", told="number")
            for slot in slots:
                if row.cells.get(FIRST + slot.at) is None:
                    counted[slot.at] = section.put(row, FIRST + slot.at, live(counted[slot.at]))
            return {slot: live(counted[slot.at]) * numbers[name, "rate"] for slot in slots}
        case Effect():
            return dict.fromkeys(slots, numbers[name, "true"])
        case Level():
            first = min(slot.at for slot in slots)
            grows: Any = numbers.get((name, "grows"), 0)
            return {
                slot: numbers[name, "value"] + grows * (slot.at - first)
                if slot.at > first
                else numbers[name, "value"]
                for slot in slots
            }
        case Listed():
            return {slot: numbers.get((name, slot.when), live(Fraction(0))) for slot in slots}


def _counted(frame: Frame, assumed: Counted, name: str, people: LivePeople) -> list[Any]:
    if assumed.counts == "in-service" and assumed.after is None:
        return list(people.in_service)
    outcome, periods = frame.deal.outcomes[name], frame.calendar.periods
    counted: list[Any] = []
    for told in countings(assumed, outcome, periods, people.ages, case=frame.case):
        number: Any = 0
        for each in told:
            if each.in_service:
                own = people.in_service_of(each.start, each.age)
            else:
                own = people.started[each.start]
            number = number + (own if each.times == 1 else own * each.times)
        counted.append(number)
    return counted


def _on_step(value: Live, outcome: Outcome) -> Live:
    """The nearest whole number of steps, halves away from zero."""
    step = outcome.tick
    if step == 1:
        return rounded(_clean(value), 0)
    digits = next((d for d in range(1, CLEAN) if step * 10**d == 1), None)
    if digits is not None:
        return rounded(_clean(value), digits)
    return rounded(rounded(_clean(value / step), 0) * step, CLEAN)


def _clean(value: Live) -> Live:
    """A value whose halves are halves: what floating point leaves behind is rounded away."""
    return rounded(value, CLEAN) if value.floats else value


def _when(slot: Slot) -> str:
    return f"{slot.when}, {slot.cohort}" if slot.cohort else slot.when


def _row_of(slot: Slot) -> str:
    return _when(slot) if slot.when.startswith("point ") else "in the period"
