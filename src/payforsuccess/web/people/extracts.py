"""The feeds that this application is the source of: the register and the homes, as CSV files.

Nothing is typed twice: what case managers and offices record here goes out under the layouts
`programme-enrolments` and `housing-subsidy`, under pseudonymous keys, and comes back as results.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from django.utils import timezone

from payforsuccess.reports.spreadsheet import as_text
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import Enrolment, Participant, Placement
from payforsuccess.web.referrals.models import Referral

PLACED = "placed"
"""The arm of those whom the programme took; a lottery's sealed list says the arms in its stead."""
SOURCES = {"jail": "jail-release", "court": "court", "community": "other"}
REGISTER = (
    "enrolment_id",
    "person_ref",
    "referred_on",
    "assigned_on",
    "arm",
    "enrolled_on",
    "exited_on",
    "site",
    "referred_by",
    "eligible_on",
    "accepted_on",
    "sex",
    "race",
    "language",
)
IDENTIFIERS = ("given_name", "middle_name", "family_name", "born_on", "ssn")
"""What says who someone is, for a register whose people are matched with other feeds by name."""
TENANTS = ("person_ref",)
LEASES = ("lease_id", "person_ref", "leased_on", "moved_in_on", "moved_out_on", "moved_out_to")


def write_register(
    initiative: Initiative,
    to: Path,
    *,
    arms: Mapping[str, str],
    identifiers: Sequence[str] = (),
) -> int:
    """The register: a row for each referral that was placed or, by the lottery, was not.

    arms: the arm of each key, where a lottery drew; without one, whoever was placed is `placed`.
    identifiers: those of `IDENTIFIERS` that the agreement on the feed permits, where the deal
    matches people by name; without them no identifier goes out. Returns how many rows were written.
    """
    rows = []
    referrals = (
        Referral.objects.filter(initiative=initiative)
        .select_related("participant", "enrolment")
        .prefetch_related("changes")
        .order_by("pk")
    )
    for referral in referrals:
        days = {change.state: timezone.localdate(change.at) for change in referral.changes.all()}
        drawn_on = days.get("placed") or days.get("services-as-usual")
        if drawn_on is None:
            continue
        person, enrolment = referral.participant, referral.enrolment
        arm = arms.get(person.key, PLACED if "placed" in days else "")
        rows.append(
            (
                referral.public_id,
                person.key,
                timezone.localdate(referral.made_at),
                drawn_on,
                arm,
                enrolment and enrolment.enrolled_on,
                enrolment and enrolment.exited_on,
                enrolment.site if enrolment else "",
                SOURCES[referral.source],
                days.get("eligible"),
                days.get("placed"),
                person.sex,
                person.race,
                person.language,
                *(_identifier(person, name) for name in identifiers),
            )
        )
    return _write(to, (*REGISTER, *identifiers), rows)


def _identifier(person: Participant, name: str) -> str:
    return str(person.born if name == "born_on" else getattr(person, name))


def write_homes(initiative: Initiative, to: Path) -> int:
    """The homes, in two files of a folder: tenants, and a row a home. Returns how many homes."""
    people = Participant.objects.filter(
        pk__in=Enrolment.objects.filter(initiative=initiative).values("participant")
    ).order_by("pk")
    _write(to / "tenants.csv", TENANTS, [(person.key,) for person in people])
    homes = (
        Placement.objects.filter(enrolment__initiative=initiative)
        .select_related("enrolment__participant")
        .order_by("pk")
    )
    return _write(
        to / "leases.csv",
        LEASES,
        [
            (
                home.public_id,
                home.enrolment.participant.key,
                home.leased_on,
                home.moved_in_on,
                home.moved_out_on,
                home.moved_out_to,
            )
            for home in homes
        ],
    )


def _write(to: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """A CSV file, whole or not at all."""
    text, count = csv_of(columns, rows)
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = to.with_name(f".{to.name}.part")
    beside.write_text(text, "utf-8")
    beside.replace(to)
    return count


def csv_of(columns: Sequence[object], rows: Iterable[Sequence[object]]) -> tuple[str, int]:
    """A CSV file's text and the number of its rows; no cell is run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    return text.getvalue(), count


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(as_text(str(value)))
