"""Who takes part in which role, for whom people speak, and what is at stake (R34, R76, R79)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.stakes import (
    Exposed,
    at_stake,
    exposure_ledger,
    parties_by_role,
    without_amount,
)
from payforsuccess.reports.document import Block, Document, Heading
from payforsuccess.reports.numbers import number_text
from payforsuccess.reports.registers.page import blank_in, day_or, register_page, rows_or, words


def partners_entries(facts: Facts) -> tuple[Exposed, ...]:
    """Every party that takes part, once."""
    return exposure_ledger(facts.initiative, on=facts.on)


def partners_document(facts: Facts) -> Document:
    """Payors, parties once under each role, the exposure ledger with each once, and people."""
    return register_page(
        facts, "Partners", (*_payors(facts), *_roles(facts), *_ledger(facts), *_people(facts))
    )


def _payors(facts: Facts) -> tuple[Block, ...]:
    initiative = facts.initiative
    rows = []
    for each in initiative.payors:
        organisation = initiative.organisation(each.organisation)
        level = organisation.level if organisation is not None else None
        share = f"{float(each.share * 100):.10g}%" if each.share is not None else "not on file"
        rows.append((each.organisation, level or "not on file", share))
    return (
        rows_or(
            "End payors with their shares of each payment",
            ("Payor", "Level of government", "Share"),
            rows,
            empty="No end payor is on file.",
        ),
    )


def _roles(facts: Facts) -> tuple[Block, ...]:
    found = parties_by_role(facts.initiative, on=facts.on)
    return (
        Heading(2, "By role", "roles"),
        rows_or(
            "Parties by role; one with several roles stands under each",
            ("Role", "Parties"),
            ((words(role), ", ".join(names)) for role, names in found.items()),
            empty="No party is on file.",
        ),
    )


def _ledger(facts: Facts) -> tuple[Block, ...]:
    rows = []
    for each in partners_entries(facts):
        stakes = each.stakes or (None,)
        for stake in stakes:
            if stake is None:
                kind = blank_in(facts, "NOT ON FILE" if each.is_flagged else "none, as it is to be")
                blank = blank_in(facts)
                rows.append((each.organisation.name, kind, blank, blank, _paper(each)))
                continue
            amount = number_text(stake.amount) if stake.amount is not None else "not on file"
            told = (words(stake.kind), amount, stake.says)
            rows.append((each.organisation.name, *told, _paper(each)))
    totals = at_stake(facts.initiative, on=facts.on)
    left_out = without_amount(facts.initiative, on=facts.on)
    kinds = dict.fromkeys((*totals, *left_out))
    return (
        Heading(2, "The exposure ledger", "exposure"),
        rows_or(
            "What each party stands to lose or gain",
            ("Party", "Kind", "Amount", "What it loses or gains", "Source"),
            rows,
            empty="No party is on file.",
        ),
        rows_or(
            "Money at stake by kind, each party once, as far as amounts are on file",
            ("Kind", "Amount", "Not in it, since no amount is on file"),
            (
                (
                    words(kind),
                    number_text(totals[kind]) if kind in totals else "not on file",
                    ", ".join(left_out.get(kind, ())),
                )
                for kind in kinds
            ),
            empty="No amount at stake is on file.",
        ),
    )


def _paper(each: Exposed) -> str:
    return str(each.organisation.paper) if each.organisation.paper is not None else "none"


def _people(facts: Facts) -> tuple[Block, ...]:
    return (
        Heading(2, "People", "people"),
        rows_or(
            "Who speaks and works for the parties",
            ("Person", "Organisation", "Office", "Level", "Part", "Until"),
            (
                (
                    each.name,
                    each.organisation,
                    each.office or blank_in(facts),
                    each.seniority,
                    " and ".join(
                        part
                        for part, holds in (("decides", each.decides), ("does", each.does))
                        if holds
                    ),
                    day_or(each.until, "no end"),
                )
                for each in facts.initiative.members
                if each.is_there(on=facts.on)
            ),
            empty="Nobody is on file.",
            blank=blank_in(facts),
        ),
    )
