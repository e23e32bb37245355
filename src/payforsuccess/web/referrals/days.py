"""Which days a referral may hold: a far one is a wrong year, as a rule."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence

AHEAD_OR_BACK = 10
"""Years on either side of today within which a release or a hearing is expected."""
OF_A_RELEASE = 1
"""Years back within which a release is recorded."""

BEFORE_REFERRAL = timedelta(days=30)
"""How long before a referral the release may lie of someone who was referred after it."""


def is_far(on: date, *, years: int = AHEAD_OR_BACK) -> bool:
    """Whether a day is more than some years off, on either side of today."""
    return abs((on - timezone.localdate()).days) > years * 366


def refuse_far(on: date | None, *, years: int = AHEAD_OR_BACK) -> None:
    """Refusal of a day that is more than some years off."""
    if on is not None and is_far(on, years=years):
        raise Refusal(Problem(sentence("This day is too far off."), sentence("Look at the year.")))
