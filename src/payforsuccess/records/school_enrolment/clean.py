"""Enrolments in schools to days in school, and absences to events with a number of days."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of enrolments in schools; no days missed are no absence."""
    enrolled = feed.tables["enrolments"]
    absences = feed.tables["absences"].join(
        enrolled.select("enrolment_id", "person_ref"), "enrolment_id"
    )
    missed = absences.filter(absences.days_absent > 0)
    return {
        PEOPLE.name: people_named(feed, "enrolments", enrolled),
        IDENTITIES.name: identities_named(feed, "enrolments", enrolled, known_on="started_on"),
        SPELLS.name: canonical.spells(
            feed,
            "enrolments",
            enrolled,
            state="in-school",
            person=enrolled.person_ref,
            start_on=enrolled.started_on,
            end_on=enrolled.ended_on,
        ),
        EVENTS.name: canonical.events(
            feed,
            "absences",
            missed,
            kind="absence",
            person=missed.person_ref,
            happened_on=missed.counted_through,
            amount=missed.days_absent,
        ),
    }
