"""The columns of a jail's bookings and of the charges they rest on."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Reference, Rule
from payforsuccess.records.jail_bookings.clean import clean
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF

BOOKINGS = FeedFile(
    "bookings",
    "one row a booking into jail",
    (
        FeedColumn("booking_id", "text", "the number of the booking"),
        PERSON_REF,
        FeedColumn("booked_at", "day", "the day of booking"),
        FeedColumn(
            "released_at",
            "day",
            "the day of release; empty while held",
            may_lie_ahead=True,
            may_be_missing=True,
        ),
        FeedColumn(
            "release_type",
            "text",
            "whether the release happened, was worked out later, or is only expected",
            codes=("actual", "inferred", "projected"),
            may_be_missing=True,
        ),
        FeedColumn("facility", "text", "the jail", may_be_missing=True),
        FeedColumn("arresting_agency", "text", "who made the arrest", may_be_missing=True),
        FeedColumn(
            "arrest_date",
            "day",
            "the day of the arrest; empty for a booking without one, such as a sentence begun",
            may_be_missing=True,
        ),
        FeedColumn(
            "case_no",
            "text",
            "the case, which bookings for one arrest have in common",
            may_be_missing=True,
        ),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("booking_id",),
    rules=(
        Rule(
            "release-before-booking",
            "nobody is released before they are booked",
            ("booked_at", "released_at"),
            lambda rows: rows.released_at < rows.booked_at,
        ),
        Rule(
            "arrest-after-booking",
            "an arrest comes before its booking",
            ("booked_at", "arrest_date"),
            lambda rows: rows.arrest_date > rows.booked_at,
        ),
        Rule(
            "release-without-day",
            "a release that happened or was worked out has a day",
            ("released_at", "release_type"),
            lambda rows: rows.released_at.isnull() & rows.release_type.isin(("actual", "inferred")),
        ),
    ),
)

CHARGES = FeedFile(
    "charges",
    "one row a charge of a booking",
    (
        FeedColumn("booking_id", "text", "the booking"),
        FeedColumn("statute", "text", "the law charged under", may_be_missing=True),
        FeedColumn(
            "level",
            "text",
            "how serious the law holds it to be",
            codes=("felony", "misdemeanor", "infraction", "other"),
            unknown=("unknown",),
            may_be_missing=True,
        ),
        FeedColumn("disposition", "text", "how the charge ended", may_be_missing=True),
    ),
    references=(Reference("booking_id", "bookings", "booking_id"),),
    may_be_missing=True,
)

LAYOUT = FeedLayout(
    name="jail-bookings",
    says="Bookings into a county jail and releases from it, with the arrests and charges behind "
    "them.",
    files=(BOOKINGS, CHARGES),
    reports=("jailed", "arrest", "booking", "release"),
    clean=clean,
)
