"""Everything that is recorded of services. Each change is one transaction with one audit event."""

from __future__ import annotations

from payforsuccess.web.people.actions.bookings import tell_booking
from payforsuccess.web.people.actions.consents import (
    record_agreement,
    record_consent,
    withdraw_consent,
)
from payforsuccess.web.people.actions.contacts import log_contact, log_contacts
from payforsuccess.web.people.actions.corrections import correct_day
from payforsuccess.web.people.actions.drafts import drop_draft, keep_draft
from payforsuccess.web.people.actions.exports import give_out
from payforsuccess.web.people.actions.follow_ups import ask_follow_up, close_follow_up
from payforsuccess.web.people.actions.handover import hand_over
from payforsuccess.web.people.actions.harms import report_harm, settle_harm, tell_of_harm
from payforsuccess.web.people.actions.reaching import keep_contact_details, look, look_through
from payforsuccess.web.people.actions.services import enrol, leave, move_in, move_out
from payforsuccess.web.people.actions.wrong_records import (
    answer_wrong_record,
    report_wrong_record,
    tell_holder,
)

__all__ = [
    "answer_wrong_record",
    "ask_follow_up",
    "close_follow_up",
    "correct_day",
    "drop_draft",
    "enrol",
    "give_out",
    "hand_over",
    "keep_contact_details",
    "keep_draft",
    "leave",
    "log_contact",
    "log_contacts",
    "look",
    "look_through",
    "move_in",
    "move_out",
    "record_agreement",
    "record_consent",
    "report_harm",
    "report_wrong_record",
    "settle_harm",
    "tell_booking",
    "tell_holder",
    "tell_of_harm",
    "withdraw_consent",
]
