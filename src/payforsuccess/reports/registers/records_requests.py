"""Public records requests, with the log of what was withheld under which exemption (R152)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.team import RecordsRequest
from payforsuccess.reports.document import Document, Heading
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.registers.page import day_or, register_page, rows_or


def records_requests_entries(facts: Facts) -> tuple[RecordsRequest, ...]:
    """Every request that came by the day."""
    return tuple(each for each in facts.initiative.records_requests if each.received_on <= facts.on)


def records_requests_document(facts: Facts) -> Document:
    """The requests, then the exemption log."""
    found = records_requests_entries(facts)
    return register_page(
        facts,
        "Records requests",
        (
            rows_or(
                "Requests for public records",
                ("Request", "Asks for", "Came", "Answered"),
                (
                    (each.number, each.asks, day_or(each.received_on), _answered(each, facts))
                    for each in found
                ),
                empty="No request is on file.",
            ),
            Heading(2, "Exemption log", "exemptions"),
            rows_or(
                "What was withheld, and the exemption relied on",
                ("Request", "Withheld", "Exemption"),
                (
                    (each.number, withheld.says, withheld.exemption)
                    for each in found
                    for withheld in each.withheld
                ),
                empty="Nothing was withheld.",
            ),
        ),
    )


def _answered(request: RecordsRequest, facts: Facts) -> str:
    if request.answered_on is not None and request.answered_on <= facts.on:
        days = (request.answered_on - request.received_on).days
        return f"{day_or(request.answered_on)}, after {counted(days, 'day')}"
    return f"open for {counted((facts.on - request.received_on).days, 'day')}"
