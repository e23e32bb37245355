"""How far each feed's records reach: what was seen to its end, and where open stays stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from payforsuccess.measures.lazily import ibis, ir


class Stay(Protocol):
    """The part of a stay that says where it ends."""

    @property
    def end_on(self) -> date | None:
        """The first day after; None while it is open."""

    @property
    def feed(self) -> str:
        """The feed that reports it."""


@dataclass(frozen=True)
class Seen:
    """The last day for which each feed holds every record.

    Rows of a feed that is not named here do not count: a measure rests on the feeds it names and
    on no other. `others`, where it is given, is the day for all feeds not named.
    `complete_from` is the first day for which a feed holds every record, where that is known.
    """

    feeds: Mapping[str, date]
    others: date | None = None
    complete_from: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def everywhere(cls, day: date) -> Seen:
        """Every feed, whatever its name, is complete through one day."""
        return cls({}, day)

    @property
    def through(self) -> date:
        """The last day that every feed has seen; ValueError without a feed."""
        days = [*self.feeds.values(), *([self.others] if self.others else [])]
        return min(days)

    @property
    def begins_on(self) -> date | None:
        """The first day for which every feed holds every record; None where none says."""
        return max(self.complete_from.values(), default=None)

    def through_of(self, feed: str) -> date | None:
        """The last day that one feed has seen; None for a feed that does not count."""
        return self.feeds.get(feed, self.others)

    def rows(self, table: ir.Table) -> ir.Table:
        """The rows of the feeds that count."""
        if self.others is not None:
            return table
        return table.filter(table.feed.isin(sorted(self.feeds)))

    def end(self, feed: ir.StringValue) -> ir.DateValue:
        """The first day that a row's feed has not seen: where a stay still open stops."""
        ends = {name: ibis.literal(_after(day)) for name, day in sorted(self.feeds.items())}
        others = ibis.null("date") if self.others is None else ibis.literal(_after(self.others))
        if not ends:
            return others
        return feed.cases(*ends.items(), else_=others)

    def end_of(self, feed: str) -> date:
        """The same for one feed; TypeError for a feed that does not count."""
        through = self.through_of(feed)
        if through is None:
            raise TypeError(f"the feed {feed} does not count")
        return _after(through)

    def end_of_stay(self, stay: Stay) -> date:
        """The first day after a stay: its own, or where its feed's records end."""
        return stay.end_on or self.end_of(stay.feed)


def _after(day: date) -> date:
    return day + timedelta(days=1)
