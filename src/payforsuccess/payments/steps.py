"""The exact reading with its steps: how a tree came to its amount, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from payforsuccess.deal.words.phrases import counted
from payforsuccess.payments.exact_units import unit_of
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
    Piece,
    Price,
    Round,
    RunningTotal,
    Sum,
    Test,
    Times,
    ToDate,
    walk,
)
from payforsuccess.payments.reading import read
from payforsuccess.trail import Step
from payforsuccess.units import exact_money_text, exact_text, grouped


class Trace:
    """Steps of one tree for given inputs and state; money is shown in whole currency units."""

    def __init__(
        self,
        inputs: Mapping[str, int],
        before: Mapping[str, int],
        *,
        currency: str,
        clause: str,
        known: Mapping[str, Step] | None = None,
    ) -> None:
        self._inputs, self._before = inputs, before
        self._currency, self._clause = currency, clause
        self._known = dict(known or {})
        self._after: dict[str, int] = {}

    def value(self, node: Node) -> Fraction:
        """The node's value in its own terms (minor units or units of an outcome)."""
        whole: int = read(node)(self._inputs, self._before, self._after)
        return whole * unit_of(node)

    def step(self, node: Node) -> Step:
        """The node as a step, with the steps it rests on."""
        value = self.value(node)
        match node:
            case Outcome():
                if node.name in self._known:
                    return self._known[node.name]
                return Step(_plain_name(node.name), self._number(value, node.unit))
            case Fixed():
                return Step(node.says or "a fixed number", grouped(value))
            case Price():
                return self._price(node, value)
            case Times():
                return self._made(
                    f"{self._show(node.of)} x {self._show(node.by)}", value, node, node.of, node.by
                )
            case Sum():
                said = " + ".join(self._show(part) for part in node.parts)
                return self._made(said.replace("+ -", "- "), value, node, *node.parts)
            case Least():
                said = f"the smaller of {self._show(node.one)} and {self._show(node.other)}"
                return self._made(_with(said, node.says), value, node, node.one, node.other)
            case Bands():
                return self._bands(node, value)
            case Floor():
                said = f"not less than {self._amount(node.at, node)}"
                return self._made(_with(said, node.says), value, node, node.of)
            case Round():
                inner = self.value(node.of)
                if inner == value:
                    return self.step(node.of)
                said = f"{self._show(node.of)} rounded {_RULES[node.rule]}"
                return self._made(said, value, node, node.of)
            case Ceiling():
                return self._ceiling(node, value)
            case Condition():
                return self._condition(node, value)
            case ToDate():
                earned = Fraction(self._before.get(node.key, 0)) * unit_of(node)
                said = f"{self._show(node.of)} to date - {self._amount(earned, node)} earned before"
                return self._made(said, value, node, node.of)
            case RunningTotal():
                old = Fraction(self._before.get(node.key, 0)) * unit_of(node)
                said = f"{self._show(node.of)} + {grouped(old)} before"
                return self._made(said, value, node, node.of)
            case CarryForward():
                return self._carry_forward(node, value)

    def _price(self, node: Price, value: Fraction) -> Step:
        if node.each == -1:
            below = self.step(node.of)
            return Step(f"less {below.says}", self._amount(value, node), below.clause, below.of)
        rate = self._money(node.each) if node.money else exact_text(node.each)
        said = f"{self._show(node.of)} x {rate}"
        return self._made(_with(said, node.says), value, node, node.of)

    def _bands(self, node: Bands, value: Fraction) -> Step:
        at = self.value(node.of)
        piece = next(piece for piece in node.pieces if _holds(piece, at))
        said = f"{self._show(node.of)} lies {_where(piece)}: {self._money(piece.base)}"
        if piece.slope:
            sign, slope = ("-", -piece.slope) if piece.slope < 0 else ("+", piece.slope)
            above = grouped(at - piece.origin)
            said += f" {sign} {above} x {self._money(slope)}"
        return self._made(said, value, node, node.of)

    def _ceiling(self, node: Ceiling, value: Fraction) -> Step:
        used = Fraction(self._before.get(node.key, 0)) * unit_of(node) if node.key else Fraction(0)
        if self.value(node.of) == value and node.key == "":
            said = f"within {node.says}, {self._amount(node.at, node)}"
        elif node.key:
            said = (
                f"{'within' if self.value(node.of) == value else 'cut to'} {node.says}, "
                f"{self._amount(node.at, node)}, of which {self._amount(used, node)} was used"
            )
        else:
            said = f"cut to {node.says}, {self._amount(node.at, node)}"
        return self._made(said, value, node, node.of)

    def _condition(self, node: Condition, value: Fraction) -> Step:
        said: list[str] = []
        steps = [self.step(node.of)]
        for test in node.tests:
            met = self._is_met(test)
            if isinstance(test, Earned):
                said.append(f"{test.says}: {'yes' if met else 'no'}")
                continue
            shown = (
                ""
                if test.of == Fixed(Fraction(0))
                else (f" ({self._show(test.of)} {test.compare} {grouped(test.limit)})")
            )
            said.append(f"{test.says}{shown}: {'yes' if met else 'no'}")
        waiting = self._before.get(f"{node.key}.held", 0)
        text = "condition: " + "; ".join(said)
        if node.once_met and self._before.get(f"{node.key}.met", 0):
            text += "; it was met before, once for good"
        if node.held and waiting:
            waited = self._amount(Fraction(waiting) * unit_of(node), node)
            text += f"; {waited} was held back before"
        return Step(text, self._amount(value, node), self._clause, tuple(steps))

    def _is_met(self, test: Test | Earned) -> bool:
        if isinstance(test, Earned):
            key = f"earned:{test.term}"
            return self._before.get(key, 0) > 0
        value = self.value(test.of)
        return {
            ">=": value >= test.limit,
            ">": value > test.limit,
            "<=": value <= test.limit,
            "<": value < test.limit,
        }[test.compare]

    def _carry_forward(self, node: CarryForward, value: Fraction) -> Step:
        waiting = self._before.get(node.key, 0) if node.takes_carried else 0
        said = f"at most {self._amount(node.at, node)} in one period"
        if waiting:
            waited = self._amount(Fraction(waiting) * unit_of(node), node)
            said += f"; {waited} carried from earlier periods goes first"
        left = self._after.get(node.key, 0)
        if left:
            said += f"; {self._amount(Fraction(left) * unit_of(node), node)} is carried on"
        return self._made(said, value, node, node.of)

    def _made(self, says: str, value: Fraction, node: Node, *under: Node) -> Step:
        steps = tuple(self.step(part) for part in under if not isinstance(part, Fixed))
        clause = self._clause if isinstance(node, Bands | Ceiling | CarryForward | Price) else ""
        return Step(says, self._amount(value, node), clause, steps)

    def _show(self, node: Node) -> str:
        value = self.value(node)
        if isinstance(node, Outcome) and not is_money(node):
            return self._number(value, node.unit)
        return self._amount(value, node)

    def _amount(self, value: Fraction, node: Node) -> str:
        if is_money(node):
            return self._money(value)
        unit = next((part.unit for part in _leaves(node) if part.unit), "")
        return self._number(value, unit)

    def _money(self, minor: Fraction) -> str:
        return exact_money_text(minor, self._currency)

    @staticmethod
    def _number(value: Fraction, unit: str) -> str:
        return counted(value, unit) if unit else grouped(value)


