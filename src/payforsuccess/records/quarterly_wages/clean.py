"""Quarterly wages to events, one row each employer, on the quarter's last day.

What several employers paid stays in several rows, so that each amount keeps the row it stands in;
a sum over the quarter adds them, and the quarter counts once wherever days do."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of wages; wages of nothing are no wages."""
    wages = feed.tables["wages"]
    last_day = ((wages.quarter == 1) | (wages.quarter == 4)).ifelse(31, 30)
    wages = wages.mutate(
        paid_by=ibis.date(
            wages.year.cast("int32"), (wages.quarter * 3).cast("int32"), last_day.cast("int32")
        )
    )
    paid = wages.filter(wages.amount > 0)
    return {
        PEOPLE.name: people_named(feed, "wages", wages),
        IDENTITIES.name: identities_named(feed, "wages", wages, known_on="paid_by"),
        EVENTS.name: canonical.events(
            feed,
            "wages",
            paid,
            kind="wages",
            person=paid.person_ref,
            happened_on=paid.paid_by,
            amount=paid.amount,
        ),
    }
