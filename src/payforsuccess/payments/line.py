"""One payment term in one period as it was computed, and the steps that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.payments.compile import LINE, PEOPLE, CompiledTerm
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.inputs import Part, Used
from payforsuccess.payments.nodes import Round
from payforsuccess.payments.people import Column
from payforsuccess.payments.people_step import people_step
from payforsuccess.payments.steps import Trace
from payforsuccess.trail import Step, fingerprint
from payforsuccess.units import Period, exact_money_text

Key = tuple[int, str]
"""A period's number and a payment term's name: one line of a deal."""


@dataclass(frozen=True)
class PartRun:
    """One part of a line as it was computed.

    `unrounded` is its exact amount when the line has other parts and is rounded with them, once.
    """

    part: Part
    deal: Deal
    compiled: CompiledTerm
    inputs: Mapping[str, int]
    before: Mapping[str, int]
    amount: int
    used: tuple[Used, ...]
    person_amounts: Column | None = None
    unrounded: Fraction | None = None


@dataclass(frozen=True)
class TermInPeriod:
    """What one payment term comes to in one period, and how."""

    term: PaymentTerm
    period: Period
    deal: Deal
    parts: tuple[PartRun, ...]
    line_inputs: Mapping[str, int]
    before: Mapping[str, int]
    earned: int
    amount: int
    released: int
    carried: int
    held: int
    bound_by: tuple[str, ...]
    over_lines: tuple[str, ...] = ()

    @property
    def used(self) -> tuple[Used, ...]:
        """Every result that was read, once, in a total order."""
        found = {(u.outcome, u.when, u.cohort): u for run in self.parts for u in run.used}
        return tuple(found[slot] for slot in sorted(found))

    @property
    def inputs_fingerprint(self) -> str:
        """The fingerprint of the results this line read."""
        return fingerprint([used_fingerprint(used) for used in self.used])

    def steps(self) -> tuple[Step, ...]:
        """How the amount came about, in the order in which a person would work it out."""
        part_steps = [self._part_step(run) for run in self.parts]
        if len(part_steps) == 1:
            known = part_steps[0]
        else:
            said = " + ".join(
                f"{run.part.cohort or run.part.point}: {self._part_money(run)}"
                for run in self.parts
            )
            if any(run.unrounded is not None for run in self.parts):
                said += ", rounded once"
            known = Step(said, self._money(self.earned), of=tuple(part_steps))
        if sum(run.amount for run in self.parts) != self.earned:
            said = "taking back no more than was paid"
            known = Step(said, self._money(self.earned), of=(known,))
        trace = Trace(
            self.line_inputs,
            self.before,
            currency=self.deal.currency,
            clause=self.term.clause,
            known={LINE: known},
        )
        line = self.parts[0].compiled.line
        step = trace.step(line)
        limited = int(trace.value(line))
        if limited != self.amount:
            step = Step(
                "kept to " + " and ".join(self.over_lines),
                self._money(self.amount),
                of=(step,),
            )
        return (step,)

    def _part_step(self, run: PartRun) -> Step:
        known: dict[str, Step] = {}
        if run.person_amounts is not None:
            total = run.inputs[PEOPLE] * unit_of(run.compiled.person or run.compiled.part)
            known[PEOPLE] = people_step(self.term, run.deal, self.period, run.inputs, total=total)
        trace = Trace(
            run.inputs,
            run.before,
            currency=run.deal.currency,
            clause=self.term.clause,
            known=known,
        )
        part = run.compiled.part
        return trace.step(
            part.of if run.unrounded is not None and isinstance(part, Round) else part
        )

    def _part_money(self, run: PartRun) -> str:
        if run.unrounded is None:
            return self._money(run.amount)
        return exact_money_text(run.unrounded, self.deal.currency)

    def _money(self, minor: int) -> str:
        return exact_money_text(Fraction(minor), self.deal.currency)


def used_fingerprint(used: Used) -> str:
    """The fingerprint of one result that was read, and of its slot."""
    held = used.entry.fingerprint if used.entry is not None else used.people_fingerprint
    return fingerprint([used.outcome, used.when, used.cohort, held, used.people_fingerprint])
