"""Open records brought into a folder of one's own, and the library given out."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.library.export import library_export
from payforsuccess.runs.library.files import library_records
from payforsuccess.runs.library.imported import library_import
from payforsuccess.runs.library.library import library
from payforsuccess.runs.library.show import library_show
from tests.lib.open_records import a_file, a_project, as_json, said


def file_of(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "records.json"
    path.write_bytes(content)
    return path


def test_an_imported_record_is_a_comparator_apart_from_the_library(tmp_path: Path) -> None:
    """R12: imported deals are listed beside the library's own, and marked."""
    own = tmp_path / "own"
    library_import(file_of(tmp_path, a_file()), own=own)

    found = library(place="Alder", own=own)
    assert [row.id for row in found.comparators] == ["indigo-poj-9001"]
    assert "indigo-poj-9001+" in str(found) and "imported from an open record" in str(found)
    assert library(place="Alder").comparators == ()
    assert "INDIGO record INDIGO-POJ-9001" in str(library_show("indigo-poj-9001", own=own))


def test_counts_by_state_hold_imported_deals_too(tmp_path: Path) -> None:
    """R67: the library shows counts by status."""
    own = tmp_path / "own"
    before = library().by_state
    library_import(file_of(tmp_path, a_file()), own=own)

    after = library(own=own).by_state
    assert after == before | {"in operation": before["in operation"] + 1}


def test_a_comparator_is_corrected_by_hand_with_its_source(tmp_path: Path) -> None:
    """R67: editable with source; a statement without one is refused."""
    own = tmp_path / "own"
    library_import(file_of(tmp_path, a_file()), own=own)
    path = own / "indigo-poj-9001" / "record.yaml"
    written = path.read_text()
    path.write_text(
        written.replace(
            '  - standing: "published"\n    sources:\n      - ',
            '  - standing: "published"\n    sources:\n      - "our_report"\n      - ',
            1,
        )
    )
    assert "our_report" in library(source="our_report", own=own).comparators[0].sources

    path.write_text(written.replace('    sources:\n      - "imported:INDIGO-POJ-9001"\n', "", 1))
    with pytest.raises(Refusal, match="no source is named"):
        library(own=own)


def test_filters_on_capital_and_source() -> None:
    """R12: the library can be filtered on capital and on source."""
    assert "la-just-in-reach" in [row.id for row in library(capital="hilton").comparators]
    assert "la-just-in-reach" in [row.id for row in library(capital="Subordinate").comparators]
    assert [row.id for row in library(source="indigo:INDIGO-POJ-0099").comparators] == [
        "la-just-in-reach"
    ]
    assert library(capital="nobody at all").comparators == ()


def test_what_people_corrected_is_not_overwritten(tmp_path: Path) -> None:
    own, file = tmp_path / "own", file_of(tmp_path, a_file())
    library_import(file, own=own)

    with pytest.raises(Refusal, match="already"):
        library_import(file, own=own)


def test_nothing_is_written_when_one_record_lacks_something(tmp_path: Path) -> None:
    good = {"id": "A", "data": a_project()}
    bad = {"id": "B", "data": a_project(stage_development=None)}
    own = tmp_path / "own"

    with pytest.raises(Refusal, match="stage"):
        library_import(file_of(tmp_path, as_json([good, bad])), own=own)
    assert not own.exists()


def test_two_ids_that_make_one_name_are_refused(tmp_path: Path) -> None:
    rows = [{"id": "A-1", "data": a_project()}, {"id": "a.1", "data": a_project()}]

    with pytest.raises(Refusal, match="Two projects"):
        library_import(file_of(tmp_path, as_json(rows)), own=tmp_path / "own")


def test_a_text_that_no_file_may_hold_is_refused(tmp_path: Path) -> None:
    for text in ("x" * 30_000, "a\u0000b", "\ud800"):
        content = json.dumps({"project": {"id": "A", "data": a_project(name=said(text))}})
        with pytest.raises(Refusal):
            library_import(file_of(tmp_path, content.encode()), own=tmp_path / "own")


def test_a_project_that_the_library_holds_is_named(tmp_path: Path) -> None:
    content = a_file(id_="INDIGO-POJ-0099")

    made = library_import(file_of(tmp_path, content), own=tmp_path / "own")
    assert "la-just-in-reach" in made.findings[-1].what


def test_the_whole_library_is_written_and_read_back(tmp_path: Path) -> None:
    """R104: every comparator the standard has a stage for comes back with what it carries."""
    written = tmp_path / "all.json"
    made = library_export("indigo", to=written)
    own = tmp_path / "own"
    back = {one.indigo[0]: one for one in library_import(written, own=own).records}

    assert "rhode-island-reentry" in made.findings[0].what
    compared = 0
    for record, _ in library_records():
        id_ = record.indigo[0] if len(record.indigo) == 1 else f"local-{record.id}"
        if id_ not in back:
            assert record.state == "exploring"
            continue
        again = back[id_]
        assert (again.name, again.years, again.countries, again.outcomes) == (
            record.name,
            record.years,
            record.countries,
            tuple(dict.fromkeys(record.outcomes)),
        )
        for role in ("payor", "provider", "intermediary"):
            assert again.parties_as(role) == tuple(dict.fromkeys(record.parties_as(role)))
        published = [one.amount for one in record.capital if one.standing == "published"]
        amounts = [one.amount for one in again.capital if one.amount is not None]
        assert amounts == [amount for amount in published if amount is not None]
        compared += 1
    assert compared == len(back) > 60


def test_the_library_passes_frictionless_as_csv(tmp_path: Path) -> None:
    """R104: the comparator library as a table with a published schema."""
    library_export("csv", to=tmp_path / "csv")
    library_export("parquet", to=tmp_path / "parquet", name="denver-sib")

    report = frictionless.validate(str((tmp_path / "csv" / "datapackage.json").resolve()))
    assert report.valid, report.flatten(["message"])


def test_a_deal_that_is_only_explored_is_no_indigo_record(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no stage"):
        library_export("indigo", to=tmp_path / "a.json", name="rhode-island-reentry")


def test_records_with_problems_can_be_left_out_and_are_listed(tmp_path: Path) -> None:
    rows = [
        {"id": "A", "data": a_project()},
        {"id": "B", "data": a_project(stage_development=None)},
        {"id": "C", "data": a_project(name=said(7))},
    ]
    file, own = file_of(tmp_path, as_json(rows)), tmp_path / "own"

    made = library_import(file, own=own, leaves_out=True)
    assert [record.id for record in made.records] == ["a"]
    assert [problem.where.field for problem in made.left_out] == [
        "[2].data.name.value",
        "stage_development",
    ]
    assert "Records were left out" in str(made)


def test_a_file_of_which_every_record_has_problems_is_refused(tmp_path: Path) -> None:
    for wrong in (a_project(name=said(7)), a_project(name=None)):
        with pytest.raises(Refusal):
            library_import(file_of(tmp_path, a_file(wrong)), own=tmp_path / "own", leaves_out=True)
