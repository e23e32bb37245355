"""What the pages of registers say once something is on file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from payforsuccess.governance.facts import Facts
from payforsuccess.reports import write_html
from payforsuccess.reports.document import Document
from payforsuccess.reports.registers.amendments import amendments_document
from payforsuccess.reports.registers.authority import authority_document
from payforsuccess.reports.registers.change import change_document
from payforsuccess.reports.registers.data_access import data_access_document
from payforsuccess.reports.registers.decisions import decisions_document
from payforsuccess.reports.registers.disputes import disputes_document
from payforsuccess.reports.registers.ethics import ethics_document
from payforsuccess.reports.registers.harms import harms_document
from payforsuccess.reports.registers.meetings import meetings_document
from payforsuccess.reports.registers.records_requests import records_requests_document
from payforsuccess.reports.registers.voice import voice_document
from payforsuccess.reports.text import write_text
from payforsuccess.runs.folder import read_deal
from tests.lib.deals import COUNTY, a_deal
from tests.lib.initiatives import facts_of
from tests.rooms.governance.test_authority import OPINION, PROMISE, amended
from tests.rooms.governance.test_change import ROUTINE
from tests.rooms.governance.test_disputes import DISPUTE, RULES
from tests.rooms.governance.test_ethics import RECORD
from tests.rooms.governance.test_open_meetings import BODY, MEETING
from tests.rooms.governance.test_voice import HARM, SAID

PRACTICE_DEAL = Path(__file__).parents[3] / "examples" / "just-in-reach" / "deal.yaml"


def told(document: Document) -> str:
    """The page's words, however the lines break; the page can be written."""
    assert write_html(document)
    return " ".join(write_text(document).split())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "success has not been found yet"),
        ({"success_found_on": "2026-05-01"}, "OPEN since success was found on 1 May 2026"),
        ({"success_found_on": "2026-05-01", "funded_on": "2026-05-02"}, "funded on 2 May 2026"),
        (
            {
                "success_found_on": "2026-05-01",
                "released_on": "2026-05-02",
                "released_by": "Board",
            },
            "released on 2 May 2026 by Board",
        ),
    ],
)
def test_the_commitment_to_fund_is_shown_and_never_as_a_liability(
    changes: dict[str, str], says: str
) -> None:
    """R8, R128."""
    facts = facts_of(counsel_opinion=OPINION, sustained_funding=PROMISE | changes)
    found = told(authority_document(facts))
    assert f"Standing: {says}" in found
    assert "no liability, and stands in no sum of what may fall due" in found
    assert "Exception to the debt limit relied on: contingent obligation" in found


def test_an_ethics_record_is_shown_with_why_it_is_not_in_force() -> None:
    """R114."""
    record = RECORD | {"anyone_in_custody": "true"}
    facts = facts_of(uses_random_assignment="true", ethics=[RECORD, record])
    found = told(ethics_document(facts))
    assert "Standing: in force" in found
    assert "Standing: not in force: people in custody" in found
    assert "no basis is stated (Counsel checks)" in found


def test_each_consent_of_an_amendment_is_shown() -> None:
    """R125."""
    yes = {"of": "payor", "party": COUNTY, "on": "2026-03-01"}
    found = told(amendments_document(amended(yes)))
    assert "not in force, consents are missing" in found
    assert "the payor money always 1 March 2026" in found
    assert "the provider money always not yet" in found
    assert "the Board money where it moves more than 50,000 not yet" in found
    assert "has not been amended" in told(amendments_document(facts_of()))


def test_a_dispute_is_shown_with_the_deals_clock() -> None:
    """R124."""
    facts = facts_of(deal=a_deal(disputes=RULES), disputes=[DISPUTE])
    found = told(disputes_document(facts))
    assert "operating within 14 days, executive within 1 month" in found
    assert "What is not disputed is paid." in found
    assert "To be settled by: 18 May 2026 Standing: open, 14 days late" in found
    assert "the deal gives no clock" in told(disputes_document(facts_of(disputes=[DISPUTE])))


