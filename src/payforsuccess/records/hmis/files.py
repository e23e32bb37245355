"""The files of a HUD HMIS CSV export and their columns, under HUD's own names."""

from __future__ import annotations

from payforsuccess.records.feed import (
    DayOrder,
    FeedColumn,
    FeedFile,
    Reference,
    Rule,
    Sensitivity,
)
from payforsuccess.records.hmis.codes import (
    HEAD_OF_HOUSEHOLD,
    LIVING_SITUATIONS,
    PROJECT_TYPES,
    RACES,
    RELATIONSHIPS,
    UNKNOWN,
    UNTOLD,
    YES_NO,
)


def _text(name: str, says: str, *, needed: bool = False) -> FeedColumn:
    return FeedColumn(name, "text", says, may_be_missing=not needed)


def _identifier(name: str, says: str) -> FeedColumn:
    return FeedColumn(name, "text", says, "identifier", may_be_missing=True)


def _day(name: str, says: str) -> FeedColumn:
    return FeedColumn(name, "day", says, may_be_missing=True)


def _made(name: str, says: str) -> FeedColumn:
    """A day that may follow the last one the extract is complete through."""
    return FeedColumn(name, "day", says, may_lie_ahead=True, may_be_missing=True)


def _coded(
    name: str,
    says: str,
    codes: tuple[str, ...] = YES_NO,
    unknown: tuple[str, ...] = UNKNOWN,
    sensitivity: Sensitivity = "personal",
) -> FeedColumn:
    return FeedColumn(name, "whole", says, sensitivity, codes, unknown, may_be_missing=True)


_PERSON = _text("PersonalID", "the system's number for the person", needed=True)
_ENROLLMENT = _text("EnrollmentID", "the enrolment", needed=True)
_DELETED = _text("DateDeleted", "when the row was withdrawn; filled in tombstones alone")
_EXPORT = _text("ExportID", "the export the row belongs to")
_OF_ENROLLMENT = (Reference("EnrollmentID", "Enrollment", "EnrollmentID"),)

EXPORT = FeedFile(
    "Export",
    "one row: what the export holds",
    (
        _text("ExportID", "the number of the export", needed=True),
        _text("SourceName", "who made it"),
        _made("ExportDate", "the day it was made"),
        FeedColumn("ExportStartDate", "day", "the first day it covers"),
        FeedColumn("ExportEndDate", "day", "the last day it covers", may_lie_ahead=True),
        _text("CSVVersion", "the version of the format"),
        FeedColumn(
            "HashStatus",
            "whole",
            "1 when names and numbers are in the clear",
            codes=("1", "2", "3", "4"),
            may_be_missing=True,
        ),
    ),
    key=("ExportID",),
    reaches=("ExportEndDate", "ExportDate"),
    rules=(
        Rule(
            "window-turned-round",
            "an export ends no earlier than it starts",
            ("ExportStartDate", "ExportEndDate"),
            lambda rows: rows.ExportEndDate < rows.ExportStartDate,
        ),
    ),
)

CLIENT = FeedFile(
    "Client",
    "one row a person",
    (
        _PERSON,
        _identifier("FirstName", "first name"),
        _identifier("MiddleName", "middle name"),
        _identifier("LastName", "last name"),
        _identifier("NameSuffix", "Jr., III and the like"),
        _identifier("SSN", "social security number; x for digits not known"),
        FeedColumn("DOB", "day", "date of birth", "identifier", may_be_missing=True),
        _coded("DOBDataQuality", "1 for an exact date, 2 for an estimate", ("1", "2")),
        _coded("Sex", "0 female, 1 male (from FY2026 on)", sensitivity="identifier"),
        _coded("Woman", "1 for a woman (until FY2024)", sensitivity="identifier"),
        _coded("Man", "1 for a man (until FY2024)", sensitivity="identifier"),
        *(_coded(name, f"1 for {word}") for name, word in RACES.items()),
        _coded("HispanicLatinaeo", "1 for hispanic, as it was spelt until FY2024"),
        _coded("VeteranStatus", "1 for a veteran"),
        _made("DateUpdated", "the day the row last changed"),
        _DELETED,
        _EXPORT,
    ),
    person="PersonalID",
    key=("PersonalID",),
    deleted="DateDeleted",
)

