"""People served before and after: a change, and no effect."""

from __future__ import annotations

from typing import cast

import numpy as np

from payforsuccess.deal.estimates import Effect
from payforsuccess.deal.evaluation import PrePost
from payforsuccess.evaluation.designs.changes import clusters_of, without_before
from payforsuccess.evaluation.designs.compared import Compared, effect_of
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.panels import pre_post_change
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour

NO_EFFECT = (
    "This is a change, not an effect: no one shows what would have become of these people without "
    "the programme, and people often begin one when things are worst and then mend by themselves."
)


def compare_before(
    plan: PrePost, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """The mean change of people known at both times, with an error where the plan states one.

    Refuses fewer than two people or clusters, and changes all alike.
    """
    known = sample.known
    before, after = known.numbers("before"), known.outcome
    flavour = cast("Flavour | None", plan.standard_errors)
    clusters = clusters_of(plan.cluster, known)
    errors = None if flavour is None else Errors(flavour, clusters)
    found = pre_post_change(before, after, errors=errors)
    effect = effect_of(found.change, "change", unit, confidence=float(plan.confidence or 0))
    if plan.standard_errors is None or plan.confidence is None:
        effect = _without_error(effect, keeps=plan.standard_errors is not None)
    means = f"Means of the people known at both times: {found.before:,.6g} before, "
    return Compared(
        {"change": effect},
        len(known),
        found.change,
        notes=(NO_EFFECT, f"{means}{found.after:,.6g} after.", *without_before(sample)),
    )


def _without_error(effect: Effect, *, keeps: bool) -> Effect:
    """The value alone, or with its error where the plan states one but no confidence."""
    return effect.model_copy(
        update={"interval": None, "freedom": effect.freedom if keeps else None}
        | ({} if keeps else {"standard_error": None, "method": _PLAIN})
    )


_PLAIN = "Change of the mean from before to after of the same people, without a comparison"
