"""The log as a file, with the seal of each entry and the head of the whole chain."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import Asked, Chain, check_chain, search
from payforsuccess.web.audit.sight import Sight, sight_of

MOST = 100_000
"""Entries of one file: more would hold up the pages of everyone else."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def write_log(access: Access, asked: Asked, *, form: str) -> tuple[bytes, int, Chain]:
    """The file, how many entries it has, and the chain as it stood; `form` is csv or json.

    Refuses more than MOST entries.
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
    chain = check_chain()
    sight = sight_of(access)
    rows = [_row(sight, event) for event in events]
    write = _as_csv if form == "csv" else _as_json
    return write(rows, chain).encode(), len(rows), chain


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


def _as_json(rows: Iterable[dict[str, object]], chain: Chain) -> str:
    whole = {
        "chain": {"length": chain.length, "head": chain.head, "broken_at": chain.broken_at},
        "entries": list(rows),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _as_csv(rows: Iterable[dict[str, object]], chain: Chain) -> str:
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
        writer.writerow([plain_cell(value) for value in (*values, chain.length, chain.head)])
    return text.getvalue()
