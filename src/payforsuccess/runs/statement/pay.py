"""Make the draft statement for a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import payforsuccess
from payforsuccess.deal.results import Statement
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.ledger import LedgerLine, ledger
from payforsuccess.payments.people import People
from payforsuccess.payments.statement import Facts, make_statement
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.runs.people_names import names_of

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Draft:
    """A draft statement, with the people behind it and where the draft was written."""

    statement: Statement
    path: Path
    history: DealHistory
    people: People | None
    people_file: Path | None
    ledger: tuple[LedgerLine, ...]

    def __str__(self) -> str:
        from payforsuccess.runs.statement.show import statement_text

        return statement_text(self.statement, heading="Draft statement")

    __repr__ = __str__


def pay(
    path: DealPath,
    *,
    as_of: date,
    period: int | None = None,
    results: Path | None = None,
    people: Path | None = None,
    accept: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Draft:
    """The draft statement for a period, written to `out/drafts/`; raises Refusal with all problems.

    Reads the deal with its amendments, determinations, issued statements, payments made, the
    results file and rows by person (named, or found beside the deal). A period already stated
    gives a draft of corrections only. Without a period it is the first one not yet stated.
    """
    folder = open_folder(path)
    earlier = folder.statements()
    following = earlier[-1].period + 1 if earlier else 1
    if period is None:
        period = following
    elif period > following and period <= folder.history().schedule.count:
        raise Refusal(
            Problem(
                f"Period {following} was not stated yet, and a period may not be skipped.",
                f"Make and issue the statement for period {following} first.",
                Place(str(folder.root)),
            )
        )
    draft = compute(
        folder,
        period=period,
        as_of=as_of,
        results=results,
        people=people,
        accept=accept,
        progress=progress,
    )
    content = {
        "draft": draft.statement.as_plain(),
        "fingerprint": draft.statement.fingerprint,
        "results_file": _relative(results, folder),
        "people_file": _relative(draft.people_file, folder),
    }
    write_whole(draft.path, json_bytes(content))
    return draft


def compute(
    folder: DealFolder,
    *,
    period: int,
    as_of: date,
    results: Path | None = None,
    people: Path | None = None,
    accept: Mapping[str, str] | None = None,
    before: int | None = None,
    progress: Progress | None = None,
) -> Draft:
    """The draft without writing it; `before` leaves out issued statements from that number on."""
    if progress is not None:
        progress("reading", 0, 1)
    history = folder.history()
    found = folder.results(results)
    people_file = folder.people_file(people)
    rows, rows_fingerprint = (
        (None, None) if people_file is None else read_people(people_file, names_of(history))
    )
    earlier = folder.statements()
    paid = folder.paid()
    if before is not None:
        earlier = tuple(s for s in earlier if s.number < before)
        paid = tuple(p for p in paid if p.statement < before)
    if found is None and rows is None and not folder.determinations():
        raise Refusal(
            Problem(
                "There are no results to pay on.",
                "Put results.yaml (or people.csv) beside the deal, or name a file with --results.",
            )
        )
    facts = Facts(
        history=history,
        results=found,
        determinations=folder.determinations(),
        people=rows,
        people_fingerprint=rows_fingerprint,
        earlier=earlier,
        earlier_people=_earlier_people(folder, earlier),
        paid=paid,
        accepted=tuple(sorted((accept or {}).items())),
    )
    made = make_statement(facts, period=period, as_of=as_of, program=payforsuccess.__version__)
    lines = () if rows is None else tuple(ledger(made.statement, made.replay, rows))
    number = made.statement.number
    return Draft(
        made.statement,
        folder.out / "drafts" / f"statement-{number:04d}-period-{period:03d}.json",
        history,
        rows,
        people_file,
        lines,
    )


def _earlier_people(folder: DealFolder, earlier: tuple[Statement, ...]) -> People | None:
    if not earlier or earlier[-1].people_fingerprint is None:
        return None
    kept = folder.statement_folder(earlier[-1].number)
    for name in ("people.parquet", "people.csv"):
        if (kept / name).is_file():
            return read_people(kept / name)[0]
    return None


def _relative(path: Path | None, folder: DealFolder) -> str | None:
    if path is None:
        return None
    try:
        return str(path.resolve().relative_to(folder.root.resolve()))
    except ValueError:
        return str(path.resolve())
