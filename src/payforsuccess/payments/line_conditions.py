"""What conditions and limits of a line did: met, differing, left behind, and what bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.compile import CompiledTerm, condition_keys
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.line import PartRun
from payforsuccess.payments.nodes import (
    CarryForward,
    Ceiling,
    Condition,
    Fixed,
    Floor,
    Node,
    walk,
)
from payforsuccess.payments.reading import read
from payforsuccess.units import money_text


def left_behind(term: PaymentTerm, deal: Deal, state: Mapping[str, int]) -> list[Problem]:
    """Problems of money that waits under a condition or ceiling that an amendment took away."""
    keys = {key for key, _ in condition_keys(term)}
    problems: list[Problem] = []
    for key, value in state.items():
        if not value or not key.startswith(f"{term.name}."):
            continue
        said = money_text(value, deal.currency, code=True)
        if key.endswith(".held") and key.removesuffix(".held") not in keys:
            problems.append(
                Problem(
                    sentence(
                        "{said} of `{name}` is held back under a condition that the deal no "
                        "longer has.",
                        said=said,
                        name=term.name,
                    ),
                    sentence(
                        "Keep the condition; to let the money go, change its limit so that it is "
                        "met."
                    ),
                )
            )
        if key == f"{term.name}.carried" and term.carry_until is None:
            problems.append(
                Problem(
                    sentence(
                        "{said} of `{name}` is carried from earlier periods, and the deal no "
                        "longer carries anything forward.",
                        said=said,
                        name=term.name,
                    ),
                    sentence(
                        "Keep `ceiling_each_period` with `carry_until`; raise the ceiling to pay "
                        "it."
                    ),
                )
            )
    return problems


def conditions_differ(term: PaymentTerm, runs: Sequence[PartRun]) -> Problem | None:
    """The problem of parts (cohorts, points) that give a condition of the line several values."""
    names = [c.outcome or f"fact:{c.fact}" for c in term.conditions if c.after is None]
    for name in names:
        if len({run.inputs.get(name) for run in runs}) > 1:
            said = name.removeprefix("fact:")
            return Problem(
                sentence(
                    "The condition of `{name}` on “{said}” reads different values for {runs}, "
                    "which fall due together.",
                    name=term.name,
                    said=said,
                    runs=" and ".join(run.part.cohort or run.part.point for run in runs),
                ),
                sentence("Give each its own payment term, or state one value for all."),
            )
    return None


def conditions_met(line: Node, inputs: Mapping[str, int], state: Mapping[str, int]) -> bool:
    """Whether every condition of a line lets it through."""
    return all(
        read(replace(node, of=Fixed(Fraction(1)), held=False))(inputs, state, {}) == 1
        for node in walk(line)
        if isinstance(node, Condition)
    )


def bound_by(
    compiled: CompiledTerm, inputs: Mapping[str, int], state: Mapping[str, int]
) -> tuple[str, ...]:
    """The names of the ceilings, floors and conditions of the line that changed its amount."""
    names: list[str] = []
    for node in walk(compiled.line):
        if isinstance(node, Ceiling | Floor | CarryForward | Condition):
            under = read(node.of)(inputs, state, {}) * unit_of(node.of)
            if read(node)(inputs, state, {}) * unit_of(node) != under:
                if isinstance(node, CarryForward):
                    names.append("the ceiling of the period, with carry-forward")
                elif isinstance(node, Condition):
                    names.append("a condition")
                else:
                    names.append(node.says)
    return tuple(reversed(names))
