"""Evaluators' declarations: who pays, the payer's stake, and what would tie them (R82)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.parties import Independence
from payforsuccess.reports.document import Document
from payforsuccess.reports.registers.page import day_or, register_page, rows_or


def evaluators_entries(facts: Facts) -> tuple[Independence, ...]:
    """Every declaration made by the day, the latest first."""
    made = [each for each in facts.initiative.independence if each.on <= facts.on]
    return tuple(sorted(made, key=lambda each: each.on, reverse=True))


def evaluators_document(facts: Facts) -> Document:
    """The declarations, the latest first."""
    return register_page(
        facts,
        "Evaluators' independence",
        (
            rows_or(
                "Declarations, the latest first",
                (
                    "Evaluator",
                    "Day",
                    "By",
                    "Paid by",
                    "Stake of who pays",
                    "Pay on results",
                    "Tied",
                ),
                (
                    (
                        each.evaluator,
                        day_or(each.on),
                        each.by,
                        each.paid_by + _lender(each, facts),
                        each.payer_stake,
                        "YES" if each.contingent_interest else "none",
                        ", ".join((*each.shares_ownership_with, *each.shares_staff_with))
                        or "to nobody",
                    )
                    for each in evaluators_entries(facts)
                ),
                empty="No declaration is on file.",
            ),
        ),
    )


def _lender(declared: Independence, facts: Facts) -> str:
    payer = facts.initiative.organisation(declared.paid_by)
    lends = payer is not None and payer.holds("investor", "guarantor", on=facts.on)
    return " (A LENDER)" if lends else ""
