"""Layouts are given out in Frictionless' form, and Frictionless itself finds the same faults."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, Resource, Schema, system

from payforsuccess.records.descriptor import package_descriptor, table_schema
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Reference
from payforsuccess.records.layouts import LAYOUTS
from tests.lib.extracts import layout_of, read

VISITS = FeedFile(
    "visits",
    "One row a visit.",
    (
        FeedColumn("id", "text", "a key"),
        FeedColumn("on", "day", "the day", earliest=date(2000, 1, 1)),
        FeedColumn("times", "whole", "how often", least=1, most=9),
        FeedColumn("kind", "text", "the kind", codes=("in", "out"), may_be_missing=True),
        FeedColumn("paid", "decimal", "its cost", least=0, may_be_missing=True),
        FeedColumn("zip", "text", "ZIP code", pattern="[0-9]{5}", may_be_missing=True),
    ),
    key=("id",),
)
NOTES = FeedFile(
    "notes",
    "One row a note.",
    (FeedColumn("note", "text", "a key"), FeedColumn("visit", "text", "the visit")),
    key=("note",),
    references=(Reference("visit", "visits", "id"),),
)
LAYOUT = layout_of(VISITS, NOTES)
GOOD = {
    "visits.csv": "id,on,times,kind,paid,zip\na,2024-02-29,1,in,1.50,90012\nb,2024-01-31,9,,,\n",
    "notes.csv": "note,visit\n1,a\n2,b\n3,a\n",
}
BAD = {
    "visits.csv": (
        "id,on,times,kind,paid,zip\n"
        "a,2024-02-30,1,in,1,90012\n"
        "b,1999-12-31,1,in,1,90012\n"
        "c,2024-01-01,10,in,1,90012\n"
        "d,2024-01-01,x,in,1,90012\n"
        "e,2024-01-01,1,up,1,90012\n"
        "f,2024-01-01,1,in,-1,90012\n"
        "g,2024-01-01,1,in,1,9001\n"
        ",2024-01-01,1,in,1,90012\n"
        "i,2024-01-01,1,in,1,90012\n"
        "i,2024-01-01,2,out,2,90013\n"
    ),
    "notes.csv": "note,visit\n1,i\n2,z\n3,\n",
}
OURS = {
    "type": "type-error",
    "earliest": "constraint-error",
    "range": "constraint-error",
    "code": "constraint-error",
    "pattern": "constraint-error",
    "required": "constraint-error",
    "key": "primary-key",
    "reference": "foreign-key",
}


def theirs(folder: Path, content: dict[str, str]) -> set[tuple[str, int, str]]:
    """The faults that Frictionless finds: file, row, kind."""
    for name, text in content.items():
        (folder / name).write_text(text)
    with system.use_context(trusted=True):
        package = Package.from_descriptor(package_descriptor(LAYOUT), basepath=str(folder))
        report = package.validate()
    found = [
        (task.name, error.row_number - 1, error) for task in report.tasks for error in task.errors
    ]
    keyless = {
        (name, row)
        for name, row, error in found
        if getattr(error, "field_name", "") in ("id", "note")
    }
    return {
        (name, row, error.type)
        for name, row, error in found
        # A missing key is told twice by Frictionless: as a missing value, and as a faulty key.
        if not (error.type == "primary-key" and (name, row) in keyless)
    }


def ours(folder: Path, content: dict[str, Any]) -> set[tuple[str, int, str]]:
    """The faults that reading finds, in their words."""
    refused = read(folder, LAYOUT, content, refused_at_most="100%").refused
    return {
        (file, row, OURS[rule])
        for file, rules in refused.items()
        for rule, rows in rules.items()
        if rule != "parent-refused"  # Frictionless does not know of refused rows
        for row in rows
    }


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_is_a_valid_package(layout: FeedLayout) -> None:
    package = Package.from_descriptor(package_descriptor(layout))

    assert [resource.name for resource in package.resources] == [
        f.name.lower() for f in layout.files
    ]
    for resource in package.resources:
        resource.schema.to_descriptor()
        Schema.from_descriptor(resource.schema.to_descriptor())


def test_a_good_extract_is_good_to_both(tmp_path: Path) -> None:
    assert theirs(tmp_path, GOOD) == set()
    assert ours(tmp_path, GOOD) == set()


def test_both_find_the_same_faults_in_the_same_rows(tmp_path: Path) -> None:
    found = ours(tmp_path, BAD)

    assert found == theirs(tmp_path, BAD)
    assert len(found) == 11


def test_a_sample_of_ours_passes_frictionless(tmp_path: Path) -> None:
    layout = LAYOUTS["reentry-experiment"]
    text = Path(read.__code__.co_filename).parents[2]
    sample = text / "src/payforsuccess/records/reentry_experiment/sample.csv"
    (tmp_path / "men.csv").write_text(sample.read_text())
    with (tmp_path / "men.csv").open() as file:
        assert next(csv.reader(file)) == [c.name for c in layout.files[0].columns]
    with system.use_context(trusted=True):
        resource = Resource(
            path=str(tmp_path / "men.csv"),
            schema=Schema.from_descriptor(table_schema(layout.files[0])),
        )
        assert resource.validate().valid
