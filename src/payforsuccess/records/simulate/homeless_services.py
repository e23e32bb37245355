"""The files of the homeless management information system, as HUD's CSV export of FY2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow as pa

from payforsuccess.records.simulate.draws import Flags, Whole
from payforsuccess.records.simulate.extract import Desk, Extract, only_where
from payforsuccess.records.simulate.lives import Lives
from payforsuccess.records.simulate.people import NEVER
from payforsuccess.records.simulate.plan import SSN_MISSING, CountyPlan
from payforsuccess.records.simulate.programme import LEFT_FOR
from payforsuccess.records.simulate.written import Written, days

SOURCE_NAME = "Simulated county, synthetic data"
_EXPORT_ID = "1"
_SHELTER, _NIGHTLY, _OUTREACH, _RAPID, _SUPPORTIVE = range(5)
_PROJECTS = (
    ("Harbor shelter (synthetic)", 0),
    ("Night shelter (synthetic)", 1),
    ("Street outreach (synthetic)", 4),
    ("Rapid re-housing (synthetic)", 13),
    ("Homes with support (synthetic)", 3),
)
_STREET, _JAIL, _DIED, _NOT_ASKED = 116, 207, 24, 30
_DESTINATIONS = {"permanent-housing": 410, "homeless": _STREET, "jail": _JAIL, "unknown": 99}
_NIGHTS_RECORDED, _WITHDRAWN = 0.92, 0.01
_WITHOUT_HOME = 180


@dataclass(frozen=True)
class _Enrolments:
    """Enrolments of one block in projects; `moved_in` and `end` are NEVER where they did not."""

    who: Whole
    project: Whole
    start: Whole
    moved_in: Whole
    end: Whole
    destination: Whole


def write_hmis(desk: Desk, lives: Lives) -> Extract:
    """Export, projects, clients, enrolments, exits, bed nights and street contacts."""
    parts = [_shelters(desk, lives), _outreach(lives), _rapid(lives), _supportive(lives)]
    made = _Enrolments(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("who", "project", "start", "moved_in", "end", "destination")
        )
    )
    people = lives.people
    # A worker enters someone within days; whoever is not entered by the extract is not in it.
    known = desk.is_known(made.start)
    left = desk.is_known(made.end) & known
    files = made.who * 2
    on_file = np.unique(files)
    seen = pa.array(np.isin(on_file, files[known]))
    written = desk.write_down(people, on_file, ssn_missing=SSN_MISSING)
    enrolment = desk.row_numbers(0, len(made.who))
    person = desk.person_numbers(people, files)
    export = pa.array([_EXPORT_ID] * len(made.who))
    in_home = desk.is_known(made.moved_in) & known
    enrolments = pa.table(
        {
            "EnrollmentID": enrolment,
            "PersonalID": person,
            "ProjectID": _project_ids(made.project),
            "EntryDate": days(made.start),
            "HouseholdID": enrolment,
            "RelationshipToHoH": pa.array(np.ones(len(made.who), np.int64)),
            "MoveInDate": days(np.where(in_home, made.moved_in, 0), missing=~in_home),
            "ExportID": export,
        }
    )
    exits = pa.table(
        {
            "ExitID": desk.row_numbers(1, len(made.who)),
            "EnrollmentID": enrolment,
            "PersonalID": person,
            "ExitDate": days(np.where(left, made.end, 0)),
            "Destination": pa.array(made.destination),
            "ExportID": export,
        }
    )
    return Extract(
        files={
            "Client": _clients(desk, lives, on_file, written).filter(seen),
            "Enrollment": enrolments.filter(pa.array(known)),
            "Exit": exits.filter(pa.array(left)),
            "Services": _nights(desk, made, enrolment, person, known),
            "CurrentLivingSituation": _contacts(desk, lives, made, enrolment, person, known),
        },
        records=desk.records_of(people, on_file, written).filter(seen),
    )


def whole_export(plan: CountyPlan) -> dict[str, pa.Table]:
    """The two files that do not grow with people: what the export is, and the projects."""
    opened = plan.begins_on - timedelta(days=3_650)
    return {
        "Export": pa.table(
            {
                "ExportID": [_EXPORT_ID],
                "SourceName": [SOURCE_NAME],
                "ExportDate": [f"{plan.extracted_on} 06:00:00"],
                "ExportStartDate": [plan.begins_on],
                "ExportEndDate": [min(plan.extracted_on, plan.ends_on) - timedelta(days=1)],
                "CSVVersion": ["2026 v1.0"],
                "HashStatus": [1],
            }
        ),
        "Project": pa.table(
            {
                "ProjectID": [f"P-{at + 1}" for at in range(len(_PROJECTS))],
                "ProjectName": [name for name, _ in _PROJECTS],
                "OperatingStartDate": [opened] * len(_PROJECTS),
                "OperatingEndDate": pa.nulls(len(_PROJECTS), pa.date32()),
                "ProjectType": [kind for _, kind in _PROJECTS],
                "ExportID": [_EXPORT_ID] * len(_PROJECTS),
            }
        ),
    }


def _clients(desk: Desk, lives: Lives, on_file: Whole, written: Written) -> pa.Table:
    columns = written.columns
    size = len(on_file)
    is_female = lives.people.is_female[on_file // 2]
    return pa.table(
        {
            "PersonalID": desk.person_numbers(lives.people, on_file),
            "FirstName": columns["given_name"],
            "MiddleName": columns["middle_name"],
            "LastName": columns["family_name"],
            "SSN": columns["ssn"],
            "DOB": columns["born_on"],
            "Sex": pa.array(np.where(is_female, 0, 1)),
            "ExportID": pa.array([_EXPORT_ID] * size, pa.string()),
        }
    )


def _shelters(desk: Desk, lives: Lives) -> _Enrolments:
    stays = lives.shelter
    nightly = desk.rng.random(len(stays)) < 0.4
    return _Enrolments(
        who=stays.who,
        project=np.where(nightly, _NIGHTLY, _SHELTER),
        start=stays.start,
        moved_in=np.full(len(stays), NEVER),
        end=np.maximum(stays.end, stays.start + 1),
        destination=np.full(len(stays), _NOT_ASKED),
    )


def _outreach(lives: Lives) -> _Enrolments:
    """One enrolment a person, from the first contact on; outreach lets nobody go."""
    who, first = np.unique(lives.street.who, return_index=True)
    never = np.full(len(who), NEVER)
    return _Enrolments(
        who, np.full(len(who), _OUTREACH), lives.street.start[first], never, never, never * 0 + 99
    )


def _rapid(lives: Lives) -> _Enrolments:
    homes = lives.other_homes
    return _Enrolments(
        who=homes.who,
        project=np.full(len(homes), _RAPID),
        start=homes.start - 20,
        moved_in=homes.start,
        end=np.maximum(homes.end, homes.start + 30),
        destination=np.full(len(homes), 410),
    )


def _supportive(lives: Lives) -> _Enrolments:
    """Everyone offered the programme, in a home or not; a second home is a second enrolment."""
    programme, died = lives.programme, lives.people.died
    first = np.flatnonzero(programme.is_treated)
    again = np.flatnonzero(programme.again_in < NEVER)
    row = np.concatenate([first, again])
    who = programme.who[row]
    start = np.concatenate([programme.released[first], programme.moved_out[again]])
    moved_in = np.concatenate([programme.moved_in[first], programme.again_in[again]])
    moved_out = np.concatenate([programme.moved_out[first], programme.again_out[again]])
    end = np.where(moved_in < NEVER, moved_out, np.minimum(start + _WITHOUT_HOME, died[who]))
    left_for = np.array([_DESTINATIONS[word] for word in LEFT_FOR])[programme.left_for[row]]
    return _Enrolments(
        who=who,
        project=np.full(len(row), _SUPPORTIVE),
        start=start,
        moved_in=moved_in,
        end=np.maximum(end, start),
        destination=np.where(end == died[who], _DIED, left_for),
    )


def _nights(
    desk: Desk, made: _Enrolments, enrolment: pa.Array, person: pa.Array, known: Flags
) -> pa.Table:
    """The bed nights of the night shelter, of which some were not written down."""
    nightly = np.flatnonzero(made.project == _NIGHTLY)
    each = made.end[nightly] - made.start[nightly]
    of = np.repeat(nightly, each)
    night = made.start[of] + np.arange(len(of)) - np.repeat(np.cumsum(each) - each, each)
    written = (desk.rng.random(len(of)) < _NIGHTS_RECORDED) & desk.is_known(night) & known[of]
    at = pa.array(of)
    return pa.table(
        {
            "ServicesID": desk.row_numbers(2, len(of)),
            "EnrollmentID": enrolment.take(at),
            "PersonalID": person.take(at),
            "DateProvided": days(night),
            "RecordType": pa.array(np.full(len(of), 200)),
            "ExportID": pa.array([_EXPORT_ID] * len(of), pa.string()),
        }
    ).filter(pa.array(written))


def _contacts(
    desk: Desk,
    lives: Lives,
    made: _Enrolments,
    enrolment: pa.Array,
    person: pa.Array,
    known: Flags,
) -> pa.Table:
    """Contacts in the street; one in a hundred was withdrawn later and is left as a tombstone."""
    street = lives.street
    outreach = np.flatnonzero(made.project == _OUTREACH)
    of = outreach[np.searchsorted(made.who[outreach], street.who)]
    size = len(street)
    withdrawn = desk.rng.random(size) < _WITHDRAWN
    kept = desk.is_known(street.start) & known[of]
    deleted = np.datetime_as_string((street.start + 30).astype("datetime64[D]"))
    at = pa.array(of)
    return pa.table(
        {
            "CurrentLivingSitID": desk.row_numbers(3, size),
            "EnrollmentID": enrolment.take(at),
            "PersonalID": person.take(at),
            "InformationDate": days(street.start),
            "CurrentLivingSituation": pa.array(np.full(size, _STREET)),
            "DateDeleted": only_where(pa.array(deleted), withdrawn),
            "ExportID": pa.array([_EXPORT_ID] * size, pa.string()),
        }
    ).filter(pa.array(kept))


def _project_ids(project: Whole) -> pa.Array:
    return pa.array([f"P-{at + 1}" for at in range(len(_PROJECTS))]).take(pa.array(project))
