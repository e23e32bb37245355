"""Contacts and attempts, one at a time or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from payforsuccess.errors import sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import refuse_ahead, refuse_before
from payforsuccess.web.people.models import Contact, Draft, Enrolment


@action
def log_contact(
    *, by: Access, enrolment: Enrolment, on: date, kind: str, is_reached: bool, note: str = ""
) -> Contact:
    """A contact, or an attempt that failed; a draft of it goes with it.

    The note stays here; the log says only that one is.
    """
    by.require("record-services")
    _refuse_day(by, enrolment, on)
    contact = Contact(
        enrolment=enrolment, on=on, kind=kind, is_reached=is_reached, note=note, by=by.user
    )
    contact.full_clean()
    contact.save()
    Draft.objects.filter(owner=by.user, enrolment=enrolment).delete()
    record(
        by.actor("record-services"),
        "contact.logged",
        contact,
        after={"on": on, "kind": kind, "reached": is_reached, "has_note": bool(note)},
    )
    return contact


@action
def log_contacts(
    *, by: Access, enrolments: Sequence[Enrolment], on: date, kind: str, is_reached: bool
) -> int:
    """The same contact with several people, as after a round of visits; without notes."""
    by.require("record-services")
    for enrolment in enrolments:
        _refuse_day(by, enrolment, on)
        contact = Contact(enrolment=enrolment, on=on, kind=kind, is_reached=is_reached, by=by.user)
        contact.full_clean()
        contact.save()
    record(
        by.actor("record-services"),
        "contacts.logged",
        by.user,
        after={
            "on": on,
            "kind": kind,
            "reached": is_reached,
            "enrolments": ", ".join(sorted(each.public_id for each in enrolments)),
        },
    )
    return len(enrolments)


def _refuse_day(by: Access, enrolment: Enrolment, on: date) -> None:
    """Refusal of a day before the enrolment, and of one ahead.

    Whoever spoke with someone before has the referral's thread for it.
    """
    refuse_before(enrolment.enrolled_on, on, sentence("enrolled"))
    refuse_ahead(by, on)
