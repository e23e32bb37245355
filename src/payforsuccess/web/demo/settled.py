"""The quarters that are over: measured from the records, determined, stated, approved, paid."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from payforsuccess.deal.reading.reader import read_as
from payforsuccess.deal.results import Results
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.run.run import run
from payforsuccess.runs.statement.approve import approve
from payforsuccess.runs.statement.determine import determine
from payforsuccess.runs.statement.mark_paid import mark_paid, payable
from payforsuccess.runs.statement.pay import pay
from payforsuccess.runs.statement.statements import issue
from payforsuccess.web.demo.cast import Cast
from payforsuccess.web.people.extracts import write_homes, write_register

Say = Callable[[str], None]


def settle(cast: Cast, *, today: date, say: Say) -> None:
    """Measure everything once, then bring each quarter that is over as far as it would be.

    The last waits for the evaluator's word, the one before for approval; the rest are paid.
    """
    folder = cast.initiative.path
    write_register(cast.initiative, folder / "feeds" / "register.csv", arms={})
    write_homes(cast.initiative, folder / "feeds" / "housing")
    say("The register and the homes, written as feeds")
    made = run(folder, as_of=today)
    say(f"Measured: {made.name}")
    schedule = open_folder(folder).history().latest.schedule
    over = [period for period in schedule.all() if period.last_day < today]
    stated = over[:-1]
    for period in stated:
        is_last = period is stated[-1]
        _quarter(cast, made.folder, period.number, period.last_day, today=today, is_last=is_last)
        came_to = "waits for approval" if is_last else "is paid"
        say(f"The statement of quarter {period.number} {came_to}")


def _quarter(
    cast: Cast, measured: Path, period: int, ended_on: date, *, today: date, is_last: bool
) -> None:
    folder = cast.initiative.path

    def day(after: int) -> date:
        return min(ended_on + timedelta(after), today)

    results = folder / "out" / "measured" / f"quarter-{period}.json"
    signed, people = results.with_suffix(".csv"), results.with_name(f"through-{period}.csv")
    write_whole(results, _results_of(measured / "results.json", period))
    write_whole(signed, _people_of(measured / "people.csv", period, period))
    write_whole(people, _people_of(measured / "people.csv", 1, period))
    determine(
        folder,
        party="Example University",
        role="evaluator",
        signed_by=cast.users["evaluator"].full_name,
        on=day(20),
        results=results,
        people=signed,
    )
    pay(folder, period=period, as_of=day(24), people=people)
    issue(folder, by=cast.users["coordinator"].full_name)
    if is_last or payable(folder, None, on=day(40)).amount == 0:
        return
    for username, party in (("payor", "Example County"), ("state", "Example State")):
        approve(
            folder,
            None,
            by=cast.users[username].full_name,
            party=party,
            on=day(30),
            as_of=today,
        )
    mark_paid(
        folder,
        None,
        by=cast.users["auditor"].full_name,
        on=day(40),
        reference=f"W-{ended_on.year}-{period:03}",
        today=today,
    )


def _results_of(results: Path, period: int) -> bytes:
    """The results of one period, as a file to be determined."""
    found = read_as(Results, results.read_bytes(), file=str(results))
    kept = tuple(each for each in found.results if each.period == period)
    return json_bytes({"results": [each.as_plain() for each in kept]})


def _people_of(people: Path, first: int, last: int) -> bytes:
    """The rows by person of some periods."""
    rows = list(csv.reader(io.StringIO(people.read_text("utf-8"))))
    at = rows[0].index("period")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [rows[0], *(row for row in rows[1:] if first <= int(row[at]) <= last)]
    )
    return text.getvalue().encode()
