"""From a dollar of a statement back to clause, steps, people and source rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from payforsuccess.deal.results import Line, ResultUsed, Statement
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.words import in_words
from payforsuccess.runs.data.certificates import what_removed
from payforsuccess.runs.data.kept_files import refuse_changed
from payforsuccess.runs.folder import (
    DealFolder,
    DealPath,
    deal_root,
    named_statement,
    open_folder,
)
from payforsuccess.runs.record import RECORD, is_run, read_record
from payforsuccess.runs.run.folder import statement_of_run
from payforsuccess.runs.statement.estimate_behind import EstimateBehind, estimates_behind
from payforsuccess.runs.statement.ledger_rows import LedgerRow, ledger_of
from payforsuccess.runs.statement.run_behind import newest_run, run_behind
from payforsuccess.runs.statement.show import notices
from payforsuccess.runs.statement.source_rows import extract_of
from payforsuccess.runs.statement.statements import Issued, show
from payforsuccess.trail import Step
from payforsuccess.units import money_text


@dataclass(frozen=True)
class Why:
    """One line of a statement and all that it rests on."""

    statement: Statement
    number: int
    line: Line
    words: str
    results: tuple[ResultUsed, ...]
    people: tuple[LedgerRow, ...]
    person: str | None
    replaced: tuple[str, ...] = ()
    """For each determination used: which it is in place of and why, and whether the chain ends."""
    extracts: Mapping[str, str] = field(default_factory=dict)
    """The agency's file of each source row of the person, where it is known."""
    estimates: tuple[EstimateBehind, ...] = ()
    """The estimate behind each result that rests on one."""
    destroyed: str | None = None
    """Under which order the rows by person were destroyed, if they were."""

    def __str__(self) -> str:
        code = self.statement.currency
        line = self.line
        out = [
            f"Statement {self.statement.number}, line {self.number}: {line.term}, "
            f"period {line.period}",
            f"Amount   {money_text(line.amount, code, code=True)}"
            + (f" ({line.cause}: {line.because})" if line.cause else ""),
            f"Clause   {line.clause}",
            f"Terms    {self.words}",
            *notices(self.statement),
            "",
            "Steps",
        ]
        for written in line.steps:
            out += [f"  {text}" for text in Step.from_plain(written.model_dump()).lines()]
        if line.bound_by:
            out.append(f"  Limited by {', '.join(line.bound_by)}.")
        if line.cause:
            out.append(
                f"  {money_text(line.entitled, code, code=True)} now - "
                f"{money_text(line.stated_before, code, code=True)} stated before = "
                f"{money_text(line.amount, code, code=True)}"
            )
        out += ["", "Results"]
        evidence: dict[str, str] = {}
        for used in self.results:
            signed = f"determination {used.determination}" if used.determination else used.standing
            out.append(
                f"  {used.outcome} ({used.slot}): {counted(used.value, used.unit)} · {signed}"
            )
            if used.evidence and evidence.get(used.outcome) != used.evidence:
                out.append(f"    evidence {used.evidence}")
                evidence[used.outcome] = used.evidence
        out += [f"  {sentence}" for sentence in self.replaced]
        if self.estimates:
            out += ["", "Estimates"]
            out += [f"  {text}" for found in self.estimates for text in found.lines()]
        out += ["", "Payors"]
        out += [
            f"  {part.payor}: {money_text(part.amount, code, code=True)}"
            + (f", unfunded {money_text(part.unfunded, code, code=True)}" if part.unfunded else "")
            for part in line.payors
        ]
        out += self._people_lines(code)
        return "\n".join(out)

    __repr__ = __str__

    def _people_lines(self, code: str) -> list[str]:
        if self.destroyed is not None:
            return ["", "People", f"  {self.destroyed}"]
        if not self.people:
            return ["", "People", "  The line was paid on totals; there are no rows by person."]
        whole = sum(row.amount for row in self.people)
        shared = any(row.is_allocated for row in self.people)
        out = [
            "",
            f"People   {len(self.people):,} with a part in this line, together "
            f"{money_text(whole, code, code=True)}"
            + (" (shares of the line, by largest remainder)" if shared else ""),
        ]
        if self.person is None:
            out.append("  Name one with --person KEY to see its source rows.")
            return out
        for row in self.people:
            if row.person == self.person:
                out.append(
                    f"  {row.person}: {row.quantity} counted, "
                    f"{money_text(row.amount, code, code=True)}"
                )
                sources = row.sources
                out += [f"    source row {self._placed(source)}" for source in sources]
                if not sources:
                    out.append("    no source rows were given")
        return out

    def _placed(self, source: str) -> str:
        """The source, and the row of which file it is."""
        extract = self.extracts.get(source)
        return f"{source}, row {source.rpartition(':')[2]} of {extract}" if extract else source


