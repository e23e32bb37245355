"""Issue a statement once and for all, and read what was issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.results import ResultUsed, Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.approval import why_not_approvable
from payforsuccess.payments.book import said_when
from payforsuccess.runs.data.kept_files import STATEMENT, fingerprints_of
from payforsuccess.runs.data.register import write_register
from payforsuccess.runs.files import (
    clear_unfinished,
    folder_at_once,
    json_bytes,
    locked,
    read_json,
    text_of,
)
from payforsuccess.runs.folder import DealFolder, DealPath, named_statement, open_folder
from payforsuccess.runs.measure.rows_needed import rows_needed
from payforsuccess.runs.statement.approvals import note_preparer
from payforsuccess.runs.statement.drafts import newest_draft, no_draft, only_draft, waiting_drafts
from payforsuccess.runs.statement.ledger_csv import ledger_csv
from payforsuccess.runs.statement.pay import Draft, compute
from payforsuccess.runs.statement.show import statement_text


@dataclass(frozen=True)
class Issued:
    """An issued statement, the folder that holds it, and whether this call found it issued."""

    statement: Statement
    folder: Path
    was_issued_before: bool = False

    @property
    def content(self) -> bytes:
        """The bytes that were written: the same every time."""
        return (self.folder / STATEMENT).read_bytes()

    @property
    def why_not_approvable(self) -> tuple[str, ...]:
        """What keeps a payment on it from being approved; empty when nothing does."""
        return why_not_approvable(self.statement)

    def __str__(self) -> str:
        text = statement_text(self.statement, heading="Statement")
        if not self.was_issued_before:
            return text
        number = self.statement.number
        return f"Statement {number} was issued already; nothing new was issued.\n\n{text}"

    __repr__ = __str__


def issue(path: DealPath, *, draft: Path | None = None, by: str | None = None) -> Issued:
    """Issue the next draft (or the one named): lock, write once, chain to the one before.

    by: who prepared it, put on record beside it, also where it was issued before: they may not
    approve it, and nobody may before a name is on record.

    Refuses while a result it pays on is not determined, and when the draft is no longer what the
    files beside the deal come to. Issuing the same draft again returns what was issued.
    """
    if by is not None and not by.strip():
        raise Refusal(
            Problem(
                sentence("Nothing is written for --by."),
                sentence("Name who prepared the statement."),
            )
        )
    folder = open_folder(path)
    with locked(folder.out / "statements"):
        issued = _issue(folder, draft)
    if by is not None:
        note_preparer(folder, issued.statement, by)
    return issued


def _issue(folder: DealFolder, draft: Path | None) -> Issued:
    clear_unfinished(folder.out / "statements")
    draft_file = draft if draft is not None else newest_draft(folder)
    plain = read_json(draft_file)
    body = plain.get("draft") if isinstance(plain, dict) else None
    if not isinstance(plain, dict) or not isinstance(body, dict):
        raise Refusal(
            Problem(
                sentence("This is no draft statement."),
                sentence("Make one with `pfs pay`."),
                _at(draft_file),
            )
        )
    stated = text_of(plain, "fingerprint")
    number, period, as_of = body.get("number"), body.get("period"), _day(body)
    if not isinstance(number, int) or not isinstance(period, int) or as_of is None or number < 1:
        raise Refusal(
            Problem(
                sentence("This is no draft statement."),
                sentence("Make one with `pfs pay`."),
                _at(draft_file),
            )
        )
    existing = folder.statements()
    if existing:
        write_register(folder.out / "statements", existing)
    if number <= len(existing):
        if existing[number - 1].fingerprint == stated:
            found = existing[number - 1]
            return Issued(found, folder.statement_folder(number), was_issued_before=True)
        raise Refusal(
            Problem(
                sentence(
                    "Statement {number} was issued already, with another content.", number=number
                ),
                sentence(
                    "An issued statement never changes. Make a new draft with `pfs pay`: "
                    "differences become corrections."
                ),
                _at(draft_file),
            )
        )
    made = compute(
        folder,
        period=period,
        as_of=as_of,
        results=_named(plain, "results_file", folder),
        people=_named(plain, "people_file", folder),
        accept=_accepted(body),
    )
    _refuse(made, stated, draft_file)
    target = folder.statement_folder(number)
    with folder_at_once(target) as filling:
        _fill(filling, made)
    write_register(folder.out / "statements", [*existing, made.statement])
    return Issued(made.statement, target)


def issue_all(path: DealPath, *, by: str | None = None) -> tuple[Issued, ...]:
    """Issue every draft that waits, in the order of their numbers, from the first not yet issued.

    Each is refused as `issue` refuses it; those before it are then issued, and stay so.
    """
    folder = open_folder(path)
    made: list[Issued] = []
    while True:
        number = len(folder.statements()) + 1
        waiting = waiting_drafts(folder, number)
        if not waiting:
            break
        made.append(issue(path, draft=only_draft(folder, waiting), by=by))
    if not made:
        raise no_draft(folder)
    return tuple(made)


def statements(path: DealPath) -> tuple[Issued, ...]:
    """Every issued statement of a deal, in order, the chain between them checked."""
    folder = open_folder(path)
    return tuple(Issued(s, folder.statement_folder(s.number)) for s in folder.statements())


def show(path: DealPath, number: int | None = None) -> Issued:
    """One issued statement, the last one when no number is given."""
    path, number = named_statement(path, number)
    found = statements(path)
    if not found:
        raise Refusal(
            Problem(
                sentence("No statement was issued yet."),
                sentence("Make a draft with `pfs pay`, then issue it with `pfs statement issue`."),
                Place(str(open_folder(path).root)),
            )
        )
    if number is None:
        return found[-1]
    if not 1 <= number <= len(found):
        raise Refusal(
            Problem(
                sentence("There is no statement {number}.", number=number),
                sentence("Issued so far: 1 to {number}.", number=len(found)),
                Place(str(open_folder(path).root)),
            )
        )
    return found[number - 1]


def _day(body: dict[str, object]) -> date | None:
    try:
        return date.fromisoformat(text_of(body, "as_of"))
    except ValueError:
        return None


def _named(plain: dict[str, object], key: str, folder: DealFolder) -> Path | None:
    name = text_of(plain, key)
    return (folder.root / name) if name else None


def _accepted(body: dict[str, object]) -> dict[str, str]:
    accepted = body.get("accepted")
    pairs = [str(item).partition(": ") for item in accepted] if isinstance(accepted, list) else []
    return {term: reason for term, _, reason in pairs}


def _refuse(made: Draft, stated: str, draft_file: Path) -> None:
    problems: list[Problem] = []
    if made.statement.fingerprint != stated:
        problems.append(
            Problem(
                sentence(
                    "The draft is out of date: the deal, the results or the program have "
                    "changed since it was made."
                ),
                sentence("Make it again with `pfs pay` and read it again."),
                _at(draft_file),
            )
        )
    for used in made.statement.results:
        if used.standing != "determined":
            said = sentence(
                "`{outcome}` in {slot}", outcome=used.outcome, slot=said_when(used.slot)
            )
            problems.append(
                Problem(
                    sentence(
                        "The result for {said} is provisional: no one has signed it.", said=said
                    ),
                    _what_to_do(made, used),
                    _at(draft_file),
                )
            )
    if problems:
        raise Refusal(problems)


def _what_to_do(made: Draft, used: ResultUsed) -> str:
    """How a provisional result can become a determined one, or that it no longer can."""
    last_day = max(
        (
            point.determined_by
            for term in made.history.latest.payments
            for point in term.points
            if used.slot == f"point {point.name}"
        ),
        default=None,
    )
    if last_day is not None and made.statement.as_of > last_day:
        return sentence(
            "The last day to determine it was {last_day}. Take it out of the results file: "
            "nothing is due on it.",
            last_day=last_day,
        )
    return sentence("Have the evaluator or validator determine it with `pfs determine`.")


def _at(path: Path) -> Place:
    return Place(str(path))


def _fill(filling: Path, made: Draft) -> None:
    if made.people is not None and made.people_file is not None:
        suffix = made.people_file.suffix
        needed = rows_needed(made.history, made.statement.period)
        needed.write(made.people_file, filling / f"people{suffix}")
        if suffix == ".parquet":
            from payforsuccess.runs.statement.ledger_parquet import write_ledger_lines

            write_ledger_lines(made.ledger, made.people.keys, filling / "ledger.parquet")
        else:
            text = ledger_csv(made.ledger, made.people.keys)
            (filling / "ledger.csv").write_text(text, encoding="utf-8")
    content = {
        "statement": made.statement.as_plain(),
        "fingerprint": made.statement.fingerprint,
        "files": fingerprints_of(filling),
    }
    (filling / STATEMENT).write_bytes(json_bytes(content))
