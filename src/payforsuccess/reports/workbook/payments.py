"""The sheet of payments: each term's line in each period, by the deal's own compiled trees.

What a replay of statements does for one version of the deal from totals is done here with
formulas: results that lines read, lines with their conditions and limits, and the deal's ceilings
over several lines.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from payforsuccess.deal.terms import EffectPrice, PaymentTerm, UnitPrice
from payforsuccess.payments.compile import LINE, CompiledTerm, compile_term
from payforsuccess.payments.compile.context import to_date_key
from payforsuccess.payments.inputs import Part
from payforsuccess.payments.nodes import Condition, Fixed, Node, Round, walk
from payforsuccess.reports.workbook.frame import Frame, head_by_period
from payforsuccess.reports.workbook.grid import FIRST, Sheet
from payforsuccess.reports.workbook.live import Live, choose, least, live, most, rounded
from payforsuccess.reports.workbook.over_lines import OverLines
from payforsuccess.reports.workbook.results import LiveResults
from payforsuccess.reports.workbook.trees import CLEAN, TermInputs, TreeReader
from payforsuccess.units import Period


@dataclass(frozen=True)
class LivePayments:
    """What each term pays, by period and name, in currency units; and all together by period."""

    amounts: Mapping[tuple[int, str], Live]
    totals: Mapping[int, Live]


class PaymentsSheet:
    """Builds the sheet period by period; state goes from each to the next by the terms' keys."""

    def __init__(self, frame: Frame, results: LiveResults, sheet: Sheet) -> None:
        self._frame, self._results, self._sheet = frame, results, sheet
        self._inputs = TermInputs(frame)
        self._state: dict[str, Any] = {}
        head_by_period(sheet, frame)
        self._sections = {
            term.name: sheet.section(f"{term.name} ({term.kind}), clause {term.clause}")
            for term in frame.deal.payments
        }
        self._over = OverLines(frame, sheet.section("Ceilings over several lines"), self._state)
        self._due = sheet.section("Due for the period")

    def build(self) -> LivePayments:
        """Every line of every period."""
        amounts: dict[tuple[int, str], Live] = {}
        totals: dict[int, Live] = {}
        for period in self._frame.calendar.periods:
            found = self._period(period)
            column = FIRST + period.number - 1
            for name, amount in found.items():
                row = self._due.row(name)
                placed = self._due.put(row, column, live(amount))
                placed.is_signed = isinstance(amount, Live) and amount.is_signed
                amounts[period.number, name] = placed
            if found:
                own = [amounts[period.number, name] for name in found]
                total = self._due.row("All lines together", key="all", is_total=True)
                totals[period.number] = self._due.put(total, column, sum(own[1:], own[0]))
        self._due.rows.sort(key=lambda row: row.is_total)
        return LivePayments(amounts, totals)

    def _period(self, period: Period) -> dict[str, Any]:
        terms, amounts = [], []
        for term in self._frame.deal.payments:
            parts = self._parts(term, period)
            if parts:
                terms.append(term)
                amounts.append(self._line(term, period, parts))
        amounts = self._over.hold(terms, amounts, period)
        return {term.name: amount for term, amount in zip(terms, amounts, strict=True)}

    def _parts(self, term: PaymentTerm, period: Period) -> tuple[Part, ...]:
        if term.reads == "points":
            due = [point for point in term.points if point.determined_by in period]
            return tuple(Part(f"point {p.name}", p.cohort or "", p.name) for p in due)
        return (Part(f"period {period.number}"),)

    def _reader(self, term: PaymentTerm, period: Period) -> TreeReader:
        column, section = FIRST + period.number - 1, self._sections[term.name]
        return TreeReader(term, self._inputs, section, column, self._frame.digits)

    def _line(self, term: PaymentTerm, period: Period, parts: Sequence[Part]) -> Any:
        state, reader = self._state, self._reader(term, period)
        runs: list[tuple[Round | Node, Mapping[str, Live], Any]] = []
        unavailable: set[str] = set()
        before = dict(state)
        for part in parts:
            values, missing = self._values(term, part, period)
            unavailable |= missing
            compiled = self._compiled(term, period, missing, cohort=part.cohort)
            after: dict[str, Any] = {}
            amount = reader.read(compiled.part, values, state, after)
            state.update(after)
            key = to_date_key(term.name, part.cohort)
            if key not in after:
                state[key] = live(amount) + state.get(key, 0)
            runs.append((compiled.part, values, amount))
        earned = self._rounded_once(term, runs, before, reader)
        earned = self._no_more_than_paid(term, earned, reader)
        line_values = {**runs[-1][1], LINE: live(earned)}
        after = {}
        compiled = self._compiled(term, period, unavailable)
        amount = reader.read(compiled.line, line_values, state, after)
        if term.floor_each_period is not None and term.conditions:
            amount = self._floored_where_due(
                term, period, unavailable, compiled, line_values, amount, after, reader
            )
        state.update(after)
        key = f"earned:{term.name}"
        state[key] = reader.keep("earned so far", most(amount, 0) + live(state.get(key, 0)))
        found = live(amount)
        found.is_signed = term.claws_back or term.may_be_negative is not None
        return found

    def _compiled(
        self, term: PaymentTerm, period: Period, unavailable: set[str], **changes: Any
    ) -> CompiledTerm:
        return compile_term(
            term,
            deal=self._frame.deal,
            period=period,
            unavailable=frozenset(unavailable),
            **changes,
        )

    def _rounded_once(
        self, term: PaymentTerm, runs: Sequence[Any], before: Mapping[str, Any], reader: TreeReader
    ) -> Any:
        if len(runs) == 1:
            return runs[0][2]
        trees = [tree for tree, _, _ in runs]
        if term.rounding == "refuse" or not all(isinstance(tree, Round) for tree in trees):
            return reader.keep("all parts", sum((run[2] for run in runs), live(0)))
        exact = [reader.read(tree.of, values, before, {}) for tree, values, _ in runs]
        together = sum(exact[1:], live(exact[0]))
        down = term.rounding == "down"
        return reader.keep(
            "all parts, rounded once", rounded(together, self._frame.digits, down=down)
        )

    def _no_more_than_paid(self, term: PaymentTerm, earned: Any, reader: TreeReader) -> Any:
        """A fall takes back what was paid, never what was cut before."""
        state, name = self._state, term.name
        keys = [k for k in state if k == f"{name}.to-date" or k.startswith(f"{name}.to-date.")]
        if not term.claws_back or not keys:
            return earned
        to_date = sum((live(state[key]) for key in keys), live(0))
        waiting = live(state.get(f"{name}.carried", 0))
        for key, held in state.items():
            if key.startswith(f"{name}.condition.") and key.endswith(".held"):
                waiting = waiting + held
        at_least = least(to_date - state.get(f"{name}.entitled", 0) - waiting, 0)
        bound = most(earned, at_least)
        return reader.keep(
            "taking back no more than was paid", choose(live(earned) < 0, bound, earned)
        )

    def _floored_where_due(
        self,
        term: PaymentTerm,
        period: Period,
        unavailable: set[str],
        compiled: CompiledTerm,
        values: Mapping[str, Live],
        amount: Any,
        after: MutableMapping[str, Any],
        reader: TreeReader,
    ) -> Live:
        """A floor holds where the line is due: where its conditions let it through."""
        met: Any = live(1)
        for node in walk(compiled.line):
            if isinstance(node, Condition):
                plain = replace(node, of=Fixed(Fraction(1)), held=False)
                met = least(met, reader.read(plain, values, self._state, {}))
        without = self._compiled(term, period, unavailable, with_floor=False)
        other: dict[str, Any] = {}
        unfloored = reader.read(without.line, values, self._state, other)
        is_due = met >= 1
        for key in list(after):
            after[key] = choose(is_due, after[key], other[key])
        return reader.keep("with the floor where it is due", choose(is_due, amount, unfloored))

    def _values(
        self, term: PaymentTerm, part: Part, period: Period
    ) -> tuple[dict[str, Live], set[str]]:
        own = term._own_outcomes()
        results, values = self._results, dict[str, Live]()
        missing: set[str] = set()
        for name in term.outcomes_read():
            tested = any(condition.outcome == name for condition in term.conditions)
            found: Live | None
            if tested and name not in own:
                found = results.latest(name, part, period)
                if found is None:
                    missing.add(name)
                    continue
            elif part.point:
                found = results.at_point(name, part, period)
            elif term.reads == "to-date":
                found = results.to_date(name, period)
            else:
                found = results.in_period(name, period)
            values[name] = self._shown(term, period, name, found)
        for condition in term.conditions:
            if condition.fact is not None:
                values[f"fact:{condition.fact}"] = results.fact(condition.fact)
        if isinstance(term, EffectPrice) and term.significant_at is not None:
            values[f"significant:{term.name}"] = live(1)
        if isinstance(term, UnitPrice):
            for group in [s.group for s in term.subgroups] + [c.group for c in term.share_caps]:
                found = results.group(term, group, part, period)
                values[f"{term.pays_for}@{group}"] = self._shown(
                    term, period, f"{term.pays_for} of {group}", found
                )
        return values, missing

    def _shown(self, term: PaymentTerm, period: Period, says: str, number: Live) -> Live:
        """A result that the line reads, shown in its section."""
        section, column = self._sections[term.name], FIRST + period.number - 1
        number = rounded(number, CLEAN) if number.floats else number
        row = section.row(f"{says}, as read", told="number")
        if column in row.cells:
            row = section.row(f"{says}, as read ({len(section.rows)})", told="number")
        return section.put(row, column, number)
