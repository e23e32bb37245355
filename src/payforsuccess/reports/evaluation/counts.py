"""The counts of people behind the evaluator's report, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from payforsuccess.deal.estimates import ArmOutcome
from payforsuccess.disclosure import Cell, Facts, Sum, difference, joined
from payforsuccess.measures.attrition import ARM, FEED, NOT_ENROLLED, NOT_STARTED, SITE, START_DAY
from payforsuccess.reports.evaluation.facts import STAGES, PlanShown

BEFORE = (ARM, SITE, FEED, NOT_ENROLLED, NOT_STARTED, START_DAY)
"""Rules of a measure by which an enrolment is not of the plan's people at all."""
RECORDS, ELSEWHERE = "records", "elsewhere"
PARTS = ("linked", "took_part", "deaths", "moves")


def prefixes_of(plans: Sequence[PlanShown]) -> list[str]:
    """What the names of each plan's cells start with: the same in every report on the plan."""
    return [f"evaluation {plan.shown.estimate.plan}: " for plan in plans]


def facts_of_plans(plans: Sequence[PlanShown], *, threshold: int) -> Facts:
    """Every count that a report on these plans could say.

    Counts of one arm stand in the group of that arm, and those of all arms in that of everyone, so
    that they are held against other tables of the deal.
    """
    prefixes = prefixes_of(plans)
    own = [
        joined(_facts(plan, prefix, threshold))
        for plan, prefix in zip(plans, prefixes, strict=True)
    ]
    facts = joined([*own, *_between(plans, prefixes, joined(own), threshold)])
    arms = {arm.arm for plan in plans for arm in plan.shown.estimate.arms}
    groups = {}
    for name in (each for each in facts.cells if each not in facts.never_shown):
        last = name.rpartition("/")[2]
        groups[name] = f"arm/{last}" if last in arms else ""
    return replace(facts, groups=groups)


def _facts(plan: PlanShown, prefix: str, threshold: int) -> Iterator[Facts]:
    estimate = plan.shown.estimate
    lost_by_arm = {
        flow.arm: {each.status: each.people for each in flow.not_known} for flow in estimate.flow
    }
    statuses = sorted({status for lost in lost_by_arm.values() for status in lost})
    for arm in estimate.arms:
        counts = _counts(plan, arm)
        at = {name: f"{prefix}{name}/{arm.arm}" for name in (*counts, "lost")}
        lost = arm.assigned - arm.known
        people = Facts(
            {at[name]: Cell(value) for name, value in counts.items()} | {at["lost"]: Cell(lost)},
            sums=(Sum(at["assigned"], (at["analysed"], at["lost"])),),
            first=frozenset({at["analysed"]}),
        )
        yield people
        mine = lost_by_arm.get(arm.arm, {})
        why = {f"{prefix}lost/{status}/{arm.arm}": mine.get(status, 0) for status in statuses}
        if sum(why.values()) == lost and why:
            cells = {name: Cell(value) for name, value in why.items()}
            yield Facts({**cells, at["lost"]: Cell(lost)}, sums=(Sum(at["lost"], tuple(why)),))
            people = joined([people, Facts(cells)])
        for name in PARTS:
            if name in counts:
                yield difference(people, at["assigned"], at[name], is_within=True)
        for name, status in (("deaths", "death"), ("moves", "move")):
            if name in counts and f"{prefix}lost/{status}/{arm.arm}" in why:
                yield _tied(people, at[name], f"{prefix}lost/{status}/{arm.arm}")
        chain = [at[name] for name in counts if name not in ("deaths", "moves")]
        yield from _close(people, chain, threshold)
        if estimate.is_share:
            yield _happened(prefix, arm.arm, int(arm.total), arm.known)
    if len(estimate.arms) > 1:
        yield from _totals(plan, prefix, lost_by_arm, statuses)
    yield from _records(plan, prefix)


def _counts(plan: PlanShown, arm: ArmOutcome) -> dict[str, int]:
    label = arm.arm
    counts = {"assigned": arm.assigned, "analysed": arm.known}
    if arm.took_part is not None:
        counts["took_part"] = arm.took_part
    for flow in plan.shown.estimate.flow:
        if flow.arm == label:
            found = {name: getattr(flow, name) for name in PARTS}
            counts |= {name: value for name, value in found.items() if value is not None}
    for came in plan.came_in:
        if came.arm == label:
            found = {name: getattr(came, name) for name in STAGES}
            counts |= {name: value for name, value in found.items() if value is not None}
    return counts


