"""Everything that is recorded of services. Each change is one transaction with one audit event."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.referral import State, check_next
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.models import (
    Booking,
    Consent,
    Contact,
    ContactDetails,
    Enrolment,
    FollowUp,
    Participant,
    Placement,
)
from payforsuccess.web.referrals.models import Change, Referral

OWN = Case(is_own=True)


@action
def enrol(*, by: Access, referral: Referral, case_manager: User, site: str, on: date) -> Enrolment:
    """Someone who was placed joins the programme; Refusal while they are in it already."""
    by.require("record-services")
    participant = referral.participant
    if participant.enrolments.filter(exited_on=None).exists():
        raise Refusal(
            Problem(
                "The person is enrolled already.",
                "Record what is new on that enrolment, or record the exit first.",
            )
        )
    enrolment = Enrolment.objects.create(
        participant=participant,
        initiative=by.initiative,
        case_manager=case_manager,
        site=site,
        enrolled_on=on,
    )
    referral.enrolment = enrolment
    _bring(by, referral, "enrolled")
    record(
        by.actor("record-services"),
        "enrolment.began",
        enrolment,
        after={"on": on, "site": site, "case_manager": case_manager.public_id},
    )
    return enrolment


@action
def leave(*, by: Access, enrolment: Enrolment, on: date, kind: str) -> Enrolment:
    """Someone leaves the programme, and an open home ends with it unless it is one to keep."""
    by.require("record-services")
    _refuse_before(enrolment.enrolled_on, on, "enrolled")
    before = enrolment.exited_on
    enrolment.exited_on, enrolment.exit_kind = on, kind
    enrolment.full_clean()
    enrolment.save()
    if kind != "good":
        for home in enrolment.placements.filter(moved_out_on=None):
            home.moved_out_on = max(on, home.moved_in_on)
            home.save()
    _bring_of(by, enrolment, "left")
    record(
        by.actor("record-services"),
        "enrolment.ended",
        enrolment,
        before={"exited_on": before},
        after={"exited_on": on, "kind": kind},
    )
    return enrolment


@action
def move_in(
    *, by: Access, enrolment: Enrolment, on: date, leased_on: date | None = None
) -> Placement:
    """Someone moves into a home; Refusal while they hold another."""
    by.require("record-services")
    _refuse_before(enrolment.enrolled_on, on, "enrolled")
    if enrolment.placements.filter(moved_out_on=None).exists():
        raise Refusal(
            Problem("The person holds a home already.", "Record the day of moving out first.")
        )
    home = Placement.objects.create(enrolment=enrolment, moved_in_on=on, leased_on=leased_on)
    _bring_of(by, enrolment, "housed")
    record(by.actor("record-services"), "home.moved-in", home, after={"on": on})
    return home


@action
def move_out(*, by: Access, placement: Placement, on: date, to: str = "") -> Placement:
    """Someone moves out; the last night is the one before."""
    by.require("record-services")
    _refuse_before(placement.moved_in_on, on, "moved in")
    before = placement.moved_out_on
    placement.moved_out_on, placement.moved_out_to = on, to
    placement.save()
    record(
        by.actor("record-services"),
        "home.moved-out",
        placement,
        before={"on": before},
        after={"on": on},
    )
    return placement


@action
def log_contact(
    *, by: Access, enrolment: Enrolment, on: date, kind: str, is_reached: bool, note: str = ""
) -> Contact:
    """A contact, or an attempt that failed. The note stays here; the log says only that one is."""
    by.require("record-services")
    contact = Contact(
        enrolment=enrolment, on=on, kind=kind, is_reached=is_reached, note=note, by=by.user
    )
    contact.full_clean()
    contact.save()
    record(
        by.actor("record-services"),
        "contact.logged",
        contact,
        after={"on": on, "kind": kind, "reached": is_reached, "has_note": bool(note)},
    )
    return contact


@action
def ask_follow_up(
    *, by: Access, enrolment: Enrolment, owner: User, what: str, due_on: date
) -> FollowUp:
    """Something to do for someone, with an owner and a day."""
    by.require("record-services")
    asked = FollowUp.objects.create(
        enrolment=enrolment, what=what, due_on=due_on, asked_by=by.user, owner=owner
    )
    record(
        by.actor("record-services"),
        "follow-up.asked",
        asked,
        after={"owner": owner.public_id, "due_on": due_on},
    )
    return asked


@action
def close_follow_up(*, by: Access, follow_up: FollowUp, on: date, came_of_it: str) -> FollowUp:
    """What came of it; whoever asked sees it."""
    by.require("record-services")
    follow_up.closed_on, follow_up.came_of_it = on, came_of_it
    follow_up.save()
    record(by.actor("record-services"), "follow-up.closed", follow_up, after={"on": on})
    return follow_up


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


@action
def keep_contact_details(
    *, by: Access, participant: Participant, telephone: str, address: str, unit: str
) -> ContactDetails:
    """Where someone lives and how to reach them; the log says that it changed, and not to what."""
    by.require("see-contact-details", OWN)
    details, _ = ContactDetails.objects.update_or_create(
        participant=participant,
        defaults={"telephone": telephone, "address": address, "unit": unit},
    )
    record(by.actor("see-contact-details"), "contact-details.kept", participant)
    return details


@action
def hand_over(*, by: Access, enrolments: list[Enrolment], to: User) -> int:
    """A caseload, or a part of it, goes to another case manager."""
    by.require("record-services")
    before = ", ".join(sorted({each.case_manager.public_id for each in enrolments}))
    for each in enrolments:
        each.case_manager = to
        each.save()
    record(
        by.actor("record-services"),
        "caseload.handed-over",
        to,
        before={"case_manager": before},
        after={"enrolments": ", ".join(sorted(each.public_id for each in enrolments))},
    )
    return len(enrolments)


@action
def look(*, by: Access, participant: Participant, basis: str = "") -> None:
    """Someone opened the page of a person: who, when, on which basis."""
    record(by.actor("see-own-caseload"), "participant.viewed", participant, basis=basis)


@action
def tell_booking(
    *, by: Access, participant: Participant, booked_on: date, released_on: date | None, source: str
) -> Booking:
    """A stay in jail as a feed has it; the same row again brings the release up to date."""
    booking, is_new = Booking.objects.get_or_create(
        participant=participant,
        source=source,
        defaults={
            "booked_on": booked_on,
            "released_on": released_on,
            "told_at": timezone.now(),
        },
    )
    if not is_new and booking.released_on != released_on:
        booking.released_on, booking.told_at = released_on, timezone.now()
        booking.save()
    record(by.actor("load-feeds"), "booking.told", booking, after={"source": source})
    return booking


def _refuse_before(first: date, on: date, what: str) -> None:
    if on < first:
        raise Refusal(
            Problem(
                f"The day is before the person {what}.",
                f"Write {first} or a later day, or correct the earlier one.",
            )
        )


def _bring_of(by: Access, enrolment: Enrolment, to: State) -> None:
    """Bring the referral behind an enrolment along; someone in a second home is housed already."""
    referral = Referral.objects.filter(enrolment=enrolment).first()
    if referral is not None and referral.state != to:
        _bring(by, referral, to)


def _bring(by: Access, referral: Referral, to: State) -> None:
    problems = check_next(referral.state, to)  # type: ignore[arg-type]
    if problems:
        raise Refusal(problems)
    referral.state, referral.state_at = to, timezone.now()
    referral.save()
    Change.objects.create(referral=referral, state=to, at=referral.state_at, by=by.user)
