"""No page asks the database more often where it lists more: three rows or sixty (R68)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payforsuccess.web.people.actions import (
    ask_follow_up,
    enrol,
    log_contact,
    move_in,
    report_harm,
    report_wrong_record,
)
from payforsuccess.web.referrals.actions import Circumstances, Person, change_state, refer
from tests.web.cast import EMPLOYERS, Cast, make_cast
from tests.web.people import cases
from tests.web.test_matrix import PAGES, nothing

MOST = 12
MANY = 60
AROUND = ("django_session", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "pg_advisory_xact_lock")
"""What is asked for around any page: whose session it is, and where a transaction begins, or waits
for the one before it to end."""
LISTS = sorted(name for name, page in PAGES.items() if page.of is nothing and page.roles)
OBJECTS = sorted(
    name
    for name, page in PAGES.items()
    if page.of is not nothing and page.roles and page.answer == 200
)


def some(cast: Cast, count: int) -> None:
    """So many referrals, and so many people in homes with something on each list."""
    manager, liaison = cast.access("case-manager"), cast.access("jail-liaison")
    for number in range(count):
        made = []
        for kind in ("Waiting", "Placed", "Housed"):
            made.append(
                refer(
                    by=liaison,
                    office=cast.organisations[EMPLOYERS["jail-liaison"]],
                    person=Person(f"{kind} {number}", f"Of {kind}", cases.ago(9000 + number)),
                    circumstances=Circumstances(
                        "jail",
                        release_expected_on=timezone.localdate() + timedelta(5),
                        paper_on=cases.ago(120),
                        facts={},
                    ),
                )
            )
        provider = cast.access("provider")
        _, taken_on = (change_state(by=provider, referral=one, to="placed") for one in made[1:])
        row = enrol(
            by=manager,
            referral=taken_on,
            case_manager=cast.users["case-manager"],
            site="north",
            on=cases.ago(100),
        )
        move_in(by=manager, enrolment=row, on=cases.ago(60), leased_on=cases.ago(60))
        log_contact(
            by=manager, enrolment=row, on=cases.ago(number % 50), kind="visit", is_reached=True
        )
        ask_follow_up(
            by=manager,
            enrolment=row,
            owner=cast.users["case-manager"],
            what="Call the landlord",
            due_on=cases.ago(-3),
        )
        report_wrong_record(
            by=manager, enrolment=row, feed="housing", what="x", should_be="y", on=cases.ago(1)
        )
        report_harm(
            by=manager, kind="incident", on=cases.ago(1), says="A door.", stops_service=False
        )


def asked_for(cast: Cast, name: str, **parts: object) -> int:
    """How often a page asks, for someone who opened it before."""
    page = PAGES[name]
    role = "case-manager" if "case-manager" in page.roles else sorted(page.roles)[0]
    client = cast.sign_in(role, fresh=True)
    url = reverse(name, kwargs={"initiative": cast.slug, **parts})
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        client.get(url)
    plain = [query["sql"] for query in found.captured_queries]
    return len([sql for sql in plain if not any(word in sql for word in AROUND)])


def too_many(found: dict[str, int]) -> dict[str, int]:
    """The pages that ask too often, and how often."""
    return {name: number for name, number in found.items() if number > MOST}


@pytest.mark.parametrize("count", [3, MANY])
def test_no_page_asks_more_than_twelve_times_whatever_it_lists(db: None, count: int) -> None:
    cast = make_cast("listing", "A county of lists")
    some(cast, count)

    found = {name: asked_for(cast, name) for name in LISTS}

    assert too_many(found) == {}
    assert max(found.values()) > 3, "nothing was counted"


def test_no_page_of_one_thing_asks_more_than_twelve_times(county: Cast) -> None:
    found = {}
    for name in OBJECTS:
        with transaction.atomic():
            found[name] = asked_for(county, name, **PAGES[name].of(county))
            transaction.set_rollback(True)

    assert too_many(found) == {}
