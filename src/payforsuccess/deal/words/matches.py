"""How people are matched or weighted to be alike, in plain words."""

from __future__ import annotations

from payforsuccess.deal.evaluation import Matched
from payforsuccess.deal.words.phrases import counted, listed, named, percent

_NEAR = {
    "score": "whose chance of being served is nearest",
    "logit": "whose log-odds of being served are nearest",
    "mahalanobis": "whose covariates are nearest together (Mahalanobis)",
}
_ORDER = {
    "largest-first": "whoever had the largest chance of being served chooses first",
    "smallest-first": "whoever had the smallest chance of being served chooses first",
    "file-order": "people choose in the order of the file",
}


def matching_in_words(plan: Matched) -> str:
    """The rule by which people are chosen or weighted; begins with a space."""
    if plan.estimator != "matching":
        return _weighing(plan)
    many = counted(plan.matches_each or 1, "other")
    whom = "Each person of either side" if plan.estimand == "ate" else "Each"
    again = (
        "one other can be compared with several"
        if plan.with_replacement
        else f"no one twice; {_ORDER[plan.order]}"
    )
    said = [f"{whom} is compared with {many} {_NEAR[plan.distance]}, {again}."]
    if plan.exact_on:
        facts = listed([named(name) for name in plan.exact_on])
        said.append(f"Both are the same in {facts}.")
    if plan.caliper is not None:
        of = "log-odds" if plan.distance == "logit" else "chance"
        said.append(
            f"No one stands farther off than {float(plan.caliper):g} standard deviations of that "
            f"{of}; who finds nobody is left out and counted."
        )
    said.append(
        "All who are equally near share the place."
        if plan.ties == "all"
        else "Of several equally near, the first in the file is taken."
    )
    if plan.bias_adjusted:
        said.append("What still differs is taken out by a regression among the matched.")
    said.append("The match is made where no outcome can be seen.")
    return f" {' '.join(said)}"


def _weighing(plan: Matched) -> str:
    said = ["The weights are made where no outcome can be seen."]
    if plan.estimator == "doubly-robust":
        folds = plan.folds or 1
        said = [
            "The score and the outcome are modelled on everyone."
            if folds == 1
            else f"Each of {folds} folds is foretold by models of the other folds."
        ]
    if plan.trimmed_at is not None:
        said.append(
            f"People whose chance of being served is below {percent(plan.trimmed_at)} or above "
            f"{percent(1 - plan.trimmed_at)} are left out."
        )
    return f" {' '.join(said)}"
