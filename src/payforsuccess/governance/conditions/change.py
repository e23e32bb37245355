"""Change: the plans for it, adoption, evidence, scale, money for advice (R54, R62, R65, R101)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.taught import taught

SCALES = ("pilot", "replicated", "funding-stream")


def _planned(facts: Facts) -> Met | Unmet:
    plan = facts.initiative.change_plan
    if not plan:
        return Unmet(
            "There is no change plan.",
            "State who is affected, what changes in their day, the training, its owner and how its "
            "use is seen, under `change_plan`.",
        )
    open_ = [number for number, each in enumerate(plan) if each.due is None]
    if open_:
        return Unmet(
            f"{len(open_)} of {len(plan)} new routines have no day.",
            "Give `due`.",
            facts.initiative.place_of("change_plan", open_[0]),
        )
    return Met(f"{len(plan)} new routines, each with an owner and a day")


def _systems_change(facts: Facts) -> Met | Unmet:
    plan = facts.initiative.systems_change
    if plan is None:
        return Unmet(
            "There is no plan for what is to change beyond the pilot.",
            "Say whose rules, whose data and which funding streams, by when, under "
            "`systems_change`.",
        )
    return Met(f"rules, data and funding streams of others, by {plan.by}")


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    reached = -1
    for number, step in enumerate(initiative.scale):
        where = initiative.place_of("scale", number)
        at = SCALES.index(step.to)
        if at > 0 and not step.evidence:
            yield Problem(
                f"The initiative moved up to `{step.to}` without evidence.",
                "Name what allowed it under `evidence`.",
                where,
            )
        if at > reached + 1:
            yield Problem(
                f"The initiative moved to `{step.to}` before it was `{SCALES[at - 1]}`.",
                f"The steps are, in order: {', '.join(SCALES)}.",
                where,
            )
        reached = max(reached, at)
    for number, routine in enumerate(initiative.change_plan):
        for at, seen in enumerate(routine.adoption):
            if seen.value > seen.of:
                yield Problem(
                    "More was counted than there is to count.",
                    "Correct `value` or `of`.",
                    initiative.place_of("change_plan", number, "adoption", at),
                )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    for number, routine in enumerate(initiative.change_plan):
        seen = [each for each in routine.adoption if each.on <= facts.on and each.of]
        where = initiative.place_of("change_plan", number)
        if routine.due is not None and routine.due < facts.on and not seen:
            yield Finding(
                "change",
                f"Not seen yet: whether {routine.who} use a routine due on {routine.due}.",
                where,
            )
        elif len(seen) > 1 and seen[-1].value / seen[-1].of < seen[-2].value / seen[-2].of:
            yield Finding(
                "change", f"A new routine of {routine.who} is used less than before.", where
            )
    for each in taught(initiative, on=facts.on):
        if each.coverage is not None and each.coverage < 1:
            yield Finding(
                "training",
                f"{each.department}: {each.people} of {each.should} people were taught, "
                f"{float(each.coverage):.0%}.",
                initiative.place_of("headcounts"),
            )
    departments = {
        initiative.department,
        *(each.department for each in initiative.headcounts),
        *(each.department for each in initiative.training),
        *(each.name for each in initiative.organisations),
    }
    for number, incentive in enumerate(initiative.incentives):
        if incentive.recipient not in departments:
            yield Finding(
                "incentives",
                f"An incentive is for {incentive.recipient}, which is no department on file.",
                initiative.place_of("incentives", number, "recipient"),
            )
    decisions = [each for each in initiative.decisions if each.on <= facts.on]
    without = [each for each in decisions if not each.evidence]
    if without:
        names = ", ".join(each.name for each in without)
        yield Finding(
            "decisions",
            f"What {len(without)} of {len(decisions)} decisions rested on is in no source on file: "
            f"{names}."
            if initiative.is_from_sources
            else f"{len(without)} of {len(decisions)} decisions name no metric or evidence: "
            f"{names}.",
            initiative.place_of("decisions"),
        )
    yield from _money_kept_apart(facts)


def _money_kept_apart(facts: Facts) -> Iterator[Finding]:
    """Money for advice that may have been counted as capital of the deal, too."""
    if facts.deal is None:
        return
    for number, money in enumerate(facts.initiative.support_money):
        for tranche in facts.deal.capital:
            if tranche.party == money.by and tranche.amount == money.amount:
                yield Finding(
                    "support-money",
                    f"{money.by} gives this amount for outside advice, and the same amount stands "
                    f"among the deal's capital as `{tranche.name}`: it is one or the other.",
                    facts.initiative.place_of("support_money", number),
                )


THEME = Theme(
    "change",
    (
        Condition(
            "change-planned",
            ("R101",),
            "There is a change plan: who is affected, training, routines, owner and day.",
            _planned,
        ),
        Condition(
            "systems-change-planned",
            ("R62",),
            "It is planned what is to change beyond the pilot: rules, data, funding streams.",
            _systems_change,
        ),
    ),
    _problems,
    _findings,
)
