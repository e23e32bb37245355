"""The columns of the file, as its authors coded them."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.reentry_experiment.clean import FILE, NOMINAL_RELEASE_ON, WEEKS, clean

_YES_NO = ("0", "1")

LAYOUT = FeedLayout(
    name="reentry-experiment",
    says="Men released from Maryland state prisons, half of them at random given financial aid, "
    "watched for 52 weeks (Rossi, Berk and Lenihan 1980).",
    files=(
        FeedFile(
            FILE,
            "One row a man.",
            (
                FeedColumn(
                    "week",
                    "whole",
                    "week of the first arrest after release, or 52 without one",
                    "public",
                    least=1,
                    most=WEEKS,
                ),
                FeedColumn(
                    "arrest", "whole", "1 if arrested within the 52 weeks", "public", _YES_NO
                ),
                FeedColumn("fin", "whole", "1 if assigned to financial aid", "public", _YES_NO),
                FeedColumn("age", "whole", "age in years at release", "public", least=0, most=120),
                FeedColumn(
                    "race", "whole", "1 for the race the authors coded Black", "public", _YES_NO
                ),
                FeedColumn(
                    "wexp", "whole", "1 with full-time work before prison", "public", _YES_NO
                ),
                FeedColumn("mar", "whole", "1 if married at release", "public", _YES_NO),
                FeedColumn("paro", "whole", "1 if released on parole", "public", _YES_NO),
                FeedColumn(
                    "prio", "whole", "convictions before this one", "public", least=0, most=100
                ),
            ),
            # The file says that all were watched; a shorter watch would make a man's year unknown.
            rules=(
                Rule(
                    "watched-to-the-end",
                    f"a man without an arrest was watched for all {WEEKS} weeks",
                    ("week", "arrest"),
                    lambda rows: (rows.arrest == 0) & (rows.week < WEEKS),
                ),
            ),
        ),
    ),
    reports=("arrest",),
    clean=clean,
    notes=(
        "The file has weeks and no dates: every day is counted from a nominal release on "
        f"{NOMINAL_RELEASE_ON}.",
    ),
)
