"""Rows of a register of deaths to events."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of deaths."""
    deaths = feed.tables["deaths"]
    return {
        PEOPLE.name: people_named(feed, "deaths", deaths),
        IDENTITIES.name: identities_named(feed, "deaths", deaths, known_on="died_on"),
        EVENTS.name: canonical.events(
            feed,
            "deaths",
            deaths,
            kind="death",
            person=deaths.person_ref,
            happened_on=deaths.died_on,
        ),
    }
