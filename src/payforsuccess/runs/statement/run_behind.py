"""The results and the rows by person that a run left, and the run behind a determination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.results import Determination, Results
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.people import People
from payforsuccess.runs.data.certificates import what_removed
from payforsuccess.runs.data.kept_files import refuse_others
from payforsuccess.runs.files import read_bytes, read_json
from payforsuccess.runs.folder import DealFolder, deal_root, open_folder
from payforsuccess.runs.measure.people_csv import PEOPLE_FILE
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.runs.measure.rows_needed import LARGEST, RowsNeeded
from payforsuccess.runs.people_names import PeopleNames
from payforsuccess.runs.record import RECORD, is_run, read_record
from payforsuccess.trail import RunRecord, fingerprint_bytes

RESULTS = "results.json"


@dataclass(frozen=True)
class Inputs:
    """The results file and the file of rows by person that a command was told to read."""

    results: Path | None
    people: Path | None


def inputs_of(results: Path | None, people: Path | None) -> Inputs:
    """What to read where `results` may be the folder of a run: then its results and its people.

    Refuses a run's file that is not what the run's record says it made, and rows by person named
    beside a run.
    """
    if results is None or not is_run(results):
        return Inputs(results, people)
    if people is not None:
        raise Refusal(
            Problem(
                sentence("A run has its own rows by person, and others are named."),
                sentence("Leave --people out, or name a results file instead of the run."),
                Place(str(people)),
            )
        )
    rows = results / PEOPLE_FILE
    if not rows.exists() and (gone := what_removed(open_folder(deal_root(results)), rows)):
        raise Refusal(gone)
    made = {item.name: item.fingerprint for item in read_record(results / RECORD).outputs}
    kept = [name for name in (RESULTS, PEOPLE_FILE) if name in made]
    if RESULTS not in kept:
        raise Refusal(
            Problem(
                sentence("This run made no results."),
                sentence("Name a run that `pfs run` made."),
                Place(str(results)),
            )
        )
    refuse_others(
        results,
        {name: made[name] for name in kept},
        {
            name: fingerprint_bytes(read_bytes(results / name, largest=LARGEST))
            for name in kept
            if (results / name).exists()
        },
    )
    return Inputs(results / RESULTS, rows if PEOPLE_FILE in kept else None)


def newest_run(folder: DealFolder) -> Path | None:
    """The run of a deal that was begun last; none before the first."""
    found = [(record.started_at, home) for home, record in _runs(folder)]
    return max(found)[1] if found else None


def run_behind(
    folder: DealFolder, determinations: Sequence[Determination]
) -> tuple[Path, RunRecord] | None:
    """The newest run whose results the determinations signed; none without such a run."""
    signed = {record.results_fingerprint for record in determinations}
    found = [
        (record.started_at, home, record)
        for home, record in _runs(folder)
        if _results_fingerprint(home) in signed
    ]
    if not found:
        return None
    _, home, record = max(found, key=lambda item: item[:2])
    return home, record


def signed_people(
    folder: DealFolder,
    determinations: Sequence[Determination],
    names: PeopleNames,
    needed: RowsNeeded,
) -> tuple[Path, People, str] | None:
    """The rows by person that the standing determinations signed, and their fingerprint.

    Of these, those that a statement needs. They are looked for in the runs whose results were
    signed, the newest determination's first, then beside the last issued statement; none where
    nobody signed rows, or where no file holds all that were signed.
    """
    superseded = {record.supersedes for record in determinations}
    standing = [record for record in determinations if record.number not in superseded]
    wanted = {
        (rows.outcome, rows.period): rows.fingerprint
        for record in standing
        for rows in record.rows
        if needed.has(rows.outcome, rows.period)
    }
    if not any(record.rows for record in standing):
        return None
    for path in _candidates(folder, standing):
        try:
            people, fingerprint = read_people(path, names, needed)
        except Refusal:
            continue
        if all(people.fingerprint(*slot) == signed for slot, signed in wanted.items()):
            return path, people, fingerprint
    return None


def _candidates(folder: DealFolder, standing: Sequence[Determination]) -> Iterator[Path]:
    for record in reversed(standing):
        behind = run_behind(folder, [record])
        if behind is not None and (behind[0] / PEOPLE_FILE).is_file():
            yield behind[0] / PEOPLE_FILE
    issued = sorted((folder.out / "statements").glob("[0-9]*"))
    for name in ("people.parquet", PEOPLE_FILE):
        if issued and (issued[-1] / name).is_file():
            yield issued[-1] / name


def _runs(folder: DealFolder) -> Iterator[tuple[Path, RunRecord]]:
    for home in sorted((folder.out / "runs").glob("run-*")):
        try:
            yield home, read_record(home / RECORD)
        except Refusal:
            continue


def _results_fingerprint(home: Path) -> str | None:
    try:
        return Results.model_validate(read_json(home / RESULTS)).fingerprint
    except (Refusal, ValueError):
        return None
