"""The only writer of the log."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from payforsuccess.trail import fingerprint
from payforsuccess.web.audit.models import Event

_LOCK = 0x70667361
"""The number of the lock under which PostgreSQL lets one writer at a time extend the chain."""


@dataclass(frozen=True)
class Actor:
    """Who acts, as the log keeps it: an account, its name, the role and organisation it acts in."""

    account: str
    name: str
    role: str = ""
    organisation: str = ""
    initiative: str = ""


SYSTEM = Actor("", "The system")


@dataclass(frozen=True)
class Subject:
    """What was done to or looked at: a kind and a name that tells nobody who it is."""

    kind: str = ""
    name: str = ""


def subject_of(row: Model) -> Subject:
    """A row under its public id."""
    return Subject(row._meta.model_name or "", str(getattr(row, "public_id", "") or row.pk))


def hold() -> None:
    """Let nobody else write to the log until this transaction ends.

    `record` does so by itself. Whoever writes a file first, or asks what the log knows, and tells
    the log afterwards, holds it from the start; on SQLite every transaction does.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def record(
    actor: Actor,
    verb: str,
    subject: Subject | Model | None = None,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    basis: str = "",
) -> Event:
    """Put one event at the end of the chain, in the transaction of the change it tells of.

    One writer at a time extends the chain: SQLite's transactions take the writer's lock when they
    begin, PostgreSQL waits for an advisory lock until the transaction ends.
    """
    if isinstance(subject, Model):
        subject = subject_of(subject)
    subject = subject or Subject()
    with transaction.atomic():
        hold()
        last = Event.objects.order_by("-number").only("number", "seal").first()
        event = Event(
            number=last.number + 1 if last else 1,
            at=_instant(timezone.now()),
            by=actor.account,
            by_name=actor.name,
            role=actor.role,
            organisation=actor.organisation,
            initiative=actor.initiative,
            verb=verb,
            subject_kind=subject.kind,
            subject=subject.name,
            basis=basis,
            before=_plain(before or {}),
            after=_plain(after or {}),
            salt=secrets.token_hex(16),
            seal_before=last.seal if last else "",
        )
        event.seal = fingerprint(event.sealed_content())
        event.save(force_insert=True)
    return event


def _instant(at: datetime) -> datetime:
    """In UTC and to the microsecond, as both databases give it back."""
    return at.astimezone(UTC)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """Values as JSON keeps them; a number that is no whole one would have two spellings."""
    return {
        name: value if isinstance(value, str | int | bool | None) else str(value)
        for name, value in values.items()
    }
