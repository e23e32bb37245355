"""What a run measured, cut to one period: what the evaluator signs for it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from payforsuccess.deal.reading.reader import read_as
from payforsuccess.deal.results import Result, Results
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import DealFolder

RESULTS = "results.json"
PEOPLE = "people.csv"


def results_of(measured: Path, period: int) -> tuple[Result, ...]:
    """The results of a run for one period, provisional."""
    path = measured / RESULTS
    found = read_as(Results, path.read_bytes(), file=str(path))
    return tuple(each for each in found.results if each.period == period)


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
