"""The columns of a health department's encounters: which kind, from when to when."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.health_encounters.clean import clean
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF

ENCOUNTERS = FeedFile(
    "encounters",
    "one row an encounter with a patient",
    (
        FeedColumn("encounter_id", "text", "the number of the encounter"),
        PERSON_REF,
        FeedColumn(
            "encounter_class",
            "text",
            "the kind of encounter; detox rows fall under 42 CFR Part 2",
            "protected",
            codes=("emergency", "inpatient", "crisis", "detox", "other"),
        ),
        FeedColumn("started_on", "day", "the first day", "protected"),
        FeedColumn(
            "ended_on",
            "day",
            "the day of leaving; empty while there",
            "protected",
            may_be_missing=True,
        ),
        FeedColumn("facility", "text", "the place", "protected", may_be_missing=True),
        FeedColumn(
            "diagnosis",
            "text",
            "the diagnosis; 42 CFR Part 2 where it is of substance use",
            "protected",
            may_be_missing=True,
        ),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("encounter_id",),
    rules=(
        Rule(
            "end-before-start",
            "an encounter does not end before it starts",
            ("started_on", "ended_on"),
            lambda rows: rows.ended_on < rows.started_on,
        ),
    ),
)

LAYOUT = FeedLayout(
    name="health-encounters",
    says="Visits to emergency departments, stays in hospital, crisis contacts and detoxification.",
    files=(ENCOUNTERS,),
    reports=("hospitalised", "emergency-visit", "admission", "crisis", "detox"),
    clean=clean,
)