_RULES = {"half-up": "half up", "down": "down", "refuse": "to a whole amount"}


def is_money(node: Node) -> bool:
    """Whether a node's value is in minor units rather than in units of an outcome."""
    match node:
        case Outcome() | Fixed():
            return node.money
        case Price():
            return node.money or is_money(node.of)
        case Bands():
            return True
        case Times():
            return is_money(node.of) or is_money(node.by)
        case Sum():
            return any(is_money(part) for part in node.parts)
        case Least():
            return is_money(node.one)
        case Round():
            return node.to == 1 and is_money(node.of)
        case _:
            return is_money(node.of)


def _leaves(node: Node) -> list[Outcome]:
    return [part for part in walk(node) if isinstance(part, Outcome)]


def _holds(piece: Piece, value: Fraction) -> bool:
    after_low = piece.low is None or (
        value >= piece.low if piece.includes_low else value > piece.low
    )
    before_high = piece.high is None or (
        value <= piece.high if piece.includes_high else value < piece.high
    )
    return after_low and before_high


def _where(piece: Piece) -> str:
    low = (
        ""
        if piece.low is None
        else (f"{'from' if piece.includes_low else 'above'} {grouped(piece.low)}")
    )
    high = (
        ""
        if piece.high is None
        else (f"{'up to' if piece.includes_high else 'below'} {grouped(piece.high)}")
    )
    return " and ".join(part for part in (low, high) if part) or "anywhere"


def _with(said: str, why: str) -> str:
    return f"{said} ({why})" if why else said


def _plain_name(name: str) -> str:
    outcome, _, group = name.partition("@")
    text = outcome.replace("_", " ").replace("-", " ")
    return f"{text} for {group.replace('_', ' ')}" if group else text
