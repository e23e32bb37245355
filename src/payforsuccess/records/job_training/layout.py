"""The columns of the file, as its authors coded them."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.job_training.clean import (
    EARNINGS,
    FILE,
    NOMINAL_ASSIGNMENT_ON,
    OFFERED,
    clean,
)

_YES_NO = ("0", "1")


def _flag(name: str, says: str) -> FeedColumn:
    return FeedColumn(name, "whole", says, "public", _YES_NO)


def _earnings(name: str, year: int) -> FeedColumn:
    says = f"real earnings of {year}, such as 9930.046; 0 for none"
    return FeedColumn(name, "decimal", says, "public", least=0)


LAYOUT = FeedLayout(
    name="job-training",
    says="People to whom chance did or did not offer subsidised work in the 1970s, and what they "
    "earned in 1978 (LaLonde 1986; Dehejia and Wahba 1999).",
    files=(
        FeedFile(
            FILE,
            "One row a person.",
            (
                _flag("treat", "1 if in the training programme, by chance"),
                FeedColumn("age", "whole", "age in years", "public", least=0, most=120),
                FeedColumn("educ", "whole", "years of education", "public", least=0, most=30),
                _flag("black", "1 if Black, as the authors coded it"),
                _flag("hisp", "1 if Hispanic, as the authors coded it"),
                _flag("marr", "1 if married"),
                _flag("nodegree", "1 without a degree: fewer than 12 years of education"),
                _earnings("re74", 1974),
                _earnings("re75", 1975),
                _earnings("re78", 1978),
            ),
            rules=(
                Rule(
                    "degree-as-educated",
                    "who has fewer than 12 years of education has no degree, and nobody else",
                    ("educ", "nodegree"),
                    lambda rows: (rows.educ < 12) != (rows.nodegree == 1),
                ),
            ),
        ),
    ),
    reports=(OFFERED, EARNINGS),
    clean=clean,
    notes=(
        "The file has years and no dates: everyone's assignment stands on the nominal day "
        f"{NOMINAL_ASSIGNMENT_ON}, and the earnings of 1978 on the last day of that year.",
    ),
)
