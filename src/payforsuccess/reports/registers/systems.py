"""The inventory of systems: owner, refresh interval, quality, and which are too old (R92)."""

from __future__ import annotations

from payforsuccess.governance.conditions.data_access import days_beyond
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.agreements import System
from payforsuccess.reports.document import Document
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.registers.page import day_or, register_page, rows_or


def systems_entries(facts: Facts) -> tuple[System, ...]:
    """Every system."""
    return facts.initiative.systems


def systems_document(facts: Facts) -> Document:
    """Every system with how old its data are."""
    return register_page(
        facts,
        "Systems",
        (
            rows_or(
                "Systems and interfaces",
                (
                    "System",
                    "Owner",
                    "Holds",
                    "Renewed every",
                    "Last renewed",
                    "Quality",
                    "Standing",
                ),
                (
                    (
                        each.name,
                        each.owner,
                        each.holds,
                        counted(each.refreshed_every_days, "day"),
                        day_or(each.last_refreshed_on),
                        each.quality,
                        _standing(each, facts),
                    )
                    for each in systems_entries(facts)
                ),
                empty="No system is on file.",
            ),
        ),
    )


def _standing(system: System, facts: Facts) -> str:
    if system.last_refreshed_on is None:
        return "not known"
    beyond = days_beyond(system, facts)
    return f"{counted(beyond, 'day')} too old" if beyond else "within its interval"
