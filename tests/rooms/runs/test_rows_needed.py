"""A statement carries the rows by person that it rests on, and no others."""

from __future__ import annotations

from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from payforsuccess.runs.statement.bundle import bundle
from payforsuccess.runs.statement.pay import pay_through
from payforsuccess.runs.statement.statements import issue_all
from payforsuccess.runs.statement.verify import verify
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.folders import MADE_ON, a_folder, sign

ROWS = """homes,1,ana,1,anchor:1
homes,2,ben,1,anchor:2
homes,3,cem,1,anchor:3
kept,1,dee,1,anchor:4
kept,3,eli,1,anchor:5"""


@pytest.fixture(params=["csv", "parquet"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Three periods, of which `kept` is measured and not paid for."""
    deal = a_deal(
        payments=[a_term(price="10")],
        outcomes={"kept": an_outcome("kept"), "homes": an_outcome()},
    )
    a_folder(tmp_path, deal, people=ROWS)
    if request.param == "parquet":
        table = pyarrow.csv.read_csv(tmp_path / "people.csv")
        pq.write_table(table, tmp_path / "people.parquet")
        (tmp_path / "people.csv").unlink()
    sign(tmp_path)
    pay_through(tmp_path, through=3, as_of=MADE_ON)
    issue_all(tmp_path)
    return tmp_path


def people_of(folder: Path, number: int) -> set[str]:
    (path,) = (folder / "out" / "statements" / f"{number:04d}").glob("people.*")
    table = pq.read_table(path) if path.suffix == ".parquet" else pyarrow.csv.read_csv(path)
    return set(table["person"].to_pylist())


def test_a_statement_has_nobody_of_a_later_period_nor_of_what_is_not_paid_for(folder: Path) -> None:
    assert people_of(folder, 1) == {"ana"}
    assert people_of(folder, 2) == {"ana", "ben"}
    assert people_of(folder, 3) == {"ana", "ben", "cem"}


def test_what_is_carried_is_enough_to_compute_it_again(folder: Path) -> None:
    for number in (1, 3):
        assert verify(bundle(folder, statement=number).path).holds


def test_a_statement_of_nothing_carries_nobody(tmp_path: Path) -> None:
    deal = a_deal(payments=[a_term(price="10")])
    a_folder(tmp_path, deal, people="homes,2,ben,1,jail:2")
    (tmp_path / "results.yaml").write_text(
        'format: "1"\nresults:\n  - {outcome: homes, period: 1, value: 0}\n', "utf-8"
    )
    sign(tmp_path)
    pay_through(tmp_path, through=1, as_of=MADE_ON)
    (issued,) = issue_all(tmp_path)
    assert issued.statement.total == 0
    kept = (issued.folder / "people.csv").read_text("utf-8")
    assert kept == "outcome,period,person,quantity,source\n"
    assert verify(bundle(tmp_path, statement=1).path).holds
