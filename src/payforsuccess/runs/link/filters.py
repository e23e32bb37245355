"""At the agency: a file of names made into keyed filters that name nobody."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.checks.linkage import check_linkable
from payforsuccess.deal.data import DataSource, Written
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records import LAYOUTS
from payforsuccess.records.bench import open_bench
from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.keyed_identities.layout import COLUMNS
from payforsuccess.records.link.bloom import FIELDS, Encoder
from payforsuccess.records.link.dated import dated_identities
from payforsuccess.records.reading import read_feed
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.link.key import read_linkage_key
from payforsuccess.store import open_store

_FEED = "agency"


@dataclass(frozen=True, repr=False)
class Filtered:
    """The file of filters, and how many rows of how many people it holds."""

    file: Path
    rows: int
    people: int
    without: int

    def __str__(self) -> str:
        lines = [f"{self.rows:,} rows of filters for {self.people:,} people in {self.file}"]
        if self.without:
            lines.append(f"  {self.without:,} ways to write a person hold nothing to match by")
        lines.append("No name is in it; still, send it as an agreement on protected data says.")
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs."""
        return {
            "file": str(self.file),
            "rows": self.rows,
            "people": self.people,
            "without": self.without,
        }


def link_filters(
    file: Path,
    *,
    layout: str,
    key: Path,
    to: Path,
    deal: Path | None = None,
    feed: str | None = None,
) -> Filtered:
    """Write the keyed filters of an agency's file, cleaned as linkage cleans identifiers.

    layout: the layout of the file, or of the folder where it has several. deal, feed: the deal and
    the feed in it for which they are made; where they are given, what that deal may not match is
    refused, a victim-service provider's records above all, and the file is read as the deal says
    that the feed is written. Linkage refuses such records in any case. The file gives the agency's
    own numbers for people, which are replaced by random keys where it is read.
    """
    found = _layout(layout)
    source = _source(file, layout)
    if deal is not None:
        source = source.model_copy(update={"written": _permitted(deal, feed, layout)})
    encoder = Encoder(read_linkage_key(key))
    with open_store() as store, open_bench(store) as bench:
        permitted = {each.name: each.columns for each in found.files}
        read = read_feed(source, found, file.parent, permitted=permitted, bench=bench)
        tables = found.clean(read.feed)
        if "identities" not in tables:
            raise Refusal(
                Problem(
                    f"Files of the layout {layout} say of nobody who they are.",
                    "Name a layout with names or birth dates.",
                    Place(str(file)),
                )
            )
        rows = store.run(dated_identities(tables["identities"], store=store)).to_pylist()
        content = io.StringIO()
        writer = csv.writer(content, lineterminator="\n")
        writer.writerow([column.name for column in COLUMNS])
        people, count, without = set(), 0, 0
        for row in rows:
            filters = encoder.filters_of(row)
            if not any(filters.values()):
                without += 1
                continue
            known = row["known_on"]
            day = known.isoformat() if isinstance(known, date) else ""
            writer.writerow([row["person"], day, *(filters[name] or "" for name in FIELDS)])
            people.add(row["person"])
            count += 1
    write_whole(to, content.getvalue().encode())
    return Filtered(to, count, len(people), without)


def _layout(name: str) -> FeedLayout:
    if name not in LAYOUTS:
        raise Refusal(
            Problem(f"There is no layout {name}.", f"The layouts are: {', '.join(LAYOUTS)}.")
        )
    return LAYOUTS[name]


def _source(file: Path, layout: str) -> DataSource:
    """The file as a feed at home: nobody else is given anything of it."""
    return DataSource.model_validate(
        {
            "feed": _FEED,
            "layout": layout,
            "says": "the agency's own file, read at the agency",
            "held_by": [{"name": "the agency"}],
            "public": {"licence": "its own", "source": "its own"},
            "refreshed": "once",
            "complete_through": "2999-12-31",
            "file": file.name,
        }
    )


def _permitted(path: Path, feed: str | None, layout: str) -> Written:
    """How the feed's files are written; refuses a feed that the deal may not match."""
    deal = open_folder(path).history().latest
    known = {source.feed: at for at, source in enumerate(deal.data)}
    if feed not in known or deal.linkage is None:
        raise Refusal(
            Problem(
                "The deal names no such feed, or no plan for matching.",
                f"Name one of its feeds with --feed: {', '.join(known) or 'it has none'}.",
                deal.place_of("data"),
            )
        )
    where = deal.place_of("data", known[feed])
    source = deal.data[known[feed]]
    alone = deal.linkage.model_copy(update={"anchor": feed, "feeds": ()})
    problems = list(check_linkable(alone, deal.data, where=where, places={feed: where}))
    if source.layout != layout:
        problems.append(
            Problem(
                f"The feed {feed} has the layout {source.layout}, not {layout}.",
                "Name the feed that the file is an extract for.",
                where,
            )
        )
    if problems:
        raise Refusal(problems)
    return source.written
