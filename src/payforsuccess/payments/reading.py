"""One evaluator for every reading: a tree becomes a function, given an arithmetic.

`read(tree, arithmetic)` builds nested closures once; calling the result costs no more than the
arithmetic itself. `arithmetic` is Python integers (`EXACT`) or int64 arrays (`arrays`): the
same closures, so the two readings agree bit for bit. Steps are gathered only when asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from payforsuccess.payments.arithmetic import (
    EXACT,
    After,
    Arithmetic,
    Before,
    Inputs,
    Reading,
    Value,
    input_name,
)
from payforsuccess.payments.exact_units import (
    band_edges,
    first_at,
    line_at_zero,
    unit_of,
    whole_steps,
)
from payforsuccess.payments.nodes import (
    Bands,
    CarryForward,
    Ceiling,
    Condition,
    Earned,
    Fixed,
    Floor,
    Least,
    Node,
    Outcome,
    Price,
    Round,
    RunningTotal,
    Sum,
    Test,
    Times,
    ToDate,
)


def read(node: Node, arithmetic: Arithmetic = EXACT) -> Reading:
    """The tree as a function of (inputs, state before, state after) to whole steps of its unit.

    Inputs are whole ticks by outcome name. `after` is filled with the new state; the caller keeps
    it for the next period. A missing input is a KeyError: the caller assembles inputs first.
    """
    builder = _BUILDERS[type(node)]
    return builder(node, arithmetic)


def _scaled(node: Node, unit: Fraction, arithmetic: Arithmetic) -> Reading:
    """The reading of `node` in whole steps of `unit`, which divides its own unit."""
    of = read(node, arithmetic)
    ratio = unit_of(node) / unit
    if ratio.denominator != 1:
        raise AssertionError("a node was asked for in a unit that does not divide its own")
    factor = ratio.numerator
    if factor == 1:
        return of
    return lambda inputs, before, after: of(inputs, before, after) * factor


def _outcome(node: Outcome, _: Arithmetic) -> Reading:
    name = node.name

    def look_up(inputs: Inputs, before: Before, after: After) -> Value:
        return inputs[name]

    look_up.input_name = name  # type: ignore[attr-defined]
    return look_up


def _fixed(node: Fixed, _: Arithmetic) -> Reading:
    steps = (node.value / unit_of(node)).numerator
    return lambda inputs, before, after: steps


def _price(node: Price, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    if node.each > 0:
        return of
    sign = -1 if node.each < 0 else 0
    return lambda inputs, before, after: of(inputs, before, after) * sign


def _times(node: Times, arithmetic: Arithmetic) -> Reading:
    of, by = read(node.of, arithmetic), read(node.by, arithmetic)
    return lambda inputs, before, after: of(inputs, before, after) * by(inputs, before, after)


def _sum(node: Sum, arithmetic: Arithmetic) -> Reading:
    unit = unit_of(node)
    parts = [_scaled(part, unit, arithmetic) for part in node.parts]
    total = parts[0]
    for part in parts[1:]:
        total = _added(total, part)
    return total


def _added(one: Reading, other: Reading) -> Reading:
    return lambda inputs, before, after: one(inputs, before, after) + other(inputs, before, after)


def _least(node: Least, arithmetic: Arithmetic) -> Reading:
    unit = unit_of(node)
    one, other = _scaled(node.one, unit, arithmetic), _scaled(node.other, unit, arithmetic)
    minimum = arithmetic.minimum
    return lambda inputs, before, after: minimum(
        one(inputs, before, after), other(inputs, before, after)
    )


def _bands(node: Bands, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    unit, step = unit_of(node), unit_of(node.of)
    edges = band_edges(node)
    lines = [line_at_zero(piece, step) for piece in node.pieces]
    constants = tuple((constant / unit).numerator for constant, _ in lines)
    growths = tuple((growth / unit).numerator for _, growth in lines)
    return arithmetic.banded(of, edges, constants, growths)


def _floor(node: Floor, arithmetic: Arithmetic) -> Reading:
    unit = unit_of(node)
    of, at = _scaled(node.of, unit, arithmetic), (node.at / unit).numerator
    maximum = arithmetic.maximum
    return lambda inputs, before, after: maximum(of(inputs, before, after), at)


def _round(node: Round, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    ratio = unit_of(node.of) / node.to
    numerator, denominator, rule = ratio.numerator, ratio.denominator, node.rule
    if denominator == 1:
        if numerator == 1:
            return of
        return lambda inputs, before, after: of(inputs, before, after) * numerator
    divided = arithmetic.divide
    return lambda inputs, before, after: divided(
        of(inputs, before, after) * numerator, denominator, rule
    )


def _ceiling(node: Ceiling, arithmetic: Arithmetic) -> Reading:
    of, at, key = read(node.of, arithmetic), whole_steps(node.at, node.of), node.key
    minimum, maximum = arithmetic.minimum, arithmetic.maximum
    if not key:
        return arithmetic.at_most(of, at)

    def limited(inputs: Inputs, before: Before, after: After) -> Value:
        used = before.get(key, 0)
        allowed = minimum(of(inputs, before, after), maximum(at - used, 0))
        after[key] = used + allowed
        return allowed

    return limited


def _test(test: Test | Earned, arithmetic: Arithmetic) -> Reading:
    if isinstance(test, Earned):
        key = f"earned:{test.term}"
        return lambda inputs, before, after: after.get(key, before.get(key, 0)) > 0
    of = read(test.of, arithmetic)
    limit = test.limit / unit_of(test.of)
    # Whole steps against a limit between two steps: compare with the step on the right side.
    up = first_at(limit, included=True)
    down = -first_at(-limit, included=True)
    name = input_name(of)
    match test.compare:
        case ">=" if name is not None:
            return lambda inputs, before, after: inputs[name] >= up
        case ">=":
            return lambda inputs, before, after: of(inputs, before, after) >= up
        case ">":
            return lambda inputs, before, after: of(inputs, before, after) > down
        case "<=":
            return lambda inputs, before, after: of(inputs, before, after) <= down
        case "<":
            return lambda inputs, before, after: of(inputs, before, after) < up


def _condition(node: Condition, arithmetic: Arithmetic) -> Reading:
    of = read(node.of, arithmetic)
    tests = [_test(test, arithmetic) for test in node.tests]
    held_key, met_key = f"{node.key}.held", f"{node.key}.met"
    released_key = f"{node.key}.released"
    held, once_met = node.held, node.once_met
    both, either, choose = arithmetic.both, arithmetic.either, arithmetic.choose

    if len(tests) == 1 and not (held or once_met):
        test = tests[0]
        return lambda inputs, before, after: choose(
            test(inputs, before, after), of(inputs, before, after), 0
        )

    def conditional(inputs: Inputs, before: Before, after: After) -> Value:
        value = of(inputs, before, after)
        met = tests[0](inputs, before, after)
        for test in tests[1:]:
            met = both(met, test(inputs, before, after))
        if once_met:
            met = either(met, before.get(met_key, 0) > 0)
            after[met_key] = choose(met, 1, 0)
        if not held:
            return choose(met, value, 0)
        waiting = before.get(held_key, 0)
        after[held_key] = choose(met, 0, waiting + value)
        after[released_key] = choose(met, waiting, 0)
        return choose(met, value + waiting, 0)

    return conditional


def _to_date(node: ToDate, arithmetic: Arithmetic) -> Reading:
    of, key, claws_back = read(node.of, arithmetic), node.key, node.claws_back
    maximum = arithmetic.maximum

    def step(inputs: Inputs, before: Before, after: After) -> Value:
        earned = before.get(key, 0)
        change = of(inputs, before, after) - earned
        if not claws_back:
            change = maximum(change, 0)
        after[key] = earned + change
        return change

    return step


def _running_total(node: RunningTotal, arithmetic: Arithmetic) -> Reading:
    of, key = read(node.of, arithmetic), node.key

    def total(inputs: Inputs, before: Before, after: After) -> Value:
        after[key] = before.get(key, 0) + of(inputs, before, after)
        return after[key]

    return total


def _carry_forward(node: CarryForward, arithmetic: Arithmetic) -> Reading:
    of, at, key = read(node.of, arithmetic), whole_steps(node.at, node.of), node.key
    minimum = arithmetic.minimum
    takes, goes_on, paid_key = node.takes_carried, node.goes_on, f"{node.key}.paid"

    def carried_on(inputs: Inputs, before: Before, after: After) -> Value:
        new = of(inputs, before, after)
        waiting = before.get(key, 0) if takes else 0
        allowed = minimum(new + waiting, at)
        after[paid_key] = minimum(waiting, allowed)
        after[key] = new + waiting - allowed if goes_on else 0
        return allowed

    return carried_on


_BUILDERS: dict[type, Callable[[Any, Arithmetic], Reading]] = {
    Outcome: _outcome,
    Fixed: _fixed,
    Price: _price,
    Times: _times,
    Sum: _sum,
    Least: _least,
    Bands: _bands,
    Floor: _floor,
    Round: _round,
    Ceiling: _ceiling,
    Condition: _condition,
    ToDate: _to_date,
    RunningTotal: _running_total,
    CarryForward: _carry_forward,
}
