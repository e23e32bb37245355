"""Contacts and attempts, one at a time or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import hold, record
from payforsuccess.web.people.days import refuse_ahead, refuse_before
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Contact, Draft, Enrolment
from payforsuccess.web.people.opened import refuse_opened
from payforsuccess.web.people.queries import same_contact


@action
def log_contact(
    *, by: Access, enrolment: Enrolment, on: date, kind: str, is_reached: bool, note: str = ""
) -> Contact:
    """A contact, or an attempt that failed; a draft of it goes with it.

    The note stays here; the log says only that one is. The very same one, sent again, is the one
    that is on record.
    """
    by.require("record-services")
    refuse_opened(by, enrolment.participant)
    _refuse_day(by, held(enrolment), on)
    known = same_contact(by, enrolment, on=on, kind=kind, is_reached=is_reached, note=note)
    if known is not None:
        Draft.objects.filter(owner=by.user, enrolment=enrolment).delete()
        return known
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
    """The same contact with several people, as after a round of visits; without notes.

    With whom it is on record already it is not recorded again. How many people it stands for.
    """
    by.require("record-services")
    hold()
    sent = {"on": on, "kind": kind, "is_reached": is_reached, "note": "", "by": by.user}
    known = set(
        Contact.objects.filter(enrolment__in=[each.pk for each in enrolments], **sent).values_list(
            "enrolment_id", flat=True
        )
    )
    news = [each for each in enrolments if each.pk not in known]
    for enrolment in news:
        _refuse_day(by, enrolment, on)
        contact = Contact(enrolment=enrolment, on=on, kind=kind, is_reached=is_reached, by=by.user)
        contact.full_clean()
        contact.save()
    if not news:
        return len(enrolments)
    record(
        by.actor("record-services"),
        "contacts.logged",
        by.user,
        after={
            "on": on,
            "kind": kind,
            "reached": is_reached,
            "enrolments": ", ".join(sorted(each.public_id for each in news)),
        },
    )
    return len(enrolments)


def _refuse_day(by: Access, enrolment: Enrolment, on: date) -> None:
    """Refusal of a day before the enrolment, of one ahead, and of one after a death.

    Whoever spoke with someone before has the referral's thread for it.
    """
    refuse_before(enrolment.enrolled_on, on, sentence("enrolled"))
    refuse_ahead(by, on)
    died_on = enrolment.exited_on if enrolment.exit_kind == "died" else None
    if died_on is not None and on > died_on:
        raise Refusal(
            Problem(
                sentence("The day is after the one on which the person died."),
                sentence("Write {on} or an earlier day.", on=died_on),
            )
        )
