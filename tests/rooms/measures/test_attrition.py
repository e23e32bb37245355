"""Everyone enrolled is known or left at one rule, and the counts add up exactly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from payforsuccess.measures import Tables
from payforsuccess.measures.attrition import (
    RULES,
    Attrition,
    attrition_of,
    compile_attrition,
    reference_attrition,
    statuses_of,
)
from payforsuccess.store import Store, open_store
from tests.spec.drawing import Spec, arrow_tables, compiled, run_reference
from tests.spec.specs import KINDS

LIMITED = {
    "says": "Those offered aid at the north site in January",
    "arms": ["aid", "more"],
    "sites": ["north"],
    "starts_from": "2024-01-01",
    "starts_to": "2024-01-31",
}
SPEC = Spec(
    rule="",
    measure={
        "kind": "event-absent",
        "event": "arrest",
        "window": "30 days",
        "population": LIMITED,
        "on_move": "fail",
    },
    expected="",
    enrolments="""
        enrolment | person | enrolled_on | arm  | site
        e01       | p01    | 2024-01-01  | aid  | north
        e02       | p02    | 2024-01-31  | aid  | north
        e03       | p03    | 2024-02-01  | aid  | north
        e04       | p04    | 2024-01-15  | none | north
        e05       | p05    | 2024-01-15  | aid  | south
        e06       | p06    | 2024-01-15  |      | north
        e07       | p07    |             | more | north
        e08       | p08    | 2024-01-01  | more | north
        e09       | p09    | 2024-01-01  | more | north
        e10       | p10    | 2024-01-01  | more |
    """,
    events="""
        kind  | person | happened_on
        death | p08    | 2024-01-10
        move  | p09    | 2024-01-10
    """,
    seen_through="2024-02-10",
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def from_sql(spec: Spec, store: Store) -> tuple[Attrition, ...]:
    results = compiled(store, spec.records, spec.built, spec.excused, spec.seen)
    tables = Tables.of(store.tables_from(arrow_tables(spec.records)))
    known = statuses_of(store.run(results))
    rows = compile_attrition(spec.built, tables, known, seen=spec.seen)
    return attrition_of(store.run(rows).to_pylist())


def from_sets(spec: Spec) -> tuple[Attrition, ...]:
    return reference_attrition(spec.built, spec.records, run_reference(spec), seen=spec.seen)


def test_each_enrolment_leaves_at_the_first_rule_that_holds(store: Store) -> None:
    everyone, aid, more, none = from_sql(SPEC, store)

    assert everyone == Attrition(
        None,
        10,
        (
            ("arm", 2),
            ("site", 2),
            ("not-started", 1),
            ("start-day", 1),
            ("not-yet-observed", 1),
            ("death", 1),
        ),
        2,
    )
    assert everyone.remaining() == (8, 6, 5, 4, 3, 2)
    assert aid == Attrition("aid", 4, (("site", 1), ("start-day", 1), ("not-yet-observed", 1)), 1)
    assert more == Attrition("more", 4, (("site", 1), ("not-started", 1), ("death", 1)), 1)
    assert none == Attrition("none", 1, (("arm", 1),), 0)
    assert from_sets(SPEC) == (everyone, aid, more, none)


OF_THE_ENROLLED = [
    spec
    for module in KINDS
    for spec in module.SPECS
    if spec.measure.get("population", {}).get("enrolled_only")
]


def test_who_was_not_enrolled_is_told_apart_from_who_has_not_started(store: Store) -> None:
    enrolled = next(spec for spec in OF_THE_ENROLLED if spec.measure["starts_at"] == "event")
    (everyone,) = from_sql(enrolled, store)
    assert everyone.left == (("not-enrolled", 1), ("not-started", 1))
    assert (everyone.enrolled, everyone.known) == (6, 4)
    assert from_sets(enrolled) == (everyone,)


DRAWN = {f"{module.SHARED['kind']}: {spec.rule}": spec for module in KINDS for spec in module.SPECS}


@pytest.mark.parametrize("spec", DRAWN.values(), ids=DRAWN)
def test_nobody_is_lost_and_every_reason_has_words(spec: Spec) -> None:
    everyone, *arms = from_sets(spec)

    assert everyone.enrolled == len(spec.records.enrolments)
    assert everyone.known == sum(row.status == "known" for row in run_reference(spec))
    assert {rule for rule, _ in everyone.left} <= set(RULES)
    assert sum(arm.enrolled for arm in arms) <= everyone.enrolled


@pytest.mark.parametrize("at", range(0, len(DRAWN), 9))
def test_both_engines_lose_the_same_people(at: int, store: Store) -> None:
    spec = list(DRAWN.values())[at]

    assert from_sql(spec, store) == from_sets(spec)


def test_counts_that_do_not_add_up_are_never_shown() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Attrition(None, 3, (("arm", 1),), 1)


def test_without_anyone_there_is_nobody_to_lose() -> None:
    assert attrition_of([]) == (Attrition(None, 0, (), 0),)


def test_the_counts_are_said_in_one_line_and_given_to_programs() -> None:
    counts = Attrition("aid", 3, (("death", 1),), 2)

    assert str(counts) == (
        "3 enrolled in the arm aid; 1 died, and the result is unknown by the measure's rule; 2 "
        "with a known result"
    )
    assert counts.as_plain() == {"arm": "aid", "enrolled": 3, "left": {"death": 1}, "known": 2}
