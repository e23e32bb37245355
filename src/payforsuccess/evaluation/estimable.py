"""Whether this version can compute a plan's estimate; what it cannot is refused, never ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from payforsuccess.deal.evaluation import ComparisonBase, EvaluationPlan, Randomised
from payforsuccess.errors import Place, Problem
from payforsuccess.evaluation.no_effect import COMPUTED_TESTS

NO_PLACE = Place()


@dataclass(frozen=True)
class Formula:
    """What goes with an estimator: forms, flavours of error, tests; whether it adjusts."""

    forms: tuple[str, ...]
    errors: tuple[str, ...]
    tests: tuple[str, ...]
    adjusts: bool = False


_ROBUST = ("classical", "hc0", "hc1", "hc2", "hc3", "cr1", "cr2")
_CHANCE = ("wald", "randomisation", "wild-cluster")
_RATIOS = ("difference", "percent-reduction", "rate-ratio")

FORMULAS: dict[tuple[str, str], Formula] = {
    ("randomised", "difference-in-proportions"): Formula(
        _RATIOS, ("unpooled", "hc2"), (*COMPUTED_TESTS, "wald", "randomisation")
    ),
    ("randomised", "difference-in-means"): Formula(
        _RATIOS, ("unpooled", *_ROBUST), ("welch", *_CHANCE)
    ),
    ("randomised", "blocked-difference"): Formula(
        ("difference",), ("unpooled",), ("wald", "randomisation")
    ),
    ("randomised", "ancova"): Formula(("difference",), _ROBUST, _CHANCE, adjusts=True),
    ("randomised", "lin"): Formula(("difference",), _ROBUST, _CHANCE, adjusts=True),
    ("randomised", "two-stage-least-squares"): Formula(
        ("difference",), _ROBUST, ("wald", "anderson-rubin"), adjusts=True
    ),
}
"""By design and estimator: all that this version computes."""


def check_estimable(plan: EvaluationPlan, *, where: Place = NO_PLACE) -> tuple[Problem, ...]:
    """Every reason why this version cannot compute the plan's estimate; none when it can."""
    designs = tuple(dict.fromkeys(design for design, _ in FORMULAS))
    if plan.design not in designs:
        return (_unsupported(where, "design", f"the design {plan.design}", designs),)
    formula = FORMULAS.get((plan.design, plan.estimator))
    if formula is None:
        others = tuple(name for design, name in FORMULAS if design == plan.design)
        return (
            _unsupported(
                where, "estimator", f"the estimator {plan.estimator} of this design", others
            ),
        )
    return tuple(_choices(plan, formula, where))


def _choices(plan: EvaluationPlan, formula: Formula, where: Place) -> Iterator[Problem]:
    if not isinstance(plan, ComparisonBase):
        return
    by = f"by {plan.estimator}"
    if plan.as_ not in formula.forms:
        yield _unsupported(where, "as", f"the form {plan.as_} {by}", formula.forms)
    if plan.standard_errors not in formula.errors:
        yield _unsupported(
            where, "standard_errors", f"{plan.standard_errors} errors {by}", formula.errors
        )
    for key, tests in (("test", (plan.test,)), ("sensitivity", plan.sensitivity)):
        beyond = [test for test in tests if test not in formula.tests]
        if beyond:
            found = f"the test {', '.join(map(str, beyond))} {by}"
            yield _unsupported(where, key, found, formula.tests)
    if plan.covariates and not formula.adjusts:
        yield Problem(
            f"The estimator {plan.estimator} adjusts for nothing, and the plan names covariates.",
            "Put them under `balance_on`, or use ancova or lin.",
            _key(where, "covariates"),
        )
    if isinstance(plan, Randomised):
        yield from _clustered(plan, where)


def _clustered(plan: Randomised, where: Place) -> Iterator[Problem]:
    """Whole clusters were drawn: people are not alone, and errors must say so."""
    is_clustered = plan.assignment == "clustered"
    if is_clustered != (plan.standard_errors in ("cr1", "cr2")):
        yield Problem(
            "Errors by cluster go with clusters that chance sent whole, and only with them.",
            "Use `assignment: clustered` with `standard_errors: cr1` or `cr2`, or neither.",
            _key(where, "standard_errors"),
        )
    if is_clustered and plan.test not in ("wald", "wild-cluster", "randomisation"):
        yield Problem(
            f"The test {plan.test} takes people as drawn one by one, but clusters were.",
            "Use wald, wild-cluster or randomisation.",
            _key(where, "test"),
        )


def _unsupported(where: Place, key: str, found: str, computed: Iterable[str]) -> Problem:
    return Problem(
        f"A plan can state {found}, but this version does not compute it.",
        f"Use one of: {', '.join(computed)}; or let the evaluator determine the effect and state "
        "its value.",
        _key(where, key),
    )


def _key(where: Place, key: str) -> Place:
    return Place(where.file, where.line, where.column, f"{where.field}.{key}".lstrip("."))
