"""The columns of a register of deaths."""

from __future__ import annotations

from payforsuccess.records.deaths.clean import clean
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF

DEATHS = FeedFile(
    "deaths",
    "one row a death",
    (
        PERSON_REF,
        FeedColumn("died_on", "day", "the day of death"),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("person_ref",),
    rules=(
        Rule(
            "death-before-birth",
            "nobody dies before they are born",
            ("born_on", "died_on"),
            lambda rows: rows.died_on < rows.born_on,
        ),
    ),
)

LAYOUT = FeedLayout(
    name="deaths",
    says="Deaths from a vital records register: who and when, never why.",
    files=(DEATHS,),
    reports=("death",),
    clean=clean,
)
