"""Encounters to days in hospital, visits, admissions, crisis contacts and detoxification.

The diagnosis is no part of any row made here."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from payforsuccess.deal.tables import EVENTS, IDENTITIES, PEOPLE, SPELLS
from payforsuccess.records import canonical
from payforsuccess.records.feed import Feed
from payforsuccess.records.named_people import identities_named, people_named

_EVENTS = {
    "emergency": "emergency-visit",
    "inpatient": "admission",
    "crisis": "crisis",
    "detox": "detox",
}


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The canonical tables of encounters; an inpatient stay counts the night, not the last day."""
    encounters = feed.tables["encounters"]
    inpatient = encounters.filter(encounters.encounter_class == "inpatient")
    known = encounters.filter(encounters.encounter_class.isin(tuple(_EVENTS)))
    return {
        PEOPLE.name: people_named(feed, "encounters", encounters),
        IDENTITIES.name: identities_named(feed, "encounters", encounters, known_on="started_on"),
        SPELLS.name: canonical.spells(
            feed,
            "encounters",
            inpatient,
            state="hospitalised",
            person=inpatient.person_ref,
            start_on=inpatient.started_on,
            end_on=inpatient.ended_on,
        ),
        EVENTS.name: canonical.events(
            feed,
            "encounters",
            known,
            kind=known.encounter_class.cases(*_EVENTS.items()),
            person=known.person_ref,
            happened_on=known.started_on,
        ),
    }
