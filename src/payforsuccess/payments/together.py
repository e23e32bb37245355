"""Parts of one line that fall due together: rounded once, and netted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.line import PartRun
from payforsuccess.payments.nodes import Round
from payforsuccess.payments.reading import read
from payforsuccess.units import round_exact


def rounded_once(term: PaymentTerm, runs: list[PartRun]) -> list[PartRun]:
    """The parts of one line (cohorts, points) so that their sum is rounded once, as a line is.

    Only for parts that round: a term read to date, or rounded for each person, keeps its own.
    """
    if len(runs) < 2 or term.round_each == "person" or term.rounding == "refuse":
        return runs
    exact: list[Fraction] = []
    for run in runs:
        part = run.compiled.part
        if not isinstance(part, Round):
            return runs
        exact.append(read(part.of)(run.inputs, run.before, {}) * unit_of(part.of))
    rest = round_exact(sum(exact, Fraction(0)), term.rounding) - sum(run.amount for run in runs)
    if all(value.denominator == 1 for value in exact):
        return runs
    step = 1 if rest > 0 else -1
    gaps = [(value - run.amount) * step for value, run in zip(exact, runs, strict=True)]
    first = sorted(range(len(runs)), key=lambda at: (-gaps[at], at))[: abs(rest)]
    return [
        replace(run, amount=run.amount + (step if at in first else 0), unrounded=exact[at])
        for at, run in enumerate(runs)
    ]


def netted_twice(term: PaymentTerm, runs: Sequence[PartRun]) -> Problem | None:
    """The problem of one other income that would be taken off several parts of a line."""
    slots = [
        (used.when, used.cohort) for run in runs for used in run.used if used.outcome == term.net_of
    ]
    if len(runs) < 2 or len(set(slots)) == len(slots):
        return None
    return Problem(
        sentence(
            "`{net_of}` would be taken off `{name}` twice, for {runs}, which fall due together.",
            net_of=str(term.net_of),
            name=term.name,
            runs=" and ".join(run.part.cohort or run.part.point for run in runs),
        ),
        sentence("State its part for each of them."),
    )
