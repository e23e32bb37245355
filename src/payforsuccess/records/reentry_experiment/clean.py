"""Rows of the research file to people, enrolments, arrests and traits, on nominal days.

The file has weeks and no dates. Each man's release is put on one nominal day, and an arrest in
week w, which lies somewhere in days [7(w-1), 7w) after release, on the first of those days. Every
day made here is nominal; differences of days are right to the week, calendar dates mean nothing.

People get keys by the order of the rows: p001 to p432. In records of living people a key must be
random, because an order can be followed back to a person. This file is public, holds no identifier
and no date, and its order is the only thing that tells two rows apart, so a key by order reveals
nothing that the file does not; and a replay gives the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import ENROLMENTS, EVENTS, PEOPLE, TRAITS
from payforsuccess.records.canonical import enrolments, events, people, traits
from payforsuccess.records.feed import Feed

NOMINAL_RELEASE_ON = date(1975, 1, 1)
FILE = "men"
WEEKS = 52
AID, NO_AID = "aid", "no-aid"
TRAIT_COLUMNS = {
    "age": "age",
    "race": "race",
    "wexp": "work-experience",
    "mar": "married",
    "paro": "parole",
    "prio": "prior-convictions",
}


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of the file; an arrest is an event, the arm is the aid assigned."""
    rows = feed.tables[FILE]
    arrested = rows.filter(rows.arrest == 1)
    happened_on = ibis.literal(NOMINAL_RELEASE_ON) + ((arrested.week - 1) * 7).as_interval("D")
    key = _key(rows)
    return {
        PEOPLE.name: people(feed, FILE, rows, person=key),
        ENROLMENTS.name: enrolments(
            feed,
            FILE,
            rows,
            enrolment=key,
            person=key,
            assigned_on=NOMINAL_RELEASE_ON,
            enrolled_on=NOMINAL_RELEASE_ON,
            arm=ibis.ifelse(rows.fin == 1, AID, NO_AID),
        ),
        EVENTS.name: events(
            feed, FILE, arrested, kind="arrest", person=_key(arrested), happened_on=happened_on
        ),
        TRAITS.name: ibis.union(
            *(
                traits(feed, FILE, rows, trait=trait, person=key, value=rows[column])
                for column, trait in TRAIT_COLUMNS.items()
            )
        ),
    }


def _key(rows: ir.Table) -> ir.StringValue:
    """p001 for the first row."""
    number = rows.row.cast("string")
    return ibis.literal("p") + ibis.ifelse(rows.row < 1000, number.lpad(3, "0"), number)
