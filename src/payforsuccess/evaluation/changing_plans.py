"""What plans of change, of places over periods and of one group must state to be computed."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.evaluation import (
    ComparisonBase,
    DifferenceInDifferences,
    EvaluationPlan,
    PrePost,
    Staggered,
)
from payforsuccess.errors import Place, Problem

BY_CLUSTER = ("cr1", "cr2")
FEWEST_DRAWS = 99


def problems_of_changes(plan: EvaluationPlan, where: Place) -> Iterator[Problem]:
    """Every reason beyond the table of formulas why such a plan cannot be computed."""
    if isinstance(plan, DifferenceInDifferences | PrePost) and plan.standard_errors != "influence":
        yield from _clusters(plan, where)
    if isinstance(plan, Staggered):
        yield from _places(plan, where)
    if not isinstance(plan, ComparisonBase):
        yield from _one_group(plan, where)


def _clusters(plan: DifferenceInDifferences | PrePost, where: Place) -> Iterator[Problem]:
    if (plan.cluster is not None) != (plan.standard_errors in BY_CLUSTER):
        yield Problem(
            "Errors by cluster go with a fact that tells the clusters, and only with one.",
            "State `cluster` together with `standard_errors: cr1` or `cr2`, or neither.",
            _key(where, "cluster"),
        )


def _places(plan: Staggered, where: Place) -> Iterator[Problem]:
    if plan.cluster is not None and plan.standard_errors in ("placebo", "jackknife"):
        yield Problem(
            f"The errors {plan.standard_errors} take each unit by itself, and the plan names "
            "clusters of units.",
            "Make the clusters the `unit`, or use errors by cluster.",
            _key(where, "cluster"),
        )
    if plan.standard_errors != "placebo" and "placebo" in (plan.test, *plan.sensitivity):
        yield Problem(
            "A placebo test takes units never served for those served, and the plan's errors are "
            "of another kind.",
            "Use `standard_errors: placebo`, or the test wald.",
            _key(where, "test"),
        )
    if plan.standard_errors == "bootstrap" and (plan.draws or 0) < FEWEST_DRAWS:
        yield Problem(
            f"A bootstrap of {plan.draws or 0:,} draws tells no error.",
            f"State `draws` of {FEWEST_DRAWS} or more, such as 999.",
            _key(where, "draws"),
        )
    if plan.estimator == "synthetic-control" and plan.decision.pays_on == "lower-bound":
        yield Problem(
            "A synthetic control has a placebo test and no interval, and the plan pays on its end.",
            "Pay on the point estimate or by significance, or use "
            "synthetic-difference-in-differences.",
            _key(where, "decision.pays_on"),
        )
    if not plan.covariates and any(change.without_covariates for change in plan.variations):
        yield Problem(
            "Places are compared without covariates, and a variation takes them away.",
            "Take the variation away.",
            _key(where, "variations"),
        )


def _one_group(plan: EvaluationPlan, where: Place) -> Iterator[Problem]:
    """A change of one group, or a count: no one is compared with them."""
    if plan.standard_errors is None and (plan.confidence is not None or plan.test is not None):
        yield Problem(
            "An interval or a test rests on a standard error, and the plan states none.",
            "State `standard_errors`, or take `confidence` and `test` away.",
            _key(where, "standard_errors"),
        )
    if any(rule.when == "crossover-above" for rule in plan.fallback):
        yield Problem(
            "A fall-back asks how many of a comparison group took part, and there is none.",
            "Take the rule away.",
            _key(where, "fallback"),
        )
    if plan.decision.pays_on != "point-estimate" and plan.test is None:
        yield Problem(
            f"The plan pays on {plan.decision.pays_on} and names no test.",
            "Pay on the point estimate, or state errors, confidence and a test.",
            _key(where, "decision.pays_on"),
        )


def _key(where: Place, key: str) -> Place:
    return Place(where.file, where.line, where.column, f"{where.field}.{key}".lstrip("."))
