"""The array reading equals the exact reading bit for bit, and columns of people equal lists."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.errors import Refusal
from payforsuccess.payments.nodes import (
    CarryForward,
    Ceiling,
    Node,
    Outcome,
    Price,
    Round,
    Sum,
    Times,
    ToDate,
)
from payforsuccess.payments.people import (
    PeopleList,
    PersonRow,
    people_fingerprint,
    rows_from_columns,
)
from payforsuccess.payments.reading import read
from tests.lib.trees import Case, cases, inputs_within

PERIODS = 3


def column(values: Sequence[int]) -> Any:
    """Whole numbers as an array: int64 where they fit, Python integers where not."""
    fits = all(abs(value) < 2**63 for value in values)
    return numpy.array(values, dtype=numpy.int64 if fits else object)


def agree(tree: Node, histories: Sequence[Sequence[dict[str, int]]]) -> None:
    """Read several histories one by one and all at once, period by period, state and all."""
    from payforsuccess.payments.arrays import read_arrays

    exact, arrays = read(tree), read_arrays(tree)
    states: list[dict[str, int]] = [{} for _ in histories]
    state: dict[str, Any] = {}
    for period in range(len(histories[0])):
        values = []
        for at, history in enumerate(histories):
            after: dict[str, int] = {}
            values.append(exact(history[period], states[at], after))
            states[at] = {**states[at], **after}
        inputs = {
            name: column([history[period][name] for history in histories])
            for name in histories[0][period]
        }
        new: dict[str, Any] = {}
        found = numpy.broadcast_to(arrays(inputs, state, new), len(histories))
        state = {**state, **new}
        assert [int(value) for value in found] == values
        for key, kept in state.items():
            whole = numpy.broadcast_to(kept, len(histories))
            assert [int(value) for value in whole] == [each[key] for each in states]


@given(st.data(), cases())
def test_arrays_equal_exact_over_random_trees_and_periods(data: st.DataObject, case: Case) -> None:
    agree(
        case.tree,
        [[data.draw(inputs_within(case)) for _ in range(PERIODS)] for _ in range(4)],
    )


DAYS, PEOPLE = Outcome("days"), Outcome("people")
LARGE: dict[str, Node] = {
    "a product": Times(DAYS, PEOPLE),
    "a rounded product": Round(Price(Times(DAYS, PEOPLE), Fraction("1/3")), "half-up"),
    "a sum of far units": Sum((Price(DAYS, Fraction(1, 10**9)), Price(PEOPLE, Fraction(10**9)))),
    "a ceiling": Ceiling(Times(DAYS, PEOPLE), Fraction(10**22), "a ceiling", "used"),
    "to date": ToDate(Times(DAYS, PEOPLE), "earned", claws_back=True),
    "carried": CarryForward(Times(DAYS, PEOPLE), Fraction(10**21), "carried", True),
}
large = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize("name", LARGE)
@given(
    st.lists(
        st.lists(st.fixed_dictionaries({"days": large, "people": large}), min_size=3, max_size=3),
        min_size=1,
        max_size=3,
    )
)
def test_numbers_past_int64_fall_back_to_python_integers(
    name: str, histories: list[list[dict[str, int]]]
) -> None:
    agree(LARGE[name], histories)


def test_inputs_past_int64_are_read_too() -> None:
    agree(Price(DAYS, Fraction(3)), [[{"days": 2**70}], [{"days": -(2**70)}], [{"days": 0}]])


# --- people as lists and as columns ----------------------------------------------------------

row = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from(("homes", "kept")),
        "period": st.integers(1, 3),
        "person": st.sampled_from(("a", "b", "c", "ä", "z1")),
        "quantity": st.integers(-5, 9),
        "groups": st.sampled_from(("", "veterans", "veterans;elders", "elders;;veterans")),
        "source": st.sampled_from(("", "jail:1", "jail:2")),
        "cohort": st.sampled_from(("", "First", "Second")),
    }
)
some_rows = st.lists(row, min_size=1, max_size=12)
NAMES = ("outcome", "period", "person", "quantity", "groups", "source", "cohort")
TEXTS = ("outcome", "person", "groups", "source", "cohort")


def as_columns(found: list[dict[str, Any]]) -> Any:
    from payforsuccess.payments.people_arrays import PeopleArrays

    return PeopleArrays(
        pyarrow.table(
            {
                name: pyarrow.array(
                    [each[name] for each in found],
                    pyarrow.string() if name in TEXTS else pyarrow.int64(),
                )
                for name in NAMES
            }
        )
    )


def as_list(found: list[dict[str, Any]]) -> PeopleList:
    return PeopleList(rows_from_columns({n: [each[n] for each in found] for n in NAMES}))


@given(some_rows)
def test_columns_of_people_answer_as_lists_do(found: list[dict[str, Any]]) -> None:
    one, other = as_list(found), as_columns(found)
    assert list(one.keys) == list(other.keys)
    assert list(one.slots) == list(other.slots)
    assert people_fingerprint(one) == people_fingerprint(other)
    for outcome in ("homes", "kept", "nothing"):
        for period in (1, 2, 3, 4):
            assert one.has(outcome, period) == other.has(outcome, period)
            assert one.cohorts(outcome, period) == other.cohorts(outcome, period)
            assert one.fingerprint(outcome, period) == other.fingerprint(outcome, period)
            assert one.sources(outcome, period) == other.sources(outcome, period)
            for group in ("", "veterans", "nobody"):
                for cohort in ("", "First"):
                    for tick in (Fraction(1), Fraction(1, 10)):
                        a = one.quantities(outcome, period, tick=tick, group=group, cohort=cohort)
                        b = other.quantities(outcome, period, tick=tick, group=group, cohort=cohort)
                        assert a == b.tolist()
                        assert one.total(a) == other.total(b)


@given(some_rows, st.sampled_from((Fraction(2), Fraction(3, 2))))
def test_both_refuse_a_quantity_off_the_step(found: list[dict[str, Any]], tick: Fraction) -> None:
    answers = []
    for people in (as_list(found), as_columns(found)):
        try:
            answers.append([int(q) for q in people.quantities("homes", 1, tick=tick)])
        except Refusal as refusal:
            answers.append([str(refusal)])
    assert answers[0] == answers[1]


@given(
    st.integers(-(10**15), 10**15),
    st.lists(st.integers(-5, 10**9), min_size=1, max_size=9),
)
def test_both_split_alike_and_leave_nothing_over(total: int, weights: list[int]) -> None:
    found = [
        {"outcome": "homes", "period": 1, "person": f"p{n}", "quantity": 1, "groups": ""}
        | {"source": "", "cohort": ""}
        for n in range(len(weights))
    ]
    one, other = as_list(found), as_columns(found)
    parts = one.split(total, weights)
    assert parts == [int(part) for part in other.split(total, numpy.array(weights))]
    assert sum(parts) == (total if any(weight > 0 for weight in weights) else 0)


@given(st.data(), some_rows, cases(depth=2))
def test_both_read_a_tree_alike_for_each_person(
    data: st.DataObject, found: list[dict[str, Any]], case: Case
) -> None:
    one, other = as_list(found), as_columns(found)
    count = len(one.keys)
    before: dict[str, list[int]] = {}
    kept: dict[str, Any] = {}
    for _ in range(2):
        people = [data.draw(inputs_within(case)) for _ in range(count)]
        inputs = {name: [each[name] for each in people] for name in people[0]}
        values, state = one.read(case.tree, inputs, before)
        arrays, columns = other.read(
            case.tree, {name: numpy.array(each) for name, each in inputs.items()}, kept
        )
        assert values == arrays.tolist()
        assert state == {name: each.tolist() for name, each in columns.items()}
        before, kept = {**before, **state}, {**kept, **columns}


def test_the_sum_over_people_may_pass_int64() -> None:
    from payforsuccess.payments.people_arrays import PeopleArrays

    people = PeopleArrays(
        pyarrow.table({"outcome": ["a"], "period": [1], "person": ["x"], "quantity": [1]})
    )
    assert people.total(numpy.full(8, 2**61, dtype=numpy.int64)) == 2**64
    assert sum(people.split(10, numpy.full(8, 2**61, dtype=numpy.int64))) == 10


@given(some_rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_fingerprint(found: list[dict[str, Any]], order: Any) -> None:
    shuffled = list(found)
    order.shuffle(shuffled)
    assert people_fingerprint(as_list(found)) == people_fingerprint(as_list(shuffled))
    assert people_fingerprint(as_columns(found)) == people_fingerprint(as_columns(shuffled))


@given(some_rows, st.sampled_from(("cohort", "groups", "quantity", "person")))
def test_what_decides_money_changes_the_fingerprint(found: list[dict[str, Any]], key: str) -> None:
    value = found[0]["quantity"] + 1 if key == "quantity" else "other"
    changed = [{**found[0], key: value}, *found[1:]]
    assert people_fingerprint(as_list(found)) != people_fingerprint(as_list(changed))


def test_rows_made_by_hand_need_no_source() -> None:
    people = PeopleList([PersonRow("homes", 1, "a", Fraction(1))])
    assert people.sources("homes", 1) == {"a": ""}
