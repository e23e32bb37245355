"""The inventory of feeds: who holds them, how fresh they are, and how large about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.disclosure import HIDDEN
from payforsuccess.records.feed_quality import REFRESHED_EVERY
from payforsuccess.reports.track_facts import FeedLine
from payforsuccess.runs.data.ingest import Ingested
from payforsuccess.runs.files import read_json

_STALE_AFTER = 1
"""How many days beyond its refresh interval a feed may be before the page warns of it."""


def about(rows: int, *, threshold: int) -> str:
    """How many rows about: to two figures, and to ten at least, few being hidden.

    Rows are people in some feeds, such as deaths: exact numbers would tell what is hidden, and
    stand in the report of data quality, for those who may see them.
    """
    if rows == 0:
        return "none"
    if rows <= threshold:
        return HIDDEN
    step = max(10, 10 ** (len(str(rows)) - 2))
    return f"about {(rows + step // 2) // step * step:,}"


def feed_lines(
    deal: Deal, ingested: Ingested, as_of: date, *, threshold: int
) -> Iterator[FeedLine]:
    """The inventory of feeds; rows are those of the extract that was read now."""
    counts: dict[str, tuple[int, int]] = {}
    if ingested.quality is not None:
        plain = read_json(ingested.quality.with_suffix(".json"))
        assert isinstance(plain, dict)
        for feed in plain["feeds"]:
            files = feed["files"]
            counts[feed["feed"]] = (
                sum(file["rows"] for file in files),
                sum(file["refused"] for file in files),
            )
    for source in deal.data:
        days = max(0, (as_of - source.complete_through).days)
        every = REFRESHED_EVERY.get(source.refreshed)
        rows, refused = counts.get(source.feed, (0, 0))
        yield FeedLine(
            feed=source.feed,
            holder=source.holder_on(as_of) or "",
            comes="once" if every is None else f"every {source.refreshed}",
            complete_through=source.complete_through,
            days_old=days,
            rows=about(rows, threshold=threshold),
            refused=about(refused, threshold=threshold),
            is_late=every is not None and days > every,
            is_stale=every is not None and days > every + _STALE_AFTER,
        )
