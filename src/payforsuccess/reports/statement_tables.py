"""The tables of a statement: results, lines, limits, payors, balance, what finality left."""

from __future__ import annotations

import re

from payforsuccess.deal.results import Line, ResultUsed, Statement
from payforsuccess.reports.document import Block, ItemList, paragraph
from payforsuccess.reports.inline import NoteReference
from payforsuccess.reports.numbers import amount_text, day_text, listed, name_text, number_text
from payforsuccess.reports.statement_notes import TOTAL, line_key, line_title, result_key
from payforsuccess.reports.table import Cell, Column, Row, Table, cell

# With more payors than this, each payor's part gets a row of its own instead of a column.
MOST_PAYORS_ACROSS = 4

_CAUSES = {
    "correction": "data were corrected",
    "determination": "there is a later determination",
    "amendment": "the deal was amended",
    "knock-on": "another line moved a limit or a condition",
    "program": "the program now computes it otherwise",
}


def lines_table(statement: Statement) -> Table:
    """One row a line, and the total."""
    rows = tuple(_line_row(statement, at, line) for at, line in enumerate(statement.lines))
    total = Cell((_money(statement, statement.total), NoteReference(TOTAL)))
    return Table(
        caption=f"Lines of statement {statement.number}, in {statement.currency}",
        columns=(
            Column("Line"),
            Column("Clause"),
            Column("Entitled", is_number=True),
            Column("Stated before", is_number=True),
            Column("This statement", is_number=True),
        ),
        rows=rows,
        footer=((Cell(("Total",), spans=4), total),),
    )


def _line_row(statement: Statement, at: int, line: Line) -> Row:
    return (
        cell(line_title(line)),
        cell(line.clause),
        cell(_money(statement, line.entitled)),
        cell(_money(statement, line.stated_before)),
        Cell((_money(statement, line.amount), NoteReference(line_key(at)))),
    )


def corrections(statement: Statement) -> tuple[Block, ...]:
    """Why each correction and each released line came about."""
    caused = [line for line in statement.lines if line.kind != "line"]
    if not caused:
        return ()
    items = tuple(
        (
            f"{line_title(line)}, {_money(statement, line.amount, code=True)}: "
            + ": ".join(filter(None, (_CAUSES.get(line.cause or ""), line.because))),
        )
        for line in caused
    )
    return (paragraph("Changes to earlier periods, and why:"), ItemList(items))


def limits_table(statement: Statement) -> tuple[Block, ...]:
    """What ceilings and floors did to lines, where they did anything."""
    bound = [
        line for line in statement.lines if line.bound_by or line.cut or line.carried or line.held
    ]
    if not bound:
        return (paragraph("No ceiling, floor or condition changed an amount."),)
    return (
        Table(
            caption=f"What limits changed, in {statement.currency}",
            columns=(
                Column("Line"),
                Column("Bound by"),
                Column("Cut by ceilings", is_number=True),
                Column("Carried forward", is_number=True),
                Column("Held by conditions", is_number=True),
            ),
            rows=tuple(
                (
                    cell(line_title(line)),
                    cell(listed(line.bound_by) if line.bound_by else "none"),
                    cell(_money(statement, line.cut)),
                    cell(_money(statement, line.carried)),
                    cell(_money(statement, line.held)),
                )
                for line in bound
            ),
        ),
    )


def results_table(statement: Statement) -> Table:
    """One row a result: its value with its unit, the people it rests on, and its standing."""
    rows = []
    for at, result in sorted(enumerate(statement.results), key=lambda pair: _in_order(pair[1])):
        which = ", ".join(filter(None, (result.slot, result.cohort)))
        rows.append(
            (
                cell(name_text(result.outcome)),
                cell(which),
                Cell((number_text(result.value), NoteReference(result_key(at)))),
                cell(result.unit),
                cell("not given" if result.people is None else f"{result.people:,}"),
                cell(result.standing),
            )
        )
    return Table(
        caption=f"Results used, as of {day_text(statement.as_of)}",
        columns=(
            Column("Outcome"),
            Column("For"),
            Column("Value", is_number=True),
            Column("Unit"),
            Column("People", is_number=True),
            Column("Standing"),
        ),
        rows=tuple(rows),
    )


