"""The log of every read of agencies' records: lines that only grow, each naming the one before."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records import FeedRead
from payforsuccess.store import sync_folder
from payforsuccess.trail import canonical_bytes, fingerprint

LOG = "reads.jsonl"


@dataclass
class ReadsLog:
    """The log in a deal's `out/` folder. Get one from `open_log`, which checks it."""

    path: Path
    number: int
    last: str | None

    def add(self, read: FeedRead, source: DataSource, *, as_of: date) -> None:
        """Add a read, on disk before this returns: what was read, under which paper, for what."""
        agreement = source.agreement
        entry: dict[str, object] = {
            "number": self.number + 1,
            "before": self.last,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "day": as_of,
            "feed": read.feed,
            "file": read.file,
            "fingerprint": read.fingerprint,
            "rows": read.rows,
            "columns": list(read.columns),
            "agreement": None if agreement is None else fingerprint(agreement.as_plain()),
            "regime": None if agreement is None else agreement.regime,
            "purpose": "public data" if agreement is None else agreement.purpose,
        }
        name = fingerprint(entry)
        fresh = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(canonical_bytes({**entry, "entry": name}) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            sync_folder(self.path.parent)
        self.number, self.last = self.number + 1, name


def open_log(out: Path) -> ReadsLog:
    """The log, ready to be added to.

    A line that a crash left half written is cut off: the read it stood for made nothing. Refuses a
    log in which a line was changed, taken out or put in.
    """
    path = out / LOG
    number, last, whole = 0, None, 0
    if path.is_file():
        for line in path.read_bytes().splitlines(keepends=True):
            if not line.endswith(b"\n"):
                with path.open("r+b") as file:
                    file.truncate(whole)
                break
            whole += len(line)
            last = _checked(line, number + 1, last, path)
            number += 1
    return ReadsLog(path, number, last)


def _checked(line: bytes, number: int, before: str | None, path: Path) -> str:
    try:
        entry = json.loads(line)
        name = str(entry.pop("entry"))
        sound = (
            entry["number"] == number and entry["before"] == before and fingerprint(entry) == name
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        sound, name = False, ""
    if not sound:
        raise Refusal(
            Problem(
                f"The log of reads was changed: entry {number} does not follow from the one "
                "before it.",
                "Put the original back; nothing is read until the log is whole.",
                Place(str(path), number),
            )
        )
    return name
