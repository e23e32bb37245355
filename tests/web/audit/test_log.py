"""The audit log: chained, sealed, and closed to every change (R110)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from payforsuccess.web.audit.actions import SYSTEM, Actor, Subject, record
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain

pytestmark = pytest.mark.django_db


def three_events() -> list[Event]:
    actor = Actor("u1", "A. Name", "coordinator", "County", "homes")
    return [
        record(actor, "referral.made", Subject("referral", "abc"), after={"state": "made"}),
        record(actor, "referral.changed", Subject("referral", "abc"), before={"state": "made"}),
        record(SYSTEM, "job.done"),
    ]


def test_each_event_seals_the_one_before() -> None:
    first, second, third = three_events()

    assert [e.number for e in (first, second, third)] == [1, 2, 3]
    assert second.seal_before == first.seal
    assert third.seal_before == second.seal


def test_an_untouched_chain_is_whole_and_names_its_head() -> None:
    *_, last = three_events()

    chain = check_chain()

    assert (chain.is_whole, chain.length, chain.head) == (True, 3, last.seal)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET by_name = 'Someone else' WHERE number = 2",
        "DELETE FROM audit_event WHERE number = 2",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_refuses_every_change_of_the_log(change: str) -> None:
    three_events()

    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert check_chain().is_whole


COLUMNS = [str(field.column) for field in Event._meta.concrete_fields]


def put(row: str, **other: object) -> str:
    """Puts a copy of the last entry in, with some other values."""
    values = ", ".join(str(other.get(name, name)) for name in COLUMNS)
    names = ", ".join(COLUMNS)
    source = "FROM audit_event WHERE number = 3"
    return row.format(names=names, values=f"SELECT {values} {source}", plain=values, source=source)


OVER = "INSERT OR REPLACE INTO audit_event ({names}) {values}"
AROUND: dict[str, list[tuple[str, dict[str, object]]]] = {
    "sqlite": [
        (OVER, {"by_name": "'Another'"}),
        (OVER, {"number": 2, "seal": "'new'"}),
        (OVER, {"number": 4}),
        (OVER, {"number": 7, "seal": "'new'"}),
        (OVER.replace("INSERT OR ", ""), {"by_name": "'Another'"}),
        (
            "INSERT OR REPLACE INTO audit_event (rowid, {names}) SELECT 2, {plain} {source}",
            {"number": 4, "seal": "'new'"},
        ),
    ],
    "postgresql": [
        ("TRUNCATE audit_event", {}),
        (
            "INSERT INTO audit_event ({names}) {values} "
            "ON CONFLICT (number) DO UPDATE SET by_name = 'Another'",
            {},
        ),
    ],
}
"""Ways around the refusal of UPDATE and DELETE, which each database has of its own."""


@pytest.mark.parametrize(("row", "other"), AROUND[connection.vendor])
def test_there_is_no_way_around_the_refusal(row: str, other: dict[str, object]) -> None:
    three_events()
    before = list(Event.objects.order_by("number").values())

    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(put(row, **other))
    assert list(Event.objects.order_by("number").values()) == before


def test_an_event_changed_behind_the_triggers_is_found() -> None:
    three_events()

    without_triggers("UPDATE audit_event SET by_name = 'Someone else' WHERE number = 2")

    assert check_chain().broken_at == 2


def test_an_event_taken_out_behind_the_triggers_is_found() -> None:
    three_events()

    without_triggers("DELETE FROM audit_event WHERE number = 2")

    assert check_chain().broken_at == 3


def test_a_value_that_is_no_plain_one_is_kept_as_text() -> None:
    event = record(SYSTEM, "job.done", after={"share": 0.5, "people": 3, "is_whole": True})

    assert event.after == {"share": "0.5", "people": 3, "is_whole": True}
    assert check_chain().is_whole


def without_triggers(change: str) -> None:
    """What someone with the keys of the server itself could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_event_no_update")
            cursor.execute("DROP TRIGGER audit_event_no_delete")
            cursor.execute("DROP TRIGGER audit_event_only_next")
        cursor.execute(change)
