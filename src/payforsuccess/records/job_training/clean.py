"""Rows of the research file to people, enrolments, earnings and traits, on nominal days.

The file has years and no dates. Chance is put to work on one nominal day for everyone, the first
after the last year of which the file has earnings from before. The year whose earnings are the
outcome begins with an event of its own, so that a measure can start there, and its earnings stand
on its last day. The calendar years are the file's; every day inside them is nominal.

People get keys by the order of the rows: p001 to p445. In records of living people a key must be
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

NOMINAL_ASSIGNMENT_ON = date(1976, 1, 1)
NOMINAL_FOLLOW_UP_FROM = date(1978, 1, 1)
NOMINAL_EARNED_ON = date(1978, 12, 31)
FILE = "people"
TRAINING, NO_TRAINING = "training", "no-training"
OFFERED, FOLLOW_UP, EARNINGS = "job-offered", "follow-up-year", "year-earnings"
TRAIT_COLUMNS: dict[str, tuple[str, date | None]] = {
    "age": ("age", None),
    "educ": ("education", None),
    "black": ("black", None),
    "hisp": ("hispanic", None),
    "marr": ("married", None),
    "nodegree": ("no-degree", None),
    "re74": ("earnings-1974", date(1974, 12, 31)),
    "re75": ("earnings-1975", date(1975, 12, 31)),
}
"""What was known before: the fact's name and, for a year's earnings, the last day of the year."""


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of the file; a year's earnings are an event with an amount.

    Someone who earned nothing in the year has no such event: a sum over it is 0. Whom chance
    offered a job has an event of that. Nobody is enrolled: the file does not say who came.
    """
    rows = feed.tables[FILE]
    key = _key(rows)
    offered, earned = rows.filter(rows.treat == 1), rows.filter(rows.re78 > 0)
    assigned_on = ibis.literal(NOMINAL_ASSIGNMENT_ON)
    return {
        PEOPLE.name: people(feed, FILE, rows, person=key),
        ENROLMENTS.name: enrolments(
            feed,
            FILE,
            rows,
            enrolment=key,
            person=key,
            assigned_on=assigned_on,
            arm=ibis.ifelse(rows.treat == 1, TRAINING, NO_TRAINING),
        ),
        EVENTS.name: ibis.union(
            events(
                feed,
                FILE,
                offered,
                kind=OFFERED,
                person=_key(offered),
                happened_on=NOMINAL_ASSIGNMENT_ON,
            ),
            events(
                feed, FILE, rows, kind=FOLLOW_UP, person=key, happened_on=NOMINAL_FOLLOW_UP_FROM
            ),
            events(
                feed,
                FILE,
                earned,
                kind=EARNINGS,
                person=_key(earned),
                happened_on=NOMINAL_EARNED_ON,
                amount=earned.re78,
            ),
        ),
        TRAITS.name: ibis.union(
            *(
                traits(feed, FILE, rows, trait=trait, person=key, as_of=on, value=rows[column])
                for column, (trait, on) in TRAIT_COLUMNS.items()
            )
        ),
    }


def _key(rows: ir.Table) -> ir.StringValue:
    """p001 for the first row."""
    number = rows.row.cast("string")
    return ibis.literal("p") + ibis.ifelse(rows.row < 1000, number.lpad(3, "0"), number)
