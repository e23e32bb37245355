"""Placements to days in out-of-home care, removals and reunifications.

A removal is one day on which a child was taken from home: placements that follow one another after
one removal are one. A reunification is the end of a placement for that reason."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of placements; other ends than going home are no reunification."""
    placements = feed.tables["placements"]
    removals = placements.group_by("person_ref", "removed_on").agg(row=placements.row.min())
    home = placements.filter(placements.end_reason == "reunified")
    return {
        PEOPLE.name: people_named(feed, "placements", placements),
        IDENTITIES.name: identities_named(feed, "placements", placements, known_on="removed_on"),
        SPELLS.name: canonical.spells(
            feed,
            "placements",
            placements,
            state="placed",
            person=placements.person_ref,
            start_on=placements.started_on,
            end_on=placements.ended_on,
        ),
        EVENTS.name: canonical.events(
            feed,
            "placements",
            removals,
            kind="removal",
            person=removals.person_ref,
            happened_on=removals.removed_on,
        ).union(
            canonical.events(
                feed,
                "placements",
                home,
                kind="reunification",
                person=home.person_ref,
                happened_on=home.ended_on,
            )
        ),
    }
