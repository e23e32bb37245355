"""The lines of every period in every world, from the prepared terms and what is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.errors import Problem, Refusal
from payforsuccess.payments.arrays import Int64Arithmetic
from payforsuccess.payments.compile import LINE, CompiledTerm
from payforsuccess.payments.compile.context import to_date_key
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.inputs import Part
from payforsuccess.payments.nodes import Node, Round
from payforsuccess.payments.worlds.ceilings import CeilingsOverLines
from payforsuccess.payments.worlds.inputs import Column, WorldInputs, inputs_of_term
from payforsuccess.payments.worlds.sums import added, total
from payforsuccess.payments.worlds.terms import PreparedTerms
from payforsuccess.units import Period


def entitlements(
    deal: Deal, worlds: WorldInputs, *, terms: PreparedTerms | None = None
) -> dict[tuple[int, str], Column]:
    """By period and term: whole minor units in every world, for every line that is due.

    One version of the deal governs all periods. Refuses terms that only rows by person can price
    (see `reads_people`), results that lie in no band, and slots that are missing. `terms` are those
    of the same deal, made ready once for many blocks of worlds.
    """
    run = _Run(terms if terms is not None else PreparedTerms(deal), worlds)
    found: dict[tuple[int, str], Column] = {}
    for period in run.terms.periods:
        found.update(run.period(period))
    return found


@dataclass(frozen=True)
class _PartRun:
    """One part of a line: its trees, what they read, and what they earn."""

    part: Part
    compiled: CompiledTerm
    inputs: dict[str, Column]
    amount: Column


class _Run:
    """The state of all worlds from period to period; no column is ever changed in place."""

    def __init__(self, terms: PreparedTerms, worlds: WorldInputs) -> None:
        import numpy

        self._np = numpy
        self.terms = terms
        self._deal, self._worlds = terms.deal, worlds
        self._math = Int64Arithmetic()
        self._state: dict[str, Column] = {}
        self._over_lines = CeilingsOverLines(terms.deal, terms.periods, self._state)

    def period(self, period: Period) -> dict[tuple[int, str], Column]:
        """Every line of a period, after the ceilings over several lines."""
        due: list[PaymentTerm] = []
        amounts: list[Column] = []
        by_cohort: list[list[tuple[str, Column]]] = []
        for term in self._deal.payments:
            parts = self.terms.parts(term.name, period.number)
            if not parts:
                continue
            amount, of_cohorts = self._line(term, period, parts)
            due.append(term)
            amounts.append(amount)
            by_cohort.append(of_cohorts)
        amounts = self._over_lines.cut(due, amounts, by_cohort, period)
        return {(period.number, t.name): a for t, a in zip(due, amounts, strict=True)}

    def _line(
        self, term: PaymentTerm, period: Period, parts: Sequence[Part]
    ) -> tuple[Column, list[tuple[str, Column]]]:
        state, np = self._state, self._np
        runs: list[_PartRun] = []
        unavailable: frozenset[str] = frozenset()
        before = dict(state) if len(parts) > 1 else state
        for part in parts:
            found = inputs_of_term(term, part, period, deal=self._deal, worlds=self._worlds)
            unavailable |= found.missing
            compiled = self.terms.compiled(term.name, period.number, part.cohort, found.missing)
            after: dict[str, Column] = {}
            amount = self._read(compiled.part, found.columns, state, after)
            state.update(after)
            key = to_date_key(term.name, part.cohort)
            if term.claws_back and key not in after:
                state[key] = added(state.get(key, 0), amount)
            runs.append(_PartRun(part, compiled, found.columns, amount))
        self._refuse_differing_conditions(term, runs)
        earned = self._rounded_once(term, runs, before)
        of_cohorts = [(run.part.cohort, run.amount) for run in runs]
        earned = self._no_more_than_paid(term, earned)
        inputs = {**runs[-1].inputs, LINE: earned}
        line = self.terms.compiled(term.name, period.number, "", unavailable).line
        after = {}
        amount = self._read(line, inputs, state, after)
        if term.floor_each_period is not None and term.conditions:
            met = self._conditions_met(line, inputs, state)
            without = self.terms.compiled(term.name, period.number, "", unavailable, False).line
            other: dict[str, Column] = {}
            unfloored = self._read(without, inputs, state, other)
            amount = np.where(met, amount, unfloored)
            after = {key: np.where(met, after[key], other[key]) for key in after}
        state.update(after)
        if term.name in self.terms.waited_for:
            key = f"earned:{term.name}"
            state[key] = added(state.get(key, 0), np.maximum(amount, 0))
        return amount, of_cohorts

    def _read(
        self,
        node: Node,
        inputs: Mapping[str, Column],
        before: Mapping[str, Column],
        after: dict[str, Column],
    ) -> Column:
        return self.terms.reading(node)(inputs, before, after)

    def _refuse_differing_conditions(self, term: PaymentTerm, runs: Sequence[_PartRun]) -> None:
        names = [c.outcome or f"fact:{c.fact}" for c in term.conditions if c.after is None]
        for name in names:
            columns = [run.inputs.get(name) for run in runs]
            if any(self._differ(columns[0], other) for other in columns[1:]):
                raise Refusal(
                    Problem(
                        f"The condition of `{term.name}` on “{name.removeprefix('fact:')}” reads "
                        "different values for points that fall due together.",
                        "Give each its own payment term.",
                    )
                )

    def _differ(self, one: Column, other: Column) -> bool:
        if one is None or other is None:
            return one is not other
        return bool(self._np.any(one != other))

    def _rounded_once(
        self, term: PaymentTerm, runs: Sequence[_PartRun], before: Mapping[str, Column]
    ) -> Column:
        """The parts of one line added up and rounded once, as a line is."""
        plain = total(run.amount for run in runs)
        trees = [run.compiled.part for run in runs]
        if len(runs) < 2 or term.rounding == "refuse":
            return plain
        if not all(isinstance(tree, Round) for tree in trees):
            return plain
        units = {unit_of(tree.of) for tree in trees if isinstance(tree, Round)}
        if all(unit.denominator == 1 for unit in units):
            return plain
        if len(units) > 1 or self._has_cohort_ceiling(term):
            raise Refusal(
                Problem(
                    f"The points of `{term.name}` that fall due together cannot be priced in "
                    "worlds: their amounts are rounded once, and then cut by cohort.",
                    "Give each point its own payment term.",
                )
            )
        exact = total(
            self._read(tree.of, run.inputs, before, {})
            for tree, run in zip(trees, runs, strict=True)
            if isinstance(tree, Round)
        )
        unit = units.pop()
        return self._math.divide(exact * unit.numerator, unit.denominator, term.rounding)

    def _has_cohort_ceiling(self, term: PaymentTerm) -> bool:
        return term.ceiling_each_cohort is not None or self._deal.ceilings.each_cohort is not None

    def _no_more_than_paid(self, term: PaymentTerm, earned: Column) -> Column:
        """See `replay`: a fall takes back what was paid, never what was cut before."""
        if not term.claws_back:
            return earned
        state, np = self._state, self._np
        keys = [
            k for k in state if k == f"{term.name}.to-date" or k.startswith(f"{term.name}.to-date.")
        ]
        if not keys:
            return earned
        to_date = total(state[key] for key in keys)
        waiting = state.get(f"{term.name}.carried", 0)
        for key, column in state.items():
            if key.startswith(f"{term.name}.condition.") and key.endswith(".held"):
                waiting = waiting + column
        least = np.minimum(0, to_date - state.get(f"{term.name}.entitled", 0) - waiting)
        return np.where(earned < 0, np.maximum(earned, least), earned)

    def _conditions_met(
        self, line: Node, inputs: Mapping[str, Column], state: Mapping[str, Column]
    ) -> Any:
        met: Column = True
        for test in self.terms.tests_of(line):
            met = self._np.logical_and(met, self._read(test, inputs, state, {}) == 1)
        return met
