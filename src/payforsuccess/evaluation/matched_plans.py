"""What a matched plan may state that this version computes, beyond the table of formulas."""

from __future__ import annotations

from payforsuccess.deal.evaluation import Matched
from payforsuccess.errors import Place, Problem


def problems_of_matched(plan: Matched, *, where: Place) -> tuple[Problem, ...]:
    """Every reason why the plan's error or estimand does not go with how people are chosen."""
    problems = []
    wrong_estimand = _wrong_estimand(plan)
    if wrong_estimand is not None:
        problems.append(Problem(*wrong_estimand, _key(where, "estimand")))
    wrong = _wrong_error(plan)
    if wrong is not None:
        problems.append(Problem(*wrong, _key(where, "standard_errors")))
    return tuple(problems)


def _wrong_estimand(plan: Matched) -> tuple[str, str] | None:
    """What is wrong with whom the effect is on, and what to do."""
    if plan.estimand not in ("att", "ate"):
        return (
            f"A comparison group is made for those served, and the plan asks for {plan.estimand}.",
            "State `estimand: att`, the effect on those served, or `ate`, that on everyone.",
        )
    if plan.estimand == "ate" and plan.estimator == "entropy-balancing":
        return (
            "Entropy balancing makes others like those served, and no one like everyone.",
            "State `estimand: att`, or use matching, inverse-probability or doubly-robust.",
        )
    if plan.estimand == "ate" and plan.estimator == "matching" and not plan.with_replacement:
        return (
            "For the effect on everyone each person is matched with the other side, which without "
            "replacement has too few people for the larger one.",
            "State `with_replacement: true` with `standard_errors: abadie-imbens`, or "
            "`estimand: att`.",
        )
    return None


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
