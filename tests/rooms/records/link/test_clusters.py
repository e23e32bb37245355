"""Clusters: who is one person, under thresholds, decisions, and the rule of one to one."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from payforsuccess.deal.tables import LINKS
from payforsuccess.records.link.clusters import Clustered, Decisions, cluster_links
from payforsuccess.store import arrow_schema

GROUPS = {"a1": "anchor", "a2": "anchor", "a3": "anchor", "j1": "jail", "j2": "jail", "h1": "hmis"}


def links(*rows: tuple[str, str, str]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "one": one,
                "other": other,
                "score": Decimal(score).quantize(Decimal("1e-9")),
                "reason": "given_name=5",
                "decided": None,
                "is_taken": 0,
            }
            for one, other, score in rows
        ],
        schema=arrow_schema(LINKS),
    )


def clustered(
    *rows: tuple[str, str, str], one_to_one: bool = False, decisions: Decisions | None = None
) -> Clustered:
    return cluster_links(
        links(*rows),
        threshold=Decimal("0.9"),
        group_of=GROUPS,
        anchor="anchor",
        one_to_one=one_to_one,
        decisions=decisions,
    )


def test_a_pair_at_the_threshold_is_taken_and_one_below_is_not() -> None:
    found = clustered(("a1", "j1", "0.9"), ("a2", "j2", "0.899999"))

    assert found.clusters == (("a1", "j1"),)
    assert found.links.column("is_taken").to_pylist() == [1, 0]
    assert found.links.column("decided").to_pylist() == ["threshold", None]


def test_records_hang_together_through_others() -> None:
    found = clustered(("a1", "j1", "0.95"), ("a1", "h1", "0.95"), ("a1", "j2", "0.99"))

    assert found.clusters == (("a1", "h1", "j1", "j2"),)


def test_one_to_one_takes_the_best_record_of_each_feed() -> None:
    found = clustered(
        ("a1", "j1", "0.95"), ("a1", "j2", "0.99"), ("a1", "h1", "0.95"), one_to_one=True
    )

    assert found.clusters == (("a1", "h1", "j2"),)
    assert found.refused == 1


def test_one_to_one_lets_no_record_make_two_of_the_anchor_one() -> None:
    found = clustered(("a1", "j1", "0.95"), ("a2", "j1", "0.99"), one_to_one=True)

    assert found.clusters == (("a2", "j1"),)


def test_one_to_one_lets_people_referred_twice_be_one() -> None:
    found = clustered(("a1", "a2", "0.99"), ("a1", "j1", "0.95"), one_to_one=True)

    assert found.clusters == (("a1", "a2", "j1"),)


def test_what_was_decided_to_be_one_is_one_below_the_threshold_and_without_a_link() -> None:
    decisions = Decisions(same=frozenset({("a1", "j1"), ("a2", "j2")}), by={("a1", "j1"): "A, B"})
    found = clustered(("a1", "j1", "0.2"), decisions=decisions)

    assert found.clusters == (("a1", "j1"), ("a2", "j2"))
    assert found.links.column("decided").to_pylist() == ["A, B"]


def test_what_was_decided_to_be_two_is_never_merged_again_through_others() -> None:
    decisions = Decisions(different=frozenset({("a1", "a2")}))
    found = clustered(
        ("a1", "a2", "0.99"), ("a1", "j1", "0.95"), ("a2", "j1", "0.97"), decisions=decisions
    )

    assert found.clusters == (("a2", "j1"),)
    assert found.links.column("is_taken").to_pylist() == [0, 0, 1]


def test_taking_a_decision_back_gives_what_was() -> None:
    rows = (("a1", "a2", "0.99"), ("a1", "j1", "0.95"))
    clustered(*rows, decisions=Decisions(different=frozenset({("a1", "a2")})))

    assert clustered(*rows).clusters == (("a1", "a2", "j1"),)
