"""Participants, and what services know of them. What names or places someone is locked at rest.

Contact details and notes lie in tables of their own: a query for custody, court or study never
joins them. Notes never leave this database.
"""

from __future__ import annotations

from payforsuccess.web.people.models.participant import (
    Consent,
    ContactDetails,
    Participant,
    new_key,
)
from payforsuccess.web.people.models.reports import HarmReport, WrongRecord
from payforsuccess.web.people.models.services import (
    CORRECTABLE,
    CORRECTION_REASONS,
    Booking,
    Contact,
    Draft,
    Enrolment,
    FollowUp,
    Placement,
)
from payforsuccess.web.people.models.sites import SiteChange, site_on

__all__ = [
    "CORRECTABLE",
    "CORRECTION_REASONS",
    "Booking",
    "Consent",
    "Contact",
    "ContactDetails",
    "Draft",
    "Enrolment",
    "FollowUp",
    "HarmReport",
    "Participant",
    "Placement",
    "SiteChange",
    "WrongRecord",
    "new_key",
    "site_on",
]
