"""A forecast as a workbook that people can audit: every figure a formula, every input marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.forecast import CaseForecast
from payforsuccess.finance.outcomes import WorldResults
from payforsuccess.finance.people import People
from payforsuccess.finance.slots import slots_of
from payforsuccess.finance.summary import Summary
from payforsuccess.finance.triggers import goes_on, triggers_met
from payforsuccess.reports.workbook.budget import budget_sheet
from payforsuccess.reports.workbook.cash import LiveCash, cash_sheets
from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.grid import Sheet
from payforsuccess.reports.workbook.inputs import Inputs
from payforsuccess.reports.workbook.live import Live
from payforsuccess.reports.workbook.notes import STANDING, notes_sheet
from payforsuccess.reports.workbook.outcomes import OutcomeInputs, outcomes_sheet
from payforsuccess.reports.workbook.payments import LivePayments, PaymentsSheet
from payforsuccess.reports.workbook.people import PeopleInputs, people_sheet
from payforsuccess.reports.workbook.render import write_workbook
from payforsuccess.reports.workbook.results import live_results
from payforsuccess.reports.workbook.returns import by_period, returns_sheet


def workbook_of(summary: Summary, *, case: Case = "base", known: Sequence[Result] = ()) -> bytes:
    """One case of a forecast as an Office Open XML workbook; the same forecast, the same bytes.

    `known` are the results that the forecast took as determined. Refuses a deal whose terms cannot
    be written as formulas. Every amount of the workbook is held against the forecast before it is
    written.
    """
    found = summary.forecast
    if problems := tuple(_not_written(found.deal)):
        raise Refusal(problems)
    inputs = Inputs(case, found.deal)
    frame = Frame(found.deal, found.assumptions, found.cases[case].calendar, case, inputs)
    sheets = {
        title: Sheet(title, says)
        for title, says in (
            ("People", "Who starts and who is in service"),
            ("Outcomes", "What outcomes come to"),
            ("Payments", "What each payment term pays for each period, step by step"),
            ("Cash flow", "Costs, capital drawn and payments, day by day and by period"),
            ("Waterfall", "Who is paid what, in the deal's own order of repayment"),
            ("Returns", "What each layer of capital gave and got back"),
            ("Budget", "What falls due in each fiscal year"),
        )
    }
    payments, cash = _figures(frame, sheets, known)
    _hold_against(found.cases[case], payments, cash, frame)
    returns_sheet(frame, cash, sheets["Returns"])
    by_period(frame, cash, sheets["Cash flow"])
    budget_sheet(frame, payments, sheets["Budget"])
    notes = Sheet("Notes", "How to read this workbook, and what it rests on", widths=(28, 100, 30))
    notes_sheet(frame, [str(finding) for finding in summary.findings], notes)
    sheets["Returns"].widths = sheets["Budget"].widths = (58, 24, 16)
    return write_workbook(
        [inputs.sheet, *sheets.values(), notes],
        title=f"{found.deal.deal}: {case} case",
        digits=frame.digits,
        standing=STANDING,
    )


def _figures(
    frame: Frame, sheets: Mapping[str, Sheet], known: Sequence[Result]
) -> tuple[LivePayments, LiveCash]:
    slots = slots_of(frame.deal)
    of_people = PeopleInputs(frame)
    of_outcomes = OutcomeInputs(frame, slots, known)
    people = people_sheet(frame, of_people, sheets["People"])
    values = outcomes_sheet(frame, slots, people, of_outcomes, sheets["Outcomes"])
    met = _met(frame, people, values)
    ends = goes_on(frame.deal, met, frame.calendar.periods)
    if ends is not None:
        people = people_sheet(frame, of_people, sheets["People"], goes_on=ends)
        values = outcomes_sheet(
            frame,
            slots,
            people,
            of_outcomes,
            sheets["Outcomes"],
            says=", once triggers have ended services",
        )
    results = live_results(frame, values)
    payments = PaymentsSheet(frame, results, sheets["Payments"]).build()
    cash = cash_sheets(frame, people, payments, met, sheets["Cash flow"], sheets["Waterfall"])
    return payments, cash


def _met(frame: Frame, people: Any, values: Mapping[Any, Live]) -> Mapping[str, Any]:
    """The triggers by the same rules, over values in whole steps."""
    steps = {
        slot: value / frame.deal.outcomes[slot.outcome].tick
        if frame.deal.outcomes[slot.outcome].tick != 1
        else value
        for slot, value in values.items()
    }
    return triggers_met(
        frame.deal,
        frame.assumptions,
        People(people.started, people.in_service),
        WorldResults(steps),
        case=frame.case,
    )


def _not_written(deal: Deal) -> Iterator[Problem]:
    """What a workbook of totals cannot say."""
    by_cohort = deal.ceilings.each_cohort is not None
    for number, term in enumerate(deal.payments):
        if by_cohort or term.ceiling_each_cohort is not None:
            yield Problem(
                f"`{term.name}` has a ceiling for each cohort, which a workbook does not write as "
                "a formula.",
                "Use `pfs forecast` without `--xlsx` for this deal.",
                deal.place_of("payments", number),
            )


def _hold_against(one: CaseForecast, payments: LivePayments, cash: LiveCash, frame: Frame) -> None:
    """A workbook that would say something else than the forecast is never written."""
    scale = 10**frame.digits
    keys = {*one.lines, *payments.amounts}
    for key in keys:
        written = payments.amounts.get(key)
        if (0 if written is None else written.value * scale) != one.amount(*key):
            raise _differs(f"the payment of `{key[1]}` in period {key[0]}")
    told: dict[tuple[Any, ...], Any] = {}
    for moves, sign, by in ((one.flows.moves, 1, 1), (cash.flows.moves, -1, scale)):
        for move in moves:
            amount = move.amount.value if isinstance(move.amount, Live) else move.amount
            key_of = (move.day, move.kind, move.source, move.target, move.why)
            told[key_of] = told.get(key_of, 0) + sign * by * amount
    for key_of, rest in told.items():
        if rest:
            raise _differs(f"a move of cash of the kind “{key_of[1]}”")


def _differs(where: str) -> Refusal:
    return Refusal(
        Problem(
            f"A workbook of this deal would differ from the forecast in {where}, so it was not "
            "written.",
            "Use `pfs forecast` without `--xlsx` for this deal, and report that it cannot be "
            "written.",
        )
    )
