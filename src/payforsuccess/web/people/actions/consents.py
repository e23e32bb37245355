"""What people agreed to, refused, or took back."""

from __future__ import annotations

from datetime import date

from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.models import Consent, Participant


@action
def record_consent(*, by: Access, participant: Participant, consent: Consent) -> Consent:
    """What someone agreed to or refused. Services are the same either way."""
    by.require("record-consent")
    consent.participant = participant
    consent.full_clean()
    consent.save()
    record(
        by.actor("record-consent"),
        "consent.recorded",
        consent,
        after={"given": consent.is_given, "on": consent.said_on, "recipient": consent.recipient},
    )
    return consent


@action
def withdraw_consent(*, by: Access, consent: Consent, on: date) -> Consent:
    """Consent ends with a day; later reads stop."""
    by.require("record-consent")
    consent.withdrawn_on = on
    consent.full_clean()
    consent.save()
    record(by.actor("record-consent"), "consent.withdrawn", consent, after={"on": on})
    return consent
