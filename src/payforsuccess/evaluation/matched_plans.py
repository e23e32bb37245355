"""What a matched plan may state that this version computes, beyond the table of formulas."""

from __future__ import annotations

from payforsuccess.deal.evaluation import Matched
from payforsuccess.errors import Place, Problem


def problems_of_matched(plan: Matched, *, where: Place) -> tuple[Problem, ...]:
    """Every reason why the plan's error or estimand does not go with how people are chosen."""
    problems = []
    if plan.estimand != "att":
        problems.append(
            Problem(
                f"A comparison group is made for those served, and the plan asks for "
                f"{plan.estimand}.",
                "State `estimand: att`, the effect on those served.",
                _key(where, "estimand"),
            )
        )
    wrong = _wrong_error(plan)
    if wrong is not None:
        problems.append(Problem(*wrong, _key(where, "standard_errors")))
    return tuple(problems)


def _wrong_error(plan: Matched) -> tuple[str, str] | None:
    """What is wrong with the plan's error, and what to do."""
    errors = plan.standard_errors
    if errors == "bootstrap" and plan.with_replacement:
        return (
            "The bootstrap fails for nearest matching with replacement: its error is wrong however "
            "many people there are (Abadie and Imbens 2008).",
            "Use `standard_errors: abadie-imbens`.",
        )
    if errors == "bootstrap" and (plan.folds or 1) > 1:
        return (
            "People drawn twice would stand in two folds, and cross-fitting would then fit on "
            "those it predicts.",
            "Use `standard_errors: influence`, or `folds: 1`.",
        )
    fitting = {
        "matching": ("abadie-imbens",) if plan.with_replacement else ("pairs", "bootstrap"),
        "inverse-probability": ("influence", "bootstrap"),
        "entropy-balancing": ("influence", "hc0", "bootstrap"),
        "doubly-robust": ("influence", "bootstrap"),
    }[plan.estimator]
    if errors in fitting:
        return None
    how = ""
    if plan.estimator == "matching":
        how = f" {'with' if plan.with_replacement else 'without'} replacement"
    return (
        f"The standard error {errors} does not go with {plan.estimator}{how}.",
        f"Use {' or '.join(fitting)}.",
    )


def _key(where: Place, key: str) -> Place:
    return Place(where.file, where.line, where.column, f"{where.field}.{key}".lstrip("."))