def why(
    path: DealPath, *, statement: int | None = None, line: str, person: str | None = None
) -> Why:
    """What a line of a statement rests on; `line` is its number or its term's name.

    `path` is a deal's folder (then `statement` is the number of an issued one, the last if none is
    given) or the folder of a run. With a person's key, that person's part and source rows; refuses
    a key with no part in the line.
    """
    path, statement = named_statement(path, statement)
    issued = statement_of_run(Path(path)) if is_run(Path(path)) else _issued(path, statement, line)
    if not is_run(Path(path)):
        refuse_changed(issued.folder)
    number, found = _find(issued.statement, line)
    root = deal_root(Path(path)) if is_run(Path(path)) else path
    history = open_folder(root).history()
    deal = history.governing(history.schedule.period(found.period))
    words = next(
        (in_words(term, deal) for term in deal.payments if term.name == found.term),
        "The term is no longer in the deal.",
    )
    names = {
        outcome
        for term in deal.payments
        if term.name == found.term
        for outcome in term.outcomes_read()
    }
    points = {f"point {p.name}" for t in deal.payments if t.name == found.term for p in t.points}
    results = tuple(
        used
        for used in issued.statement.results
        if used.outcome in names and (used.slot in points or _number(used.slot) <= found.period)
    )
    people = tuple(ledger_of(issued.folder, found))
    folder = open_folder(root)
    gone = what_removed(folder, issued.folder / "ledger.csv") if not people else None
    if person is not None and gone is not None:
        raise Refusal(gone)
    if person is not None and person not in {row.person for row in people}:
        raise Refusal(
            Problem(
                sentence("This key has no part in the line."),
                sentence("The line rests on {number:,} people; check the key.", number=len(people)),
                Place(str(issued.folder)),
            )
        )
    return Why(
        issued.statement,
        number,
        found,
        words,
        results,
        people,
        person,
        () if is_run(Path(path)) else _replaced(folder, results),
        _extracts(folder, Path(path), results, people, person),
        estimates_behind(folder, deal, results, run=Path(path) if is_run(Path(path)) else None),
        None if gone is None else gone.what,
    )


def _replaced(folder: DealFolder, results: Sequence[ResultUsed]) -> tuple[str, ...]:
    """Why determinations that were used replaced others, and where the chain ends elsewhere."""
    numbers = {used.determination for used in results}
    said = []
    for record in folder.determinations():
        if record.number not in numbers:
            continue
        if record.supersedes is not None:
            said.append(
                f"Determination {record.number} is in place of {record.supersedes}: {record.reason}"
            )
        if record.elsewhere is not None:
            said.append(f"Determination {record.number}: {record.elsewhere}")
    return tuple(said)


def _extracts(
    folder: DealFolder,
    path: Path,
    results: Sequence[ResultUsed],
    people: Sequence[LedgerRow],
    person: str | None,
) -> dict[str, str]:
    """The files of a person's source rows, by the run asked or by that behind the results."""
    sources = [source for row in people if row.person == person for source in row.sources]
    if not sources:
        return {}
    if is_run(path):
        record = read_record(path / RECORD)
    else:
        numbers = {used.determination for used in results}
        behind = run_behind(folder, [d for d in folder.determinations() if d.number in numbers])
        if behind is None:
            return {}
        record = behind[1]
    return {source: extract_of(source, record) for source in sources}


def _issued(path: DealPath, statement: int | None, line: str) -> Issued:
    """The issued statement; where none is and there was a run, says how to ask the run."""
    folder = open_folder(path)
    if statement is None and not folder.statements() and (run := newest_run(folder)) is not None:
        raise Refusal(
            Problem(
                sentence("No statement was issued yet."),
                sentence(
                    "For what the newest run came to: pfs why {run} {line}", run=str(run), line=line
                ),
                Place(str(folder.root)),
            )
        )
    return show(path, statement)


def _number(slot: str) -> int:
    text = slot.split()[-1]
    return int(text) if slot.startswith("period ") else 10**9


def _find(statement: Statement, line: str) -> tuple[int, Line]:
    if line.isascii() and line.isdigit() and 1 <= int(line) <= len(statement.lines):
        return int(line), statement.lines[int(line) - 1]
    named = [(at, item) for at, item in enumerate(statement.lines, 1) if item.term == line]
    if len(named) == 1:
        return named[0]
    listed = ", ".join(
        f"{at} {item.term} (period {item.period})" for at, item in enumerate(statement.lines, 1)
    )
    what = sentence("Several lines have") if named else sentence("No line has")
    raise Refusal(
        Problem(
            sentence(
                "{what} the number or name “{line}” in statement {number}.",
                what=what,
                line=line,
                number=statement.number,
            ),
            sentence("The lines are: {listed}.", listed=listed or sentence("none")),
        )
    )
