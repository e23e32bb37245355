"""Months of benefit to days on benefits, and what was paid to events."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of benefits; an event stands on the first day of its month."""
    months = feed.tables["months"]
    year, month = months.month.year(), months.month.month()
    months = months.mutate(
        next_month=ibis.date((year + month // 12).cast("int32"), (month % 12 + 1).cast("int32"), 1)
    )
    return {
        PEOPLE.name: people_named(feed, "months", months),
        IDENTITIES.name: identities_named(feed, "months", months, known_on="month"),
        SPELLS.name: canonical.spells(
            feed,
            "months",
            months,
            state="on-benefits",
            person=months.person_ref,
            start_on=months.month,
            end_on=months.next_month,
        ),
        EVENTS.name: canonical.events(
            feed,
            "months",
            months,
            kind="benefit",
            person=months.person_ref,
            happened_on=months.month,
            amount=months.amount,
        ),
    }
