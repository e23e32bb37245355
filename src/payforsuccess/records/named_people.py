"""Files that name people: the columns they share, and the people and identities made of them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from payforsuccess.records.canonical import identities, people
from payforsuccess.records.feed import Feed, FeedColumn

PERSON_REF = FeedColumn("person_ref", "text", "the agency's own number for the person")


def _identifier(name: str, says: str) -> FeedColumn:
    return FeedColumn(name, "text", says, "identifier", may_be_missing=True)


IDENTIFIERS = (
    _identifier("given_name", "first name as written"),
    _identifier("middle_name", "middle name as written"),
    _identifier("family_name", "last name as written"),
    _identifier("name_suffix", "Jr., III and the like"),
    FeedColumn("born_on", "day", "date of birth", "identifier", may_be_missing=True),
    _identifier("ssn", "social security number as written, whole or its last four"),
    FeedColumn(
        "sex",
        "text",
        "sex as recorded",
        "identifier",
        codes=("female", "male", "other"),
        unknown=("unknown",),
        may_be_missing=True,
    ),
    _identifier("street", "street and number"),
    _identifier("city", "city"),
    _identifier("postcode", "ZIP code"),
)
"""What says who someone is, under the names of the identities table. Read for linkage alone.

No pattern is asked of any of them: a mistyped number must not cost a booking, and linkage judges
what it can use.
"""


def people_named(feed: Feed, file: str, rows: ir.Table) -> ir.Table:
    """One row a person of the column `person_ref`, with the first row that names them."""
    first = rows.group_by("person_ref").agg(row=rows.row.min())
    return people(feed, file, first, person=first.person_ref)


def identities_named(
    feed: Feed, file: str, rows: ir.Table, *, known_on: str | None = None
) -> ir.Table:
    """One row each different set of identifiers a person was recorded under.

    Its row is the first that has the set, and it was known from the earliest day of the column
    `known_on` on. Rows that give no identifier are left out.
    """
    names = [column.name for column in IDENTIFIERS]
    given = rows.filter(ibis.or_(*(rows[name].notnull() for name in names)))
    first = {"row": given.row.min()}
    if known_on is not None:
        first["known_on"] = given[known_on].min()
    made = given.group_by(["person_ref", *names]).agg(**first)
    return identities(
        feed,
        file,
        made,
        person=made.person_ref,
        known_on=None if known_on is None else made.known_on,
        **{name: made[name] for name in names},
    )
