"""Fill the web application for `web_load.py`: rows in bulk, which no page and no action writes.

`python benchmarks/web_load_seed.py PEOPLE EVENTS WORKERS FILE`, in the environment of the
installation. FILE gets, for each case worker, the session and the people of the caseload. All
people are made up.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from payforsuccess.web.accounts.actions import add_member, add_organisation, add_user  # noqa: E402
from payforsuccess.web.accounts.models import User  # noqa: E402
from payforsuccess.web.audit.actions import SYSTEM  # noqa: E402
from payforsuccess.web.demo.deal import write_deal  # noqa: E402
from payforsuccess.web.fields import blind_index  # noqa: E402
from payforsuccess.web.initiatives.actions import open_initiative  # noqa: E402
from payforsuccess.web.initiatives.models import Initiative  # noqa: E402
from payforsuccess.web.people.models import (  # noqa: E402
    Enrolment,
    Participant,
    Placement,
)

SLUG = "load"
PART = 5_000
"""Rows written at once."""
STILL_HERE = 0.4
"""The share of people who have not left; the others fill the tables."""


def workers_of(initiative: Initiative, count: int) -> list[User]:
    """So many case managers of one provider."""
    office = add_organisation(by=SYSTEM, name="Example Homes", party="Example Homes")
    found = []
    for number in range(count):
        user = add_user(by=SYSTEM, username=f"w{number}", full_name=f"Worker {number}", password="")
        add_member(
            by=SYSTEM,
            user=user,
            organisation=office,
            initiative=initiative,
            role="case-manager",
            from_on=date(2020, 1, 1),
            site="North",
        )
        found.append(user)
    return found


def people_of(initiative: Initiative, workers: list[User], count: int) -> list[Enrolment]:
    """Participants with an enrolment and a home each; some have left."""
    today, draw = timezone.localdate(), random.Random(7)
    people = [
        Participant(
            initiative=initiative,
            given_name=f"Made-up {number}",
            family_name=f"Person {number}",
            born=f"19{50 + number % 50}-03-04",
            name_mark=blind_index(f"Person {number}", f"Made-up {number}", "1990-01-01"),
            family_mark=blind_index(f"Person {number}"),
        )
        for number in range(count)
    ]
    Participant.objects.bulk_create(people, PART)
    enrolments, homes = [], []
    for number, person in enumerate(people):
        enrolled = today - timedelta(draw.randrange(100, 700))
        left = None if draw.random() < STILL_HERE else enrolled + timedelta(90)
        row = Enrolment(
            participant=person,
            initiative=initiative,
            case_manager=workers[number % len(workers)],
            site="North",
            enrolled_on=enrolled,
            exited_on=left,
            exit_kind="good" if left else "",
        )
        enrolments.append(row)
        homes.append(
            Placement(enrolment=row, moved_in_on=enrolled + timedelta(30), moved_out_on=left)
        )
    Enrolment.objects.bulk_create(enrolments, PART)
    Placement.objects.bulk_create(homes, PART)
    return enrolments


def contacts_of(people: int, count: int) -> None:
    """So many contacts and attempts, the same number with each, written by the database itself."""
    is_postgresql = connection.vendor == "postgresql"
    day = (
        "e.enrolled_on + n.i %% 90"
        if is_postgresql
        else "date(e.enrolled_on, (n.i %% 90)||' days')"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO people_contact
            (public_id, enrolment_id, "on", kind, is_reached, note, by_id)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
            SELECT e.id || 'x' || n.i, e.id, {day}, 'visit', n.i %% 3 > 0, '', e.case_manager_id
            FROM people_enrolment e CROSS JOIN n
            """,
            [count // people],
        )


def session_of(user: User) -> str:
    """A session as signing in leaves it: the load is of pages, not of passwords."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    assert store.session_key
    return store.session_key


def main(people: int, events: int, count: int, file: Path) -> None:
    """Fill, and write down who works with whom."""
    write_deal(Path(settings.DEALS) / SLUG, today=timezone.localdate())
    initiative = open_initiative(by=SYSTEM, slug=SLUG, name="Load", folder=SLUG, is_synthetic=True)
    workers = workers_of(initiative, count)
    enrolments = people_of(initiative, workers, people)
    contacts_of(people, events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = [
        {
            "session": session_of(user),
            "people": [
                row.public_id
                for row in enrolments
                if row.case_manager_id == user.pk and row.exited_on is None
            ],
        }
        for user in workers
    ]
    file.write_text(json.dumps(found), "utf-8")


if sys.argv[4:]:  # asked for by web_load.py; by itself it measures nothing
    main(*(int(text) for text in sys.argv[1:4]), Path(sys.argv[4]))
