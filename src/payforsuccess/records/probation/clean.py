"""Periods of supervision to days on probation, and violations to events."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of supervision; a violation is whose period it was recorded in."""
    periods = feed.tables["periods"]
    violations = feed.tables["violations"].join(
        periods.select("period_id", "person_ref"), "period_id"
    )
    return {
        PEOPLE.name: people_named(feed, "periods", periods),
        IDENTITIES.name: identities_named(feed, "periods", periods, known_on="started_on"),
        SPELLS.name: canonical.spells(
            feed,
            "periods",
            periods,
            state="on-probation",
            person=periods.person_ref,
            start_on=periods.started_on,
            end_on=periods.ended_on,
        ),
        EVENTS.name: canonical.events(
            feed,
            "violations",
            violations,
            kind="violation",
            person=violations.person_ref,
            happened_on=violations.violated_on,
        ),
    }
