"""The homes as a HUD HMIS CSV export (FY2026), under pseudonymous keys.

One enrolment a home, so that nights between two homes are nobody's: the first begins on the day of
enrolment, each later one on the day of moving in. Names, birth dates and notes are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import Enrolment, Participant, Placement

Rows = list[tuple[object, ...]]
PROJECT_TYPE = 3
"""Permanent housing with services."""
DESTINATIONS = {
    "permanent-housing": 410,
    "other-housing": 422,
    "institution": 206,
    "jail": 207,
    "homeless": 116,
    "good": 410,
    "custody": 207,
    "died": 24,
}
"""HUD's list 3.12.1, by where a tenant went or how someone left; 99 where it is not known."""
NOT_KNOWN = 99
RACES = {
    "american-indian": "AmIndAKNative",
    "asian": "Asian",
    "black": "BlackAfAmerican",
    "hispanic": "HispanicLatinao",
    "latino": "HispanicLatinao",
    "middle-eastern": "MidEastNAfrican",
    "pacific": "NativeHIPacific",
    "white": "White",
}
SEXES = {"female": 0, "male": 1}
CLIENT = (
    "PersonalID",
    "FirstName",
    "MiddleName",
    "LastName",
    "NameSuffix",
    "SSN",
    "DOB",
    "DOBDataQuality",
    "Sex",
    *dict.fromkeys(RACES.values()),
    "VeteranStatus",
    "DateUpdated",
    "DateDeleted",
    "ExportID",
)
ENROLLMENT = (
    "EnrollmentID",
    "PersonalID",
    "ProjectID",
    "EntryDate",
    "HouseholdID",
    "RelationshipToHoH",
    "DisablingCondition",
    "MoveInDate",
    "DateDeleted",
    "ExportID",
)


def hmis_files(initiative: Initiative, *, on: date) -> dict[str, Rows]:
    """Each file's header and rows, by the file's name."""
    export = f"{initiative.slug}-{on.isoformat()}"
    enrolments = list(
        Enrolment.objects.filter(initiative=initiative)
        .select_related("participant")
        .prefetch_related("placements")
        .order_by("pk")
    )
    sites = sorted({row.site for row in enrolments})
    first = min((row.enrolled_on for row in enrolments), default=on)
    people = {row.participant_id: row.participant for row in enrolments}
    doors = [door for row in enrolments for door in _doors(row)]
    return {
        "Export.csv": [
            (
                "ExportID",
                "SourceName",
                "ExportDate",
                "ExportStartDate",
                "ExportEndDate",
                "CSVVersion",
                "HashStatus",
            ),
            (export, initiative.name, on, first, max(on - timedelta(1), first), "2026 v1.0", 1),
        ],
        "Client.csv": [CLIENT, *(_client(person, on, export) for person in people.values())],
        "Project.csv": [
            (
                "ProjectID",
                "ProjectName",
                "OperatingStartDate",
                "OperatingEndDate",
                "ProjectType",
                "DateDeleted",
                "ExportID",
            ),
            *(
                (f"P{number}", site, first, None, PROJECT_TYPE, None, export)
                for number, site in enumerate(sites, 1)
            ),
        ],
        "Enrollment.csv": [
            ENROLLMENT,
            *(
                (
                    door.name,
                    door.row.participant.key,
                    f"P{sites.index(door.row.site) + 1}",
                    door.entered_on,
                    door.name,
                    1,
                    None,
                    door.home.moved_in_on if door.home else None,
                    None,
                    export,
                )
                for door in doors
            ),
        ],
        "Exit.csv": [
            (
                "ExitID",
                "EnrollmentID",
                "PersonalID",
                "ExitDate",
                "Destination",
                "DateDeleted",
                "ExportID",
            ),
            *(
                (
                    f"X{door.name}",
                    door.name,
                    door.row.participant.key,
                    door.left_on,
                    door.to,
                    None,
                    export,
                )
                for door in doors
                if door.left_on is not None
            ),
        ],
        "Services.csv": [
            (
                "ServicesID",
                "EnrollmentID",
                "PersonalID",
                "DateProvided",
                "RecordType",
                "FAAmount",
                "DateDeleted",
                "ExportID",
            )
        ],
    }


@dataclass(frozen=True)
class Door:
    """One enrolment of the export: from a first day to a last, in a home or in none.

    to: where the person went, by HUD's list.
    """

    name: str
    row: Enrolment
    home: Placement | None
    entered_on: date
    left_on: date | None
    to: int


def _doors(row: Enrolment) -> Iterator[Door]:
    """The doors of one enrolment: one a home, or one without a home."""
    homes = list(row.placements.all())
    at_exit = DESTINATIONS.get(row.exit_kind, NOT_KNOWN)
    if not homes:
        yield Door(row.public_id, row, None, row.enrolled_on, row.exited_on, at_exit)
    for number, home in enumerate(homes):
        is_last = number == len(homes) - 1
        said = home.moved_out_to if home.moved_out_on else row.exit_kind
        yield Door(
            home.public_id,
            row,
            home,
            home.moved_in_on if number else row.enrolled_on,
            home.moved_out_on or (row.exited_on if is_last else None),
            DESTINATIONS.get(said, at_exit if is_last else NOT_KNOWN),
        )


def _client(person: Participant, on: date, export: str) -> tuple[object, ...]:
    race = RACES.get(person.race)
    races = [int(name == race) if race else None for name in dict.fromkeys(RACES.values())]
    sex = SEXES.get(person.sex)
    blank = (None,) * 7
    return (person.key, *blank, sex, *races, None, on, None, export)
