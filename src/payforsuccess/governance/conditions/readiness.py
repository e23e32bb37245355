"""Ready or not: the assessment, the mechanism, the two proofs, the priority (R5, R28, R32, R33)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.pipeline import is_priority


def _assessed(facts: Facts) -> Met | Unmet:
    readiness = facts.readiness
    if readiness is None:
        return Unmet(
            "No assessment of the concept is on file.",
            "Put concept.yaml with its assessments beside the initiative; `pfs assess` shows it.",
        )
    if readiness.assessed_on > facts.on:
        return Unmet(
            f"The concept was assessed on {readiness.assessed_on}, after this day.",
            "Ask as of a later day.",
        )
    said = f"{readiness.score} of 100, {readiness.band}, by {readiness.criteria}"
    if not readiness.is_suitable:
        why = f"; {'; '.join(readiness.knock_outs)}" if readiness.knock_outs else ""
        return Unmet(
            f"Not suitable yet: {said}{why}.",
            "Work on the weak points that `pfs assess` lists, and assess it again.",
        )
    return Met(f"{said}, on {readiness.assessed_on}")


def _mechanism(facts: Facts) -> Met | Unmet:
    initiative, mechanism = facts.initiative, facts.initiative.mechanism
    paths = (
        {
            "contract": (mechanism.contracting, mechanism.contracting_approved_on),
            "finance": (mechanism.financing, mechanism.financing_approved_on),
        }
        if mechanism is not None
        else {"contract": (None, None), "finance": (None, None)}
    )
    open_ = [
        name
        for name, (paper, approved_on) in paths.items()
        if paper is None or approved_on is None or approved_on > facts.on
    ]
    if open_:
        ready = isinstance(_assessed(facts), Met)
        return Unmet(
            f"{'Ready, no mechanism: n' if ready else 'N'}o approved path to "
            f"{' and '.join(open_)} is on file.",
            "Have the path approved, and record its paper and day under `mechanism`.",
            initiative.place_of("mechanism"),
        )
    return Met("; ".join(f"{name}: {paper}, {day}" for name, (paper, day) in paths.items()))


def _proved(facts: Facts) -> Met | Unmet:
    dated = sorted(facts.initiative.proofs, key=lambda each: each.on)
    last = {each.of: each for each in dated if each.on <= facts.on}
    proofs = {of: each for of, each in last.items() if each.is_shown}
    missing = [] if "outcomes" in proofs else ["better outcomes for the people served"]
    if "savings" not in proofs and "board-finding" not in proofs:
        missing.append("savings from less need for later services")
    if missing:
        return Unmet(
            f"Not demonstrated: {' and '.join(missing)}.",
            "Record each proof under `proofs`; in place of savings the Board may find, with "
            "reasons, that it is worth its cost.",
            facts.initiative.place_of("proofs"),
        )
    return Met("; ".join(f"{each.of}: {each.by}, {each.on}" for each in proofs.values()))


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative, readiness = facts.initiative, facts.readiness
    if readiness is not None and readiness.is_priority and initiative.priority is None:
        yield Problem(
            "The concept comes first by a motion, and the initiative does not.",
            "Carry the priority over under `priority`; to remove it, state the authority under "
            "`removed_by`.",
            initiative.place_of("priority"),
        )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative, priority = facts.initiative, facts.initiative.priority
    if priority is None:
        return
    where = initiative.place_of("priority")
    if priority.removed_on is not None and priority.removed_on <= facts.on:
        yield Finding(
            "priority",
            f"Its priority was removed on {priority.removed_on} by {priority.removed_by}.",
            where,
        )
    elif is_priority(initiative, on=facts.on):
        yield Finding("priority", f"It comes first, by {priority.source}.", where)


THEME = Theme(
    "readiness",
    (
        Condition(
            "assessed-suitable",
            ("R4", "R32"),
            "The concept was assessed and is suitable.",
            _assessed,
        ),
        Condition(
            "mechanism-exists",
            ("R33",),
            "A path to contract and a path to finance are approved.",
            _mechanism,
        ),
        Condition(
            "two-proofs",
            ("R5",),
            "Better outcomes are shown, and savings or a finding of the Board in their place.",
            _proved,
        ),
    ),
    _problems,
    _findings,
)
