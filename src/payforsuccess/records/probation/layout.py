"""The columns of a probation department's supervision and its violations."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Reference, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF
from payforsuccess.records.probation.clean import clean

PERIODS = FeedFile(
    "periods",
    "one row a period of supervision",
    (
        FeedColumn("period_id", "text", "the number of the period"),
        PERSON_REF,
        FeedColumn("started_on", "day", "the first day"),
        FeedColumn(
            "ended_on",
            "day",
            "the day it did end, not the day it is planned to; empty while it lasts",
            may_be_missing=True,
        ),
        FeedColumn("kind", "text", "the kind of supervision", may_be_missing=True),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("period_id",),
    rules=(
        Rule(
            "end-before-start",
            "supervision does not end before it starts",
            ("started_on", "ended_on"),
            lambda rows: rows.ended_on < rows.started_on,
        ),
    ),
)

VIOLATIONS = FeedFile(
    "violations",
    "one row a violation recorded",
    (
        FeedColumn("violation_id", "text", "the number of the violation"),
        FeedColumn("period_id", "text", "the period of supervision"),
        FeedColumn("violated_on", "day", "the day of the violation"),
        FeedColumn(
            "kind",
            "text",
            "what was violated",
            codes=("technical", "new-offense", "absconded", "other"),
            unknown=("unknown",),
            may_be_missing=True,
        ),
    ),
    key=("violation_id",),
    references=(Reference("period_id", "periods", "period_id"),),
    may_be_missing=True,
)

LAYOUT = FeedLayout(
    name="probation",
    says="Periods under supervision of a probation department, and violations of its terms.",
    files=(PERIODS, VIOLATIONS),
    reports=("on-probation", "violation"),
    clean=clean,
)
