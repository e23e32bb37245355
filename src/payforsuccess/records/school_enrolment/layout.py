"""The columns of a school district's enrolments and absences."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Reference, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF
from payforsuccess.records.school_enrolment.clean import clean

ENROLMENTS = FeedFile(
    "enrolments",
    "one row a pupil's enrolment in a school",
    (
        FeedColumn("enrolment_id", "text", "the number of the enrolment"),
        PERSON_REF,
        FeedColumn("started_on", "day", "the first day"),
        FeedColumn(
            "ended_on", "day", "the day of leaving; empty while enrolled", may_be_missing=True
        ),
        FeedColumn("school", "text", "the school", may_be_missing=True),
        FeedColumn("grade", "text", "the grade", may_be_missing=True),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("enrolment_id",),
    rules=(
        Rule(
            "end-before-start",
            "an enrolment does not end before it starts",
            ("started_on", "ended_on"),
            lambda rows: rows.ended_on < rows.started_on,
        ),
    ),
)

ABSENCES = FeedFile(
    "absences",
    "one row the days a pupil missed in a stretch of time, such as a month, or on one day",
    (
        FeedColumn("enrolment_id", "text", "the enrolment"),
        FeedColumn("counted_through", "day", "the last day of the stretch, or the day missed"),
        FeedColumn("days_absent", "decimal", "the days missed, in halves if need be", least=0),
    ),
    key=("enrolment_id", "counted_through"),
    references=(Reference("enrolment_id", "enrolments", "enrolment_id"),),
    may_be_missing=True,
)

LAYOUT = FeedLayout(
    name="school-enrolment",
    says="Pupils enrolled in the schools of a district, and the days they missed.",
    files=(ENROLMENTS, ABSENCES),
    reports=("in-school", "absence"),
    clean=clean,
)
