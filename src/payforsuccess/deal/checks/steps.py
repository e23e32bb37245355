"""What is compared with an outcome lies on the outcome's smallest steps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Coupon, EffectPrice, PaymentTerm, Pot, Schedule, Withhold
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import grouped

_EDGES = (("from_", "from"), ("above", "above"), ("to", "to"), ("below", "below"))
_LIMITS = ("at_least", "more_than", "at_most", "less_than")


def check_steps(deal: Deal) -> Iterator[Problem]:
    """Band edges, limits of conditions, baselines and bounds between two steps of the outcome.

    A value between two steps can never be a result, so an edge there hides what is meant.
    """
    for outcome, value, path in _compared(deal):
        if outcome not in deal.outcomes:
            continue
        tick = deal.outcomes[outcome].tick
        if (value / tick).denominator != 1:
            yield Problem(
                sentence(
                    "{value} lies between two steps of `{outcome}`, which is measured in steps of "
                    "{tick}.",
                    value=grouped(value),
                    outcome=outcome,
                    tick=grouped(tick),
                ),
                sentence("Write a whole number of steps, or give the outcome a smaller `tick`."),
                deal.place_of(*path),
            )


def _compared(deal: Deal) -> Iterator[tuple[str, Fraction, FieldPath]]:
    for number, term in enumerate(deal.payments):
        yield from _in_term(term, ("payments", number))
    for name, outcome in deal.outcomes.items():
        if outcome.bounds is not None and outcome.bounds.value is not None:
            for key in ("least", "most"):
                value = getattr(outcome.bounds.value, key)
                yield name, value, ("outcomes", name, "bounds", "value", key)
    for number, excused in enumerate(deal.excused):
        if excused.baseline is not None:
            for name in excused.outcomes or tuple(deal.outcomes):
                yield name, excused.baseline, ("excused", number, "baseline")


def _in_term(term: PaymentTerm, path: FieldPath) -> Iterator[tuple[str, Fraction, FieldPath]]:
    if isinstance(term, Schedule | Coupon | Withhold):
        for number, band in enumerate(term.bands):
            for attribute, key in _EDGES:
                edge = getattr(band, attribute)
                if edge is not None:
                    yield term.pays_for, edge, (*path, "bands", number, key)
    if isinstance(term, Pot):
        for number, part in enumerate(term.parts):
            for key in ("none_at", "all_at"):
                yield part.outcome, getattr(part, key), (*path, "parts", number, key)
    if isinstance(term, EffectPrice) and term.minimum_effect is not None:
        yield term.pays_for, term.minimum_effect, (*path, "minimum_effect")
    for number, condition in enumerate(term.conditions):
        for key in _LIMITS:
            limit = getattr(condition, key)
            if limit is not None and condition.outcome is not None:
                yield condition.outcome, limit, (*path, "conditions", number, key)
