"""The deal's payment terms over many worlds at once: the arrays that a simulation prices.

The same compiled trees as the statements', read with int64 arrays; world by world the amounts are
those that `replay` gives for one version of the deal, from totals. A law holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import EffectPrice, PaymentTerm, UnitPrice
from payforsuccess.errors import Problem, Refusal
from payforsuccess.payments.arrays import Int64Arithmetic, read_arrays
from payforsuccess.payments.compile import LINE, CompiledTerm, compile_term
from payforsuccess.payments.inputs import Part, reads_people
from payforsuccess.payments.limits import allowed_return
from payforsuccess.payments.nodes import Condition, Fixed, Node, Round, inputs_of, walk
from payforsuccess.payments.reading import unit_of
from payforsuccess.units import CURRENCY_DIGITS, Period

Column = Any
"""An int64 array with one number for each world, or one integer for all of them."""
SlotKey = tuple[str, str, str]
"""Outcome, `period 3` or `point final`, cohort (or nothing)."""


@dataclass(frozen=True)
class WorldInputs:
    """What is found in each world, as columns.

    `ticks` are results in whole smallest steps, by slot. `facts` are 0 or 1 by the fact's name.
    `significant` are 0 or 1 by slot, for terms that pay only a significant effect. `groups` give
    the part of a slot that falls to a subgroup, by slot and group.
    """

    ticks: Mapping[SlotKey, Column]
    facts: Mapping[str, Column]
    significant: Mapping[SlotKey, Column]
    groups: Mapping[tuple[SlotKey, str], Column]


def entitlements(deal: Deal, worlds: WorldInputs) -> dict[tuple[int, str], Column]:
    """By period and term: whole minor units in every world, for every line that is due.

    One version of the deal governs all periods. Refuses terms that only rows by person can price
    (see `reads_people`), results that lie in no band, and slots that are missing.
    """
    for number, term in enumerate(deal.payments):
        if reads_people(term, deal):
            raise Refusal(
                Problem(
                    f"`{term.name}` has limits for each person, and worlds have no rows by person.",
                    "Price the deal without them (see `finance.priced`).",
                    deal.place_of("payments", number),
                )
            )
    run = _Worlds(deal, worlds)
    found: dict[tuple[int, str], Column] = {}
    for period in deal.schedule.all():
        found.update(run.period(period))
    return found


class _Worlds:
    """The state of all worlds from period to period."""

    def __init__(self, deal: Deal, worlds: WorldInputs) -> None:
        import numpy

        self._np = numpy
        self._deal, self._worlds = deal, worlds
        self._math = Int64Arithmetic()
        self._state: dict[str, Column] = {}
        self._digits: int = 10 ** CURRENCY_DIGITS[deal.currency]
        self._readings: dict[Node, Callable[[Any, Any, Any], Any]] = {}

    def period(self, period: Period) -> dict[tuple[int, str], Column]:
        """Every line of a period, after the ceilings over several lines."""
        terms: list[PaymentTerm] = []
        amounts: list[Column] = []
        by_cohort: list[list[tuple[str, Column]]] = []
        for term in self._deal.payments:
            parts = self._parts(term, period)
            if not parts:
                continue
            amount, of_cohorts = self._line(term, period, parts)
            terms.append(term)
            amounts.append(amount)
            by_cohort.append(of_cohorts)
        amounts = self._over_lines(terms, amounts, by_cohort, period)
        return {(period.number, t.name): a for t, a in zip(terms, amounts, strict=True)}

    def _parts(self, term: PaymentTerm, period: Period) -> tuple[Part, ...]:
        if term.reads == "points":
            due = [point for point in term.points if point.determined_by in period]
            return tuple(Part(f"point {p.name}", p.cohort or "", p.name) for p in due)
        return (Part(f"period {period.number}"),)

    def _line(
        self, term: PaymentTerm, period: Period, parts: Sequence[Part]
    ) -> tuple[Column, list[tuple[str, Column]]]:
        state, np = self._state, self._np
        runs: list[tuple[Part, CompiledTerm, dict[str, Column], Column]] = []
        unavailable: set[str] = set()
        before = self._own(term)
        for part in parts:
            inputs, missing = self._inputs(term, part, period)
            unavailable |= missing
            compiled = compile_term(
                term,
                deal=self._deal,
                period=period,
                cohort=part.cohort,
                unavailable=frozenset(missing),
            )
            after: dict[str, Column] = {}
            amount = self._read(compiled.part, inputs, self._own(term), after)
            state.update(after)
            key = f"{term.name}.to-date" + (f".{part.cohort}" if part.cohort else "")
            if key not in after:
                state[key] = state.get(key, 0) + amount
            runs.append((part, compiled, inputs, amount))
        self._refuse_differing_conditions(term, runs)
        earned = self._rounded_once(term, runs, before)
        of_cohorts = [(part.cohort, amount) for part, _, _, amount in runs]
        earned = self._no_more_than_paid(term, earned)
        line_inputs = {**runs[-1][2], LINE: earned}
        compiled = compile_term(
            term, deal=self._deal, period=period, unavailable=frozenset(unavailable)
        )
        after = {}
        own = self._own(term)
        amount = self._read(compiled.line, line_inputs, own, after)
        if term.floor_each_period is not None and term.conditions:
            met = self._conditions_met(compiled.line, line_inputs, own)
            without = compile_term(
                term,
                deal=self._deal,
                period=period,
                unavailable=frozenset(unavailable),
                with_floor=False,
            )
            other: dict[str, Column] = {}
            unfloored = self._read(without.line, line_inputs, own, other)
            amount = np.where(met, amount, unfloored)
            after = {key: np.where(met, after[key], other[key]) for key in after}
        state.update(after)
        key = f"earned:{term.name}"
        state[key] = state.get(key, 0) + np.maximum(amount, 0)
        return amount, of_cohorts

    def _own(self, term: PaymentTerm) -> dict[str, Column]:
        """The state that the term's trees may look at: its own, and what others have earned."""
        prefixes = (f"{term.name}.", f"{term.name}:", "earned:")
        return {key: column for key, column in self._state.items() if key.startswith(prefixes)}

    def _read(
        self, node: Node, inputs: Mapping[str, Column], before: Any, after: dict[str, Column]
    ) -> Column:
        reading = self._readings.get(node)
        if reading is None:
            reading = self._readings[node] = read_arrays(node)
        # Only what the tree looks at, so that nothing else decides how wide its integers are.
        wanted = {name: inputs[name] for name in inputs_of(node) if name in inputs}
        return reading(wanted, before, after)

    def _inputs(
        self, term: PaymentTerm, part: Part, period: Period
    ) -> tuple[dict[str, Column], set[str]]:
        own = term._own_outcomes()
        inputs: dict[str, Column] = {}
        missing: set[str] = set()
        for name in term.outcomes_read():
            tested = any(condition.outcome == name for condition in term.conditions)
            if tested and name not in own:
                found = self._latest(name, part, period)
                if found is None:
                    missing.add(name)
                    continue
                inputs[name] = found
            elif part.point:
                inputs[name] = self._at_point(name, part, period)
            elif term.reads == "to-date":
                inputs[name] = self._to_date(name, period)
            else:
                inputs[name] = self._in_period(name, period)
        for condition in term.conditions:
            if condition.fact is not None:
                inputs[f"fact:{condition.fact}"] = self._worlds.facts[condition.fact]
        if isinstance(term, EffectPrice) and term.significant_at is not None:
            slot = self._own_slot(term.pays_for, part, period)
            inputs[f"significant:{term.name}"] = self._worlds.significant[slot]
        if isinstance(term, UnitPrice):
            for group in [s.group for s in term.subgroups] + [c.group for c in term.share_caps]:
                inputs[f"{term.pays_for}@{group}"] = self._group(term, group, part, period)
        return inputs, missing

    def _own_slot(self, name: str, part: Part, period: Period) -> SlotKey:
        if part.point and self._deal.outcomes[name].reported_as == "point":
            return self._known_point(name, part.point, part.cohort)
        return (name, f"period {period.number}", "")

    def _known_point(self, name: str, point: str, cohort: str) -> SlotKey:
        slot = (name, f"point {point}", cohort)
        return slot if slot in self._worlds.ticks else (name, f"point {point}", "")

    def _at_point(self, name: str, part: Part, period: Period) -> Column:
        if self._deal.outcomes[name].reported_as != "point":
            return self._in_period(name, period)
        return self._worlds.ticks[self._known_point(name, part.point, part.cohort)]

    def _in_period(self, name: str, period: Period) -> Column:
        now = self._worlds.ticks[(name, f"period {period.number}", "")]
        if self._deal.outcomes[name].reported_as == "to-date" and period.number > 1:
            return now - self._worlds.ticks[(name, f"period {period.number - 1}", "")]
        return now

    def _to_date(self, name: str, period: Period) -> Column:
        if self._deal.outcomes[name].reported_as == "to-date":
            return self._worlds.ticks[(name, f"period {period.number}", "")]
        return sum(
            self._worlds.ticks[(name, f"period {number}", "")]
            for number in range(1, period.number + 1)
        )

    def _latest(self, name: str, part: Part, period: Period) -> Column | None:
        """A condition's outcome: this period's value, or the last one known for points."""
        if self._deal.outcomes[name].reported_as != "point":
            return self._worlds.ticks[(name, f"period {period.number}", "")]
        known = [
            (point.determined_by, point.name, point.cohort or "")
            for term in self._deal.payments
            for point in term.points
            if name in term.outcomes_read() and point.determined_by < period.end
        ]
        own = [(part.point, part.cohort)] if part.point else []
        for point, cohort in [*own, *((p, c) for _, p, c in sorted(known, reverse=True))]:
            slot = self._known_point(name, point, cohort)
            if slot in self._worlds.ticks:
                return self._worlds.ticks[slot]
        return None

    def _group(self, term: UnitPrice, group: str, part: Part, period: Period) -> Column:
        name = term.pays_for
        groups = self._worlds.groups
        if part.point and self._deal.outcomes[name].reported_as == "point":
            return groups[(self._own_slot(name, part, period), group)]
        now = groups[((name, f"period {period.number}", ""), group)]
        is_to_date = self._deal.outcomes[name].reported_as == "to-date"
        if term.reads == "to-date" and not is_to_date:
            return sum(
                groups[((name, f"period {number}", ""), group)]
                for number in range(1, period.number + 1)
            )
        if term.reads != "to-date" and is_to_date and period.number > 1:
            return now - groups[((name, f"period {period.number - 1}", ""), group)]
        return now

    def _refuse_differing_conditions(self, term: PaymentTerm, runs: Sequence[Any]) -> None:
        names = [c.outcome or f"fact:{c.fact}" for c in term.conditions if c.after is None]
        for name in names:
            columns = [inputs.get(name) for _, _, inputs, _ in runs]
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
        self, term: PaymentTerm, runs: Sequence[Any], before: Mapping[str, Column]
    ) -> Column:
        """The parts of one line added up and rounded once, as a line is."""
        total = sum(amount for _, _, _, amount in runs)
        trees = [compiled.part for _, compiled, _, _ in runs]
        if len(runs) < 2 or term.rounding == "refuse":
            return total
        if not all(isinstance(tree, Round) for tree in trees):
            return total
        units = {unit_of(tree.of) for tree in trees if isinstance(tree, Round)}
        if all(unit.denominator == 1 for unit in units):
            return total
        if len(units) > 1 or self._has_cohort_ceiling(term):
            raise Refusal(
                Problem(
                    f"The points of `{term.name}` that fall due together cannot be priced in "
                    "worlds: their amounts are rounded once, and then cut by cohort.",
                    "Give each point its own payment term.",
                )
            )
        exact = sum(
            self._read(tree.of, inputs, before, {})
            for tree, (_, _, inputs, _) in zip(trees, runs, strict=True)
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
        to_date = sum(state[key] for key in keys)
        waiting = state.get(f"{term.name}.carried", 0)
        for key, column in state.items():
            if key.startswith(f"{term.name}.condition.") and key.endswith(".held"):
                waiting = waiting + column
        least = np.minimum(0, to_date - state.get(f"{term.name}.entitled", 0) - waiting)
        return np.where(np.asarray(earned) < 0, np.maximum(earned, least), earned)

    def _conditions_met(
        self, line: Node, inputs: Mapping[str, Column], state: Mapping[str, Column]
    ) -> Column:
        met: Column = True
        for node in walk(line):
            if isinstance(node, Condition):
                plain = replace(node, of=Fixed(Fraction(1)), held=False)
                met = self._np.logical_and(met, self._read(plain, inputs, state, {}) == 1)
        return met

    def _over_lines(
        self,
        terms: Sequence[PaymentTerm],
        amounts: list[Column],
        by_cohort: Sequence[Sequence[tuple[str, Column]]],
        period: Period,
    ) -> list[Column]:
        """Cohort ceilings, then no less than 0 to date, then the deal's ceilings in order."""
        state, deal, np = self._state, self._deal, self._np
        amounts = [
            self._cohort_ceilings(term, amount, parts)
            for term, amount, parts in zip(terms, amounts, by_cohort, strict=True)
        ]
        for at, term in enumerate(terms):
            if term.may_be_negative is None:
                least = -np.asarray(state.get(f"{term.name}.entitled", 0))
                amounts[at] = np.maximum(amounts[at], least)
        used = state.get("deal.ceiling", 0)
        periods = deal.schedule.all()[: period.number]
        limits: list[Column | None] = [
            self._minor(deal.ceilings.each_period),
            self._allowed_return(periods, used),
            None if deal.ceiling is None else int(deal.ceiling * self._digits) - used,
        ]
        for allowed in limits:
            if allowed is not None:
                amounts = self._cut(amounts, allowed)
        state["deal.ceiling"] = used + sum(amounts)
        for term, amount in zip(terms, amounts, strict=True):
            entitled = state.get(f"{term.name}.entitled", 0) + amount
            state[f"{term.name}.entitled"] = state[f"{term.name}.ceiling"] = entitled
        return amounts

    def _allowed_return(self, periods: Sequence[Period], used: Column) -> Column | None:
        """What capital drawn so far lets through: its facts are the same in every world."""
        at_nothing = allowed_return(self._deal, periods, paid_before=0)
        if at_nothing is None:
            return None
        ceiling = self._deal.ceilings.return_on_capital
        assert ceiling is not None
        if ceiling.multiple is not None:
            return at_nothing - used
        repaid = sum(
            int(move.amount * self._digits)
            for tranche in self._deal.capital
            for move in tranche.moved
            if move.kind == "repaid" and periods[0].start <= move.on < periods[-1].end
        )
        return at_nothing - self._np.maximum(used - repaid, 0)

    def _cohort_ceilings(
        self, term: PaymentTerm, amount: Column, parts: Sequence[tuple[str, Column]]
    ) -> Column:
        state, np = self._state, self._np
        own, over = (
            self._minor(term.ceiling_each_cohort),
            self._minor(self._deal.ceilings.each_cohort),
        )
        left, total = np.asarray(amount), 0
        for cohort, of_part in parts:
            part = np.where(left >= 0, np.minimum(of_part, left), left)
            left = left - part
            for key, at in (
                (f"{term.name}.cohort.{cohort}", own),
                (f"deal.cohort.{cohort}", over),
            ):
                if at is not None:
                    part = np.minimum(part, np.maximum(at - state.get(key, 0), 0))
            for key in (f"{term.name}.cohort.{cohort}", f"deal.cohort.{cohort}"):
                state[key] = state.get(key, 0) + part
            total = total + part
        return amount if own is None and over is None else total

    def _cut(self, amounts: list[Column], allowed: Column) -> list[Column]:
        """`cut_lines` over arrays: only amounts above 0 are cut."""
        np = self._np
        excess = np.maximum(sum(amounts) - np.maximum(allowed, 0), 0)
        if not np.any(excess):
            return amounts
        positive = [np.maximum(amount, 0) for amount in amounts]
        excess = np.minimum(excess, sum(positive))
        left = list(amounts)
        if self._deal.ceilings.cut == "pro-rata":
            taken = self._largest_remainder(excess, positive)
            return [amount - part for amount, part in zip(left, taken, strict=True)]
        for at in range(len(left) - 1, -1, -1):
            part = np.minimum(excess, positive[at])
            left[at] = left[at] - part
            excess = excess - part
        return left

    def _largest_remainder(self, total: Column, weights: Sequence[Column]) -> list[Column]:
        """`total` in proportion to `weights`, world by world; ties to the first listed."""
        np = self._np
        stacked = np.stack(np.broadcast_arrays(*weights)).astype(object)
        whole = stacked.sum(axis=0)
        safe = np.where(whole == 0, 1, whole)
        products = stacked * np.broadcast_to(np.asarray(total).astype(object), safe.shape)
        parts = products // safe
        rests = products - parts * safe
        missing = np.asarray(total) - parts.sum(axis=0)
        order = np.argsort(-rests, axis=0, kind="stable")
        for place in range(len(weights)):
            extra = place < missing
            np.put_along_axis(
                parts,
                order[place : place + 1],
                np.take_along_axis(parts, order[place : place + 1], axis=0) + extra,
                axis=0,
            )
        return [part.astype(np.int64) for part in parts]

    def _minor(self, amount: Fraction | None) -> int | None:
        return None if amount is None else int(amount * self._digits)
