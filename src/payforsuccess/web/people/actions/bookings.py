"""Bookings as the jail's feed tells them: never typed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.models import Booking, Participant


@action
def tell_booking(
    *, by: Access, participant: Participant, booked_on: date, released_on: date | None, source: str
) -> Booking:
    """A stay in jail as a feed has it; the same row again brings the release up to date."""
    by.require("load-feeds")
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
