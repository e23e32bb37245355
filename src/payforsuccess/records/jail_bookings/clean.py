"""Bookings to days in jail, bookings, releases, arrests and the gravest charge of each booking.

An arrest is one day on which a person was arrested. Bookings of one case rest on one arrest, the
earliest day any of them gives: a rebooking on a case, such as on a bench warrant, is no new arrest.
Bookings without a case stand alone, and two bookings for one arrest day are one arrest.

A projected release has not happened, even where its day has passed: the stay is still open."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS, TRAITS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named

_LEVELS = ("felony", "misdemeanor", "infraction", "other")


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of a jail's bookings.

    A release without a type happened if its day is not after the day the extract is complete
    through, and is otherwise taken as projected.
    """
    bookings = feed.tables["bookings"]
    ahead = bookings.released_at > ibis.literal(feed.complete_through)
    projected = bookings.release_type.fill_null("").isin(("projected",)) | (
        bookings.release_type.isnull() & ahead.fill_null(False)
    )
    bookings = bookings.mutate(
        left_on=projected.ifelse(ibis.null("date"), bookings.released_at),
    )
    person = bookings.person_ref
    return {
        PEOPLE.name: people_named(feed, "bookings", bookings),
        IDENTITIES.name: identities_named(feed, "bookings", bookings, known_on="booked_at"),
        SPELLS.name: canonical.spells(
            feed,
            "bookings",
            bookings,
            state="jailed",
            person=person,
            start_on=bookings.booked_at,
            end_on=bookings.left_on,
        ),
        EVENTS.name: ibis.union(
            canonical.events(
                feed,
                "bookings",
                bookings,
                kind="booking",
                person=person,
                happened_on=bookings.booked_at,
            ),
            canonical.events(
                feed,
                "bookings",
                bookings,
                kind="release",
                person=person,
                happened_on=bookings.left_on,
            ),
            _arrests(feed, bookings),
        ),
        TRAITS.name: _gravest_charges(feed, bookings),
    }


def _arrests(feed: Feed, bookings: ir.Table) -> ir.Table:
    """One row a person and day of arrest, with the first row that gives it."""
    given = bookings.filter(bookings.arrest_date.notnull())
    alone = given.case_no.isnull().ifelse(given.booking_id, ibis.null("string"))
    days = (
        given.mutate(alone=alone)
        .group_by("person_ref", "case_no", "alone", "arrest_date")
        .agg(row=lambda rows: rows.row.min())
    )
    # Two steps, because a day may stand in several rows of a case: which row is then no chance.
    cases = days.group_by("person_ref", "case_no", "alone").agg(
        row=days.row.argmin(days.arrest_date), arrest_date=days.arrest_date.min()
    )
    arrests = cases.group_by("person_ref", "arrest_date").agg(row=cases.row.min())
    return canonical.events(
        feed,
        "bookings",
        arrests,
        kind="arrest",
        person=arrests.person_ref,
        happened_on=arrests.arrest_date,
    )


def _gravest_charges(feed: Feed, bookings: ir.Table) -> ir.Table:
    """The level of the gravest charge of each booking, as of the day of booking."""
    charges = feed.tables["charges"]
    charges = charges.filter(charges.level.notnull())
    rank = charges.level.cases(*((level, at) for at, level in enumerate(_LEVELS)))
    levels = (
        charges.mutate(rank=rank).group_by("booking_id", "rank", "level").agg(row=charges.row.min())
    )
    gravest = levels.group_by("booking_id").agg(
        row=levels.row.argmin(levels.rank), level=levels.level.argmin(levels.rank)
    )
    held = gravest.join(bookings.select("booking_id", "person_ref", "booked_at"), "booking_id")
    return canonical.traits(
        feed,
        "charges",
        held,
        trait="charge-level",
        person=held.person_ref,
        as_of=held.booked_at,
        label=held.level,
    )
