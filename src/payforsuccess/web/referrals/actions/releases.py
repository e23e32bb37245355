"""Days of release and of hearings, as the jail and the court tell them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.referral import Release, after_release
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.referrals.actions.moving import _locked, _move
from payforsuccess.web.referrals.models import Referral


@action
def expect_release(*, by: Access, referral: Referral, on: date) -> Referral:
    """Another day on which the release is expected; the one before stays in the log."""
    by.require("refer-people")
    locked = _locked(referral.earlier or referral)
    before = locked.release_expected_on
    locked.release_expected_on = on
    locked.save()
    record(
        by.actor("refer-people"),
        "referral.release-expected",
        referral,
        before={"on": before},
        after={"on": on},
    )
    return locked


@action
def note_release(*, by: Access, referral: Referral, way: Release, at: datetime) -> Referral:
    """The person was released: met, or early, at night, or before anyone met them (R142).

    Who was placed and met by nobody is looked for within 72 hours of the release. Refuses an hour
    that lies ahead.
    """
    if not by.may("answer-referrals"):
        by.require("refer-people")
    if at > timezone.now():
        raise Refusal(
            Problem(
                sentence("This hour lies ahead."),
                sentence("Give the hour at which the person was released."),
            )
        )
    locked = _locked(referral.earlier or referral)
    before = locked.state
    locked.released_at, locked.release_way = at, way
    locked.save()
    follows = after_release(locked.state, way)  # type: ignore[arg-type]
    if follows:
        _move(by, locked, follows, at)
    record(
        by.actor("refer-people"),
        "referral.released",
        referral,
        before={"state": before},
        after={"state": locked.state, "way": way},
    )
    return locked


@action
def note_hearing(*, by: Access, referral: Referral, on: date | None, came_to: str = "") -> Referral:
    """The day of the next hearing, and what the last one came to (R70)."""
    by.require("refer-people")
    locked = _locked(referral)
    before = locked.hearing_on
    locked.hearing_on, locked.hearing_came_to = on, came_to
    locked.save()
    record(
        by.actor("refer-people"),
        "referral.hearing",
        locked,
        before={"on": before},
        after={"on": on},
    )
    return locked