def _in_order(result: ResultUsed) -> tuple[str, tuple[tuple[int, str], ...], str]:
    """Period 2 before period 10: the digits of a slot count as a number."""
    parts = re.findall(r"\d+|\D+", result.slot)
    slot = tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
    return (result.outcome, slot, result.cohort)


def payors_table(statement: Statement) -> tuple[Block, ...]:
    """Each payor's part of each line, and of the whole."""
    totals = statement.payor_totals()
    if not totals:
        return (paragraph("No payor owes anything on this statement."),)
    if len(totals) > MOST_PAYORS_ACROSS:
        return (_payors_down(statement, totals),)
    rows = []
    for line in statement.lines:
        parts = {part.payor: part.amount for part in line.payors}
        amounts = (
            cell(_money(statement, parts[payor])) if payor in parts else cell("none")
            for payor in totals
        )
        rows.append((cell(line_title(line)), *amounts))
    footer = (cell("Total"), *(cell(_money(statement, totals[payor])) for payor in totals))
    columns = (Column("Line"), *(Column(payor, is_number=True) for payor in totals))
    return (Table(_payors_caption(statement), columns, tuple(rows), (footer,)),)


def _payors_down(statement: Statement, totals: dict[str, int]) -> Table:
    rows = [
        (cell(part.payor), cell(line_title(line)), cell(_money(statement, part.amount)))
        for payor in totals
        for line in statement.lines
        for part in line.payors
        if part.payor == payor
    ]
    footer = tuple(
        (cell(payor), cell("all lines"), cell(_money(statement, amount)))
        for payor, amount in totals.items()
    )
    columns = (Column("Payor"), Column("Line"), Column("Part", is_number=True))
    return Table(_payors_caption(statement), columns, tuple(rows), footer)


def _payors_caption(statement: Statement) -> str:
    return f"Each payor's part, in {statement.currency}"


def unfunded(statement: Statement) -> tuple[Block, ...]:
    """What passed a payor's own ceiling; it is shown and not moved to another."""
    items = tuple(
        (
            f"{line_title(line)}: {part.payor}, "
            f"{_money(statement, part.unfunded, code=True)} above its ceiling",
        )
        for line in statement.lines
        for part in line.payors
        if part.unfunded
    )
    return (paragraph("Not funded by the payor it falls to:"), ItemList(items)) if items else ()


def balance_table(statement: Statement) -> Table:
    """Stated, and where it went, to date."""
    balance = statement.balance
    parts = (
        ("Stated to date", balance.stated),
        ("Paid", balance.paid),
        ("Recovered", balance.recovered),
        ("Owed", balance.owed),
        ("Open credit", balance.open_credit),
        ("Forgiven", balance.forgiven),
    )
    return Table(
        caption=f"Balance as of {day_text(statement.as_of)}, in {statement.currency}",
        columns=(Column("Part"), Column("Amount", is_number=True)),
        rows=tuple((cell(name), cell(_money(statement, amount))) for name, amount in parts),
    )


def not_corrected_table(statement: Statement) -> tuple[Block, ...]:
    """Differences in closed periods that the finality rules leave as they are."""
    if not statement.not_corrected:
        return ()
    return (
        Table(
            caption=f"Differences left as they are, in {statement.currency}",
            columns=(Column("Line"), Column("Difference", is_number=True), Column("Why")),
            rows=tuple(
                (
                    cell(f"{name_text(left.term)}, period {left.period}"),
                    cell(_money(statement, left.amount)),
                    cell(left.because),
                )
                for left in statement.not_corrected
            ),
        ),
    )


def _money(statement: Statement, minor: int, *, code: bool = False) -> str:
    return amount_text(minor, statement.currency, code=code)
