"""The columns of a benefits agency's months of benefit."""

from __future__ import annotations

from payforsuccess.records.benefits.clean import clean
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF

MONTHS = FeedFile(
    "months",
    "one row a month in which a person received a benefit",
    (
        PERSON_REF,
        FeedColumn("programme", "text", "the benefit, such as general relief"),
        FeedColumn("month", "day", "the first day of the month"),
        FeedColumn(
            "amount",
            "decimal",
            "what was paid for the month, such as 221.00; 0 for a benefit in kind",
            least=0,
            may_be_missing=True,
        ),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("person_ref", "programme", "month"),
    rules=(
        Rule(
            "month-not-on-its-first",
            "a month is written as its first day",
            ("month",),
            lambda rows: rows.month.day() != 1,
        ),
    ),
)

LAYOUT = FeedLayout(
    name="benefits",
    says="Months in which a person received cash aid, food aid, medical cover or another benefit.",
    files=(MONTHS,),
    reports=("on-benefits", "benefit"),
    clean=clean,
)
