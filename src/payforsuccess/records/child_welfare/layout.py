"""The columns of a child-welfare agency's placements."""

from __future__ import annotations

from payforsuccess.records.child_welfare.clean import clean
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF

PLACEMENTS = FeedFile(
    "placements",
    "one row a stay of a child in one place of out-of-home care",
    (
        FeedColumn("placement_id", "text", "the number of the placement"),
        PERSON_REF,
        FeedColumn(
            "removed_on",
            "day",
            "the day the child was taken from home; the same for all placements that follow it",
            "protected",
        ),
        FeedColumn("started_on", "day", "the first day in this place", "protected"),
        FeedColumn(
            "ended_on",
            "day",
            "the day of leaving it; empty while there",
            "protected",
            may_be_missing=True,
        ),
        FeedColumn(
            "end_reason",
            "text",
            "what came after it; empty while there",
            "protected",
            codes=("reunified", "moved", "adopted", "guardianship", "aged-out", "other"),
            unknown=("unknown",),
            may_be_missing=True,
        ),
        FeedColumn("kind", "text", "the kind of care", "protected", may_be_missing=True),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("placement_id",),
    rules=(
        Rule(
            "placed-before-removal",
            "a placement does not start before the removal it follows",
            ("removed_on", "started_on"),
            lambda rows: rows.started_on < rows.removed_on,
        ),
        Rule(
            "end-before-start",
            "a placement does not end before it starts",
            ("started_on", "ended_on"),
            lambda rows: rows.ended_on < rows.started_on,
        ),
        Rule(
            "reason-without-end",
            "a placement that has a reason for its end has a day for it",
            ("ended_on", "end_reason"),
            lambda rows: rows.end_reason.notnull() & rows.ended_on.isnull(),
        ),
    ),
)

LAYOUT = FeedLayout(
    name="child-welfare",
    says="Placements of children in out-of-home care, from removal to reunification.",
    files=(PLACEMENTS,),
    reports=("placed", "removal", "reunification"),
    clean=clean,
)
