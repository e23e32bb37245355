"""Disputes with the clock of each step; the undisputed rest is paid (R124)."""

from __future__ import annotations

from payforsuccess.governance.dispute_clock import DisputeFound, StepFound, disputes_found
from payforsuccess.governance.facts import Facts
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.numbers import amount_text, counted, percent_text
from payforsuccess.reports.registers.page import day_or, register_page, rows_or
from payforsuccess.units import grouped


def disputes_entries(facts: Facts) -> tuple[DisputeFound, ...]:
    """Every dispute by the day, with its clocks."""
    rules = facts.deal.disputes if facts.deal is not None else None
    return disputes_found(facts.initiative.disputes, rules, on=facts.on)


def disputes_document(facts: Facts) -> Document:
    """The rules of the deal, then a row for each step taken."""
    return register_page(
        facts,
        "Disputes",
        (
            paragraph(_rules(facts)),
            rows_or(
                "Disputes by step",
                ("Dispute", "On", "Amount", "Raised", "Step", "To be settled by", "Standing"),
                (
                    (
                        f"{each.dispute.name}, clause {each.dispute.clause}",
                        f"statement {each.dispute.statement}: {', '.join(each.dispute.lines)}",
                        grouped(each.dispute.amount),
                        f"{each.dispute.raised_by}, {day_or(each.dispute.raised_on)}",
                        step.step.step,
                        day_or(step.due, "the deal gives no clock"),
                        _standing(step),
                    )
                    for each in disputes_entries(facts)
                    for step in each.steps
                ),
                empty="No dispute is on file.",
            ),
            Heading(2, "Late payment", "late-payment"),
            *_late(facts),
        ),
    )


def _late(facts: Facts) -> tuple[Block, ...]:
    late, deal = facts.late, facts.deal
    if late is None or deal is None:
        return (paragraph("No statement is issued."),)
    if not late.stretches and late.since is None:
        return (paragraph("Nothing was paid late."),)
    now = (
        f"{amount_text(late.overdue, deal.currency, code=True)} is overdue since "
        f"{day_or(late.since)}."
        if late.since is not None
        else "Nothing is overdue now."
    )
    bears = "The deal states no interest on late payment."
    if deal.disputes.late_interest:
        bears = (
            f"Interest to the day: {amount_text(late.interest, deal.currency, code=True)}, simple, "
            "by actual days over 365, since the deal states no other count. It is in no statement; "
            "the contract governs."
        )
    return (
        paragraph(f"{now} {bears}"),
        rows_or(
            "What was overdue on all statements together",
            ("From", "To", f"Overdue ({deal.currency})"),
            (
                (day_or(each.start), day_or(each.end), amount_text(each.overdue, deal.currency))
                for each in late.stretches
            ),
            empty="It is overdue from today.",
            numbers=(f"Overdue ({deal.currency})",),
        ),
    )


def _rules(facts: Facts) -> str:
    if facts.deal is None:
        return "There is no deal yet whose rules would give the steps a clock."
    rules = facts.deal.disputes
    steps = ", ".join(f"{each.name} within {each.within}" for each in rules.steps)
    interest = (
        f" Late payment bears {percent_text(float(rules.late_interest))} interest a year."
        if rules.late_interest
        else ""
    )
    return (
        f"A line can be disputed within {rules.raise_within} of its statement. Steps: "
        f"{steps or 'none'}. What is not disputed is paid.{interest}"
    )


def _standing(step: StepFound) -> str:
    late = f", {counted(step.days_late, 'day')} late" if step.days_late else ""
    if step.is_settled:
        how = f": {step.step.says}" if step.step.says else ""
        return f"settled on {day_or(step.step.settled_on)}{late}{how}"
    return f"open{late}"
