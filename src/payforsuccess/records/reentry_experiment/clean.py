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

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.tables import ENROLMENTS, EVENTS, PEOPLE, TRAITS
from payforsuccess.errors import Place, Problem
from payforsuccess.records.layout import Cleaned, FeedRows
from payforsuccess.store import joined, typed_table

NOMINAL_RELEASE_ON = date(1975, 1, 1)
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


def clean(rows: FeedRows) -> Cleaned:
    """The canonical tables of the file; an arrest is an event, the arm is the aid assigned.

    Refuses a man without an arrest who was not watched for all 52 weeks: the file says that all
    were, and a shorter watch would make his year unknown.
    """
    column = rows.columns
    arrested = pc.equal(column["arrest"], 1)
    short = pc.and_(pc.invert(arrested), pc.less(column["week"], WEEKS))
    if pc.any(short).as_py():
        numbers = [at + 1 for at in pc.indices_nonzero(short).to_pylist()]
        problem = Problem(
            f"{len(numbers)} without an arrest were watched for fewer than {WEEKS} weeks, the "
            f"first in row {numbers[0]}.",
            "Correct `week`, or use a layout for records that end early.",
            Place(rows.file, numbers[0] + 1, field="week"),
        )
        return Cleaned({}, (problem,))

    count = len(rows.row)
    keys = pa.array([f"p{number:03d}" for number in rows.row.to_pylist()], pa.string())
    feed = pa.array([rows.feed] * count, pa.string())
    nominal = pa.array([NOMINAL_RELEASE_ON] * count, pa.date32())
    nothing = pa.nulls(count)
    person_columns = {"person": keys, "feed": feed, "row": rows.row}
    enrolments = {
        **person_columns,
        "enrolment": keys,
        "referred_on": nothing,
        "assigned_on": nominal,
        "enrolled_on": nominal,
        "exited_on": nothing,
        "arm": pc.if_else(pc.equal(column["fin"], 1), AID, NO_AID),
        "site": nothing,
        "stratum": nothing,
    }
    return Cleaned(
        {
            PEOPLE.name: typed_table(PEOPLE, person_columns),
            ENROLMENTS.name: typed_table(ENROLMENTS, enrolments),
            EVENTS.name: _arrests(rows, keys, feed),
            TRAITS.name: _traits(rows, keys, feed),
        },
        findings=(
            "The file has weeks and no dates: every day is counted from a nominal release on "
            f"{NOMINAL_RELEASE_ON}.",
        ),
    )


def _arrests(rows: FeedRows, keys: pa.Array, feed: pa.Array) -> pa.Table:
    weeks_before = pc.subtract(rows.columns["week"], 1)
    first_day = pa.scalar(NOMINAL_RELEASE_ON, pa.date32()).cast(pa.int32())
    days = pc.add(pc.multiply(weeks_before, 7).cast(pa.int32()), first_day).cast(pa.date32())
    count = len(rows.row)
    columns = {
        "kind": pa.array(["arrest"] * count, pa.string()),
        "person": keys,
        "happened_on": days,
        "amount": pa.nulls(count, pa.decimal128(38, 9)),
        "feed": feed,
        "row": rows.row,
    }
    happened = pc.equal(rows.columns["arrest"], 1)
    return typed_table(EVENTS, {name: array.filter(happened) for name, array in columns.items()})


def _traits(rows: FeedRows, keys: pa.Array, feed: pa.Array) -> pa.Table:
    count = len(rows.row)
    parts = [
        typed_table(
            TRAITS,
            {
                "trait": pa.array([trait] * count, pa.string()),
                "person": keys,
                "as_of": pa.nulls(count, pa.date32()),
                "value": rows.columns[column].cast(pa.decimal128(38, 9)),
                "label": pa.nulls(count),
                "feed": feed,
                "row": rows.row,
            },
        )
        for column, trait in TRAIT_COLUMNS.items()
    ]
    return joined(TRAITS, parts)
