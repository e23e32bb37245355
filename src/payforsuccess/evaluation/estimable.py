"""Whether this version can compute a plan's estimate; what it cannot is refused, never ignored."""

from __future__ import annotations

from payforsuccess.deal.evaluation import (
    COMPUTED_DESIGNS,
    COMPUTED_ESTIMATORS,
    COMPUTED_FORMS,
    COMPUTED_STANDARD_ERRORS,
    EvaluationPlan,
    Randomised,
)
from payforsuccess.errors import Place, Problem
from payforsuccess.evaluation.no_effect import COMPUTED_TESTS

NO_PLACE = Place()


def check_estimable(plan: EvaluationPlan, *, where: Place = NO_PLACE) -> tuple[Problem, ...]:
    """Every reason why this version cannot compute the plan's estimate; none when it can."""
    if not isinstance(plan, Randomised):
        return (_unsupported(where, "design", f"the design {plan.design}", COMPUTED_DESIGNS),)
    problems = []
    tests = [test for test in (plan.test, *plan.sensitivity) if test not in COMPUTED_TESTS]
    for unmet, key, found, computed in (
        (plan.estimand != "itt", "estimand", f"the estimand {plan.estimand}", ("itt",)),
        (
            plan.estimator not in COMPUTED_ESTIMATORS,
            "estimator",
            f"the estimator {plan.estimator}",
            COMPUTED_ESTIMATORS,
        ),
        (plan.as_ not in COMPUTED_FORMS, "as", f"the form {plan.as_}", COMPUTED_FORMS),
        (
            plan.standard_errors not in COMPUTED_STANDARD_ERRORS,
            "standard_errors",
            f"standard errors of the form {plan.standard_errors}",
            COMPUTED_STANDARD_ERRORS,
        ),
        (
            plan.assignment != "individual",
            "assignment",
            f"a {plan.assignment} assignment",
            ("individual",),
        ),
        (bool(tests), "test", f"the test {', '.join(map(str, tests))}", tuple(COMPUTED_TESTS)),
    ):
        if unmet:
            problems.append(_unsupported(where, key, found, computed))
    for present, key, found in (
        (bool(plan.covariates), "covariates", "an adjustment for covariates"),
        (bool(plan.pooling), "pooling", "pooling of several plans"),
        (bool(plan.looks), "looks", "interim looks"),
        (bool(plan.strata), "strata", "strata"),
    ):
        if present:
            problems.append(_unsupported(where, key, found, ()))
    for at, fallback in enumerate(plan.fallback):
        if fallback.when not in ("sample-below-floor", "attrition-above"):
            problems.append(
                _unsupported(where, f"fallback[{at}].when", f"a fall-back {fallback.when}", ())
            )
        if fallback.then != "pay-nothing":
            problems.append(
                _unsupported(where, f"fallback[{at}].then", f"a fall-back to {fallback.then}", ())
            )
    return tuple(problems)


def _unsupported(where: Place, key: str, found: str, computed: tuple[str, ...]) -> Problem:
    instead = f"Use one of: {', '.join(computed)}; or" if computed else "Leave it out, or"
    return Problem(
        f"A plan can state {found}, but this version does not compute it.",
        f"{instead} let the evaluator determine the effect and state its value.",
        Place(where.file, where.line, where.column, f"{where.field}.{key}".lstrip(".")),
    )
