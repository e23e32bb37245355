"""The notes of a statement: for each line and for the total, clause, steps and fingerprint."""

from __future__ import annotations

from payforsuccess.deal.results import Line, ResultUsed, Statement, WrittenStep
from payforsuccess.reports.note import Note
from payforsuccess.reports.numbers import amount_text, name_text
from payforsuccess.trail import Step

TOTAL = "total"


def line_key(at: int) -> str:
    """The key of the note to the line at place `at`."""
    return f"line-{at}"


def result_key(at: int) -> str:
    """The key of the note to the result at place `at`."""
    return f"result-{at}"


def statement_notes(statement: Statement, *, run: str) -> tuple[Note, ...]:
    """A note for the total, for each line and for each result."""
    return (
        _total_note(statement, run),
        *(_line_note(statement, at, line, run) for at, line in enumerate(statement.lines)),
        *(_result_note(at, result, run) for at, result in enumerate(statement.results)),
    )


def line_title(line: Line) -> str:
    """`Housing, period 3`, with what sort of line it is when it is not a plain one."""
    sort = "" if line.kind == "line" else f", {line.kind}"
    return f"{name_text(line.term)}, period {line.period}{sort}"


def _total_note(statement: Statement, run: str) -> Note:
    amounts = [_signed(line.amount, statement.currency) for line in statement.lines]
    total = amount_text(statement.total, statement.currency, code=True)
    return Note(
        key=TOTAL,
        says="Total: the sum of the lines of this statement",
        run=run,
        fingerprint=statement.fingerprint,
        steps=(Step(" ".join(amounts).removeprefix("+ ") or "no lines", total),),
    )


def _signed(minor: int, currency: str) -> str:
    sign = "+" if minor >= 0 else "\N{MINUS SIGN}"
    return f"{sign} {amount_text(abs(minor), currency)}"


def _line_note(statement: Statement, at: int, line: Line, run: str) -> Note:
    return Note(
        key=line_key(at),
        says=line_title(line) + (f": {line.because}" if line.because else ""),
        run=run,
        clause=line.clause,
        fingerprint=statement.results_fingerprint,
        steps=tuple(_step(step) for step in line.steps),
    )


def _result_note(at: int, result: ResultUsed, run: str) -> Note:
    return Note(
        key=result_key(at),
        says=f"{name_text(result.outcome)}, {result.slot}: {_who(result)}",
        run=run,
        fingerprint=result.inputs,
        evidence=result.evidence or "",
    )


def _who(result: ResultUsed) -> str:
    if result.determination is None:
        return f"{result.standing}, without a determination"
    return f"{result.standing} by determination {result.determination}"


def _step(written: WrittenStep) -> Step:
    return Step(
        written.says, written.gives, written.clause, tuple(_step(below) for below in written.of)
    )
