"""A success-payment statement as a document. Every amount was computed before; here it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from payforsuccess.deal.results import Statement
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import Content, Exactly, NoteReference
from payforsuccess.reports.note import Note, Notice
from payforsuccess.reports.notices import statement_notices
from payforsuccess.reports.numbers import amount_text, counted, day_text
from payforsuccess.reports.statement_effects import effects_blocks
from payforsuccess.reports.statement_notes import TOTAL, result_key, statement_notes
from payforsuccess.reports.statement_tables import (
    balance_table,
    corrections,
    limits_table,
    lines_table,
    not_corrected_table,
    payors_table,
    results_table,
    unfunded,
)

NOT_SHOWN = (
    "Ten people or fewer have a part in a line of this statement. Its results and its arithmetic "
    "are for those who determine, approve or pay it. With the prices of the contract an amount may "
    "still tell how many: do not pass it on."
)


@dataclass(frozen=True)
class Part:
    """Blocks with the notes they refer to, to be put into a document."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


def statement_document(
    statement: Statement,
    *,
    is_issued: bool = False,
    run: str = "",
    figures: tuple[Figure, ...] = (),
    notices: tuple[Notice, ...] = (),
    assumptions: tuple[str, ...] = (),
    coding: tuple[Block, ...] = (),
    without_counts: bool = False,
) -> Document:
    """The statement as one document in English.

    run: the run that computed it, named in each note. figures: payment curves and other pictures
    of its lines. notices: further words that no reader may miss, such as "Synthetic data".
    assumptions: what the deal file assumes because its source does not say. coding: how it is paid,
    which stands after the statement and is no part of it. without_counts: leaves out the results
    and each step of the arithmetic, and says so: for readers who may not see small counts.
    """
    part = statement_part(
        statement, level=2, run=run, figures=figures, without_counts=without_counts
    )
    return Document(
        title=f"Success-payment statement {statement.number}",
        language="en",
        subtitle=f"{statement.deal} · {_period(statement)}",
        notices=(*statement_notices(statement, is_issued=is_issued), *notices),
        blocks=(key_figures(statement), *part.blocks, *assumed(assumptions, level=2), *coding),
        notes=part.notes,
    )


def statement_part(
    statement: Statement,
    *,
    level: int,
    run: str = "",
    figures: tuple[Figure, ...] = (),
    without_counts: bool = False,
) -> Part:
    """The statement below headings of `level`, to stand alone or inside a report."""
    blocks: list[Block] = [Heading(level, "What is stated")]
    blocks.append(paragraph(*_summary(statement, steps=not without_counts)))
    blocks += [
        lines_table(statement) if statement.lines else paragraph("There are no lines."),
        *corrections(statement),
        *limits_table(statement),
        *figures,
        Heading(level, "Results it pays on"),
        *(_results(statement) if not without_counts else (paragraph(NOT_SHOWN),)),
        Heading(level, "Who pays"),
        *payors_table(statement),
        *unfunded(statement),
        Heading(level, "Balance to date"),
        paragraph(
            "All statements together, this one included: what was stated equals what was paid, "
            "less what was recovered, plus what is owed, less open credit and what was forgiven."
        ),
        balance_table(statement),
        Heading(level, "What was left out"),
        *_left_out(statement),
        Heading(level, "What it rests on"),
        _rests_on(statement),
    ]
    notes = statement_notes(statement, run=run)
    return Part(tuple(blocks), _without_steps(notes) if without_counts else notes)


def _results(statement: Statement) -> tuple[Block, ...]:
    if not statement.results:
        return (paragraph("No result is due in this period."), *effects_blocks(statement))
    return (results_table(statement), *effects_blocks(statement))


def _without_steps(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The notes to the lines and the total, each with its clause and checksum alone."""
    of_results = result_key(0).removesuffix("0")
    return tuple(replace(each, steps=()) for each in notes if not each.key.startswith(of_results))


def assumed(assumptions: tuple[str, ...], *, level: int) -> tuple[Block, ...]:
    """What the deal file assumes, said where its amounts are shown."""
    if not assumptions:
        return ()
    items = tuple((assumption,) for assumption in assumptions)
    return (Heading(level, "What the deal file assumes"), ItemList(items))


def key_figures(statement: Statement) -> KeyFigures:
    """The total, what is owed now, and all that was stated."""
    lines = counted(len(statement.lines), "line")
    due = f"; due by {day_text(statement.due_on)}" if statement.due_on else ""
    balance, currency = statement.balance, statement.currency
    credit = (
        f"; open credit {amount_text(balance.open_credit, currency)}" if balance.open_credit else ""
    )
    return KeyFigures(
        (
            KeyFigure(
                "Total of this statement",
                _large(statement.total, currency),
                (f"{lines} for {_period(statement)}{due}",),
            ),
            KeyFigure(
                "Owed now",
                _large(balance.owed, currency),
                (f"All statements to number {statement.number}, less payments{credit}",),
            ),
            KeyFigure(
                "Stated to date",
                _large(balance.stated, currency),
                (f"Statements 1 to {statement.number}, as of {day_text(statement.as_of)}",),
            ),
        )
    )


def _large(minor: int, currency: str) -> str:
    """An amount that is not broken between its code and its digits."""
    return amount_text(minor, currency, code=True).replace(" ", "\N{NO-BREAK SPACE}")


def _period(statement: Statement) -> str:
    start, end = day_text(statement.period_start), day_text(statement.period_end)
    return f"period {statement.period}, {start} to {end}"


def _summary(statement: Statement, *, steps: bool) -> Content:
    total = amount_text(statement.total, statement.currency, code=True)
    ending = "." if statement.total >= 0 else ": money flows back to the payors."
    return (
        f"For {_period(statement)}, this statement adds ",
        f"{total} to what was stated before",
        NoteReference(TOTAL),
        f"{ending} Each amount carries a note with its clause{' and its steps' if steps else ''}.",
    )


def _left_out(statement: Statement) -> list[Block]:
    blocks: list[Block] = []
    if statement.refused:
        blocks.append(paragraph("These were refused, and nothing was paid on them:"))
        blocks.append(ItemList(tuple((reason,) for reason in statement.refused)))
    else:
        blocks.append(paragraph("Nothing was refused."))
    blocks += not_corrected_table(statement)
    if statement.accepted:
        blocks.append(
            paragraph("This program now computes these otherwise than before, and was told why:")
        )
        blocks.append(ItemList(tuple((reason,) for reason in statement.accepted)))
    return blocks


def _rests_on(statement: Statement) -> Particulars:
    certified = "certified by both sides" if statement.is_certified else "not certified"
    entries = [
        Particular("Statement", (Exactly(statement.fingerprint),)),
        Particular("Deal file", (Exactly(statement.deal_fingerprint),)),
        Particular("Standing of the deal file", (f"{statement.standing}, {certified}",)),
        Particular("Results", (Exactly(statement.results_fingerprint),)),
    ]
    if statement.people_fingerprint:
        entries.append(Particular("Ledger of people", (Exactly(statement.people_fingerprint),)))
    entries += [
        Particular(
            f"Version in force from {day_text(version.in_force_from)}",
            (Exactly(version.fingerprint),),
        )
        for version in statement.versions
    ]
    entries.append(
        Particular(
            "Statement before",
            (Exactly(statement.previous),) if statement.previous else ("none; this is the first",),
        )
    )
    entries.append(Particular("Version of the program", (statement.program,)))
    return Particulars(tuple(entries))
