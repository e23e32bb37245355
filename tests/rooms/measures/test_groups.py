"""Groups by facts about people: as known at referral, in the words of people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from payforsuccess.deal.tables import ENROLMENTS, EVENTS, SPELLS, TRAITS
from payforsuccess.measures.groups import (
    STAGES,
    GroupCounts,
    compile_groups,
    compile_stages,
    in_groups,
)
from payforsuccess.measures.tables import Tables
from payforsuccess.store import empty_table, open_store, typed_table

Fact = tuple[str, str, date | None, str | None, int | None]


def stages(
    people: list[tuple[str, str | None, bool]], facts: list[Fact], trait: str
) -> list[GroupCounts]:
    """People as (key, arm, did enrol), all referred on 1 March 2026."""
    day = date(2026, 3, 1)
    enrolments = typed_table(
        ENROLMENTS,
        {
            "enrolment": [key for key, _, _ in people],
            "person": [key for key, _, _ in people],
            "arm": [arm for _, arm, _ in people],
            "referred_on": [day] * len(people),
            "enrolled_on": [day if did else None for _, _, did in people],
            "feed": ["f"] * len(people),
            "row": list(range(1, len(people) + 1)),
        },
    )
    traits = typed_table(
        TRAITS,
        {
            "trait": [fact[0] for fact in facts],
            "person": [fact[1] for fact in facts],
            "as_of": [fact[2] for fact in facts],
            "label": [fact[3] for fact in facts],
            "value": [None if fact[4] is None else Decimal(fact[4]) for fact in facts],
            "feed": ["f"] * len(facts),
            "row": list(range(1, len(facts) + 1)),
        },
    )
    with open_store() as store:
        tables = Tables.of(
            store.tables_from(
                {
                    "enrolments": enrolments,
                    "spells": empty_table(SPELLS),
                    "events": empty_table(EVENTS),
                    "traits": traits,
                }
            )
        )
        groups = compile_groups(tables, trait=trait)
        return in_groups(store.run(compile_stages(tables, groups)).to_pylist(), STAGES)


def enrolled(found: list[GroupCounts]) -> dict[str, tuple[int, int]]:
    return {row.group: (row.counts["enrolled"], row.counts["referred"]) for row in found}


def test_each_stage_is_counted_by_group() -> None:
    people = [("a", None, True), ("b", None, False), ("c", None, True)]
    facts: list[Fact] = [
        (("sex"), key, None, word, None) for key, word in zip("abc", ("f", "f", "m"), strict=True)
    ]
    assert enrolled(stages(people, facts, "sex")) == {"f": (1, 2), "m": (1, 1)}


def test_what_was_learnt_after_referral_moves_no_one() -> None:
    people = [("a", None, True)]
    facts: list[Fact] = [
        ("language", "a", date(2026, 1, 1), "Spanish", None),
        ("language", "a", date(2026, 6, 1), "English", None),
    ]
    assert enrolled(stages(people, facts, "language")) == {"Spanish": (1, 1)}


def test_a_person_without_the_fact_is_a_group_of_its_own_and_the_last() -> None:
    found = stages([("a", None, True), ("z", None, False)], [("sex", "z", None, "x", None)], "sex")
    assert [row.group for row in found] == ["x", "not known"]


@pytest.mark.parametrize(
    ("values", "groups"),
    [((0, 1), ["no", "yes"]), ((19, 20, 29, 30), ["10 to 19", "20 to 29", "30 to 39"])],
)
def test_numbers_are_yes_and_no_or_bands_of_ten(values: tuple[int, ...], groups: list[str]) -> None:
    people = [(f"p{value}", None, True) for value in values]
    facts: list[Fact] = [("age", f"p{value}", None, None, value) for value in values]
    assert [row.group for row in stages(people, facts, "age")] == groups


def test_a_change_of_words_for_one_person_counts_the_person_once() -> None:
    facts: list[Fact] = [("race", "a", None, word, None) for word in ("white", "Asian")]
    assert enrolled(stages([("a", None, True)], facts, "race")) == {"Asian": (1, 1)}


def test_arms_are_kept_apart() -> None:
    people = [("a", "offered", True), ("b", "not-offered", False)]
    found = stages(people, [], "sex")
    assert [(row.arm, row.counts["enrolled"]) for row in found] == [
        ("not-offered", 0),
        ("offered", 1),
    ]
