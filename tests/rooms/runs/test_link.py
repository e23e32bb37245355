"""Linking a deal: artefact, keys that stay, going on from before, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.tables import ENROLMENTS
from payforsuccess.errors import Refusal
from payforsuccess.records.link.clusters import Decisions
from payforsuccess.runs.link.files import latest_links, read_links
from payforsuccess.runs.link.link import Linked, link_people
from payforsuccess.store import (
    Snapshot,
    Store,
    open_store,
    typed_table,
    write_snapshot,
)
from tests.lib.deals import a_deal
from tests.lib.linking import ANCHOR, HMIS, JAIL, a_linked_deal, a_snapshot, of_feed, two_feeds
from tests.lib.parts import parts_of


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


@pytest.fixture(scope="module")
def people() -> dict[str, pa.Table]:
    """Made-up people: 300 in the register of referrals, 300 in the jail's, six in ten in both."""
    return two_feeds(300)


def linked(deal: Deal, snapshot: Snapshot, store: Store, folder: Path) -> Linked:
    return link_people(deal, snapshot, store=store, folder=folder / "links")


def test_most_people_in_both_registers_are_found(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    found = linked(a_linked_deal(), a_snapshot(tmp_path, store, *people.values()), store, tmp_path)

    jail = found.feeds[1]
    assert (jail.feeds, jail.records, jail.of) == ((JAIL,), 300, 300)
    assert 150 <= jail.matched <= 182
    assert found.people.num_rows == 300 + jail.matched
    assert found.quality.precision is not None
    assert found.quality.precision > Decimal("0.97")
    assert read_links(found.folder).fingerprint == found.fingerprint


def test_the_same_inputs_give_the_same_links_from_nothing_and_from_before(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    snapshot = a_snapshot(tmp_path, store, *people.values())
    first = linked(a_linked_deal(), snapshot, store, tmp_path)
    again = linked(a_linked_deal(), snapshot, store, tmp_path)
    elsewhere = link_people(a_linked_deal(), snapshot, store=store, folder=tmp_path / "other")

    assert first.fingerprint == again.fingerprint == elsewhere.fingerprint
    assert first.quality == again.quality == elsewhere.quality


def test_a_feed_that_is_taken_out_again_leaves_what_was(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    hmis = people[JAIL].slice(0, 150)
    hmis = of_feed(hmis, HMIS, prefix="h-")
    snapshot = a_snapshot(tmp_path, store, *people.values(), hmis)
    before = linked(a_linked_deal(), snapshot, store, tmp_path)
    linked(a_linked_deal(JAIL, HMIS), snapshot, store, tmp_path)
    after = linked(a_linked_deal(), snapshot, store, tmp_path)

    assert before.fingerprint == after.fingerprint


def test_new_people_are_compared_and_nobody_elses_score_moves(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    jail = people[JAIL]
    early = a_snapshot(tmp_path, store, people[ANCHOR], jail.slice(0, 250))
    first = linked(a_linked_deal(), early, store, tmp_path)
    late = a_snapshot(tmp_path, store, people[ANCHOR], jail)
    told: list[str] = []
    second = link_people(
        a_linked_deal(), late, store=store, folder=tmp_path / "links", tell=told.append
    )

    assert f"{JAIL}: only new people are compared" in told
    assert f"{ANCHOR}: as before" in " ".join(told)
    rows = second.links.to_pylist()
    assert [row for row in first.links.to_pylist() if row in rows] == first.links.to_pylist()
    assert second.feeds[1].matched > first.feeds[1].matched
    kept = latest_links(tmp_path / "links")
    assert kept is not None
    assert kept.jobs[1].trained_on == early.fingerprint


def test_a_person_keeps_their_key_when_a_smaller_record_comes(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    snapshot = a_snapshot(tmp_path, store, *people.values())
    first = linked(a_linked_deal(), snapshot, store, tmp_path)
    of = dict(zip(*(first.people[name].to_pylist() for name in ("record", "person")), strict=True))
    key = next(person for record, person in of.items() if record != person)
    twice = people[ANCHOR].filter(pc.equal(people[ANCHOR]["person"], key))
    twice = twice.set_column(0, twice.schema.field(0), pa.array(["0-first"], pa.string()))
    twice = twice.set_column(
        twice.column_names.index("row"), twice.schema.field("row"), pa.array([301], pa.int64())
    )
    again = a_snapshot(tmp_path, store, *people.values(), twice)
    second = linked(a_linked_deal(), again, store, tmp_path)

    found = second.people.to_pylist()
    assert {"record": "0-first", "person": key} in found


def test_what_people_decided_outlives_a_new_run(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    snapshot = a_snapshot(tmp_path, store, *people.values())
    first = linked(a_linked_deal(), snapshot, store, tmp_path)
    taken = next(row for row in first.links.to_pylist() if row["is_taken"])
    pair = (taken["one"], taken["other"])
    decisions = Decisions(different=frozenset({pair}), by={pair: "two reviewers"})
    parted = link_people(
        a_linked_deal(), snapshot, store=store, folder=tmp_path / "links", decisions=decisions
    )
    back = linked(a_linked_deal(), snapshot, store, tmp_path)

    [row] = [row for row in parted.links.to_pylist() if (row["one"], row["other"]) == pair]
    assert (row["is_taken"], row["decided"]) == (0, "two reviewers")
    assert parted.feeds[1].matched == first.feeds[1].matched - 1
    assert back.fingerprint == first.fingerprint


def test_what_was_learnt_after_referral_does_not_link(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    """R136: the identities of the deal's own people freeze at referral."""
    anchor = people[ANCHOR]
    learnt = anchor.set_column(
        anchor.column_names.index("known_on"),
        anchor.schema.field("known_on"),
        pa.array([date(2026, 2, 1)] * 300, pa.date32()),
    )
    keys = anchor.column("person").to_pylist()
    enrolments = typed_table(
        ENROLMENTS,
        {
            "enrolment": keys,
            "person": keys,
            "referred_on": [date(2026, 1, 1)] * 150 + [date(2026, 2, 1)] * 150,
            "feed": [ANCHOR] * 300,
            "row": list(range(1, 301)),
        },
    )
    identities = pa.concat_tables([learnt, people[JAIL]])
    snapshot = write_snapshot(
        parts_of({"identities": identities, "enrolments": enrolments}),
        tmp_path / "snapshots",
        store=store,
    )
    found = linked(a_linked_deal(), snapshot, store, tmp_path)

    known_in_time = set(keys[150:])
    linked_keys = {row["one"] for row in found.links.to_pylist()} & set(keys)
    assert linked_keys
    assert linked_keys <= known_in_time


def test_an_estimate_below_the_plan_is_a_finding(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    deal = a_linked_deal(threshold="0.5", precision_at_least="0.99999")
    found = linked(deal, a_snapshot(tmp_path, store, *people.values()), store, tmp_path)

    assert any("the plan asks for 99.999%" in finding.what for finding in found.findings)


def test_links_that_were_changed_are_refused(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    snapshot = a_snapshot(tmp_path, store, *people.values())
    found = linked(a_linked_deal(), snapshot, store, tmp_path)
    file = found.folder / "linked-people.parquet"
    pq.write_table(pq.read_table(file).slice(1), file)

    with pytest.raises(Refusal, match="changed after they were written"):
        linked(a_linked_deal(), snapshot, store, tmp_path)


@pytest.mark.parametrize(
    ("deal", "said"),
    [
        (a_deal(), "states no plan for matching"),
        (
            a_linked_deal(data={JAIL: {"is_victim_service": "true"}}),
            "never enter matching, hashed or not",
        ),
        (
            a_linked_deal(
                data={
                    JAIL: {
                        "public": None,
                        "agreement": {
                            "kind": "mou",
                            "parties": ["Alder County", "City of Birch"],
                            "purpose": "a test",
                            "permitted_columns": ["booking_id"],
                            "regime": "none",
                            "may_be_linked": "false",
                            "signed_on": "2024-01-01",
                            "expires_on": "2026-12-31",
                        },
                    }
                }
            ),
            "does not let its people be matched",
        ),
        (a_linked_deal(JAIL, anchor="school"), "school, which the deal does not list"),
    ],
)
def test_what_may_not_be_matched_is_refused_before_a_row_is_read(
    deal: Deal, said: str, store: Store, tmp_path: Path
) -> None:
    nothing = a_snapshot(tmp_path, store)

    with pytest.raises(Refusal, match=said):
        linked(deal, nothing, store, tmp_path)


def test_a_person_of_too_many_records_is_refused(
    people: dict[str, pa.Table], store: Store, tmp_path: Path
) -> None:
    same = [of_feed(people[ANCHOR].slice(0, 40), JAIL, prefix=f"{at}-") for at in range(3)]
    snapshot = a_snapshot(tmp_path, store, people[ANCHOR], *same)

    with pytest.raises(Refusal, match="40 people would have more than 3 records each"):
        linked(a_linked_deal(largest_cluster="3"), snapshot, store, tmp_path)
