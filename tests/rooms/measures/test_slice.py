"""The cohort's part of the records is looked up once, and measures say the same on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pyarrow as pa
import pytest

from payforsuccess.measures import COMPILERS, Seen, Tables
from payforsuccess.measures.slice import (
    compile_enrolments,
    compile_members,
    compile_slice,
    needs_of,
)
from payforsuccess.store import Store, open_store
from tests.engines.made_records import KINDS, made_measure, made_records
from tests.spec.drawing import Spec, arrow_tables

SEEN = Seen({"court": date(2025, 1, 1), "jail": date(2025, 1, 1)})


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def held(store: Store, cut: Tables) -> Tables:
    return Tables(
        store.kept(cut.enrolments, "cohort_enrolments"),
        store.kept(cut.spells, "cohort_spells"),
        store.kept(cut.events, "cohort_events"),
        store.kept(cut.traits, "cohort_traits"),
    )


def test_measures_read_nothing_but_the_slice_and_say_the_same(store: Store) -> None:
    rng = Random("slice")
    measures = [made_measure(kind, rng) for kind in KINDS]
    tables = Tables.of(store.tables_from(arrow_tables(made_records(40, rng))))
    needs = needs_of(measures)
    members = compile_members(tables.enrolments, None)
    whole = [store.run(COMPILERS[type(one)](one, tables, seen=SEEN)) for one in measures]

    cohort = held(store, compile_slice(tables, members, tables.enrolments, needs))
    for name in ("enrolments", "spells", "events", "traits"):
        store.backend.con.unregister(name)

    assert [store.run(COMPILERS[type(one)](one, cohort, seen=SEEN)) for one in measures] == whole


def test_records_of_one_person_count_together(store: Store) -> None:
    spec = Spec(
        rule="",
        measure={"kind": "event-count", "event": "arrest", "counts": "each", "window": "30 days"},
        expected="",
        enrolments="""
            enrolment | person | enrolled_on
            e1        | a1     | 2024-01-01
            e2        | b1     | 2024-01-01
        """,
        events="""
            kind   | person | happened_on
            arrest | a1     | 2024-01-02
            arrest | a2     | 2024-01-03
            arrest | b1     | 2024-01-04
            arrest | other  | 2024-01-05
        """,
    )
    linked = pa.table({"record": ["a1", "a2", "other"], "person": ["ana", "ana", "olga"]})
    tables = Tables.of(store.tables_from(arrow_tables(spec.records)))
    people = store.tables_from({"linked_people": linked})["linked_people"]

    members = compile_members(tables.enrolments, people)
    cut = compile_slice(tables, members, tables.enrolments, needs_of([spec.built]))
    rows = store.run(COMPILERS[type(spec.built)](spec.built, cut, seen=spec.seen)).to_pylist()

    assert sorted(store.run(members).to_pylist(), key=lambda row: row["record"]) == [
        {"record": "a1", "person": "ana"},
        {"record": "a2", "person": "ana"},
        {"record": "b1", "person": "b1"},
    ]
    assert [(row["enrolment"], row["person"], row["quantity"]) for row in rows] == [
        ("e1", "ana", 2),
        ("e2", "b1", 1),
    ]


def test_the_needs_of_all_measures_are_looked_up_together() -> None:
    built = [
        Spec(rule="", measure=stated, expected="", enrolments="").built
        for stated in (
            {"kind": "days-in-state", "state": "housed", "less": "sheltered", "window": "1 year"},
            {
                "kind": "event-absent",
                "event": "arrest",
                "window": "1 year",
                "starts_at": "event",
                "start_event": "release",
            },
        )
    ]

    needs = needs_of(built)

    assert needs.states == {"housed", "sheltered", "custody", "jailed", "imprisoned"}
    assert needs.kinds == {"arrest", "release", "death", "move", "transfer"}
    assert needs.enrolments_of == frozenset()


def test_custody_is_looked_up_only_for_measures_it_can_end_or_stop() -> None:
    shared = {"kind": "days-in-state", "state": "housed", "window": "1 year"}
    found = [
        needs_of([Spec(rule="", measure=stated, expected="", enrolments="").built]).states
        for stated in (
            {**shared, "on_custody": "succeed"},
            {**shared, "on_custody": "stop-the-clock"},
            {"kind": "event-absent", "event": "arrest", "window": "1 year"},
        )
    ]

    assert found == [
        {"housed"},
        {"housed", "custody", "jailed", "imprisoned"},
        {"custody", "jailed", "imprisoned"},
    ]


def test_enrolments_are_limited_only_if_every_measure_limits_them(store: Store) -> None:
    shared = {"kind": "event-absent", "event": "arrest", "window": "30 days"}
    one, other = (
        Spec(rule="", measure={**shared, "population": stated}, expected="", enrolments="").built
        for stated in ({"says": "Ours", "feeds": ["intake"]}, {"says": "Everyone"})
    )
    spec = Spec(
        rule="",
        measure=shared,
        expected="",
        enrolments="""
            enrolment | person | enrolled_on | feed
            e1        | ana    | 2024-01-01  | intake
            e2        | ben    | 2024-01-01  | hmis
        """,
    )
    tables = Tables.of(store.tables_from(arrow_tables(spec.records)))

    limited = store.run(compile_enrolments(tables, needs_of([one])))
    everyone = store.run(compile_enrolments(tables, needs_of([one, other])))

    assert limited.column("enrolment").to_pylist() == ["e1"]
    assert sorted(everyone.column("enrolment").to_pylist()) == ["e1", "e2"]
