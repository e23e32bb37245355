"""The columns of a register of consents."""

from __future__ import annotations

from payforsuccess.records.consents.clean import clean
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Rule
from payforsuccess.records.named_people import PERSON_REF

CONSENTS = FeedFile(
    "consents",
    "one row one person's consent to one use",
    (
        FeedColumn("consent_id", "text", "the number of the form"),
        PERSON_REF,
        FeedColumn("purpose", "text", "what the records may be used for, in the form's words"),
        FeedColumn("recipient", "text", "who may receive them", may_be_missing=True),
        FeedColumn(
            "regime",
            "text",
            "the law the form satisfies, such as 42 CFR Part 2",
            may_be_missing=True,
        ),
        FeedColumn("form", "text", "the version of the form"),
        FeedColumn("language", "text", "the language the form was read in"),
        FeedColumn("given_on", "day", "the first day it holds"),
        FeedColumn(
            "expires_on",
            "day",
            "the last day it holds; empty when it has no end",
            may_lie_ahead=True,
            may_be_missing=True,
        ),
        FeedColumn(
            "withdrawn_on",
            "day",
            "the day it was withdrawn, the first on which it no longer holds",
            may_be_missing=True,
        ),
    ),
    person="person_ref",
    key=("consent_id",),
    rules=(
        Rule(
            "expires-before-given",
            "a consent ends no earlier than it was given",
            ("given_on", "expires_on"),
            lambda rows: rows.expires_on < rows.given_on,
        ),
        Rule(
            "withdrawn-before-given",
            "a consent is withdrawn no earlier than it was given",
            ("given_on", "withdrawn_on"),
            lambda rows: rows.withdrawn_on < rows.given_on,
        ),
    ),
)

LAYOUT = FeedLayout(
    name="consents",
    says="Who agreed to which use of their records, until when, and who took it back.",
    files=(CONSENTS,),
    reports=(),
    clean=clean,
)
