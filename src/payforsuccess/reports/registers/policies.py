"""Policies in three groups: present rule, barrier, change, owner, authority, status (R26, R91)."""

from __future__ import annotations

from payforsuccess.governance.conditions.agreements import GROUPS
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.agreements import Policy
from payforsuccess.reports.document import Block, Document, Heading
from payforsuccess.reports.registers.page import day_or, register_page, rows_or, words

BARRIERS = ("no barrier", "slows", "hinders", "stops")


def policies_entries(facts: Facts) -> tuple[Policy, ...]:
    """Every policy."""
    return facts.initiative.policies


def policies_document(facts: Facts) -> Document:
    """A section a group, the highest barrier first."""
    blocks: list[Block] = []
    for group in GROUPS:
        rows = sorted(
            (each for each in policies_entries(facts) if each.group == group),
            key=lambda each: -each.barrier,
        )
        blocks += [
            Heading(2, f"{group.capitalize()} policies", group),
            rows_or(
                f"{group.capitalize()} policies and the change wanted",
                (
                    "Policy",
                    "Present rule",
                    "Barrier",
                    "Change wanted",
                    "Owner",
                    "Authority",
                    "Status",
                ),
                (
                    (
                        f"{each.title} ({each.source})",
                        each.present_rule,
                        f"{each.barrier}, {BARRIERS[each.barrier]}: {each.effect}",
                        each.change,
                        each.owner,
                        words(each.authority),
                        _status(each),
                    )
                    for each in rows
                ),
                empty="None is on file.",
            ),
        ]
    return register_page(facts, "Policies", blocks)


def _status(policy: Policy) -> str:
    if policy.status == "adopted" and policy.adopted_on is not None:
        return f"adopted on {day_or(policy.adopted_on)}"
    return words(policy.status)