PROJECT = FeedFile(
    "Project",
    "one row a project",
    (
        _text("ProjectID", "the number of the project", needed=True),
        _text("ProjectName", "its name"),
        FeedColumn("OperatingStartDate", "day", "the day it opened", may_lie_ahead=True),
        FeedColumn(
            "OperatingEndDate",
            "day",
            "the day it closed; empty while open",
            may_lie_ahead=True,
            may_be_missing=True,
        ),
        FeedColumn("ProjectType", "whole", "what kind of project it is", codes=PROJECT_TYPES),
        _DELETED,
        _EXPORT,
    ),
    key=("ProjectID",),
    deleted="DateDeleted",
)

ENROLLMENT = FeedFile(
    "Enrollment",
    "one row a person in a project",
    (
        _text("EnrollmentID", "the number of the enrolment", needed=True),
        _PERSON,
        _text("ProjectID", "the project", needed=True),
        FeedColumn("EntryDate", "day", "the day it began"),
        _text("HouseholdID", "the household that enrolled together"),
        _coded("RelationshipToHoH", "1 for the head of the household", RELATIONSHIPS, ("99",)),
        _coded("DisablingCondition", "1 with a disabling condition", sensitivity="protected"),
        _day("MoveInDate", "the day of moving into housing; given for the head of the household"),
        _DELETED,
        _EXPORT,
    ),
    person="PersonalID",
    key=("EnrollmentID",),
    references=(
        Reference("PersonalID", "Client", "PersonalID"),
        Reference("ProjectID", "Project", "ProjectID"),
    ),
    rules=(
        Rule(
            "head-moved-in-before-entry",
            "the head of a household moves in no earlier than they entered",
            ("EntryDate", "RelationshipToHoH", "MoveInDate"),
            lambda rows: (
                (rows.RelationshipToHoH == HEAD_OF_HOUSEHOLD) & (rows.MoveInDate < rows.EntryDate)
            ),
        ),
    ),
    deleted="DateDeleted",
)

EXIT = FeedFile(
    "Exit",
    "one row an enrolment that ended",
    (
        _text("ExitID", "the number of the exit", needed=True),
        _ENROLLMENT,
        _PERSON,
        FeedColumn("ExitDate", "day", "the first day no longer in the project"),
        _coded("Destination", "where they went", LIVING_SITUATIONS, UNTOLD),
        _DELETED,
        _EXPORT,
    ),
    person="PersonalID",
    key=("ExitID",),
    references=(
        Reference(
            "EnrollmentID",
            "Enrollment",
            "EnrollmentID",
            order=(
                DayOrder(
                    "exit-before-entry",
                    "nobody leaves a project before they entered it",
                    "ExitDate",
                    "EntryDate",
                ),
            ),
            ends=True,
        ),
    ),
    deleted="DateDeleted",
)

SERVICES = FeedFile(
    "Services",
    "one row a service, a bed night among them",
    (
        _text("ServicesID", "the number of the service", needed=True),
        _ENROLLMENT,
        _PERSON,
        FeedColumn("DateProvided", "day", "the day"),
        FeedColumn("RecordType", "whole", "what kind of service; 200 for a bed night"),
        FeedColumn("FAAmount", "decimal", "financial assistance paid", may_be_missing=True),
        _DELETED,
        _EXPORT,
    ),
    person="PersonalID",
    key=("ServicesID",),
    references=_OF_ENROLLMENT,
    deleted="DateDeleted",
)

CURRENT_LIVING_SITUATION = FeedFile(
    "CurrentLivingSituation",
    "one row a contact, with where the person was living",
    (
        _text("CurrentLivingSitID", "the number of the contact", needed=True),
        _ENROLLMENT,
        _PERSON,
        FeedColumn("InformationDate", "day", "the day of the contact"),
        _coded("CurrentLivingSituation", "where they lived", LIVING_SITUATIONS, UNTOLD),
        _DELETED,
        _EXPORT,
    ),
    person="PersonalID",
    key=("CurrentLivingSitID",),
    references=_OF_ENROLLMENT,
    deleted="DateDeleted",
    may_be_missing=True,
)

HEALTH_AND_DV = FeedFile(
    "HealthAndDV",
    "one row an answer on health and violence; nothing is made of it, and few should permit it",
    (
        _text("HealthAndDVID", "the number of the answer", needed=True),
        _ENROLLMENT,
        _PERSON,
        _day("InformationDate", "the day of the answer"),
        _coded("DomesticViolenceSurvivor", "1 for a survivor", sensitivity="protected"),
        _coded("CurrentlyFleeing", "1 for someone fleeing now", sensitivity="protected"),
        _DELETED,
        _EXPORT,
    ),
    person="PersonalID",
    key=("HealthAndDVID",),
    references=_OF_ENROLLMENT,
    deleted="DateDeleted",
    may_be_missing=True,
)
