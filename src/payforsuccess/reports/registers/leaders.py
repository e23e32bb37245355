"""Leaders: what they committed to, and how long ago each was spoken with (R40, R52)."""

from __future__ import annotations

from payforsuccess.governance.contacts import Contact, contacts
from payforsuccess.governance.facts import Facts
from payforsuccess.reports.document import Document, Heading
from payforsuccess.reports.registers.page import day_or, register_page, rows_or, words


def leaders_entries(facts: Facts) -> tuple[Contact, ...]:
    """Every leader with the last contact, the longest ago first."""
    return contacts(facts.initiative, on=facts.on)


def leaders_document(facts: Facts) -> Document:
    """Commitments in the order of their days, then contacts."""
    initiative = facts.initiative
    return register_page(
        facts,
        "Leaders",
        (
            Heading(2, "Commitments", "commitments"),
            rows_or(
                "Commitments, the earliest first",
                ("Leader", "Organisation", "Budget", "By", "Day", "Paper"),
                (
                    (
                        each.leader,
                        each.organisation,
                        each.budget_authority,
                        "another method" if each.method == "other" else words(each.method),
                        day_or(each.on),
                        str(each.paper),
                    )
                    for each in sorted(initiative.commitments, key=lambda each: each.on)
                    if each.on <= facts.on
                ),
                empty="No commitment is on file.",
            ),
            Heading(2, "Contacts", "contacts"),
            rows_or(
                f"Days since the last contact; the limit is {initiative.engagement_days}",
                ("Leader", "Organisation", "Last contact", "Days since", "Standing"),
                (
                    (
                        each.leader,
                        each.organisation,
                        day_or(each.last_on, "not on file"),
                        str(each.days) if each.days is not None else "not known",
                        "OVERDUE" if each.is_overdue else "within the limit",
                    )
                    for each in leaders_entries(facts)
                ),
                empty="No leader is on file.",
            ),
        ),
    )
