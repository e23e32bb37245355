"""Rows of a provider to what happened, under the provider's own words, and to assessments.

The word in `kind` is the event's kind as it stands; the deal says which of them counts. An
assessment is a trait named for its tool, as of its day: its score, or its level where it has none.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, TRAITS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of a provider's records; an event's amount is its units."""
    clients = feed.tables["clients"]
    services = feed.tables["services"]
    assessments = feed.tables["assessments"]
    scored = assessments.score.notnull()
    return {
        PEOPLE.name: people_named(feed, "clients", clients),
        IDENTITIES.name: identities_named(feed, "clients", clients, known_on="recorded_on"),
        EVENTS.name: canonical.events(
            feed,
            "services",
            services,
            kind=services.kind,
            person=services.person_ref,
            happened_on=services.happened_on,
            amount=services.units,
        ),
        TRAITS.name: canonical.traits(
            feed,
            "assessments",
            assessments,
            trait=assessments.tool,
            person=assessments.person_ref,
            as_of=assessments.assessed_on,
            value=assessments.score,
            label=(~scored).ifelse(assessments.level, None),
        ),
    }
