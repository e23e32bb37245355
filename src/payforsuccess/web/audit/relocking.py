"""New keys for locked fields: each field under the new key, and proof that it opens with it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from payforsuccess.errors import Problem, Refusal
from payforsuccess.web.audit.actions import SYSTEM, record
from payforsuccess.web.fields import LockedText, opens, relocked

AT_ONCE = 500
IN_FACTORS = ("secret", "seed")
"""What a second factor keeps locked."""


def locked_columns() -> list[tuple[str, str, str]]:
    """Every column of locked texts: table, primary key, column."""
    return [
        (model._meta.db_table, str(model._meta.pk.column), str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, LockedText)
    ]


def rotate() -> int:
    """Draw a key, lock every field anew under it, and keep the old keys beside it.

    Returns how many fields there are. All of it or nothing: the new key is in the file before the
    first field is locked under it, and a stop in the middle leaves every field as it was.
    """
    keys = [secrets.token_urlsafe(48), *settings.FIELD_KEYS]
    write_keys(keys)
    settings.FIELD_KEYS = keys
    with transaction.atomic():
        count = sum(_relock(*column) for column in locked_columns()) + _relock_factors()
        record(SYSTEM, "keys.rotated", after={"fields": count})
    return count


def drop_old_keys() -> int:
    """Forget every key but the newest; refuses while a field opens with an older one alone.

    Returns how many fields there are.
    """
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    count = 0
    for value in locked_values():
        if not opens(value):
            raise Refusal(
                [
                    Problem(
                        "Some fields are still locked under an older key.",
                        "Run rotatekeys first; the keys are kept.",
                    )
                ]
            )
        count += 1
    write_keys(settings.FIELD_KEYS)
    record(SYSTEM, "keys.dropped", after={"fields": count})
    return count


def unreadable() -> int:
    """How many locked fields open with none of the keys that are kept."""
    return sum(not opens(value) for value in locked_values())


def locked_values() -> Iterator[str]:
    """Every locked text as it lies in the database."""
    for table, _, column in locked_columns():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" <> %s', [""])
            while rows := cursor.fetchmany(AT_ONCE):
                yield from (value for (value,) in rows)
    for factor in Authenticator.objects.all():
        yield from (factor.data[name] for name in IN_FACTORS if name in factor.data)


def write_keys(keys: list[str]) -> None:
    """The keys of fields, the newest first, in place of what was there, at once."""
    path = Path(settings.HOME) / "fields.key"
    beside = path.with_name(".fields.key.part")
    number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _relock(table: str, key: str, column: str) -> int:
    select = f'SELECT "{key}", "{column}" FROM "{table}" WHERE "{column}" <> %s'
    change = f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s'
    with connection.cursor() as cursor:
        cursor.execute(select, [""])
        rows = cursor.fetchall()
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            cursor.executemany(change, [(relocked(text), name) for name, text in some])
    return len(rows)


def _relock_factors() -> int:
    count = 0
    table = Authenticator._meta.db_table
    for factor in Authenticator.objects.all():
        own = {name: relocked(factor.data[name]) for name in IN_FACTORS if name in factor.data}
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" SET data = %s WHERE id = %s',
                [json.dumps({**factor.data, **own}), factor.pk],
            )
        count += len(own)
    return count
