"""The columns of the deal's own register: referrals, assignments, enrolments, and who is who."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF
from payforsuccess.records.programme_enrolments.clean import clean

REFERRED_BY = (
    "jail-release",
    "prison-release",
    "court",
    "probation",
    "street-outreach",
    "shelter",
    "hospital",
    "self",
    "other",
)
DECLINE_REASONS = ("not-eligible", "person-declined", "no-place", "not-reached", "other")


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
        FeedColumn(
            "referred_by",
            "text",
            "the sort of place that referred the person",
            codes=REFERRED_BY,
            unknown=("unknown",),
            may_be_missing=True,
        ),
        _day("eligible_on", "the day on which the person was found eligible"),
        _day("accepted_on", "the day on which the person accepted the offer"),
        _day("declined_on", "the day on which the referral came to nothing"),
        FeedColumn(
            "decline_reason",
            "text",
            "why it came to nothing",
            codes=DECLINE_REASONS,
            unknown=("unknown",),
            may_be_missing=True,
        ),
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
        Rule(
            "answered-before-referral",
            "nobody is found eligible, accepts or is declined before they are referred",
            ("referred_on", "eligible_on", "accepted_on", "declined_on"),
            lambda rows: (
                (rows.eligible_on < rows.referred_on).fill_null(False)
                | (rows.accepted_on < rows.referred_on).fill_null(False)
                | (rows.declined_on < rows.referred_on).fill_null(False)
            ),
        ),
        Rule(
            "declined-and-enrolled",
            "a referral that came to nothing is no enrolment",
            ("declined_on", "enrolled_on"),
            lambda rows: rows.declined_on.notnull() & rows.enrolled_on.notnull(),
        ),
        Rule(
            "reason-without-decline",
            "a reason why it came to nothing has a day on which it did",
            ("declined_on", "decline_reason"),
            lambda rows: rows.decline_reason.notnull() & rows.declined_on.isnull(),
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
