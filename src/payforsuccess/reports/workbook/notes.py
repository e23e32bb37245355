"""The sheet of notes: what the workbook is, what it is not, and where its terms come from."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.grid import Sheet

STANDING = "An illustration of what may come, not a statement: nothing here is certified or due."
NOTES = (
    "Cells with a coloured ground are inputs: change one, and every sheet follows. All other "
    "figures are formulas. Dates, periods, payment terms and the order of repayment are the form "
    "of the workbook: change them in the deal or its assumptions and write the workbook anew.",
    "Amounts are in whole currency units and rounded to its smallest unit where the deal rounds; "
    "halves go away from zero. What is cut among several goes by largest remainder.",
    "The days on which cash moves follow from the deal's periods and from how long results take; "
    "a person is counted in the period that holds the last day of the time counted.",
    "What refuses a statement is not refused here, but for a value in no band (#N/A): results "
    "beyond their bounds, or more people at a later milestone than at the one before it.",
    "Rates a year are found by XIRR and made exact by one more step; where several rates fit the "
    "flows, any of them may be shown, and rates below -99% are not looked for.",
)


def notes_sheet(frame: Frame, findings: Sequence[str], sheet: Sheet) -> None:
    """What a reader must know, the findings, and the clause and words of every payment term."""
    deal, assumptions = frame.deal, frame.assumptions
    about = sheet.section("About this workbook")
    lines = [
        ("Deal", deal.deal),
        ("Terms", str(deal.standing)),
        ("Case", frame.case),
        ("Assumptions as of", str(assumptions.as_of)),
        ("Standing", STANDING),
        ("Deal, fingerprint", deal.fingerprint),
        ("Assumptions, fingerprint", assumptions.fingerprint),
    ]
    if assumptions.says:
        lines.insert(4, ("Assumptions", assumptions.says))
    for says, text in lines:
        about.row(says).cells[2] = text
    for section, texts in (("How to read it", NOTES), ("Findings", findings)):
        rows = sheet.section(section)
        for number, text in enumerate(texts, 1):
            rows.row(str(number)).cells[2] = text
    terms = sheet.section("Payment terms", heads=("Term", "In the contract's words", "Clause"))
    for term in deal.payments:
        row = terms.row(term.name)
        row.cells[2], row.cells[3] = term.says or "", term.clause
    told = sheet.section("What the deal's file assumes")
    for number, text in enumerate(deal.assumptions, 1):
        told.row(str(number)).cells[2] = text
