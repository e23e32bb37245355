"""Make the draft statement for a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import payforsuccess
from payforsuccess.deal.results import Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.ledger import LedgerLine, ledger
from payforsuccess.payments.people import People
from payforsuccess.payments.statement import Facts, make_statement
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.runs.measure.rows_needed import rows_needed
from payforsuccess.runs.people_names import names_of
from payforsuccess.runs.statement.money_moved import money_moved
from payforsuccess.runs.statement.run_behind import inputs_of, signed_people

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Draft:
    """A draft statement, with the people behind it and where the draft was written.

    notes: money that moved on statements before it and should not have, in words.
    """

    statement: Statement
    path: Path
    history: DealHistory
    people: People | None
    people_file: Path | None
    ledger: tuple[LedgerLine, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        from payforsuccess.runs.statement.show import statement_text

        text = statement_text(self.statement, heading="Draft statement")
        return "\n".join([text, *(f"To know: {note}" for note in self.notes)])

    __repr__ = __str__


@dataclass(frozen=True)
class Drafts:
    """Drafts of several periods, each resting on the one before."""

    drafts: tuple[Draft, ...]

    def __str__(self) -> str:
        from payforsuccess.runs.statement.show import drafts_text

        return drafts_text([(draft.statement, draft.path) for draft in self.drafts])

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
    results file and rows by person (named, or found beside the deal, or else those that were signed
    with the results of a run). `results` may be the folder of a run. A period already stated gives
    a draft of corrections only. Without a period it is the first one not yet stated, and once all
    are the last one, for its corrections.
    """
    folder = open_folder(path)
    given = inputs_of(results, people)
    following = _following(folder.statements())
    last = folder.history().schedule.count
    if period is None:
        period = min(following, last)
    elif following < period <= last:
        raise Refusal(
            Problem(
                sentence(
                    "Period {following} was not stated yet, and a period may not be skipped.",
                    following=following,
                ),
                sentence(
                    "Make and issue the statement for period {following} first.",
                    following=following,
                ),
                Place(str(folder.root)),
            )
        )
    draft = compute(
        folder,
        period=period,
        as_of=as_of,
        results=given.results,
        people=given.people,
        accept=accept,
        progress=progress,
    )
    _write(folder, draft, given.results)
    return draft


def pay_through(
    path: DealPath,
    *,
    through: int,
    as_of: date,
    results: Path | None = None,
    people: Path | None = None,
    progress: Progress | None = None,
) -> Drafts:
    """A draft for each period not yet stated, up to the one numbered `through`.

    Each is what it would be if those before it had been issued; they bind no one, and are read and
    issued one by one or together. Refuses a period that is stated already, and whatever `pay`
    refuses of one of them: then none is written.
    """
    folder = open_folder(path)
    given = inputs_of(results, people)
    before = folder.statements()
    following = _following(before)
    if through < following:
        raise Refusal(
            Problem(
                sentence("Period {through} was stated already.", through=through),
                sentence(
                    "Name period {following} or a later one, or draft corrections with --period.",
                    following=following,
                ),
                Place(str(folder.root)),
            )
        )
    made: list[Draft] = []
    for period in range(following, through + 1):
        draft = compute(
            folder,
            period=period,
            as_of=as_of,
            results=given.results,
            people=given.people,
            drafted=tuple(made),
            progress=progress,
        )
        made.append(draft)
    for draft in made:
        _write(folder, draft, given.results)
    return Drafts(tuple(made))


def _following(earlier: Sequence[Statement]) -> int:
    """The first period not yet stated."""
    return max((statement.period for statement in earlier), default=0) + 1


def _write(folder: DealFolder, draft: Draft, results: Path | None) -> None:
    content = {
        "draft": draft.statement.as_plain(),
        "fingerprint": draft.statement.fingerprint,
        "results_file": _relative(results, folder),
        "people_file": _relative(draft.people_file, folder),
    }
    write_whole(draft.path, json_bytes(content))


def compute(
    folder: DealFolder,
    *,
    period: int,
    as_of: date,
    results: Path | None = None,
    people: Path | None = None,
    accept: Mapping[str, str] | None = None,
    before: int | None = None,
    drafted: Sequence[Draft] = (),
    progress: Progress | None = None,
) -> Draft:
    """The draft without writing it.

    `before` leaves out issued statements from that number on; `drafted` are taken as though they
    had been issued after those that were.
    """
    if progress is not None:
        progress("reading", 0, 1)
    history = folder.history()
    found = folder.results(results)
    people_file = folder.people_file(people)
    needed = rows_needed(history, period)
    determinations = folder.determinations()
    rows: People | None = None
    rows_fingerprint = None
    if people_file is not None:
        rows, rows_fingerprint = read_people(people_file, names_of(history), needed)
    elif signed := signed_people(folder, determinations, names_of(history), needed):
        people_file, rows, rows_fingerprint = signed
    earlier = folder.statements()
    paid = folder.paid()
    if before is not None:
        earlier = tuple(s for s in earlier if s.number < before)
        paid = tuple(p for p in paid if p.statement < before)
    if found is None and rows is None and not determinations:
        raise Refusal(
            Problem(
                sentence("There are no results to pay on."),
                sentence(
                    "Have a run's results determined (pfs determine --results RUN), put "
                    "results.yaml (or people.csv) beside the deal, or name a file with "
                    "--results."
                ),
            )
        )
    facts = Facts(
        history=history,
        results=found,
        determinations=determinations,
        people=rows,
        people_fingerprint=rows_fingerprint,
        earlier=(*earlier, *(draft.statement for draft in drafted)),
        earlier_people=drafted[-1].people if drafted else _earlier_people(folder, earlier),
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
        tuple(note for each in earlier for note in money_moved(folder, each)),
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
