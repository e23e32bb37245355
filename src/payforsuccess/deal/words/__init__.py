"""The deal's own parts in plain words; payment terms are put into words by `payments.words`."""

from __future__ import annotations

from payforsuccess.deal.words.measures import earned_in_words, measure_in_words
from payforsuccess.deal.words.plans import plan_in_words
from payforsuccess.deal.words.units import unit_of_measure, unit_of_plan

__all__ = [
    "earned_in_words",
    "measure_in_words",
    "plan_in_words",
    "unit_of_measure",
    "unit_of_plan",
]
