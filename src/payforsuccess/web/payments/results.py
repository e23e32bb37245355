"""What a run measured, cut to one period: what the evaluator signs for it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.reading.reader import read_as
from payforsuccess.deal.results import Determination, Result, Results
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.record import RECORD, is_run, read_record
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.trail import fingerprint

RESULTS = "results.json"
PEOPLE = "people.csv"


def results_of(measured: Path, period: int) -> tuple[Result, ...]:
    """The results of a run for one period, provisional."""
    path = measured / RESULTS
    found = read_as(Results, path.read_bytes(), file=str(path))
    return tuple(each for each in found.results if each.period == period)


def shown_checksum(folder: DealFolder, period: int) -> str:
    """What the results of a period are at the moment, in one checksum.

    It covers what the newest run measured for the period, by person where there are people, and
    every signature on record: whoever signs or issues sends back the one that was on the page.
    """
    measured = newest_run(folder)
    results: list[object] = []
    rows: list[str] = []
    if measured is not None:
        results = [each.as_plain() for each in results_of(measured, period)]
        made = read_record(measured / RECORD).outputs
        rows = [item.fingerprint for item in made if item.name == PEOPLE]
    signed = [each.fingerprint for each in folder.determinations()]
    return fingerprint({"results": results, "people": rows, "signed": signed})


def refuse_changed_since(folder: DealFolder, period: int, seen: str | None) -> None:
    """Refuse where the results are no longer those that someone looked at; None looked at none."""
    if seen is not None and seen != shown_checksum(folder, period):
        raise Refusal(
            Problem(
                sentence("The results changed since you looked."),
                sentence("Look again, and then say whether to go on."),
            )
        )


@dataclass(frozen=True)
class Measured:
    """What one run found: the day for which it measured, and its results."""

    on: date
    results: Results

    def was_signed(self, period: int, signed: Determination) -> bool:
        """Whether a determination signed it, as a whole or cut to the period."""
        mine = tuple(each for each in self.results.results if each.period == period)
        cut = Results(results=mine)
        return signed.results_fingerprint in (self.results.fingerprint, cut.fingerprint)


def runs_of(folder: DealFolder) -> list[Measured]:
    """Every run of the deal that left results."""
    found = []
    for home in sorted((folder.out / "runs").glob("run-*")):
        path = home / RESULTS
        if not is_run(home) or not path.is_file():
            continue
        try:
            results = read_as(Results, path.read_bytes(), file=str(path))
            found.append(Measured(day_of(home), results))
        except Refusal:  # a run that was cut off explains nothing
            continue
    return found


def day_of(home: Path) -> date:
    """The day for which a run measured."""
    record = read_record(home / RECORD)
    return date.fromisoformat(dict(record.settings).get("as of") or record.started_at[:10])


def files_of_period(
    folder: DealFolder, measured: Path, period: int, *, all_before: bool = False
) -> tuple[Path, Path | None]:
    """The period's results, and its rows by person (with `all_before`, of every period up to it).

    They are written below `out/measured/`, named by run and period: the same call writes the same
    bytes. Rows are none where the run measured no person.
    """
    home = folder.out / "measured" / measured.name
    results = home / f"period-{period}.json"
    plain = [each.as_plain() for each in results_of(measured, period)]
    write_whole(results, json_bytes({"results": plain}))
    if not (measured / PEOPLE).is_file():
        return results, None
    people = home / (f"people-through-{period}.csv" if all_before else f"people-{period}.csv")
    first = 1 if all_before else period
    write_whole(people, _people_of(measured / PEOPLE, first, period))
    return results, people


def _people_of(people: Path, first: int, last: int) -> bytes:
    """The rows by person of some periods."""
    rows = list(csv.reader(io.StringIO(people.read_text("utf-8"))))
    at = rows[0].index("period")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [rows[0], *(row for row in rows[1:] if first <= int(row[at]) <= last)]
    )
    return text.getvalue().encode()
