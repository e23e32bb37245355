"""Programme lines by label as a document."""

from __future__ import annotations

from collections.abc import Mapping

from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.note import Notice
from payforsuccess.reports.table import Column, Row, Table, cell
from payforsuccess.selection.programmes import Labelled, ProgrammeTotals
from payforsuccess.units import money_text


def programmes_document(file: str, currency: str, totals: ProgrammeTotals) -> Document:
    """Preventive and remedial money by department, area and year, against the ledger (R1)."""
    return Document(
        title="Preventive and remedial programmes",
        language="en",
        subtitle=f"From {file}, in {currency}",
        notices=_notices(totals),
        blocks=(
            paragraph(
                "A line is preventive where it lowers the need for later services, and remedial "
                "where it answers a need that is there. Who owns the line labels it."
            ),
            Heading(2, "By department", "departments"),
            _table(
                "Money by department and label",
                "Department",
                totals.by_department,
                totals,
                currency,
            ),
            Heading(2, "By policy area", "areas"),
            _table(
                "Money by policy area and label", "Policy area", totals.by_area, totals, currency
            ),
            Heading(2, "By fiscal year", "years"),
            _table(
                "Money by fiscal year and label", "Fiscal year", totals.by_year, totals, currency
            ),
            Heading(2, "Against the ledger", "ledger"),
            _ledger(totals, currency),
        ),
    )


def _notices(totals: ProgrammeTotals) -> tuple[Notice, ...]:
    if not totals.against_ledger:
        return (Notice("Not held against a ledger", "Nothing shows that these are all the lines."),)
    if totals.closes:
        return ()
    return (
        Notice("Does not close", "The lines and the ledger differ; the last table says where."),
    )


def _table(
    caption: str, first: str, groups: Mapping[str, Labelled], totals: ProgrammeTotals, currency: str
) -> Table:
    return Table(
        caption,
        (
            Column(first),
            Column("Preventive", is_number=True),
            Column("Remedial", is_number=True),
            Column("In all", is_number=True),
            Column("Preventive share", is_number=True),
        ),
        tuple(_row(name, one, currency) for name, one in groups.items()),
        (_row("In all", totals.whole, currency),),
    )


def _row(name: str, one: Labelled, currency: str) -> Row:
    share = f"{one.preventive / one.total:.1%}" if one.total else "not known"
    amounts = (one.preventive, one.remedial, one.total)
    return (cell(name), *(cell(money_text(each, currency)) for each in amounts), cell(share))


def _ledger(totals: ProgrammeTotals, currency: str) -> Block:
    if not totals.against_ledger:
        return paragraph("No ledger was given.")
    return Table(
        "Each department's lines and its ledger",
        (
            Column("Department"),
            Column("Fiscal year"),
            Column("Lines", is_number=True),
            Column("Ledger", is_number=True),
            Column("Difference", is_number=True),
        ),
        tuple(
            (
                cell(one.department),
                cell(str(one.fiscal_year)),
                cell(money_text(one.lines, currency)),
                cell("none" if one.ledger is None else money_text(one.ledger, currency)),
                cell(
                    "not known" if one.difference is None else money_text(one.difference, currency)
                ),
            )
            for one in totals.against_ledger
        ),
    )
