"""The log as a file, with the seal of each entry and the head of the whole chain."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.checking import Standing, standing
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Asked, search
from payforsuccess.web.audit.sight import Sight, sight_of

MOST = 100_000
"""Entries of one file: more would hold up the pages of everyone else."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def write_log(access: Access, asked: Asked, *, form: str) -> tuple[bytes, int, Standing]:
    """The file, how many entries it has, and how the log stood; `form` is csv or json.

    The chain is checked from the last whole check on, and the file says how far. Refuses more than
    MOST entries.
    """
    events = search(access, asked).order_by("number")
    count = events.count()
    if count > MOST:
        raise Refusal(
            [
                Problem(
                    sentence(
                        "That is {count:,} entries; a file holds {most:,}.", count=count, most=MOST
                    ),
                    sentence("Ask for fewer days."),
                )
            ]
        )
    now = standing()
    sight = sight_of(access)
    rows = [_row(sight, event) for event in events]
    write = _as_csv if form == "csv" else _as_json
    return write(rows, now).encode(), len(rows), now


def plain_cell(value: object) -> str:
    """A value that no spreadsheet takes for a formula: one that begins like it gets a quote."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _row(sight: Sight, event: Event) -> dict[str, object]:
    event.at = event.at.astimezone(UTC)
    return {
        **event.sealed_content(),
        "subject": sight.subject(event),
        "before": sight.values(event, event.before),
        "after": sight.values(event, event.after),
        "salt": sight.salt(event),
        "seal": event.seal,
    }


def _as_json(rows: Iterable[dict[str, object]], now: Standing) -> str:
    whole = {
        "chain": {
            "length": now.length,
            "head": now.head,
            "broken_at": now.checked.broken_at,
            "checked_until": now.checked.length,
            "last_whole_check": now.last.at.astimezone(UTC).isoformat() if now.last else None,
        },
        "entries": list(rows),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _as_csv(rows: Iterable[dict[str, object]], now: Standing) -> str:
    text = io.StringIO()
    names = [field.name for field in Event._meta.fields]
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*names, "chain_length", "chain_head"])
    for row in rows:
        values = [
            json.dumps(row[name], ensure_ascii=False, sort_keys=True)
            if name in ("before", "after")
            else row[name]
            for name in names
        ]
        writer.writerow([plain_cell(value) for value in (*values, now.length, now.head)])
    return text.getvalue()
