"""The compiled tree of a payment term as formulas: one more reading of the same nodes.

Amounts stand in currency units here, results in their outcome's own unit; every number of the term
is a cell on the sheet of inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from fractions import Fraction
from typing import Any

from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.payments.compile import LINE
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
    below,
    walk,
)
from payforsuccess.reports.workbook.bands import BandTable, band_table
from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.grid import Row, Section
from payforsuccess.reports.workbook.live import (
    Live,
    choose,
    least,
    live,
    most,
    rounded,
)

CLEAN = 9
PLAIN = (0, 1, -1)
"""Numbers that belong to the form of a formula and are no inputs."""
State = Mapping[str, Any]


class TermInputs:
    """The numbers of payment terms as cells, each once."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.scale = 10**frame.digits
        self._numbers: dict[tuple[str, str, Fraction, bool], Live] = {}
        self._tables: dict[tuple[str, Bands], BandTable] = {}

    def number(self, term: PaymentTerm, says: str, number: Fraction, *, money: bool) -> Live:
        """A number of a term; amounts of money in currency units."""
        value = number / self.scale if money else number
        if value in PLAIN:
            return live(value)
        key = (term.name, says, value, money)
        if key not in self._numbers:
            unit = self._frame.deal.currency if money else ""
            self._numbers[key] = self._frame.inputs.agreed(
                "Payment terms",
                f"{term.name}: {says}",
                value,
                unit=unit,
                clause=term.clause,
                told="number",
            )
        return self._numbers[key]

    def table(self, term: PaymentTerm, node: Bands) -> BandTable:
        """The bands of a term as a table."""
        key = (term.name, node)
        if key not in self._tables:
            number = sum(1 for name, _ in self._tables if name == term.name) + 1
            says = f"Payment term {term.name}: bands of {node.outcome}"
            if number > 1:
                says += f" ({number})"
            self._tables[key] = band_table(
                node, self._frame.inputs, says=f"{says} (clause {term.clause})", scale=self.scale
            )
        return self._tables[key]


