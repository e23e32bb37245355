"""One job at the size of a city: quality against the truth, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pytest

from payforsuccess.deal.tables import IDENTITIES
from payforsuccess.records.link.job import Job, link_job
from payforsuccess.records.link.quality import quality_at
from payforsuccess.records.simulate.registers import two_registers
from payforsuccess.store import open_store, typed_table

RECORDS = 20_000
MATCHES = RECORDS * 6 // 10


@dataclass(frozen=True)
class Linked:
    """A job over two registers of made-up people, and which pairs of records are one person."""

    job: Job
    truth: frozenset[tuple[str, str]]

    def at(self, score: str) -> tuple[float, float]:
        """Precision and recall, by the truth, of the pairs from a score on."""
        rows = self.job.links.to_pylist()
        taken = [(row["one"], row["other"]) for row in rows if row["score"] >= Decimal(score)]
        right = len(self.truth.intersection(taken))
        return right / len(taken), right / len(self.truth)


@pytest.fixture(scope="module")
def linked() -> Iterator[Linked]:
    parts = list(two_registers(RECORDS, seed=5))
    one = pa.concat_tables([part.one for part in parts])
    other = pa.concat_tables([part.other for part in parts])
    of_person = dict(zip(one["person"].to_pylist(), one["record"].to_pylist(), strict=True))
    truth = frozenset(
        (of_person[person], record)
        for person, record in zip(
            other["person"].to_pylist(), other["record"].to_pylist(), strict=True
        )
        if person in of_person
    )
    with open_store() as store:
        sides = store.tables_from({"one": _identities(one), "other": _identities(other)})
        yield Linked(link_job(sides["one"], sides["other"], store=store, lowest="0.05"), truth)


def _identities(register: pa.Table) -> pa.Table:
    columns = {c: register.column(c) for c in register.column_names if c != "record"}
    size = register.num_rows
    return typed_table(
        IDENTITIES,
        {
            **columns,
            "person": register.column("record"),
            "feed": ["made-up"] * size,
            "row": list(range(1, size + 1)),
        },
    )


def test_far_more_is_found_than_by_exact_agreement_and_hardly_any_wrongly(linked: Linked) -> None:
    """Exact agreement of names and birth date finds 0.47 of the matches."""
    precision, recall = linked.at("0.5")

    assert len(linked.truth) == MATCHES
    assert precision > 0.985
    assert recall > 0.95


@pytest.mark.parametrize("score", ["0.5", "0.9", "0.99"])
def test_the_estimates_without_truth_agree_with_it(linked: Linked, score: str) -> None:
    precision, recall = linked.at(score)
    estimated = quality_at(Decimal(score), [(linked.job.links, linked.job.unseen)])

    assert abs(float(estimated.precision or 0) - precision) < 0.01
    assert abs(float(estimated.recall or 0) - recall) < 0.02


def test_every_kept_pair_says_what_agreed(linked: Linked) -> None:
    reasons = linked.job.links.column("reason").to_pylist()

    assert all("=" in reason for reason in reasons)
    assert linked.job.links.column("is_taken").to_pylist() == [0] * len(reasons)


def test_no_identifier_is_in_what_is_kept(linked: Linked) -> None:
    kept = {name: set(linked.job.links.column(name).to_pylist()) for name in ("one", "other")}

    assert all(key[0] in "AB" and key[1:].isdecimal() for keys in kept.values() for key in keys)


def test_keys_drawn_anew_change_no_score() -> None:
    """The same files give the same matches, whatever keys a vault has drawn for their people."""
    [part] = two_registers(2_000, seed=6)
    found = []
    for turned in (1, -1):  # the same people under keys that sort otherwise
        with open_store() as store:
            sides = store.tables_from(
                {
                    name: _identities(_under(register, turned))
                    for name, register in (("one", part.one), ("other", part.other))
                }
            )
            links = link_job(sides["one"], sides["other"], store=store, lowest="0.05").links
            found.append(
                {
                    (frozenset((row["one"][::turned], row["other"][::turned])), row["score"])
                    for row in links.to_pylist()
                }
            )

    assert len(found[0]) > 1_000
    assert found[0] == found[1]


def _under(register: pa.Table, turned: int) -> pa.Table:
    keys = pa.array([key[::turned] for key in register.column("record").to_pylist()], pa.string())
    return register.set_column(register.column_names.index("record"), "record", keys)
