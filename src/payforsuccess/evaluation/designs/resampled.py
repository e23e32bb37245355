"""Errors by drawing people again: the plan's whole formula, on each draw of the same people.

What a formula chooses from the people (a match, weights, a score, a regression) is chosen anew in
each draw, so that the interval holds the chance in that too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from payforsuccess.deal.estimates import Effect
from payforsuccess.deal.evaluation import EffectForm, EvaluationPlan, Matched, Randomised
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.decimals import decimal_of
from payforsuccess.evaluation.designs.compared import Compared
from payforsuccess.evaluation.designs.sample import Codes, Sample
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.matched_plans import problems_of_matched

Units = Sequence[NDArray[np.int64]]
"""The rows of each person or cluster that can be drawn."""
Once = Callable[[EvaluationPlan, Sample, np.random.Generator], Compared]
"""A plan whose errors need no draws, its people and chance -> what the formula found."""

Again = Callable[[EvaluationPlan, Sample, np.random.Generator], Mapping[EffectForm, Effect]]
"""The same for the effects alone, which is run on each draw."""

FEWEST = 99
"""Draws below which an interval's ends are not worth the name."""
MOST_LOST = 0.02
"""The largest share of draws in which a formula may find nothing, such as an arm without events."""
_QUICK: Mapping[tuple[str, str], str] = {
    ("randomised", "difference-in-proportions"): "unpooled",
    ("randomised", "difference-in-means"): "hc0",
    ("randomised", "blocked-difference"): "unpooled",
    ("randomised", "ancova"): "hc0",
    ("randomised", "lin"): "hc0",
    ("randomised", "two-stage-least-squares"): "hc1",
    ("matched", "matching"): "pairs",
    ("matched", "inverse-probability"): "influence",
    ("matched", "entropy-balancing"): "influence",
    ("matched", "doubly-robust"): "influence",
}
"""The error that stands in for the bootstrap's where only the point estimate is read."""


def is_resampled(plan: EvaluationPlan) -> bool:
    """Whether the plan's error comes from drawing people again, here."""
    return plan.standard_errors == "bootstrap" and (plan.design, plan.estimator) in _QUICK


def without_draws(plan: EvaluationPlan) -> EvaluationPlan:
    """The plan with an error that needs no draws of its own, for its point estimate alone.

    Refuses matching with replacement, for which no bootstrap holds (Abadie and Imbens 2008), and
    doubly robust estimates across folds.
    """
    if isinstance(plan, Matched):
        drawn = plan.model_copy(update={"standard_errors": "bootstrap"})
        problems = problems_of_matched(drawn, where=Place())
        if problems:
            raise Refusal(problems)
    quick = _QUICK.get((plan.design, plan.estimator))
    if plan.estimator == "two-stage-least-squares" and getattr(plan, "cluster", None) is not None:
        quick = "cr1"  # what is shown beside the draws then goes by cluster too
    return plan if quick is None else plan.model_copy(update={"standard_errors": quick})


def compare_resampled(
    plan: EvaluationPlan,
    sample: Sample,
    *,
    rng: np.random.Generator,
    once: Once,
    again: Again,
) -> Compared:
    """What the plan's formula finds, its error and interval from draws of people.

    Each draw takes, with replacement, as many people as there were from each arm of each stratum,
    or as many whole clusters where chance sent clusters; rows of one person (`person`) stay
    together. The error is the standard deviation of the draws and the interval their percentiles
    (Efron 1979), the ends being drawn values, the outer of two neighbours. Who has no known
    outcome is not drawn. once finds what is shown, again the effects of each draw.

    Refuses fewer than 99 draws, an arm of a stratum with one person or cluster, draws in which the
    formula finds nothing too often, and what `without_draws` and the formula refuse.
    """
    draws, quick = plan.draws or 0, without_draws(plan)
    if draws < FEWEST:
        raise Refusal(
            Problem(
                f"An interval from draws needs at least {FEWEST} of them; the plan states "
                f"{draws:,}.",
                "Give `draws`, such as 1,999.",
            )
        )
    found = once(quick, sample, rng)
    plain, everyone = _plain(quick, sample.known)
    cells = _cells(plan, everyone)
    drawn: dict[EffectForm, list[float]] = {form: [] for form in found.effects}
    lost = 0
    for _ in range(draws):
        people = everyone.take(np.concatenate([_again(units, rng) for units in cells]))
        try:
            each = again(_drawn(plain, people), people, rng)
        except Refusal:
            lost += 1
            continue
        for form, values in drawn.items():
            if form in each:
                values.append(float(each[form].value))
    _refuse_lost(lost, draws)
    beside = (
        f"The first stage and the Anderson-Rubin set rest on {quick.standard_errors} errors, not "
        "on draws.",
    )
    shown = found if found.take_up is None else replace(found, notes=(*found.notes, *beside))
    return _with_errors(plan, shown, drawn, draws)


