"""What an assumed study and the deal's plan must agree on."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.assumptions.assumptions import Assumptions
from payforsuccess.deal.assumptions.studies import StudyAssumption
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.nearest import no_such
from payforsuccess.errors import Problem

ALONE = ("pre-post", "verified-count")
"""Designs without a second group of people."""
OF_CHANGES = ("pre-post", "difference-in-differences", "staggered")


def check_studies(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    """A study is of a plan of the deal, and has the groups and clusters that its design has."""
    for name, study in assumptions.studies.items():
        plan = deal.evaluation.get(name)
        if plan is None:
            where = assumptions.place_of("studies", name)
            yield no_such(name, "plan", tuple(deal.evaluation), where)
            continue
        for key, what, cure in (*_groups(study, plan), *_changes(study, plan)):
            yield Problem(what, cure, assumptions.place_of("studies", name, key))


def _groups(study: StudyAssumption, plan: EvaluationPlan) -> Iterator[tuple[str, str, str]]:
    is_alone = plan.design in ALONE
    if is_alone and study.control is not None:
        what = f"The design {plan.design} has no second group."
        yield "control", what, "Take `control` away."
    if not is_alone and study.control is None:
        what = f"The design {plan.design} compares with a second group."
        yield "control", what, "Give `control`, the people in it."
    has_clusters = getattr(plan, "cluster", None) is not None
    if has_clusters and study.cluster_size is None:
        cure = "Give `cluster_size` and `within_cluster`."
        yield "cluster_size", "The plan names a cluster, and nothing is assumed of it.", cure
    if not has_clusters and study.cluster_size is not None:
        cure = "Take `cluster_size` and `within_cluster` away, or name the plan's `cluster`."
        yield "cluster_size", "Clusters are assumed, and the plan names none.", cure


def _changes(study: StudyAssumption, plan: EvaluationPlan) -> Iterator[tuple[str, str, str]]:
    compares_changes = plan.design in OF_CHANGES
    if compares_changes and study.before_after is None:
        yield (
            "before_after",
            f"The design {plan.design} compares values before and after.",
            "Give `before_after`, how they go together from person to person.",
        )
    if not compares_changes and study.before_after is not None:
        yield (
            "before_after",
            f"The design {plan.design} compares no changes.",
            "Take it away; what a value before explains belongs to `explained`.",
        )
