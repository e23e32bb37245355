"""A small deal whose agencies have still to be asked, made of a deal for each test to change."""

from __future__ import annotations

from typing import Any

from payforsuccess.deal.deal import Deal
from tests.lib.deals import a_deal, an_outcome

ENROLMENTS: dict[str, Any] = {
    "feed": "anchor",
    "layout": "programme-enrolments",
    "says": "Who was referred and enrolled",
    "held_by": [{"name": "Cedar Homes"}],
    "refreshed": "month",
    "complete_through": "2026-12-31",
    "agreement": {
        "kind": "mou",
        "parties": ["Cedar Homes", "Dogwood University"],
        "purpose": "To pay for outcomes",
        "permitted_columns": [
            "enrolment_id",
            "person_ref",
            "referred_on",
            "enrolled_on",
            "given_name",
            "family_name",
            "born_on",
        ],
        "regime": "none",
        "requested_on": "2025-06-01",
        "signed_on": "2025-09-01",
        "expires_on": "2028-12-31",
    },
    "first_received_on": "2025-10-01",
}

JAIL: dict[str, Any] = {
    "feed": "jail",
    "layout": "jail-bookings",
    "says": "Bookings and releases",
    "held_by": [{"name": "Old Sheriff"}, {"name": "Alder Sheriff", "from": "2026-01-01"}],
    "refreshed": "quarter",
    "complete_through": "2026-12-31",
    "agreement": {
        "kind": "dsa",
        "parties": ["Alder Sheriff", "Dogwood University"],
        "purpose": "To count days in jail for payment",
        "permitted_columns": [
            "booking_id",
            "person_ref",
            "booked_at",
            "released_at",
            "release_type",
            "facility",
            "given_name",
            "family_name",
            "born_on",
            "ssn",
        ],
        "regime": "state criminal record law",
        "requested_on": "2025-11-01",
        "expires_on": "2028-12-31",
        "retained_until": "2029-12-31",
    },
}

MEASURE: dict[str, Any] = {
    "kind": "days-in-state",
    "state": "jailed",
    "population": {"says": "Everyone enrolled"},
    "starts_at": "enrolment",
    "window": "365 days",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "succeed",
    "feeds": ["jail"],
}


def a_deal_to_ask_for(**changes: Any) -> Deal:
    """A deal with days in jail, an anchor that is in use and a jail whose agreement is a draft."""
    usual: dict[str, Any] = {
        "outcomes": {"jail_days": an_outcome("jail_days", measure=MEASURE)},
        "data": [ENROLMENTS, JAIL],
        "linkage": {"anchor": "anchor", "feeds": ["jail"], "threshold": "95%"},
    }
    return a_deal(**{**usual, **changes})
