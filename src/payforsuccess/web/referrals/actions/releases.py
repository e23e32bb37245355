"""Days of release and of hearings, as the jail and the court tell them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.referral import Release, after_release
from payforsuccess.governance.roles.actions import Action
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.holding import held
from payforsuccess.web.referrals.actions.moving import _move
from payforsuccess.web.referrals.days import BEFORE_REFERRAL, OF_A_RELEASE, refuse_far
from payforsuccess.web.referrals.models import Referral


@action
def expect_release(*, by: Access, referral: Referral, on: date) -> Referral:
    """Another day on which the release is expected; the one before stays in the log.

    Refuses a day that is years off.
    """
    by.require("refer-people")
    refuse_far(on)
    rows = _rows_of(referral)
    before = referral.release_expected_on
    for row in rows:
        row.release_expected_on = on
        row.save()
    record(
        by.actor("refer-people"),
        "referral.release-expected",
        referral,
        before={"on": before},
        after={"on": on},
    )
    return referral


@action
def note_release(*, by: Access, referral: Referral, way: Release, at: datetime) -> Referral:
    """The person was released: met, or early, at night, or before anyone met them (R142).

    Who was placed and met by nobody is looked for within 72 hours of the release. Refuses an hour
    that lies ahead, or long before the referral was made, and a second release beside the first.
    """
    allows: Action = "answer-referrals" if by.may("answer-referrals") else "refer-people"
    by.require(allows)
    if at > timezone.now():
        raise Refusal(
            Problem(
                sentence("This hour lies ahead."),
                sentence("Give the hour at which the person was released."),
            )
        )
    refuse_far(timezone.localdate(at), years=OF_A_RELEASE)
    rows = _rows_of(referral)
    if (referral.released_at, referral.release_way) == (at, way):
        return referral
    if problems := [*_released_before(referral), *_long_before(referral, at)]:
        raise Refusal(problems)
    for row in rows:
        row.released_at, row.release_way = at, way
        row.save()
    acted = rows[-1]
    before = acted.state
    follows = after_release(acted.state, way)  # type: ignore[arg-type]
    if follows:
        _move(by, acted, follows, at)
    record(
        by.actor(allows),
        "referral.released",
        referral,
        before={"state": before},
        after={"state": acted.state, "way": way},
    )
    return referral


@action
def note_hearing(*, by: Access, referral: Referral, on: date | None, came_to: str = "") -> Referral:
    """The day of the next hearing, and what the last one came to (R70).

    The outcome is of the hearing that was on record, unless that lies ahead; without one, what is
    on record stays, and the next hearing is asked for its own. Refuses a day that is years off.
    """
    by.require("refer-people")
    refuse_far(on)
    rows = _rows_of(referral)
    before = referral.hearing_on
    for row in rows:
        if came_to:
            is_held = before is not None and before <= timezone.localdate()
            row.hearing_came_to, row.heard_on = came_to, before if is_held else row.heard_on
        row.hearing_on = on
        row.save()
    record(
        by.actor("refer-people"),
        "referral.hearing",
        referral,
        before={"on": before},
        after={"on": on},
    )
    return referral


def _released_before(referral: Referral) -> list[Problem]:
    if referral.released_at is None:
        return []
    return [
        Problem(
            sentence("The release is on record already; somebody recorded it before you."),
            sentence("Read it on the referral. If it is wrong, write so on the thread."),
        )
    ]


def _long_before(referral: Referral, at: datetime) -> list[Problem]:
    if at >= referral.made_at - BEFORE_REFERRAL:
        return []
    return [
        Problem(
            sentence("This is more than thirty days before the person was referred."),
            sentence("Give the release after which the person was referred."),
        )
    ]


def _rows_of(referral: Referral) -> list[Referral]:
    """The referral, and the earlier ones of the same office on which the programme acts.

    What another office referred is not written on: the programme reads both.
    """
    rows = [held(referral)]
    while (earlier := rows[-1].earlier) and earlier.office_id == referral.office_id:
        rows.append(earlier)
    return rows
