"""The backbone's duties, the three findings, a manager for every month, and windows (R80, R81)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from payforsuccess.deal.deal import Deal
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.parties import FeasibilityOf, ProjectManager
from payforsuccess.units import add_months

DUTIES = {
    "negotiation": "leads negotiation",
    "feasibility": "settles impact, economic and legal feasibility",
    "capital": "brings capital together",
    "management": "manages the project for its life",
}
"""The backbone's duties as a checklist."""
FINDINGS: tuple[FeasibilityOf, ...] = get_args(FeasibilityOf)
_NO_DEAL = Unmet("No deal is on file.", "Put deal.yaml beside the initiative.")


def _duties(facts: Facts) -> Met | Unmet:
    initiative = facts.initiative
    backbones = [
        each.name for each in initiative.organisations if each.holds("backbone", on=facts.on)
    ]
    if not backbones:
        return Unmet(
            "No backbone organisation is on file.",
            "Give one organisation the role `backbone`; it may hold others.",
            initiative.place_of("organisations"),
        )
    without_capital = initiative.contract_type != "with-investors"
    asked = [name for name in DUTIES if not (without_capital and name == "capital")]
    open_ = [DUTIES[name] for name in asked if name not in initiative.backbone_duties_done]
    if open_:
        return Unmet(
            f"Not taken up by {', '.join(backbones)}: {'; '.join(open_)}.",
            "Settle who does it, and list it under `backbone_duties_done`.",
            initiative.place_of("backbone_duties_done"),
        )
    return Met(f"{', '.join(backbones)}: {'; '.join(DUTIES[name] for name in asked)}")


def _feasible(facts: Facts) -> Met | Unmet:
    dated = sorted(facts.initiative.feasibility, key=lambda each: each.on)
    made = {each.of: each for each in dated if each.on <= facts.on}
    open_ = [name for name in FINDINGS if name not in made]
    if open_:
        return Unmet(
            f"No finding of {', '.join(open_)} feasibility.",
            "Record each under `feasibility`, with who found it and its paper.",
            facts.initiative.place_of("feasibility"),
        )
    against = [name for name in FINDINGS if not made[name].is_favourable]
    if against:
        return Unmet(
            f"Found not feasible: {', '.join(against)}.",
            "Change what stands against it and have it looked into again, or stop.",
            facts.initiative.place_of("feasibility"),
        )
    return Met("; ".join(f"{name}: {made[name].by}, {made[name].on}" for name in FINDINGS))


def _managed(facts: Facts) -> Met | Unmet:
    if facts.deal is None:
        return _NO_DEAL
    open_ = months_without_manager(facts.deal, facts.initiative.project_managers)
    if open_:
        first = ", ".join(f"{day:%Y-%m}" for day in open_[:6])
        more = f" and {len(open_) - 6} more" if len(open_) > 6 else ""
        return Unmet(
            f"Nobody is named for {first}{more}.",
            "Name a project manager for every month of the term under `project_managers`.",
            facts.initiative.place_of("project_managers"),
        )
    return Met(f"every month from {facts.deal.periods.from_} to {facts.deal.ends_on}")


def months_without_manager(deal: Deal, managers: tuple[ProjectManager, ...]) -> tuple[date, ...]:
    """The first day of each month of the term with a day on which nobody manages (R81).

    The term runs from the first day of the first period to the last day of the deal.
    """
    start, end = deal.periods.from_, deal.ends_on
    found, month = [], start.replace(day=1)
    while month <= end:
        first = max(month, start)
        last = min(add_months(month, 1) - timedelta(days=1), end)
        if not _covered(first, last, managers):
            found.append(month)
        month = add_months(month, 1)
    return tuple(found)


def _covered(first: date, last: date, managers: tuple[ProjectManager, ...]) -> bool:
    reached = first - timedelta(days=1)
    for each in sorted(managers, key=lambda each: each.from_):
        if each.from_ <= reached + timedelta(days=1):
            reached = max(reached, each.to)
    return reached >= last


def _windows(facts: Facts) -> Met | Unmet:
    deal = facts.deal
    if deal is None:
        return _NO_DEAL
    paid_for = sorted({name for term in deal.payments for name in term.outcomes_read()})
    if not paid_for:
        return Unmet("The deal pays for no outcome.", "State its payment terms.")
    without = [name for name in paid_for if not _has_window(deal, name)]
    if without:
        return Unmet(
            f"Paid for without a measurement window: {', '.join(without)}.",
            "Give each a `measure` with its window, or the plan that estimates it.",
            deal.place_of("outcomes", without[0]),
        )
    return Met(f"{', '.join(paid_for)}: each with a window; nothing is earned after {deal.ends_on}")


def _has_window(deal: Deal, name: str) -> bool:
    """Whether records after a stated window count for nothing: every measure has one."""
    outcome = deal.outcomes[name]
    return outcome.measure is not None or outcome.estimate is not None


THEME = Theme(
    "backbone",
    (
        Condition(
            "backbone-duties",
            ("R81",),
            "A backbone organisation has taken up its duties.",
            _duties,
        ),
        Condition(
            "feasibility-found",
            ("R81",),
            "Impact, economic and legal feasibility are found, each of them in favour.",
            _feasible,
        ),
        Condition(
            "managed-every-month",
            ("R81",),
            "A project manager is named for every month of the term.",
            _managed,
        ),
        Condition(
            "measurement-windows",
            ("R80",),
            "Every outcome that is paid for has a measurement window and an end.",
            _windows,
        ),
    ),
)
