"""What was made of records and lies in `out/`: what goes when they are destroyed, what stays."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.data.last_load import FILE as LAST_LOAD
from payforsuccess.runs.data.last_load import keep_last_load, read_last_load
from payforsuccess.runs.files import read_json
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.runs.statement.people_out import feeds_behind

BY_PERSON = ("people.csv", "ledger.csv")
"""The files of a run that have rows by person."""
KEPT = (
    ("statements", "issued statements: what was paid stands on them"),
    ("drafts", "drafts of statements: totals"),
    ("determinations", "what was signed: totals, and checksums of rows"),
    ("approvals", "who prepared, approved and returned each statement"),
    ("runs", "the totals, the report and the record of each run"),
    ("equity", "rates by group, as the page of the day shows them"),
    ("track", "how the deal was going, as the page of the day shows it"),
    (
        "private-register-of-releases",
        "the tables that were given out, with their hidden counts: later ones are checked against",
    ),
    ("links/decisions", "who decided what on matches, and why"),
    ("reads.jsonl", "the log of what was read, when and under which agreement"),
)
"""What stays, where it is there, and why it must."""


@dataclass(frozen=True)
class Derived:
    """Paths below `out/` that go, and what stays, each with why."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]


def derived_of(
    folder: DealFolder, feed: str, *, kind: Literal["feed", "records"], snapshots: Collection[str]
) -> Derived:
    """What was made of a feed's records, as the order that destroys them must treat it.

    snapshots: those that cannot be opened afterwards. What has rows by person goes: links, tables
    by person of runs, lists of refused rows, quality reports, bundles and audit packs, and what is
    remembered of the last load. A file of one of these kinds that cannot be read goes too.
    """
    out = folder.out
    gone = [
        *_links(out / "links", feed if kind == "feed" else None, snapshots),
        *_of_runs(out / "runs", snapshots),
        *_quality(out / "quality", feed, snapshots),
        *_within(out / "bundles"),
        *_within(out / "audit-packs"),
    ]
    if _is_remembered(out, feed):
        gone.append(out / LAST_LOAD)
    kept = [
        f"out/{name}: {why}{_statements_with(folder, feed) if name == 'statements' else ''}"
        for name, why in KEPT
        if (out / name).exists()
    ]
    return Derived(tuple(sorted(str(path.relative_to(out)) for path in gone)), tuple(kept))


def _statements_with(folder: DealFolder, feed: str) -> str:
    """The issued statements whose rows by person name rows of the feed as their source."""
    numbers = [
        str(int(home.name))
        for home in sorted((folder.out / "statements").glob("[0-9]*"))
        for path in home.glob("people.*")
        if feed in feeds_behind(path)
    ]
    if not numbers:
        return f"; no rows by person beside them name a row of {feed}"
    which = f"statement {numbers[0]}" if len(numbers) == 1 else f"statements {', '.join(numbers)}"
    return f"; the rows by person of {which} name rows of {feed}, under pseudonyms"


def remove_derived(folder: DealFolder, feed: str, removed: Collection[str]) -> None:
    """Take away what a certificate says went; what is gone already is passed over.

    Of the last load only the feed is forgotten. Refuses a path that leads out of `out/`.
    """
    for name in removed:
        path = folder.out / name
        if not path.resolve().is_relative_to(folder.out.resolve()) or path == folder.out:
            raise Refusal(
                Problem(
                    "This certificate names something outside of out/.",
                    "Put the original back; records of this kind are never edited.",
                    Place(name),
                )
            )
        if name == LAST_LOAD:
            _forget(folder.out, feed)
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _forget(out: Path, feed: str) -> None:
    try:
        before = read_last_load(out)
    except Refusal:
        (out / LAST_LOAD).unlink()
        return
    keep_last_load(out, {name: load for name, load in before.items() if name != feed}, {})


def _is_remembered(out: Path, feed: str) -> bool:
    """Whether something of the feed's last load is kept; a spoilt file may hold it."""
    try:
        return feed in read_last_load(out)
    except Refusal:
        return True


def _links(home: Path, feed: str | None, snapshots: Collection[str]) -> Iterator[Path]:
    """Link folders on those snapshots, or whose plan matches the feed; and the note of the last."""
    gone = False
    for path in home.glob("*/links.json"):
        try:
            plain = read_json(path)
            assert isinstance(plain, dict)
            plan = plain["plan"]
            matched = {plan["anchor"], *plan["feeds"]}
            goes = plain["snapshot"] in snapshots or feed in matched
        except (Refusal, AssertionError, KeyError, TypeError):
            goes = True
        if goes:
            gone = True
            yield path.parent
    if gone and (home / "latest.json").is_file():
        yield home / "latest.json"


def _of_runs(home: Path, snapshots: Collection[str]) -> Iterator[Path]:
    """The rows by person of runs on those snapshots."""
    for run in home.glob("run-*"):
        try:
            record = read_record(run / RECORD)
            rests = any(
                item.name == "snapshot" and item.fingerprint in snapshots for item in record.inputs
            )
        except Refusal:
            rests = True
        if rests:
            yield from (run / name for name in BY_PERSON if (run / name).is_file())


def _quality(home: Path, feed: str, snapshots: Collection[str]) -> Iterator[Path]:
    """Reports on those snapshots or on an extract that was refused, and lists of refused rows."""
    names = {snapshot.removeprefix("sha256:")[:12] for snapshot in snapshots} | {"stopped"}
    yield from (home / name for name in sorted(names) if (home / name).is_dir())
    listed = home / "refused" / f"{feed}.csv"
    if listed.is_file():
        yield listed


def _within(home: Path) -> Iterator[Path]:
    if home.is_dir():
        yield from sorted(home.iterdir())
