"""The register of agreements with parties, days and obligations (R93)."""

from __future__ import annotations

from payforsuccess.governance.conditions.agreements import agreements_on
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.in_force import AgreementFound, ObligationFound
from payforsuccess.reports.document import Document, Heading
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.registers.page import day_or, register_page, rows_or, words

NO_DAY = "the day is not on file"
"""Of published sources, in which a day that is left out may still have been."""


def agreements_entries(facts: Facts) -> tuple[AgreementFound, ...]:
    """Every agreement as it stands on the day."""
    return agreements_on(facts)


def agreements_document(facts: Facts) -> Document:
    """The agreements, then every obligation by agreement."""
    found = agreements_entries(facts)
    is_published = facts.initiative.standing == "published-terms"
    return register_page(
        facts,
        "Agreements",
        (
            rows_or(
                "The register of agreements",
                ("Agreement", "Kind", "Parties", "Signed", "Last day", "Standing"),
                (
                    (
                        each.agreement.title,
                        words(each.agreement.kind),
                        ", ".join(each.agreement.parties),
                        day_or(each.agreement.signed_on, NO_DAY if is_published else "not signed"),
                        day_or(each.agreement.expires_on, NO_DAY if is_published else "none"),
                        _standing(each, is_published),
                    )
                    for each in found
                ),
                empty="No agreement is on file.",
            ),
            Heading(2, "Obligations", "obligations"),
            rows_or(
                "What agreements oblige to",
                ("Obligation", "Agreement", "Who", "Due", "Standing"),
                (
                    (
                        duty.obligation.says,
                        each.agreement.title,
                        duty.obligation.who,
                        day_or(duty.obligation.due, "no day"),
                        _done(duty),
                    )
                    for each in found
                    for duty in each.obligations
                ),
                empty="No obligation is on file.",
            ),
        ),
    )


def _standing(found: AgreementFound, is_published: bool) -> str:
    if is_published and found.agreement.signed_on is None:
        return "not known"
    if found.standing == "ends-soon":
        return f"in force, ends in {counted(found.days_left or 0, 'day')}"
    if found.standing == "ended":
        return f"ended {counted(-(found.days_left or 0), 'day')} ago"
    return words(found.standing)


def _done(duty: ObligationFound) -> str:
    late = f", {counted(duty.days_late, 'day')} late" if duty.days_late else ""
    return f"done on {day_or(duty.obligation.done_on)}{late}" if duty.is_done else f"open{late}"