def test_meetings_show_counsels_decision_agenda_and_minutes() -> None:
    """R152."""
    found = told(meetings_document(facts_of(bodies=[BODY], meetings=[MEETING])))
    assert "covered (Counsel, 1 February 2026)" in found
    assert "20 May 2026 Executive steering committee A paper (minutes) 72" in found


def test_the_exemption_log_is_shown() -> None:
    """R152."""
    request: dict[str, Any] = {
        "number": "7",
        "received_on": "2026-05-22",
        "asks": "the contract",
        "answered_on": "2026-05-29",
        "withheld": [{"says": "a bank account", "exemption": "as Counsel names it"}],
    }
    found = told(records_requests_document(facts_of(records_requests=[request])))
    assert "29 May 2026, after 7 days" in found
    assert "7 a bank account as Counsel names it" in found


def test_voices_and_stops_are_shown() -> None:
    """R109, R121."""
    facts: Facts = facts_of(voices=[SAID], harms=[HARM | {"stops_service": "true"}])
    assert "none for 31 days" in told(voice_document(facts))
    found = told(harms_document(facts))
    assert "Service is stopped by H-1." in found
    assert "open, STOPS SERVICE" in found


def test_money_for_advice_and_steps_in_scale_are_shown() -> None:
    """R54, R64, R65: money for advice is neither capital nor a success payment."""
    facts = facts_of(
        change_plan=[ROUTINE],
        support_money=[{"by": "A fund", "to": "An adviser", "amount": "50000", "for": "advice"}],
        scale=[{"to": "pilot", "on": "2026-05-01"}],
        incentives=[
            {
                "kind": "first call on savings",
                "recipient": "Health",
                "condition": "a whole stream pays on outcomes",
                "value": "half of what is saved (made up)",
            }
        ],
        systems_change={
            "rules": "State",
            "data": "Sheriff",
            "funding_streams": "AB 109",
            "by": "2028-01-01",
        },
    )
    found = told(change_document(facts))
    assert "neither capital of the deal nor a success payment" in found
    assert "advice A fund An adviser 50,000" in found
    assert "not seen yet (releases with a call)" in found
    assert "half of what is saved (made up) not yet" in found
    assert "AB 109" in found
    assert "pilot 1 May 2026 none" in found


def test_the_feeds_of_the_deal_stand_beside_the_sources_on_file() -> None:
    """R95: per source holder, agreement, and days from the request."""
    deal = read_deal(PRACTICE_DEAL)
    found = told(data_access_document(facts_of(deal=deal)))
    assert "Feeds of the deal" in found
    assert deal.data[0].feed in found


def test_decisions_are_shown_with_what_they_rest_on_and_who_has_which_part() -> None:
    """R107: those without evidence are counted; R85: actions with owner and day."""
    fee = {"name": "fee", "on": "2026-03-01", "by": COUNTY, "says": "Pay it.", "reasons": "Needed."}
    rate = fee | {"name": "rate", "says": "Raise it.", "evidence": ["Costs of 2025"]}
    later = fee | {"name": "later", "says": "Wait.", "on": "2027-01-01"}
    action = {
        "name": "lists",
        "metric": "homes",
        "says": "Agree on lists",
        "owner": "Ben",
        "opened_on": "2026-04-01",
        "due": "2026-05-22",
    }
    move = {"to": "readiness", "on": "2026-02-01", "by": COUNTY, "overrides": ["team"]}
    part = {"decision": "Prices", "responsible": ["Ben"], "accountable": "Ada"}
    words = told(
        decisions_document(
            facts_of(
                decisions=[fee, rate, later],
                actions=[action],
                moves=[move | {"reason": "It was to meet soon"}],
                decision_parts=[part],
            )
        )
    )
    assert "2 decisions on file; 1 of them names no metric or evidence." in words
    assert "Costs of 2025" in words
    assert "Wait." not in words
    assert "10 days overdue" in words
    assert "It was to meet soon" in words
    assert "Ada" in words
