"""A small HMIS export to test with: one client, one project, one enrolment, and what is added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from string import ascii_lowercase

from payforsuccess.records.hmis import LAYOUT
from tests.lib.feeds import cleaned

Row = dict[str, object]
ENTERED = date(2025, 1, 10)
LEFT = date(2025, 7, 1)
OPENED = date(2020, 1, 1)
NIGHT_BY_NIGHT, SHELTER, SUPPORTIVE, OUTREACH = 1, 0, 3, 4


def enrolled(number: str = "e", **stated: object) -> Row:
    """An enrolment of person a in project p, from 10 January 2025 on, unless stated otherwise."""
    usual = {"EnrollmentID": number, "PersonalID": "a", "ProjectID": "p", "EntryDate": ENTERED}
    return {**usual, **stated}


def left(number: str = "e", on: date = LEFT, **stated: object) -> Row:
    """An exit from an enrolment."""
    return {"ExitID": f"x-{number}-{on}", "EnrollmentID": number, "ExitDate": on, **stated}


def night(on: date, number: str = "e", **stated: object) -> Row:
    """A bed night."""
    return {"EnrollmentID": number, "DateProvided": on, "RecordType": 200, **stated}


def export(
    project_type: int,
    *,
    enrolments: Sequence[Row] = (),
    exits: Sequence[Row] = (),
    services: Sequence[Row] = (),
    contacts: Sequence[Row] = (),
    clients: Sequence[Row] = ({},),
    project: Row | None = None,
    others: Sequence[Row] = (),
    export_row: Row | None = None,
    complete_through: date = date(2026, 12, 31),
    only: str = "",
) -> dict[str, list[Row]]:
    """The canonical rows of an export with the project p and, if given, others.

    Its clients are a, b and so on; who is enrolled needs no row there. only: the one table to make.
    """
    usual = {"ProjectID": "p", "ProjectType": project_type, "OperatingStartDate": OPENED}
    files = {
        "Export": [{"ExportID": "1", **(export_row or {})}],
        "Client": [
            {"PersonalID": name, "ExportID": "1", **client}
            for name, client in zip(ascii_lowercase, clients, strict=False)
        ],
        "Project": [{**usual, **(project or {})}, *({**usual, **other} for other in others)],
        "Enrollment": enrolments or [enrolled()],
        "Exit": exits,
        "Services": services,
        "CurrentLivingSituation": contacts,
    }
    layout = replace(LAYOUT, clean=lambda feed: {only: LAYOUT.clean(feed)[only]})
    return cleaned(layout if only else LAYOUT, files, complete_through=complete_through)


def spells(made: dict[str, list[Row]]) -> list[tuple[object, ...]]:
    """Each spell's state, first day, and first day after."""
    return [(row["state"], row["start_on"], row["end_on"]) for row in made["spells"]]


def of_type(number: int) -> Row:
    """A further project, of the type that is its number."""
    return {"ProjectID": f"p{number}", "ProjectType": number}


def events(made: dict[str, list[Row]]) -> list[tuple[object, object]]:
    """Each event's kind and day."""
    return [(row["kind"], row["happened_on"]) for row in made["events"]]
