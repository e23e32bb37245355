"""Whether rows by person behind a statement may leave the house, by the deal's agreements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from payforsuccess.errors import Refusal
from payforsuccess.payments.people import People
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.people_rows import read_people

DO = (
    "Have the agreement extended to person-rows (`releases` in the deal), or have the statement "
    "tested here, by someone who may see the rows."
)


def refuse_people_out(folder: DealFolder, through: int) -> None:
    """Refuse to hand on the rows by person of the statements up to the number `through`.

    Each feed that the rows name as their source is asked for; all of the deal's, where a row names
    none. Statements without rows by person may go.
    """
    feeds: set[str] = set()
    found = False
    named = True
    for number in range(1, through + 1):
        for name in ("people.parquet", "people.csv"):
            path = folder.statement_folder(number) / name
            if path.is_file():
                found = True
                named &= _add_feeds(read_people(path)[0], feeds)
    deal = folder.history().latest
    asked = [
        source.feed
        for source in deal.data
        if source.agreement is not None and (not named or source.feed in feeds)
    ]
    if not found or not asked:
        return
    from payforsuccess.runs.data.release import refuse_release

    try:
        refuse_release(deal, kind="person-rows", feeds=asked)
    except Refusal as refusal:
        raise Refusal(replace(problem, do=DO) for problem in refusal.problems) from None


def feeds_behind(path: Path) -> frozenset[str]:
    """The feeds whose rows a file of rows by person names as its sources."""
    feeds: set[str] = set()
    _add_feeds(read_people(path)[0], feeds)
    return frozenset(feeds)


def _add_feeds(people: People, feeds: set[str]) -> bool:
    """Add the feeds that rows name as `feed:row` or `feed/file:row`; False where one names none."""
    for outcome, period in people.slots:
        sources = people.sources(outcome, period).values()
        if not sources:
            return False
        for source in sources:
            parts = [part for part in source.split(";") if part]
            if not parts:
                return False
            feeds.update(part.rpartition(":")[0].partition("/")[0] for part in parts)
    return True
