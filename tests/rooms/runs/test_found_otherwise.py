"""A measurement that is not what was signed is a proposal, and never stops (R34)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.deal.results import Results
from payforsuccess.payments.people import PersonRow
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.run.drafting import Drafting
from payforsuccess.runs.run.found_otherwise import findings_of
from payforsuccess.runs.statement.measured_anew import measured_otherwise
from payforsuccess.runs.statement.statements import issue
from tests.lib.approving import certified
from tests.lib.folders import a_folder, draft, sign
from tests.lib.run_folders import a_run

LATER = "2028-01-31T09:00:00+00:00"
K1, K2, K3 = (f"homes,{period},k{at},1,jail:{at}" for period, at in ((1, 1), (1, 2), (2, 3)))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two periods signed on rows by person; the first is stated."""
    folder = a_folder(tmp_path / "deal", certified())
    sign(folder, results=a_run(folder, "a", K1, K2, K3, periods=2))
    draft(folder, period=1)
    issue(folder)
    return folder


def again(folder: Path, *lines: str) -> Drafting:
    """The draft of a run that found other rows, before it is made."""
    a_run(folder, "b", *lines, periods=2, started_at=LATER)
    opened = open_folder(folder)
    return Drafting(opened, opened.history(), date(2028, 1, 31))


def rows_of(*lines: str) -> tuple[tuple[PersonRow, ...], Results]:
    rows = tuple(
        PersonRow(outcome, int(period), person, 1)  # type: ignore[arg-type]
        for outcome, period, person, *_ in (line.split(",") for line in lines)
    )
    found = [
        {"outcome": "homes", "period": at, "value": str(sum(row.period == at for row in rows))}
        for at in (1, 2)
    ]
    return rows, Results.model_validate({"results": found})


@pytest.mark.parametrize(
    ("lines", "corrected"),
    [((K1, K3), -100_00), ((K3,), -200_00), ((K1, K2.replace("k2", "k9"), K3), None)],
    ids=["one fewer", "nobody left", "another person"],
)
def test_a_draft_takes_what_is_found_now_as_a_proposal(
    home: Path, lines: tuple[str, ...], corrected: int | None
) -> None:
    drafting = again(home, *lines)
    rows, found = rows_of(*lines)

    anew = drafting.found_otherwise(found, rows)
    made = replace(drafting, anew=anew).statement(found, rows, period=2).statement

    assert [(each.determination, each.period) for each in anew] == [(1, 1)]
    expected = [(2, 100_00)] + ([(1, corrected)] if corrected else [])
    assert [(line.period, line.amount) for line in made.lines] == expected
    (finding,) = findings_of(anew)
    assert "period 1" in str(finding) and "determination 1" in str(finding)
    assert [each.period for each in measured_otherwise(open_folder(home))] == [1]


def test_what_is_found_as_it_was_signed_differs_in_nothing(home: Path) -> None:
    drafting = again(home, K2, K1, K3)
    rows, found = rows_of(K2, K1, K3)

    assert drafting.found_otherwise(found, rows) == ()
    assert measured_otherwise(open_folder(home)) == ()


def test_a_total_signed_without_rows_differs_where_the_total_does(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "deal", certified(), homes=["2"])
    sign(folder)
    a_run(folder, "a", K1, K2, periods=1)
    assert measured_otherwise(open_folder(folder)) == ()

    a_run(folder, "b", K1, periods=1, started_at=LATER)

    (differs,) = measured_otherwise(open_folder(folder))
    assert (differs.signed.value, differs.measured.value) == (2, 1)


def test_a_run_of_a_day_before_the_signature_says_nothing_against_it(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "deal", certified(), homes=["2"])
    a_run(folder, "a", K1, periods=1, started_at="2028-01-30T08:00:00+00:00")
    sign(folder)

    assert measured_otherwise(open_folder(folder)) == ()
