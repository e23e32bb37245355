"""The four levers side by side, for the government and each provider, and what blocks (R90)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.conditions.capacity import levers_on
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.levers import LEVERS, CapacityFound, LeverFound, LeversOf
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.numbers import decimal_text
from payforsuccess.reports.registers.page import day_or, register_page, rows_or

TITLES = {
    "policy": "Policy",
    "technology": "Technology",
    "contracts": "Contracts",
    "capacity": "Implementation capacity",
}


def levers_entries(facts: Facts) -> tuple[LeversOf, ...]:
    """The levers of all who are rated."""
    return levers_on(facts)


def levers_document(facts: Facts) -> Document:
    """One table with all levers, then the capacities of each organisation."""
    found = levers_entries(facts)
    rated_by = facts.capacity_set
    if rated_by is None:
        return register_page(
            facts,
            "The four levers",
            (paragraph("No capacity is rated: there is no capacity.yaml."),),
        )
    blocks: list[Block] = [
        paragraph(
            f"Levels: {'; '.join(f'{at} {each}' for at, each in enumerate(rated_by.levels))}. A "
            "lever is as high as the lowest of its capacities; the mean stands beside. It blocks "
            f"launch at {rated_by.blocks_at} or below, or with a capacity that is not rated."
        ),
        paragraph(rated_by.says),
        rows_or(
            "The four levers side by side",
            ("Organisation", "Rated as", *(TITLES[lever] for lever in LEVERS)),
            (
                (one.organisation, one.rated_as, *(_lever(lever) for lever in one.levers))
                for one in found
            ),
            empty="No payor and no provider is on file.",
        ),
    ]
    for one in found:
        blocks += [
            Heading(2, f"{one.organisation}, as {one.rated_as}"),
            rows_or(
                f"Capacities of {one.organisation}, rated as {one.rated_as}",
                ("Capacity", "Lever", "Level", "Before", "Rate again by"),
                (
                    (
                        f"{each.capacity.name} {each.capacity.title}",
                        TITLES[lever.lever],
                        str(each.level) if each.level is not None else each.why_not,
                        _before(each),
                        day_or(each.due, "now"),
                    )
                    for lever in one.levers
                    for each in lever.capacities
                ),
                empty="The set has none for it.",
            ),
        ]
    blocks += [
        Heading(2, "Plans to improve", "plans"),
        rows_or(
            "What is done to come to a higher level",
            ("Organisation", "Capacity", "From", "To", "By", "Owner", "What is done"),
            (row for one in found for lever in one.levers for row in _plans(one, lever)),
            empty="No plan is on file.",
        ),
    ]
    return register_page(facts, "The four levers", blocks)


def _lever(found: LeverFound) -> str:
    if found.lowest is None or found.mean is None:
        return f"BLOCKS: {found.why_blocked}"
    blocks = "BLOCKS: " if found.is_blocking else ""
    return f"{blocks}{found.lowest} (mean {decimal_text(float(found.mean))})"


def _before(found: CapacityFound) -> str:
    if found.before is None:
        return "none"
    if not found.change:
        return f"{found.before}, the same"
    return f"{found.before}, {'up' if found.change > 0 else 'down'} by {abs(found.change)}"


def _plans(one: LeversOf, lever: LeverFound) -> Iterator[tuple[str, ...]]:
    for found in lever.capacities:
        if found.plan is not None:
            yield (
                one.organisation,
                found.capacity.title,
                str(found.level) if found.level is not None else "not rated",
                str(found.plan.to),
                day_or(found.plan.by),
                found.plan.owner,
                found.plan.says,
            )
