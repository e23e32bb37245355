"""Price times effect times people treated."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.terms import EffectPrice
from payforsuccess.payments.compile.context import Context, less, plus_fixed
from payforsuccess.payments.nodes import (
    Condition,
    Earned,
    Fixed,
    Floor,
    Node,
    Outcome,
    Price,
    Test,
    Times,
)


def compile_effect_price(term: EffectPrice, context: Context) -> Node:
    """The effect in the direction of success, from the smallest paid effect on, times the price."""
    outcome = context.outcome(term.pays_for)
    value = context.value(term.pays_for)
    baseline = context.deal.baseline_of(term.pays_for, period_start=context.period.start)
    if outcome.better == "higher":
        effect: Node = plus_fixed(value, -baseline, "less the value of no success")
    else:
        effect = (
            less(Fixed(baseline, "the value of no success"), value)
            if baseline
            else Price(value, Fraction(-1), "a fall counts")
        )
    tests: list[Test | Earned] = []
    if term.minimum_effect is not None:
        tests.append(Test(effect, ">=", term.minimum_effect, "the smallest effect that is paid"))
    if term.significant_at is not None:
        significant = Outcome(f"significant:{term.name}")
        tests.append(Test(significant, ">=", Fraction(1), "the effect is significant"))
    if term.may_be_negative is None:
        effect = Floor(effect, Fraction(0), "never below 0")
    if tests:
        effect = Condition(effect, tuple(tests), key=f"{term.name}.effect")
    total = effect if term.treated is None else Times(effect, context.value(term.treated))
    return Price(total, context.price(term.price), "price", money=True)
