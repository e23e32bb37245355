"""Which kind of personal detail each column of a feed is, in the words of the page of rights."""

from __future__ import annotations

from collections.abc import Iterable

_SAYS_WHO = {
    "name": "given_name middle_name family_name name_suffix FirstName MiddleName LastName "
    "NameSuffix given_name_filter family_name_filter",
    "birth": "born_on DOB DOBDataQuality born_on_filter",
    "ssn": "ssn SSN ssn_filter",
    "sex": "sex Sex Woman Man",
    "street": "street city street_filter",
    "postcode": "postcode postcode_filter",
    "number": "person_ref PersonalID case_no",
}
_TELLS = {
    "sex": "programme-enrolments.sex",
    "age": "age",
    "race": "race black hisp AmIndAKNative Asian BlackAfAmerican HispanicLatinao MidEastNAfrican "
    "NativeHIPacific White HispanicLatinaeo",
    "language": "language",
    "disability": "disability DisablingCondition",
    "risk": "risk_score risk_level",
    "referred": "referred_by",
    "offer": "eligible_on accepted_on declined_on decline_reason",
    "group": "arm stratum assigned_on fin treat",
    "place": "site ProjectID ProjectName ProjectType facility",
    "veteran": "VeteranStatus",
    "household": "HouseholdID RelationshipToHoH",
    "moved": "Destination moved_out_to",
    "slept": "CurrentLivingSituation",
    "violence": "DomesticViolenceSurvivor CurrentlyFleeing",
    "released": "release_type",
    "arrest": "arresting_agency arrest_date arrest week",
    "charges": "statute jail-bookings.level jail-bookings.disposition",
    "programme": "programme",
    "amount": "amount FAAmount re74 re75 re78",
    "removed": "removed_on end_reason child-welfare.kind",
    "consent": "purpose recipient regime form",
    "court": "court-cases.level court-cases.disposition disposed_on diversion_granted_on "
    "sealed_on scheduled_on outcome",
    "health": "encounter_class diagnosis",
    "payments": "housing-subsidy.kind paid_on",
    "probation": "probation.kind violated_on",
    "service": "provider-services.kind units RecordType DateProvided",
    "assessment": "tool score provider-services.level assessed_on",
    "employer": "employer",
    "school": "school grade days_absent counted_through",
    "past": "wexp mar paro prio",
    "background": "educ nodegree marr",
}
_TOLD = (
    "enrolment_id referred_on enrolled_on exited_on recorded_on lease_id leased_on moved_in_on "
    "moved_out_on payment_id booking_id booked_at released_at died_on month placement_id "
    "started_on ended_on consent_id given_on expires_on withdrawn_on case_id filed_on hearing_id "
    "encounter_id period_id violation_id service_id happened_on assessment_id year quarter "
    "known_on EnrollmentID ExitID ServicesID CurrentLivingSitID HealthAndDVID EntryDate MoveInDate "
    "ExitDate InformationDate"
)
_OF_FILES = (
    "ExportID SourceName ExportDate ExportStartDate ExportEndDate CSVVersion HashStatus "
    "DateUpdated DateDeleted OperatingStartDate OperatingEndDate"
)


def _by_column(kinds: dict[str, str]) -> dict[str, str]:
    return {column: kind for kind, columns in kinds.items() for column in columns.split()}


_WHO = _by_column(_SAYS_WHO)
_FACTS = _by_column(_TELLS)
KINDS = frozenset((*_SAYS_WHO, *_TELLS))
"""Every kind; each language has words for all of them."""
WITHOUT_A_KIND = frozenset(f"{_TOLD} {_OF_FILES}".split())
"""Days and numbers of rows, which the line of the feed tells, and what is of a file, not of one."""


def says_who(columns: Iterable[str]) -> tuple[str, ...]:
    """The kinds of details among the columns that say who a person is, each once."""
    found = {_WHO[column] for column in columns if column in _WHO}
    return tuple(kind for kind in _SAYS_WHO if kind in found)


def tells(layout: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The kinds of details among a feed's columns that tell something of a person, each once."""
    found = set()
    for column in columns:
        kind = _FACTS.get(f"{layout}.{column}") or _FACTS.get(column)
        if kind is not None:
            found.add(kind)
    return tuple(kind for kind in _TELLS if kind in found)


def has_a_place(layout: str, column: str) -> bool:
    """Whether a column of a layout is of a kind, or is known to need none."""
    return bool(column in WITHOUT_A_KIND or says_who((column,)) or tells(layout, (column,)))