class TreeReader:
    """Reads the trees of one term in one period, writing what they come to into its section."""

    def __init__(
        self, term: PaymentTerm, inputs: TermInputs, section: Section, column: int, digits: int
    ) -> None:
        self._term, self._inputs = term, inputs
        self._section, self._column, self._digits = section, column, digits

    def keep(self, says: str, number: Any, *, is_total: bool = False) -> Live:
        """A number in a row of the term's section, in the column of the period."""
        return self._section.put(self._row(says, is_total=is_total), self._column, live(number))

    def _row(self, says: str, *, is_total: bool = False, told: Any = "money") -> Row:
        """The row of the words; a second number of one period under them gets a row of its own."""
        number = 1
        while True:
            key = says if number == 1 else f"{says} ({number})"
            row = self._section.row(key, told=told, is_total=is_total)
            if self._column not in row.cells:
                return row
            number += 1

    def read(
        self, node: Node, values: Mapping[str, Live], before: State, after: MutableMapping[str, Any]
    ) -> Any:
        """What a node comes to; `after` takes the state it leaves behind."""
        match node:
            case Outcome():
                return values[node.name]
            case Fixed():
                return self._number(node.says or "a fixed number", node.value, money=node.money)
            case Price():
                return self._price(node, values, before, after)
            case Times():
                found = live(self.read(node.of, values, before, after)) * self.read(
                    node.by, values, before, after
                )
                return self._kept("multiplied", found, node)
            case Sum():
                total: Any = 0
                for part in node.parts:
                    total = total + live(self.read(part, values, before, after))
                return self._kept("together", total, node)
            case Least():
                found = least(
                    self.read(node.one, values, before, after),
                    self.read(node.other, values, before, after),
                )
                return self._kept(node.says or "the smaller of the two", found, node)
            case Bands():
                return self._banded(node, values, before, after)
            case Floor():
                of = self.read(node.of, values, before, after)
                at = self._number(node.says, node.at, money=is_money(node.of))
                return self._kept(node.says or "at least", most(of, at), node)
            case Round():
                return self._rounded(node, values, before, after)
            case Ceiling():
                return self._ceiling(node, values, before, after)
            case Condition():
                return self._condition(node, values, before, after)
            case ToDate():
                earned = before.get(node.key, 0)
                change = live(self.read(node.of, values, before, after)) - earned
                if not node.claws_back:
                    change = most(change, 0)
                change = self.keep("less what was earned before", change)
                after[node.key] = self.keep("earned to date", change + earned)
                return change
            case RunningTotal():
                now = live(self.read(node.of, values, before, after)) + before.get(node.key, 0)
                after[node.key] = self.keep("to date", now)
                return after[node.key]
            case CarryForward():
                return self._carried(node, values, before, after)

    def tested(self, test: Test | Earned, values: Mapping[str, Live], before: State) -> Any:
        """Whether a test holds."""
        if isinstance(test, Earned):
            earned = before.get(f"earned:{test.term}", 0)
            return earned > 0
        of = self.read(test.of, values, before, {})
        if not isinstance(of, Live):
            of = live(of)
        if of.floats:
            of = rounded(of, CLEAN)
        limit = self._number(f"limit on {test.says}", test.limit, money=is_money(test.of))
        match test.compare:
            case ">=":
                return of >= limit
            case ">":
                return of > limit
            case "<=":
                return of <= limit
            case "<":
                return of < limit

    def _number(self, says: str, number: Fraction, *, money: bool) -> Live:
        return self._inputs.number(self._term, says, number, money=money)

    def _kept(self, says: str, number: Any, node: Node) -> Live:
        told = "number" if not is_money(node) else "money" if is_rounded(node) else "price"
        row = self._row(says, told=told)
        return self._section.put(row, self._column, live(number))

    def _price(self, node: Price, values: Any, before: Any, after: Any) -> Any:
        of = live(self.read(node.of, values, before, after))
        each = node.each / self._inputs.scale if node.money else node.each
        if each == 1:
            return of
        if each == -1:
            return -of
        if each == 0:
            return 0
        by = self._number(node.says or "factor", node.each, money=node.money)
        return self._kept(f"times {node.says or 'factor'}", of * by, node)

    def _banded(self, node: Bands, values: Any, before: Any, after: Any) -> Live:
        of = live(self.read(node.of, values, before, after))
        if of.floats:
            of = rounded(of, CLEAN)
        table = self._inputs.table(self._term, node)
        row = self._row(f"band of {node.outcome}", told="number")
        place = self._section.put(row, self._column, table.place(of))
        found = table.amount(of, place)
        return self._kept(f"what the band of {node.outcome} gives", found, node)

    def _rounded(self, node: Round, values: Any, before: Any, after: Any) -> Live:
        of = live(self.read(node.of, values, before, after))
        down = node.rule == "down"
        if not is_money(node.of):
            found = rounded(of / node.to, 0, down=down) * node.to
            return self._kept("whole steps", rounded(found, CLEAN), node)
        found = rounded(of, self._digits, down=down)
        if node.rule == "refuse":
            found = _or_none(of, found)
        return self.keep("rounded", found)

    def _ceiling(self, node: Ceiling, values: Any, before: Any, after: Any) -> Live:
        of = self.read(node.of, values, before, after)
        at = self._number(node.says, node.at, money=is_money(node.of))
        if not node.key:
            return self._kept(f"within {node.says}", least(of, at), node)
        used = before.get(node.key, 0)
        room = self._kept(f"left under {node.says}", most(at - used, 0), node)
        allowed = self._kept(f"within {node.says}", least(of, room), node)
        after[node.key] = allowed + used
        return allowed

    def _condition(self, node: Condition, values: Any, before: Any, after: Any) -> Any:
        value = self.read(node.of, values, before, after)
        met: Any = True
        for test in node.tests:
            found = self.tested(test, values, before)
            met = found & met if isinstance(found, Live) else (met if found else False)
        if node.once_met:
            already = before.get(f"{node.key}.met", 0)
            known = self._number_of(met)
            met_before = most(known, already)
            after[f"{node.key}.met"] = met_before = self._shown("condition met so far", met_before)
            met = met_before > 0
        elif isinstance(met, Live):
            met = self._shown("condition met", self._number_of(met)) > 0
        if not node.held:
            return self.keep("while the condition is met", choose(met, value, 0))
        waiting = before.get(f"{node.key}.held", 0)
        together = live(value) + waiting
        after[f"{node.key}.held"] = self.keep("held back so far", choose(met, 0, together))
        return self.keep("while the condition is met, with what was held", choose(met, together, 0))

    def _shown(self, says: str, number: Any) -> Live:
        return self._section.put(self._row(says, told="number"), self._column, live(number))

    @staticmethod
    def _number_of(met: Any) -> Any:
        return choose(met, 1, 0) if isinstance(met, Live) else int(met)

    def _carried(self, node: CarryForward, values: Any, before: Any, after: Any) -> Live:
        new = live(self.read(node.of, values, before, after))
        waiting = before.get(node.key, 0) if node.takes_carried else 0
        at = self._number("the ceiling of the period", node.at, money=True)
        together = self.keep("with what was carried", new + waiting)
        allowed = self.keep("within the ceiling of the period", least(together, at))
        after[node.key] = self.keep("carried on", together - allowed) if node.goes_on else 0
        return allowed


def is_money(node: Node) -> bool:
    """Whether a node comes to money."""
    if isinstance(node, Outcome | Fixed):
        return node.money
    if isinstance(node, Price) and node.money:
        return True
    if isinstance(node, Bands):
        return True
    own = (node.of,) if isinstance(node, Condition) else below(node)
    return any(is_money(part) for part in own)


def is_rounded(node: Node) -> bool:
    """Whether what a node comes to has been brought to whole minor units before it."""
    return any(
        (isinstance(part, Round) and is_money(part.of))
        or (isinstance(part, Outcome) and part.name == LINE)
        for part in walk(node)
    )


def _or_none(of: Live, found: Live) -> Live:
    """The rounded amount where nothing had to be rounded; else not available."""

    def writes(sheet: str) -> str:
        return (
            f"IF(ROUND({of.named(sheet)},{CLEAN})={found.formula(sheet)},"
            f"{found.formula(sheet)},NA())"
        )

    return Live(found.value, writes)