def _with_errors(
    plan: EvaluationPlan,
    found: Compared,
    drawn: Mapping[EffectForm, list[float]],
    draws: int,
) -> Compared:
    tail = (1 - float(plan.confidence or 0)) / 2
    effects: dict[EffectForm, Effect] = {}
    for form, values in drawn.items():
        if len(values) < (1 - MOST_LOST) * draws:
            if form == plan.as_:
                _refuse_lost(draws - len(values), draws)
            continue
        effect = found.effects[form]
        ends = (
            float(np.quantile(values, tail, method="lower")),
            float(np.quantile(values, 1 - tail, method="higher")),
        )
        effects[form] = effect.model_copy(
            update={
                "standard_error": decimal_of(float(np.std(values, ddof=1))),
                "interval": (decimal_of(ends[0]), decimal_of(ends[1])),
                "freedom": None,
                "method": f"{_formula(plan, found, form)}; {_how(plan, len(values))}",
            }
        )
    difference = drawn.get("difference", [])
    behind = None
    if found.found is not None and "difference" in effects:
        unit = 100 if effects["difference"].unit == "percentage point" else 1
        behind = Estimated(
            found.found.value,
            float(np.std(difference, ddof=1)) / unit,
            found.found.people,
            effects["difference"].method,
        )
    return replace(found, effects=effects, found=behind)


def _plain(plan: EvaluationPlan, known: Sample) -> tuple[EvaluationPlan, Sample]:
    """The covariates as columns of numbers, made once from everyone, and a plan that names them."""
    traits, labels = known.covariates(plan.covariates)
    names = tuple(f"covariate {at}" for at in range(len(labels)))
    rows = known.rows
    for name, column in zip(names, traits.T, strict=True):
        rows = rows.append_column(name, pa.array(np.ascontiguousarray(column)))
    plain = plan.model_copy(update={"covariates": names})
    return plain, Sample(rows, known.treated_arm, known.control_arm)


def _drawn(plan: EvaluationPlan, people: Sample) -> EvaluationPlan:
    """The plan without the columns in which those drawn do not differ: a word that nobody has."""
    kept = tuple(name for name in plan.covariates if np.ptp(people.numbers(name)))
    return plan if kept == plan.covariates else plan.model_copy(update={"covariates": kept})


def _cells(plan: EvaluationPlan, known: Sample) -> list[Units]:
    """The people or clusters of each arm of each stratum: what is drawn from."""
    cells = known.treated.astype(np.int64)
    if isinstance(plan, Randomised) and plan.strata:
        cells = cells + 2 * known.codes(plan.strata, "strata")
    units = _units(plan, known)
    found: list[Units] = []
    for cell in np.unique(cells):
        rows = np.flatnonzero(cells == cell)
        whose = units[rows]
        order = np.argsort(whose, kind="stable")
        starts = np.unique(whose[order], return_index=True)[1][1:]
        found.append(np.split(rows[order].astype(np.int64), starts))
    single = sum(len(cell) < 2 for cell in found)
    if single:
        raise Refusal(
            Problem(
                "An arm of a stratum has a single person or cluster, so drawing again shows no "
                "chance.",
                "Merge small strata by a rule that does not look at outcomes.",
            )
        )
    return found


def _units(plan: EvaluationPlan, known: Sample) -> Codes:
    if isinstance(plan, Randomised) and plan.cluster is not None:
        return known.codes((plan.cluster,), "clusters")
    if known.has("person"):
        return known.numbers("person").astype(np.int64)
    return np.arange(len(known))


def _again(units: Units, rng: np.random.Generator) -> Codes:
    """As many of them as there are, with replacement: the rows of those drawn."""
    chosen = rng.integers(0, len(units), len(units))
    return np.concatenate([units[at] for at in chosen])


def _formula(plan: EvaluationPlan, found: Compared, form: EffectForm) -> str:
    """The formula's own words, without those of the error that the draws replace."""
    method = found.effects[form].method if found.found is None else found.found.method
    said = method.split("; ")[0].removesuffix(", unpooled standard errors")
    forms = {"percent-reduction": "Percent reduction by ", "rate-ratio": "Ratio by "}
    return f"{forms.get(form, '')}{said}"


def _how(plan: EvaluationPlan, draws: int) -> str:
    is_clustered = isinstance(plan, Randomised) and plan.cluster is not None
    is_stratified = isinstance(plan, Randomised) and plan.strata
    return (
        f"percentile bootstrap of the whole formula, {draws:,} draws of "
        f"{'clusters' if is_clustered else 'people'} within arm"
        f"{' and stratum' if is_stratified else ''}"
    )


def _refuse_lost(lost: int, draws: int) -> None:
    if lost > MOST_LOST * draws:
        raise Refusal(
            Problem(
                f"In {lost:,} of {draws:,} draws of people the formula finds nothing, so the "
                "effect has no error.",
                "Wait for more people, or agree on a formula that needs fewer.",
            )
        )
