"""Planning in order and in time: the three steps, what the payor has to know, milestones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.leadership import FundingInformation, Step
from payforsuccess.governance.initiative.team import Milestone

STEPS: tuple[Step, ...] = get_args(Step)
"""The order: population, then intervention, then outcome targets."""


def funding_information_percent(items: tuple[FundingInformation, ...], facts: Facts) -> int:
    """Whole percent of what the payor has to know that is there, rounded down (R49); 0 of none."""
    done = sum(each.done_on is not None and each.done_on <= facts.on for each in items)
    return 100 * done // len(items) if items else 0


def slippage_days(milestone: Milestone, facts: Facts) -> int:
    """Days a milestone is behind the day first planned (R50); less than 0 where it is ahead.

    By the day it was reached; else by the day now expected, or today, whichever is later.
    """
    if milestone.actual is not None and milestone.actual <= facts.on:
        return (milestone.actual - milestone.baseline).days
    expected = max(milestone.forecast or milestone.baseline, facts.on)
    return (expected - milestone.baseline).days


def _settled(facts: Facts) -> Met | Unmet:
    days = {each.step: each.on for each in reversed(facts.initiative.steps) if each.on <= facts.on}
    open_ = [step for step in STEPS if step not in days]
    if open_:
        return Unmet(
            f"Not on file as settled: {', '.join(_words(step) for step in open_)}.",
            f"Settle {_words(open_[0])} next, and record it under `steps`.",
            facts.initiative.place_of("steps"),
        )
    return Met("; ".join(f"{_words(step)} on {days[step]}" for step in STEPS))


def _funding_known(facts: Facts) -> Met | Unmet:
    items = facts.initiative.funding_information
    where = facts.initiative.place_of("funding_information")
    if not items:
        return Unmet(
            "No list of what the payor has to know in order to fund is on file.",
            "List each item under `funding_information`, with its owner and due day.",
            where,
        )
    open_ = [each for each in items if each.done_on is None or each.done_on > facts.on]
    percent = funding_information_percent(items, facts)
    if open_:
        late = sum(each.due < facts.on for each in open_)
        return Unmet(
            f"{percent}% complete, {len(open_)} of {len(items)} open"
            + (f", {late} of them overdue" if late else "")
            + f": {'; '.join(f'{each.item} ({each.owner}, {each.due})' for each in open_)}.",
            "Get what is open, and give `done_on`.",
            where,
        )
    return Met(f"100% complete, {counted(len(items), 'item')}")


def _timed(facts: Facts) -> Met | Unmet:
    milestones = facts.initiative.milestones
    if not milestones:
        return Unmet(
            "No milestone of planning is on file.",
            "State each under `milestones`, with the day first planned.",
            facts.initiative.place_of("milestones"),
        )
    worst = max(slippage_days(each, facts) for each in milestones)
    return Met(
        f"{_count(len(milestones), 'milestone')}, "
        + (f"the furthest behind by {_days(worst)}" if worst > 0 else "none behind")
    )


def _problems(facts: Facts) -> Iterator[Problem]:
    steps = facts.initiative.steps
    for number, step in enumerate(steps):
        earlier = STEPS[: STEPS.index(step.step)]
        open_ = [
            name
            for name in earlier
            if not any(each.step == name and each.on <= step.on for each in steps)
        ]
        if open_ and step.overrides is None:
            yield Problem(
                f"The step {_words(step.step)} was settled on {step.on} while "
                f"{' and '.join(_words(name) for name in open_)} was open.",
                "Settle the earlier step first, or say under `overrides` why not.",
                facts.initiative.place_of("steps", number),
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    for number, step in enumerate(initiative.steps):
        if step.overrides is not None:
            yield Finding(
                "order",
                f"The step {_words(step.step)} was settled on {step.on} by {step.by} out of "
                f"order, because: {step.overrides}",
                initiative.place_of("steps", number),
            )
    for number, milestone in enumerate(initiative.milestones):
        days = slippage_days(milestone, facts)
        if days > 0:
            reached = milestone.actual is not None and milestone.actual <= facts.on
            yield Finding(
                "milestones",
                f"{milestone.name}: {'reached' if reached else 'behind by'} {_days(days)}"
                f"{' late' if reached else ''}; first planned for "
                f"{milestone.baseline}.",
                initiative.place_of("milestones", number),
            )


def _days(number: int) -> str:
    return _count(number, "day")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _words(step: Step) -> str:
    return step.replace("-", " ")


THEME = Theme(
    "steps",
    (
        Condition(
            "steps-settled",
            ("R51",),
            "Population, then intervention, then outcome targets are settled.",
            _settled,
        ),
        Condition(
            "funding-information-complete",
            ("R49",),
            "What the payor has to know in order to fund is there.",
            _funding_known,
        ),
        Condition("planning-timed", ("R50",), "Planning has milestones with their days.", _timed),
    ),
    _problems,
    _findings,
)
