"""The columns of quarterly wages as employers report them to a state."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF
from payforsuccess.records.quarterly_wages.clean import clean

WAGES = FeedFile(
    "wages",
    "one row what one employer paid one person in one quarter",
    (
        PERSON_REF,
        FeedColumn("year", "whole", "the calendar year", least=1938, most=2200),
        FeedColumn("quarter", "whole", "the quarter of the year, 1 to 4", least=1, most=4),
        FeedColumn(
            "employer",
            "text",
            "what tells one employer from another; a number made up for the extract is enough",
        ),
        FeedColumn("amount", "decimal", "the wages of the quarter, such as 8125.50", least=0),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("person_ref", "year", "quarter", "employer"),
)

LAYOUT = FeedLayout(
    name="quarterly-wages",
    says="Wages of a person by quarter and employer, from unemployment insurance records.",
    files=(WAGES,),
    reports=("wages",),
    clean=clean,
)
