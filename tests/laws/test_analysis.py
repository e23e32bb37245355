"""What the analysis of a tree claims holds for every input and history that was drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.payments.analyse import (
    Direction,
    Interval,
    Question,
    Range,
    Scope,
    Search,
    bounds_of,
    monotone_in,
    steepest,
    trend_of,
)
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.nodes import Node, walk
from payforsuccess.payments.reading import read
from tests.lib.trees import Case, cases, inputs_within

PERIODS = 3


def scope_of(case: Case, periods: int = 1) -> Scope:
    """The case's ranges as the scope of an analysis."""
    return Scope({name: Range(least, most) for name, least, most in case.ranges}, periods)


def values(tree: Node, history: Sequence[Mapping[str, int]]) -> list[Fraction]:
    """The tree's exact value in each period, its state carried along."""
    state: dict[str, int] = {}
    found = []
    for inputs in history:
        after = dict(state)
        found.append(read(tree)(inputs, state, after) * unit_of(tree))
        state = after
    return found


def holds(interval: Interval, value: Fraction) -> bool:
    """Whether a value lies in an interval."""
    return (interval.least is None or interval.least <= value) and (
        interval.most is None or value <= interval.most
    )


@given(st.data(), cases(with_state=False))
def test_every_node_stays_inside_its_bounds(data: st.DataObject, case: Case) -> None:
    inputs = data.draw(inputs_within(case))
    for node in walk(case.tree):
        assert holds(bounds_of(node, scope_of(case)).now, values(node, [inputs])[0])


@given(st.data(), cases())
def test_bounds_hold_in_every_period_and_for_the_sum_to_date(
    data: st.DataObject, case: Case
) -> None:
    history = [data.draw(inputs_within(case)) for _ in range(PERIODS)]
    bounds = bounds_of(case.tree, scope_of(case, PERIODS))
    total = Fraction(0)
    for value in values(case.tree, history):
        total += value
        assert holds(bounds.now, value)
        assert holds(bounds.total, total)


@given(st.data(), cases(depth=2))
def test_bounds_without_known_ranges_still_hold(data: st.DataObject, case: Case) -> None:
    inputs = data.draw(inputs_within(case))
    some = dict(list(scope_of(case).domain.items())[:1])
    assert holds(bounds_of(case.tree, Scope(some)).now, values(case.tree, [inputs])[0])


@given(st.data(), cases())
def test_a_proved_trend_holds_for_every_history(data: st.DataObject, case: Case) -> None:
    history = [data.draw(inputs_within(case)) for _ in range(PERIODS)]
    name, least, most = data.draw(st.sampled_from(case.ranges))
    changed = data.draw(st.integers(0, PERIODS - 1))
    one, other = sorted((history[changed][name], data.draw(st.integers(least, most))))
    low = [dict(inputs) for inputs in history]
    high = [dict(inputs) for inputs in history]
    low[changed][name], high[changed][name] = one, other
    trend = trend_of(case.tree, Question(name, scope_of(case, PERIODS)))
    before, after = values(case.tree, low), values(case.tree, high)
    for period in range(PERIODS):
        agrees(trend.now, before[period], after[period])
        agrees(trend.total, sum(before[: period + 1]), sum(after[: period + 1]))


def agrees(direction: Direction, before: Fraction | int, after: Fraction | int) -> None:
    """The two values are in the order that the direction claims."""
    if direction is Direction.FLAT:
        assert before == after
    if direction is Direction.UP:
        assert before <= after
    if direction is Direction.DOWN:
        assert before >= after


@given(cases(rising_only=True, with_state=False))
def test_trees_without_anything_that_falls_are_proved(case: Case) -> None:
    for name, *_ in case.ranges:
        trend = trend_of(case.tree, Question(name, scope_of(case)))
        assert trend.now in (Direction.FLAT, Direction.UP)


@given(cases(depth=2))
def test_a_fall_that_is_shown_is_one(case: Case) -> None:
    for name, *_ in case.ranges:
        scope = scope_of(case, 2)
        found = monotone_in(case.tree, name, scope, better="higher")
        assert (found.fall is not None) == (found.verdict == "falls")
        if found.fall is None:
            continue
        fall = found.fall
        assert fall.worse < fall.better and fall.pays_worse > fall.pays_better
        totals = []
        for value in (fall.worse, fall.better):
            history = [dict(inputs) for inputs in fall.inputs]
            history[fall.period - 1][name] = value
            totals.append(sum(values(case.tree, history)) / unit_of(case.tree))
        assert totals == [fall.pays_worse, fall.pays_better]


@given(cases(depth=2, with_state=False))
def test_the_largest_step_is_one_and_none_is_larger_beside_the_same_inputs(case: Case) -> None:
    search = Search(case.tree, scope_of(case).domain)
    for name in search.names:
        step = steepest(search, name, is_cliff=False)
        if step is None:
            continue
        low, high = search.ends(name)
        others = dict(step.others)
        amounts = [read(case.tree)({**others, name: at}, {}, {}) for at in range(low, high + 1)]
        changes = [abs(b - a) for a, b in pairwise(amounts)]
        assert abs(step.change) == max(changes)