def _close(facts: Facts, names: Sequence[str], threshold: int) -> Iterator[Facts]:
    """What lies between two counts of few people's difference must not be worked out either."""
    for one, other in combinations(names, 2):
        yield from _near(facts, one, other, threshold)


def _near(facts: Facts, one: str, other: str, threshold: int) -> Iterator[Facts]:
    first, second = facts.cells[one].value, facts.cells[other].value
    if first == second:
        yield _tied(facts, one, other)
    elif 1 <= abs(first - second) <= threshold < min(first, second):
        yield difference(facts, one, other)


def _tied(facts: Facts, one: str, other: str) -> Facts:
    """Two counts of the same people are shown together or not at all."""
    cells = {name: facts.cells[name] for name in (one, other)}
    if cells[one].value != cells[other].value:
        return difference(facts, one, other, is_within=True)
    return Facts(cells, sums=(Sum(one, (other,)),))


def _happened(prefix: str, arm: str, happened: int, known: int) -> Facts:
    """Who had the outcome and who did not; no one and everyone say as much as a few."""
    yes, no = f"{prefix}with/{arm}", f"{prefix}without/{arm}"
    analysed = f"{prefix}analysed/{arm}"
    return Facts(
        {
            yes: Cell(happened, zero_tells=True),
            no: Cell(known - happened, zero_tells=True),
            analysed: Cell(known),
        },
        sums=(Sum(analysed, (yes, no)),),
    )


def _totals(
    plan: PlanShown, prefix: str, lost: dict[str, dict[str, int]], statuses: Sequence[str]
) -> Iterator[Facts]:
    """Each stage of all arms together, where it is counted in all of them."""
    by_arm = {}
    for arm in plan.shown.estimate.arms:
        counts = _counts(plan, arm)
        mine = {f"lost/{status}": lost.get(arm.arm, {}).get(status, 0) for status in statuses}
        by_arm[arm.arm] = {**counts, "lost": arm.assigned - arm.known, **mine}
    for name in dict.fromkeys(name for counts in by_arm.values() for name in counts):
        if all(name in counts for counts in by_arm.values()):
            cells = {f"{prefix}{name}/{arm}": Cell(counts[name]) for arm, counts in by_arm.items()}
            whole = f"{prefix}{name}"
            total = Cell(sum(cell.value for cell in cells.values()))
            yield Facts({**cells, whole: total}, sums=(Sum(whole, tuple(cells)),))


def _records(plan: PlanShown, prefix: str) -> Iterator[Facts]:
    """Everyone in the records, and why some are not the plan's people."""
    excluded = excluded_of(plan)
    if excluded is None:
        return
    cells = {f"{prefix}{ELSEWHERE}/{why}": Cell(people) for why, people in excluded.items()}
    arms = {f"{prefix}assigned/{arm.arm}": Cell(arm.assigned) for arm in plan.shown.estimate.arms}
    whole = f"{prefix}{RECORDS}"
    total = sum(cell.value for cell in (*cells.values(), *arms.values()))
    yield Facts({**cells, **arms, whole: Cell(total)}, sums=(Sum(whole, (*cells, *arms)),))


def excluded_of(plan: PlanShown) -> dict[str, int] | None:
    """Enrolments that are not of the plan's people, by why; None where the counts do not meet."""
    if not plan.attrition:
        return None
    everyone = plan.attrition[0]
    excluded = {rule: people for rule, people in everyone.left if rule in BEFORE}
    assigned = sum(arm.assigned for arm in plan.shown.estimate.arms)
    rest = everyone.enrolled - sum(excluded.values()) - assigned
    if rest < 0:
        return None
    return excluded | ({"other-arm": rest} if rest else {})


def _between(
    plans: Sequence[PlanShown], prefixes: Sequence[str], facts: Facts, threshold: int
) -> Iterator[Facts]:
    """Counts of one arm under two plans: who is in one alone must not be told either."""
    for (one, first), (other, second) in combinations(zip(plans, prefixes, strict=True), 2):
        shared = {arm.arm for arm in one.shown.estimate.arms} & {
            arm.arm for arm in other.shown.estimate.arms
        }
        for arm in sorted(shared):
            for name in ("assigned", "analysed", "lost"):
                at = f"{first}{name}/{arm}", f"{second}{name}/{arm}"
                yield from _near(facts, *at, threshold)
