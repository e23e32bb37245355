"""Whether this version can compute a plan's estimate; what it cannot is refused, never ignored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from payforsuccess.deal.evaluation import EvaluationPlan, Matched, Randomised
from payforsuccess.errors import Place, Problem
from payforsuccess.evaluation.changing_plans import problems_of_changes
from payforsuccess.evaluation.matched_plans import problems_of_matched
from payforsuccess.evaluation.no_effect import COMPUTED_TESTS

NO_PLACE = Place()


@dataclass(frozen=True)
class Formula:
    """What goes with an estimator: forms, flavours of error, tests; whether it adjusts.

    forms_by_draws: those that only drawing people again gives an interval for.
    """

    forms: tuple[str, ...]
    errors: tuple[str, ...]
    tests: tuple[str, ...]
    adjusts: bool = False
    forms_by_draws: tuple[str, ...] = ()

    def forms_with(self, errors: str | None) -> tuple[str, ...]:
        """The forms it has an interval for with this error."""
        return (*self.forms, *(self.forms_by_draws if errors == "bootstrap" else ()))


_ROBUST = ("classical", "hc0", "hc1", "hc2", "hc3", "cr1", "cr2")
_CHANCE = ("wald", "randomisation", "wild-cluster")
_CURVES = ("wald", "log-rank")
_RATIOS = ("difference", "percent-reduction", "rate-ratio")
_ADJUSTED = Formula(
    ("difference",),
    (*_ROBUST, "bootstrap"),
    _CHANCE,
    adjusts=True,
    forms_by_draws=("percent-reduction", "rate-ratio"),
)
_ALIKE = ("difference", "percent-reduction")

FORMULAS: dict[tuple[str, str], Formula] = {
    ("randomised", "difference-in-proportions"): Formula(
        _RATIOS, ("unpooled", "hc2", "bootstrap"), (*COMPUTED_TESTS, "wald", "randomisation")
    ),
    ("randomised", "difference-in-means"): Formula(
        _RATIOS, ("unpooled", *_ROBUST, "bootstrap"), ("welch", *_CHANCE)
    ),
    ("randomised", "blocked-difference"): Formula(
        ("difference",), ("unpooled", "bootstrap"), ("wald", "randomisation")
    ),
    ("randomised", "ancova"): _ADJUSTED,
    ("randomised", "lin"): _ADJUSTED,
    ("randomised", "two-stage-least-squares"): Formula(
        ("difference",), (*_ROBUST, "bootstrap"), ("wald", "anderson-rubin"), adjusts=True
    ),
    ("randomised", "kaplan-meier"): Formula(("difference",), ("greenwood",), _CURVES),
    ("randomised", "restricted-mean"): Formula(("difference",), ("greenwood",), _CURVES),
    ("randomised", "cumulative-incidence"): Formula(
        ("difference",), ("greenwood",), ("wald", "gray")
    ),
    ("randomised", "cox"): Formula(("hazard-ratio",), ("model",), _CURVES, adjusts=True),
    ("matched", "matching"): Formula(
        _ALIKE, ("pairs", "abadie-imbens", "bootstrap"), ("wald",), adjusts=True
    ),
    ("matched", "inverse-probability"): Formula(
        _ALIKE, ("influence", "bootstrap"), ("wald",), adjusts=True
    ),
    ("matched", "entropy-balancing"): Formula(
        _ALIKE, ("influence", "hc0", "bootstrap"), ("wald",), adjusts=True
    ),
    ("matched", "doubly-robust"): Formula(
        _ALIKE, ("influence", "bootstrap"), ("wald",), adjusts=True
    ),
    ("difference-in-differences", "change-in-means"): Formula(("difference",), _ROBUST, ("wald",)),
    ("difference-in-differences", "doubly-robust"): Formula(
        ("difference",), ("influence",), ("wald",), adjusts=True
    ),
    ("difference-in-differences", "repeated-cross-sections"): Formula(
        ("difference",), _ROBUST, ("wald",)
    ),
    ("staggered", "two-way-fixed-effects"): Formula(
        ("difference",), ("cr1", "cr2", "placebo"), ("wald", "placebo")
    ),
    ("staggered", "event-study"): Formula(("difference",), ("cr1",), ("wald",)),
    ("staggered", "callaway-santanna"): Formula(
        ("difference",), ("influence", "bootstrap"), ("wald",), adjusts=True
    ),
    ("staggered", "synthetic-control"): Formula(("difference",), ("placebo",), ("placebo",)),
    ("staggered", "synthetic-difference-in-differences"): Formula(
        ("difference",), ("placebo", "jackknife"), ("wald",)
    ),
    ("pre-post", "change-in-means"): Formula(("change",), _ROBUST, ("wald",)),
    ("verified-count", "none"): Formula(("count",), (), ()),
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
    by = "without a comparison" if plan.estimator == "none" else f"by {plan.estimator}"
    forms = formula.forms_with(plan.standard_errors)
    if plan.as_ is not None and plan.as_ not in forms:
        by_draws = [f"{form} with bootstrap errors" for form in formula.forms_by_draws]
        yield _unsupported(where, "as", f"the form {plan.as_} {by}", (*forms, *by_draws))
    if plan.standard_errors is not None and plan.standard_errors not in formula.errors:
        yield _unsupported(
            where, "standard_errors", f"{plan.standard_errors} errors {by}", formula.errors
        )
    for key, tests in (("test", (plan.test,)), ("sensitivity", plan.sensitivity)):
        beyond = [test for test in tests if test is not None and test not in formula.tests]
        if beyond:
            found = f"the test {', '.join(map(str, beyond))} {by}"
            yield _unsupported(where, key, found, formula.tests)
    if plan.covariates and not formula.adjusts:
        yield Problem(
            f"The estimator {plan.estimator} adjusts for nothing, and the plan names covariates.",
            "Put them under `balance_on`, or use an estimator that adjusts.",
            _key(where, "covariates"),
        )
    if isinstance(plan, Matched) and plan.standard_errors in formula.errors:
        yield from problems_of_matched(plan, where=where)
    if plan.estimand == "ate" and not isinstance(plan, Matched):
        yield Problem(
            f"The effect on everyone, served or not, is not what the design {plan.design} gives.",
            "Chance makes `itt` that of everyone offered; other designs give `att`. Use `matched` "
            "for `ate`.",
            _key(where, "estimand"),
        )
    if isinstance(plan, Randomised):
        yield from _clustered(plan, where)
    yield from problems_of_changes(plan, where)
    yield from _several(plan, where)


def _clustered(plan: Randomised, where: Place) -> Iterator[Problem]:
    """Whole clusters were drawn: people are not alone, and errors must say so."""
    is_clustered = plan.assignment == "clustered"
    fitting = ("cr1", "cr2", "bootstrap") if is_clustered else ("cr1", "cr2")
    if is_clustered != (plan.standard_errors in fitting):
        yield Problem(
            "Errors by cluster go with clusters that chance sent whole, and only with them.",
            "Use `assignment: clustered` with `standard_errors: cr1`, `cr2` or `bootstrap`, or "
            "draw people one by one.",
            _key(where, "standard_errors"),
        )
    if is_clustered and plan.test not in ("wald", "wild-cluster", "randomisation"):
        yield Problem(
            f"The test {plan.test} takes people as drawn one by one, but clusters were.",
            "Use wald, wild-cluster or randomisation.",
            _key(where, "test"),
        )


def _several(plan: EvaluationPlan, where: Place) -> Iterator[Problem]:
    """p-values adjusted for several outcomes, beside what makes another p-value of them."""
    if plan.several_outcomes is None:
        return
    if plan.test is None:
        yield Problem(
            "p-values are to be adjusted for several outcomes, and the plan names no test.",
            "Name a test, or take `several_outcomes` away.",
            _key(where, "several_outcomes"),
        )
    if plan.monitoring is not None:
        yield Problem(
            "A p-value cannot be adjusted both for looks that may stop the study and for several "
            "outcomes here.",
            "Take `several_outcomes` or `monitoring` away.",
            _key(where, "several_outcomes"),
        )
    if plan.pooling and plan.decision.pays_on == "significance":
        yield Problem(
            "Plans are pooled and paid on significance, and the p-value of the whole is not "
            "adjusted for several outcomes here.",
            "Take `several_outcomes` or `pooling` away, or pay on the point estimate.",
            _key(where, "several_outcomes"),
        )


def _unsupported(where: Place, key: str, found: str, computed: Sequence[str]) -> Problem:
    use = f"Use one of: {', '.join(computed)}; or" if computed else "Leave it out, or"
    return Problem(
        f"A plan can state {found}, but this version does not compute it.",
        f"{use} let the evaluator determine the effect and state its value.",
        _key(where, key),
    )


def _key(where: Place, key: str) -> Place:
    return Place(where.file, where.line, where.column, f"{where.field}.{key}".lstrip("."))
