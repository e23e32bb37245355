"""Extracts written to a folder and read as a feed, so that reading can be tested by examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Refusal
from payforsuccess.records.bench import open_bench
from payforsuccess.records.feed import FeedFile, FeedLayout
from payforsuccess.records.reading import FeedFiles, read_feed
from payforsuccess.store import open_store

COMPLETE_THROUGH = date(2025, 12, 31)


@dataclass(frozen=True)
class Seen:
    """What a read gave: typed rows by file, and the numbers of the refused rows by rule."""

    rows: dict[str, list[dict[str, Any]]]
    refused: dict[str, dict[str, list[int]]]
    files: FeedFiles

    @property
    def only(self) -> list[dict[str, Any]]:
        """The rows of a feed with one file."""
        (rows,) = self.rows.values()
        return rows


def layout_of(*files: FeedFile) -> FeedLayout:
    """A layout made up for a test, whose cleaning makes nothing."""
    return FeedLayout("made-up", "Made up for these tests.", files, (), lambda feed: {})


def a_source(layout: FeedLayout, **changes: Any) -> DataSource:
    """A public feed of this layout."""
    stated = {
        "feed": "f",
        "layout": layout.name,
        "says": "Made up.",
        "held_by": [{"name": "Agency"}],
        "public": {"licence": "MIT", "source": "Made up"},
        "refreshed": "month",
        "complete_through": COMPLETE_THROUGH.isoformat(),
        **changes,
    }
    return DataSource.model_validate(stated)


def read(
    folder: Path,
    layout: FeedLayout,
    content: str | bytes | Mapping[str, str | bytes] | None,
    *,
    permitted: Iterable[str] | None = None,
    **changes: Any,
) -> Seen:
    """Write `content` (one file's, or by file name) as the feed `f` of a deal and read it."""
    feeds = folder / "feeds"
    feeds.mkdir(exist_ok=True)
    if isinstance(content, Mapping):
        (feeds / "f").mkdir(exist_ok=True)
        for name, text in content.items():
            (feeds / "f" / name).write_bytes(text.encode() if isinstance(text, str) else text)
    elif content is not None:
        (feeds / "f.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    allowed = None if permitted is None else set(permitted)
    with open_store() as store, open_bench(store) as bench:
        found = read_feed(
            a_source(layout, **changes),
            layout,
            folder,
            permitted={
                file.name: [c for c in file.columns if allowed is None or c.name in allowed]
                for file in layout.files
            },
            bench=bench,
        )
        rows = {
            name: store.run(table.order_by("row")).to_pylist()
            for name, table in found.feed.tables.items()
        }
        refused: dict[str, dict[str, list[int]]] = {}
        for file in found.files:
            by_rule = refused.setdefault(file.staged.file.name, {})
            for broken in file.broken:
                rows_so_far = by_rule.get(broken.check.rule, [])
                by_rule[broken.check.rule] = sorted({*rows_so_far, *broken.first})
    return Seen(rows, refused, found)


def refused(folder: Path, layout: FeedLayout, content: Any, **changes: Any) -> list[str]:
    """What is said of an extract that is refused, one line a problem."""
    with pytest.raises(Refusal) as refusal:
        read(folder, layout, content, **changes)
    return [f"{problem.where} {problem.what}" for problem in refusal.value.problems]
