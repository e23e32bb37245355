"""An outside judge of one-period trees: z3 over integers, translated apart from our evaluator.

The translation below shares no code with `reading`: it works on exact values as z3 reals whose
inputs are integers. z3 must agree with the analysis on bounds, on whether payment can fall, and on
the largest jump.
"""

from __future__ import annotations

from fractions import Fraction

import z3
from hypothesis import given, settings

from payforsuccess.payments.analyse import (
    Direction,
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
from payforsuccess.payments.nodes import (
    Bands,
    Ceiling,
    Condition,
    Fixed,
    Floor,
    Least,
    Node,
    Outcome,
    Piece,
    Price,
    Round,
    Sum,
    Times,
)
from payforsuccess.payments.nodes import Test as Comparison
from payforsuccess.payments.reading import read
from tests.lib.trees import Case, cases

TIMEOUT_MS = 3_000


def real(value: Fraction) -> z3.ArithRef:
    """An exact number as z3 knows it."""
    return z3.Q(value.numerator, value.denominator)


def floor_of(value: z3.ArithRef) -> z3.ArithRef:
    """The largest whole number at or below a real."""
    return z3.ToReal(z3.ToInt(value))


def step_of(node: Node) -> Fraction:
    """The unit in which the deal keeps a ceiling: a ceiling between two units is cut to the lower.

    This one question is put to the evaluator: it is a convention, not arithmetic.
    """
    return unit_of(node)


def translated(node: Node, inputs: dict[str, z3.ArithRef]) -> z3.ArithRef:
    """The exact value of a tree in its first period, as a term over the inputs."""
    match node:
        case Outcome():
            return z3.ToReal(inputs[node.name]) * real(node.tick)
        case Fixed():
            return real(node.value)
        case Price():
            return translated(node.of, inputs) * real(node.each)
        case Times():
            return translated(node.of, inputs) * translated(node.by, inputs)
        case Sum():
            return z3.Sum([translated(part, inputs) for part in node.parts])
        case Least():
            one, other = translated(node.one, inputs), translated(node.other, inputs)
            return z3.If(one < other, one, other)
        case Floor():
            of = translated(node.of, inputs)
            return z3.If(of > real(node.at), of, real(node.at))
        case Ceiling():
            of = translated(node.of, inputs)
            step = step_of(node.of)
            at = real((node.at / step).__floor__() * step)
            return z3.If(of < at, of, at)
        case Round():
            return rounded(translated(node.of, inputs) / real(node.to), node.rule) * real(node.to)
        case Bands():
            of = translated(node.of, inputs)
            value = real(Fraction(0))
            for piece in reversed(node.pieces):
                value = z3.If(inside(piece, of), at_piece(piece, of), value)
            return value
        case Condition():
            tests = [holds(test, inputs) for test in node.tests if isinstance(test, Comparison)]
            return z3.If(z3.And(tests), translated(node.of, inputs), real(Fraction(0)))
    raise AssertionError(f"{type(node).__name__} lasts from period to period")


def rounded(value: z3.ArithRef, rule: str) -> z3.ArithRef:
    """Half away from zero, or toward zero."""
    size = z3.If(value >= 0, value, -value)
    whole = floor_of(size + z3.Q(1, 2)) if rule == "half-up" else floor_of(size)
    return z3.If(value >= 0, whole, -whole)


def inside(piece: Piece, of: z3.ArithRef) -> z3.BoolRef:
    """Whether a band holds a value."""
    tests = []
    if piece.low is not None:
        low = real(piece.low)
        tests.append(of >= low if piece.includes_low else of > low)
    if piece.high is not None:
        high = real(piece.high)
        tests.append(of <= high if piece.includes_high else of < high)
    return z3.And(tests)


def at_piece(piece: Piece, of: z3.ArithRef) -> z3.ArithRef:
    """The amount of a band at a value."""
    start = piece.low if piece.low is not None else Fraction(0)
    return real(piece.base) + real(piece.slope) * (of - real(start))


def holds(test: Comparison, inputs: dict[str, z3.ArithRef]) -> z3.BoolRef:
    """A comparison with a limit."""
    of, limit = translated(test.of, inputs), real(test.limit)
    return {">=": of >= limit, ">": of > limit, "<=": of <= limit, "<": of < limit}[test.compare]


class Judge:
    """z3 with the inputs of a case inside their ranges."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.inputs = {name: z3.Int(name) for name, *_ in case.ranges}
        self.solver = z3.Solver()
        self.solver.set("timeout", TIMEOUT_MS)
        for name, least, most in case.ranges:
            self.solver.add(self.inputs[name] >= least, self.inputs[name] <= most)
        self.value = translated(case.tree, self.inputs)

    def raised(self, name: str, other: z3.ArithRef) -> z3.ArithRef:
        """The tree's value with one input replaced."""
        return translated(self.case.tree, {**self.inputs, name: other})

    def is_impossible(self, *claims: z3.BoolRef) -> bool | None:
        """True when no inputs make all claims true, False when some do, None when z3 gives up."""
        self.solver.push()
        self.solver.add(*claims)
        answer = self.solver.check()
        self.solver.pop()
        return None if answer == z3.unknown else answer == z3.unsat


def scope_of(case: Case) -> Scope:
    """The ranges of the case."""
    return Scope({name: Range(least, most) for name, least, most in case.ranges})


@given(cases(with_state=False))
@settings(max_examples=40)
def test_z3_reads_a_tree_as_we_do(case: Case) -> None:
    judge = Judge(case)
    at = {name: least for name, least, _ in case.ranges}
    ours = read(case.tree)(at, {}, {}) * unit_of(case.tree)
    fixed = [judge.inputs[name] == value for name, value in at.items()]
    assert judge.is_impossible(*fixed, judge.value != real(ours)) is not False


@given(cases(with_state=False))
@settings(max_examples=40)
def test_z3_finds_no_value_outside_the_bounds(case: Case) -> None:
    judge, bounds = Judge(case), bounds_of(case.tree, scope_of(case)).now
    assert bounds.least is not None and bounds.most is not None
    assert judge.is_impossible(judge.value < real(bounds.least)) is not False
    assert judge.is_impossible(judge.value > real(bounds.most)) is not False


@given(cases(with_state=False, depth=2))
@settings(max_examples=40)
def test_z3_agrees_on_what_never_falls_and_what_does(case: Case) -> None:
    judge = Judge(case)
    for name, _, most in case.ranges:
        other = z3.Int(f"better {name}")
        falls = (other > judge.inputs[name], other <= most, judge.raised(name, other) < judge.value)
        trend = trend_of(case.tree, Question(name, scope_of(case))).now
        if trend in (Direction.UP, Direction.FLAT):
            assert judge.is_impossible(*falls) is not False
        verdict = monotone_in(case.tree, name, scope_of(case), better="higher").verdict
        if verdict == "falls":
            assert judge.is_impossible(*falls) is not True


@given(cases(with_state=False, depth=2))
@settings(max_examples=40)
def test_z3_finds_no_larger_step_beside_the_same_inputs(case: Case) -> None:
    judge, search = Judge(case), Search(case.tree, scope_of(case).domain)
    for name, _, most in case.ranges:
        step = steepest(search, name, is_cliff=False) if name in search.names else None
        size = Fraction(0) if step is None else abs(step.change) * unit_of(case.tree)
        same = [] if step is None else [judge.inputs[n] == v for n, v in step.others]
        if step is None and len(search.names) > 1:
            continue
        here = judge.inputs[name]
        change = judge.raised(name, here + 1) - judge.value
        larger = z3.Or(change > real(size), -change > real(size))
        assert judge.is_impossible(*same, here < most, larger) is not False


DENVER = Bands(
    Outcome("reduction", Fraction(1, 10), "percent"),
    (
        Piece(None, False, Fraction(20), False, Fraction(0), Fraction(0)),
        Piece(Fraction(20), True, Fraction(30), False, Fraction(320_000_000), Fraction(16_000_000)),
        Piece(Fraction(30), True, Fraction(65), False, Fraction(480_000_000), Fraction(3_800_000)),
        Piece(Fraction(65), True, None, False, Fraction(613_000_000), Fraction(0)),
    ),
    "reduction",
)
"""The published jail-day schedule of the Denver deal, in cents."""


def test_z3_proves_the_denver_schedule_up_to_its_one_jump() -> None:
    case = Case(DENVER, (("reduction", -1000, 1000),))
    judge, scope = Judge(case), scope_of(case)
    assert bounds_of(DENVER, scope).now.most == 613_000_000
    assert judge.is_impossible(judge.value > 613_000_000) is True
    other = z3.Int("better")
    here = judge.inputs["reduction"]
    assert judge.is_impossible(other > here, judge.raised("reduction", other) < judge.value) is True
    step = steepest(Search(DENVER, scope.domain), "reduction")
    assert step is not None and (step.at, step.to) == (199, 200)
    assert step.change * unit_of(DENVER) == 320_000_000
    jump = judge.raised("reduction", here + 1) - judge.value
    assert judge.is_impossible(jump > 320_000_000) is True
    assert judge.is_impossible(here != 199, jump >= 320_000_000) is True
