"""The columns of the deal's own register: referrals, assignments, enrolments, and who is who."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF
from payforsuccess.records.programme_enrolments.clean import clean


def _day(name: str, says: str) -> FeedColumn:
    return FeedColumn(name, "day", says, may_be_missing=True)


def _word(name: str, says: str) -> FeedColumn:
    return FeedColumn(name, "text", says, unknown=("unknown",), may_be_missing=True)


ENROLMENTS = FeedFile(
    "enrolments",
    "one row an enrolment; a person enrolled twice has two rows",
    (
        FeedColumn("enrolment_id", "text", "the number of the enrolment"),
        PERSON_REF,
        _day("referred_on", "the day of referral; the identifiers are those known on it"),
        _day("assigned_on", "the day of assignment to an arm"),
        FeedColumn("arm", "text", "the arm assigned to", may_be_missing=True),
        _day("enrolled_on", "the day of enrolment; empty for those who never enrolled"),
        _day("exited_on", "the first day on which no longer enrolled"),
        FeedColumn("site", "text", "the site", may_be_missing=True),
        FeedColumn("stratum", "text", "the stratum of the assignment", may_be_missing=True),
        *IDENTIFIERS,
        FeedColumn(
            "age", "whole", "age in years at referral", least=0, most=120, may_be_missing=True
        ),
        _word("race", "race or ethnicity, in the words of the form"),
        FeedColumn(
            "disability",
            "text",
            "whether a disabling condition was found",
            "protected",
            codes=("yes", "no"),
            unknown=("unknown",),
            may_be_missing=True,
        ),
        _word("language", "the language preferred"),
        FeedColumn(
            "risk_score",
            "decimal",
            "the score of the risk assessment at referral",
            may_be_missing=True,
        ),
        _word("risk_level", "the level of risk, in the assessment's word, such as high"),
    ),
    person="person_ref",
    key=("enrolment_id",),
    rules=(
        Rule(
            "assigned-before-referral",
            "nobody is assigned before they are referred",
            ("referred_on", "assigned_on"),
            lambda rows: rows.assigned_on < rows.referred_on,
        ),
        Rule(
            "enrolled-before-referral",
            "nobody enrols before they are referred",
            ("referred_on", "enrolled_on"),
            lambda rows: rows.enrolled_on < rows.referred_on,
        ),
        Rule(
            "exited-before-enrolment",
            "nobody leaves before they enrol",
            ("enrolled_on", "exited_on"),
            lambda rows: rows.exited_on < rows.enrolled_on,
        ),
        Rule(
            "exited-without-enrolment",
            "only those who enrolled can leave",
            ("enrolled_on", "exited_on"),
            lambda rows: rows.exited_on.notnull() & rows.enrolled_on.isnull(),
        ),
        Rule(
            "assigned-without-arm",
            "a day of assignment and an arm come together",
            ("assigned_on", "arm"),
            lambda rows: rows.assigned_on.isnull() != rows.arm.isnull(),
        ),
        Rule(
            "born-after-referral",
            "nobody is referred before they are born",
            ("referred_on", "born_on"),
            lambda rows: rows.born_on > rows.referred_on,
        ),
    ),
)

LAYOUT = FeedLayout(
    name="programme-enrolments",
    says="The deal's own people: referrals, assignments and enrolments, with the identifiers they "
    "had at referral and what was known about them then.",
    files=(ENROLMENTS,),
    reports=(),
    clean=clean,
)
