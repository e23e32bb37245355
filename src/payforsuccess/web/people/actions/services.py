"""Joining and leaving the programme, and moving in and out of homes."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.referral import State, check_next
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import (
    refuse_ahead,
    refuse_before,
    refuse_before_referral,
    refuse_disorder,
    refuse_left,
)
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Enrolment, Placement
from payforsuccess.web.people.opened import refuse_opened
from payforsuccess.web.people.stops import refuse_stopped
from payforsuccess.web.referrals.actions.moving import _move
from payforsuccess.web.referrals.models import Referral


@action
def enrol(*, by: Access, referral: Referral, case_manager: User, site: str, on: date) -> Enrolment:
    """Someone who was placed joins the programme; Refusal while they are in it already.

    Also under another row of theirs. Refusal also of a day before the referral or before an
    earlier enrolment ended, and while a report of harm stops service at the site.
    """
    by.require("record-services")
    held(referral)
    refuse_ahead(by, on)
    refuse_before_referral(referral, on)
    refuse_stopped(by.initiative, site)
    participant = referral.participant
    of_person = Enrolment.objects.filter(participant__in=participant.rows())
    if of_person.filter(exited_on=None).exists():
        raise Refusal(
            Problem(
                sentence("The person is enrolled already."),
                sentence("Record what is new on that enrolment, or record the exit first."),
            )
        )
    last = of_person.order_by("-exited_on").first()
    if last is not None and last.exited_on is not None:
        refuse_before(last.exited_on, on, sentence("left the enrolment before"))
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
    """Someone leaves the programme, and an open home ends with it unless it is one to keep.

    Refusal for someone who has left: a day is corrected with its reason, and not overwritten.
    Refusal also of a day before one on which they moved in.
    """
    by.require("record-services")
    refuse_opened(by, enrolment.participant)
    refuse_left(held(enrolment))
    refuse_ahead(by, on)
    enrolment.exited_on, enrolment.exit_kind = on, kind
    enrolment.full_clean()
    refuse_disorder(enrolment)
    enrolment.save()
    if kind != "good":
        enrolment.placements.filter(moved_out_on=None).update(moved_out_on=on)
    _bring_of(by, enrolment, "left")
    record(
        by.actor("record-services"),
        "enrolment.ended",
        enrolment,
        before={"exited_on": None},
        after={"exited_on": on, "kind": kind},
    )
    return enrolment


@action
def move_in(
    *, by: Access, enrolment: Enrolment, on: date, leased_on: date | None = None
) -> Placement:
    """Someone moves into a home.

    Refusal after they left, while they hold another home or held one on that day, and while
    service is stopped.
    """
    by.require("record-services")
    refuse_opened(by, enrolment.participant)
    refuse_left(held(enrolment))
    refuse_before(enrolment.enrolled_on, on, sentence("enrolled"))
    refuse_ahead(by, on)
    refuse_stopped(by.initiative, enrolment.site)
    if enrolment.placements.filter(moved_out_on=None).exists():
        raise Refusal(
            Problem(
                sentence("The person holds a home already."),
                sentence("Record the day of moving out first."),
            )
        )
    if leased_on is not None:
        refuse_ahead(by, leased_on)
    home = Placement(enrolment=enrolment, moved_in_on=on, leased_on=leased_on)
    refuse_disorder(home)
    home.save()
    _bring_of(by, enrolment, "housed")
    record(by.actor("record-services"), "home.moved-in", home, after={"on": on})
    return home


@action
def move_out(*, by: Access, placement: Placement, on: date, to: str = "") -> Placement:
    """Someone moves out; the last night is the one before. Refusal of a second day."""
    by.require("record-services")
    refuse_opened(by, placement.enrolment.participant)
    held(placement)
    if placement.moved_out_on is not None:
        raise Refusal(
            Problem(
                sentence("Moving out is recorded already, on {on}.", on=placement.moved_out_on),
                sentence("Correct the day if it is wrong."),
            )
        )
    refuse_before(placement.moved_in_on, on, sentence("moved in"))
    refuse_ahead(by, on)
    placement.moved_out_on, placement.moved_out_to = on, to
    placement.save()
    record(
        by.actor("record-services"),
        "home.moved-out",
        placement,
        before={"on": None},
        after={"on": on},
    )
    return placement


def _bring_of(by: Access, enrolment: Enrolment, to: State) -> None:
    """Bring the referral behind an enrolment along; someone in a second home is housed already."""
    referral = Referral.objects.filter(enrolment=enrolment).first()
    if referral is not None and referral.state != to:
        _bring(by, referral, to)


def _bring(by: Access, referral: Referral, to: State) -> None:
    problems = check_next(referral.state, to)  # type: ignore[arg-type]
    if problems:
        raise Refusal(problems)
    _move(by, referral, to, timezone.now())
