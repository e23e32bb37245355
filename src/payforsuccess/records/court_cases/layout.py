"""The columns of a court's criminal cases and their hearings."""

from __future__ import annotations

from payforsuccess.records.court_cases.clean import clean
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Reference, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF

_SEALED_ON = FeedColumn(
    "sealed_on",
    "day",
    "the day the record was sealed or expunged; such rows are left out",
    may_lie_ahead=True,
    may_be_missing=True,
)

CASES = FeedFile(
    "cases",
    "one row a case against one person",
    (
        FeedColumn("case_id", "text", "the number of the case, of its own for each defendant"),
        PERSON_REF,
        FeedColumn("filed_on", "day", "the day it was filed"),
        FeedColumn(
            "level",
            "text",
            "how serious the law holds its gravest charge to be",
            codes=("felony", "misdemeanor", "infraction", "other"),
            unknown=("unknown",),
            may_be_missing=True,
        ),
        FeedColumn(
            "disposition",
            "text",
            "how it ended; empty while open",
            codes=("convicted", "acquitted", "dismissed", "diverted", "transferred", "other"),
            may_be_missing=True,
        ),
        FeedColumn("disposed_on", "day", "the day it ended", may_be_missing=True),
        FeedColumn(
            "diversion_granted_on",
            "day",
            "the day diversion was granted, whether or not it was completed",
            may_be_missing=True,
        ),
        _SEALED_ON,
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("case_id",),
    rules=(
        Rule(
            "disposed-before-filed",
            "a case does not end before it is filed",
            ("filed_on", "disposed_on"),
            lambda rows: rows.disposed_on < rows.filed_on,
        ),
        Rule(
            "diversion-before-filed",
            "diversion is not granted before a case is filed",
            ("filed_on", "diversion_granted_on"),
            lambda rows: rows.diversion_granted_on < rows.filed_on,
        ),
        Rule(
            "disposition-without-day",
            "a case that ended has the day on which it did",
            ("disposition", "disposed_on"),
            lambda rows: rows.disposition.notnull() & rows.disposed_on.isnull(),
        ),
    ),
    deleted="sealed_on",
)

HEARINGS = FeedFile(
    "hearings",
    "one row a hearing of a case",
    (
        FeedColumn("hearing_id", "text", "the number of the hearing"),
        FeedColumn("case_id", "text", "the case"),
        FeedColumn("scheduled_on", "day", "the day it was set for", may_lie_ahead=True),
        FeedColumn(
            "outcome",
            "text",
            "whether it was held; missed: the person had to come and did not",
            codes=("held", "missed", "continued", "vacated", "scheduled"),
            unknown=("unknown",),
            may_be_missing=True,
        ),
        _SEALED_ON,
    ),
    key=("hearing_id",),
    references=(Reference("case_id", "cases", "case_id"),),
    deleted="sealed_on",
    may_be_missing=True,
)

LAYOUT = FeedLayout(
    name="court-cases",
    says="Criminal cases of a court: filings, hearings, missed hearings, convictions and "
    "diversion.",
    files=(CASES, HEARINGS),
    reports=("case-filed", "hearing", "missed-hearing", "conviction", "diversion"),
    clean=clean,
)
