"""The quality of the last load, as its report says it, and the refused rows of a stopped one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from payforsuccess.runs.data.quality import DATA, STOPPED
from payforsuccess.runs.files import read_json


@dataclass(frozen=True)
class BrokenRule:
    """A rule of the layout that rows broke: the column, what the rule asks, and how many did."""

    column: str
    rule: str
    rows: int


@dataclass(frozen=True)
class FileQuality:
    """One file of a feed: its rows, and what became of them."""

    name: str
    rows: int
    kept: int
    refused: int
    withdrawn: int
    broken: tuple[BrokenRule, ...]
    incomplete: tuple[tuple[str, int, int], ...]
    """Columns that are empty or unknown in some rows kept: the name, how many empty, unknown."""


@dataclass(frozen=True)
class FeedQuality:
    """What the last load found in one feed."""

    feed: str
    files: tuple[FileQuality, ...]
    people: int
    silent_days: int

    @property
    def rows(self) -> int:
        """All rows of its files."""
        return sum(file.rows for file in self.files)


@dataclass(frozen=True)
class LastLoad:
    """The newest report on quality. stopped_by: what stopped the load, a sentence each."""

    folder: Path
    made_at: datetime
    as_of: date
    feeds: dict[str, FeedQuality]
    stopped_by: tuple[str, ...]

    def refused_file(self, feed: str) -> Path | None:
        """The list of a feed's refused rows, where there are any."""
        path = self.folder / f"refused-{feed}.csv"
        return path if path.is_file() else None


def last_load(out: Path) -> LastLoad | None:
    """The report of the last load, stopped or whole; None before the first."""
    found = sorted((out / "quality").glob(f"*/{DATA}"), key=lambda path: path.stat().st_mtime)
    if not found:
        return None
    path = found[-1]
    plain = read_json(path)
    assert isinstance(plain, dict)
    stopped = plain.get("stopped_by", []) if path.parent.name == STOPPED else []
    return LastLoad(
        path.parent,
        datetime.fromtimestamp(path.stat().st_mtime, UTC),
        date.fromisoformat(plain["as_of"]),
        {feed["feed"]: _feed(feed) for feed in plain["feeds"]},
        tuple(f"{problem['what']} {problem['do']}" for problem in stopped),
    )


def _feed(plain: dict[str, Any]) -> FeedQuality:
    silence = plain.get("silence")
    return FeedQuality(
        plain["feed"],
        tuple(_file(file) for file in plain["files"]),
        plain["people"],
        silence["days"] if silence else 0,
    )


def _file(plain: dict[str, Any]) -> FileQuality:
    kept = plain["kept"]
    return FileQuality(
        plain["name"],
        plain["rows"],
        kept,
        plain["refused"],
        plain["withdrawn"],
        tuple(
            BrokenRule(broken["check"]["column"], broken["check"]["what"], broken["rows"])
            for broken in plain["broken"]
        ),
        tuple(
            (column["name"], kept - column["given"] - column["unknown"], column["unknown"])
            for column in plain["columns"]
            if column["given"] < kept
        ),
    )
