"""`pfs export`: files in open formats, with their schemas, and nothing about any person."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import frictionless
import jsonschema
import pyarrow.parquet as pq
import pytest

from payforsuccess.deal.indigo import read_indigo
from payforsuccess.errors import Refusal
from payforsuccess.runs.open_data.export import export
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import a_folder, issued

ON = date(2028, 2, 28)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deal with two issued statements, the second on few people."""
    made = a_folder(tmp_path / "deal", a_deal())
    issued(made, "20", "7")
    (made / "payments.yaml").write_text(
        "payments:\n  - {statement: 1, on: 2028-02-01, amount: 2000, reference: =1+1}\n"
    )
    return made


def test_an_indigo_record_fits_its_schema_and_is_read_back(folder: Path, tmp_path: Path) -> None:
    """R104: what is written is checked against the schema that lies beside it."""
    made = export(folder, "indigo", to=tmp_path / "a.json", on=ON, id_="INDIGO-POJ-9001")
    record, schema = made.paths
    data = json.loads(record.read_text())["project"]["data"]

    jsonschema.validate(data, json.loads(schema.read_text()))
    assert read_indigo(record.read_bytes(), file="a.json").records[0].id == "INDIGO-POJ-9001"
    assert made.findings == ()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_come_with_a_schema_that_they_fit(folder: Path, tmp_path: Path, form: str) -> None:
    """R104: CSV and Parquet with a published schema."""
    to = tmp_path / "tables"
    made = export(folder, form, to=to, on=ON)  # type: ignore[arg-type]

    assert [path.stem for path in made.paths] == [
        "statement-lines",
        "payments",
        "results",
        "redactions",
        "datapackage",
    ]
    described = json.loads((to / "datapackage.json").read_text())
    for resource in described["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        if form == "csv":
            with (to / resource["path"]).open() as opened:
                assert next(csv.reader(opened)) == names
        else:
            assert pq.read_schema(to / resource["path"]).names == names


def test_csv_tables_pass_frictionless(folder: Path, tmp_path: Path) -> None:
    """R104: another's validator accepts the tables and their schema."""
    export(folder, "csv", to=tmp_path / "tables", on=ON)

    report = frictionless.validate(str((tmp_path / "tables" / "datapackage.json").resolve()))
    assert report.valid, report.flatten(["message"])


def test_parquet_amounts_are_decimals_and_what_is_not_shown_is_null(
    folder: Path, tmp_path: Path
) -> None:
    export(folder, "parquet", to=tmp_path / "tables", on=ON)

    lines = pq.read_table(tmp_path / "tables" / "statement-lines.parquet").to_pylist()
    assert [line["amount"] for line in lines] == [Decimal("2000"), None]


def test_no_cell_is_run_as_a_formula(folder: Path, tmp_path: Path) -> None:
    export(folder, "csv", to=tmp_path / "tables", on=ON)

    assert "'=1+1" in (tmp_path / "tables" / "payments.csv").read_text()


def test_people_never_leave(tmp_path: Path) -> None:
    """R106: a public export is made without personal data."""
    people = "\n".join(f"homes,1,person-{at},1,feed:{at}" for at in range(1, 21))
    folder = a_folder(tmp_path / "deal", a_deal(payments=[a_term(round_each="person")]), people)
    issued(folder, "20")
    written = [
        *export(folder, "indigo", to=tmp_path / "a.json", on=ON).paths,
        *export(folder, "ocds", to=tmp_path / "o.json", on=ON).paths,
        *export(folder, "csv", to=tmp_path / "csv", on=ON).paths,
    ]

    text = "".join(path.read_text() for path in written)
    assert "person-" not in text and "Jo Fir" not in text


def test_statements_of_later_days_are_not_in_it(folder: Path, tmp_path: Path) -> None:
    made = export(folder, "csv", to=tmp_path / "tables", on=date(2026, 1, 1))

    assert (tmp_path / "tables" / "statement-lines.csv").read_text().count("\n") == 1
    assert len(made.redactions) == 2


@pytest.mark.parametrize("amount", ["10/3", "0.001", "-1", "0"])
def test_a_payment_of_no_payable_amount_is_a_problem_at_its_place(
    folder: Path, tmp_path: Path, amount: str
) -> None:
    (folder / "payments.yaml").write_text(
        f"payments:\n  - {{statement: 1, on: 2028-02-01, amount: {amount}}}\n"
    )
    for form in ("indigo", "ocds", "csv", "parquet"):
        with pytest.raises(Refusal) as refused:
            export(folder, form, to=tmp_path / "made", on=ON)  # type: ignore[arg-type]
        assert [one.where.field for one in refused.value.problems] == ["payments[0].amount"]
        assert not (tmp_path / "made").exists()


def test_what_cannot_be_written_is_refused(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for form, to in (("indigo", tmp_path), ("ocds", tmp_path), ("csv", file)):
        with pytest.raises(Refusal):
            export(folder, form, to=to, on=ON)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="no open format"):
        export(folder, "xml", to=file, on=ON)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="no id"):
        export(folder, "ocds", to=file, on=ON, id_="a b")
