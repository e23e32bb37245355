"""The columns of a provider's own records: clients, what was done with them, and assessments."""

from __future__ import annotations

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout, Reference
from payforsuccess.records.named_people import IDENTIFIERS, PERSON_REF
from payforsuccess.records.provider_services.clean import clean

_NAME = "[a-z][a-z0-9-]{0,59}"

CLIENTS = FeedFile(
    "clients",
    "one row a client",
    (
        PERSON_REF,
        FeedColumn(
            "recorded_on", "day", "the day the identifiers were recorded", may_be_missing=True
        ),
        *IDENTIFIERS,
    ),
    person="person_ref",
    key=("person_ref",),
)

SERVICES = FeedFile(
    "services",
    "one row a contact, session, milestone or certified unit",
    (
        FeedColumn("service_id", "text", "the number of the service"),
        PERSON_REF,
        FeedColumn("happened_on", "day", "the day"),
        FeedColumn(
            "kind",
            "text",
            "what happened, such as contact, session or course-completed: small letters, digits "
            "and hyphens",
            pattern=_NAME,
        ),
        FeedColumn(
            "units",
            "decimal",
            "how much, where it is counted: hours of a session, units certified",
            may_be_missing=True,
        ),
    ),
    person="person_ref",
    key=("service_id",),
    references=(Reference("person_ref", "clients", "person_ref"),),
)

ASSESSMENTS = FeedFile(
    "assessments",
    "one row an assessment of a client",
    (
        FeedColumn("assessment_id", "text", "the number of the assessment"),
        PERSON_REF,
        FeedColumn("assessed_on", "day", "the day"),
        FeedColumn(
            "tool",
            "text",
            "the assessment's name: small letters, digits and hyphens",
            pattern=_NAME,
        ),
        FeedColumn("score", "decimal", "its score", "protected", may_be_missing=True),
        FeedColumn(
            "level",
            "text",
            "its result as a word, such as high, where it has no score",
            "protected",
            unknown=("unknown",),
            may_be_missing=True,
        ),
    ),
    person="person_ref",
    key=("assessment_id",),
    references=(Reference("person_ref", "clients", "person_ref"),),
    may_be_missing=True,
)

LAYOUT = FeedLayout(
    name="provider-services",
    says="What a provider did with its clients: contacts, sessions, milestones, certified units, "
    "and assessments.",
    files=(CLIENTS, SERVICES, ASSESSMENTS),
    reports=("contact", "session", "course-completed", "certified-unit"),
    clean=clean,
    notes=("The provider tells of its own work here; these rows prove nothing by themselves.",),
)
