"""What every recorded day must be: not ahead, and in its order."""

from __future__ import annotations

import itertools
from datetime import date

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.people.models import Enrolment, Placement
from payforsuccess.web.referrals.models import Referral


def refuse_before(first: date, on: date, what: str) -> None:
    """Refusal of a day before the one on which something else happened."""
    if on < first:
        raise Refusal(
            Problem(
                sentence("The day is before the person {what}.", what=what),
                sentence("Write {first} or a later day, or correct the earlier one.", first=first),
            )
        )


def refuse_ahead(by: Access, on: date) -> None:
    """Refusal of a day that has not come."""
    if on > by.on:
        raise Refusal(
            Problem(
                sentence("The day has not come yet."),
                sentence("Write {on} or an earlier day.", on=by.on),
            )
        )


def refuse_before_referral(referral: Referral, on: date) -> None:
    """Refusal of a first day before the person was referred: on paper, or on the page."""
    made_on = referral.paper_on or timezone.localdate(referral.made_at)
    refuse_before(made_on, on, sentence("was referred"))
    refuse_before(referral.participant.born_on, on, sentence("was born"))


def refuse_far_ahead(by: Access, on: date) -> None:
    """Refusal of a day on which nobody will ask any more: a wrong year, as a rule."""
    if (on - by.on).days > 2 * 366:
        raise Refusal(
            Problem(
                sentence("The day is too far ahead."),
                sentence("Look at the year."),
            )
        )


def refuse_left(enrolment: Enrolment) -> None:
    """Refusal for someone who has left the programme."""
    if enrolment.exited_on is not None:
        raise Refusal(
            Problem(
                sentence("The person has left already, on {on}.", on=enrolment.exited_on),
                sentence("Correct the day if it is wrong."),
            )
        )


def refuse_disorder(row: Enrolment | Placement) -> None:
    """Refusal where the days of an enrolment and of its homes stand in no order.

    row: one of them as it would be, or a home that is not kept yet.
    """
    enrolment = row if isinstance(row, Enrolment) else row.enrolment
    homes = list(enrolment.placements.all())
    if isinstance(row, Placement):
        homes = [home for home in homes if home.pk != row.pk] + [row]
        if row.moved_in_on is None:
            raise Refusal(
                Problem(
                    sentence("A home has a day of moving in."),
                    sentence(
                        "Write the right day. A home that never was ends on the day on which it "
                        "began."
                    ),
                )
            )
    homes.sort(key=lambda home: home.moved_in_on)
    if enrolment.enrolled_on is None:
        raise Refusal(
            Problem(sentence("An enrolment has a first day."), sentence("Write the right day."))
        )
    if enrolment.exited_on is not None:
        refuse_before(enrolment.enrolled_on, enrolment.exited_on, sentence("enrolled"))
    for home in homes:
        refuse_before(enrolment.enrolled_on, home.moved_in_on, sentence("enrolled"))
        if enrolment.exited_on is not None:
            refuse_before(home.moved_in_on, enrolment.exited_on, sentence("moved in"))
        if home.leased_on is not None:
            _refuse_other_times(home.leased_on, home.moved_in_on)
        if home.moved_out_on is not None:
            refuse_before(home.moved_in_on, home.moved_out_on, sentence("moved in"))
    for earlier, later in itertools.pairwise(homes):
        if earlier.moved_out_on is None:
            raise Refusal(
                Problem(
                    sentence("The person would hold two homes at once."),
                    sentence("Write the day of moving out of the earlier home first."),
                )
            )
        refuse_before(
            earlier.moved_out_on, later.moved_in_on, sentence("moved out of the home before")
        )


def _refuse_other_times(leased_on: date, moved_in_on: date) -> None:
    """Refusal of a lease far from the day of moving in: a wrong year, as a rule."""
    if abs((leased_on - moved_in_on).days) > 366:
        raise Refusal(
            Problem(
                sentence("The lease was signed more than a year before or after moving in."),
                sentence("Look at the year of both days."),
            )
        )
