"""How far each feed is on the way from being asked for to being in use, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.needs import Part, needs_of

Status = Literal["not-asked", "asked", "signed", "expired", "in-use", "public"]

_STEPS: tuple[Status, ...] = ("not-asked", "asked", "expired", "signed")
"""The steps before a feed is in use, the one furthest from it first. An agreement that ran out has
its terms agreed, and waits for a signature like one that was asked for."""


@dataclass(frozen=True)
class Access:
    """How far a feed is on a day.

    days: from the request to the first usable extract or, before there is one, to the day itself;
    None when the day of the request is not stated. is_received: whether a usable extract came.
    """

    source: DataSource
    status: Status
    days: int | None
    holder: str | None
    is_received: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something still keeps the feed from being used."""
        return self.status in _STEPS


@dataclass(frozen=True)
class Waiting:
    """A part of a deal, and the feeds it waits for, the one furthest from use first."""

    part: Part
    name: str
    feeds: tuple[str, ...]


def access_on(source: DataSource, day: date) -> Access:
    """How far the feed is on a day, from what the deal file states."""
    agreement = source.agreement
    holder = source.holder_on(day)
    if agreement is None:
        return Access(source, "public", None, holder)
    asked = agreement.requested_on
    received = source.first_received_on
    is_received = received is not None and received <= day
    days = None
    if asked is not None and asked <= day:
        days = ((received if received is not None and is_received else day) - asked).days
    status: Status
    if agreement.signed_on is None or agreement.signed_on > day:
        status = "not-asked" if asked is None or asked > day else "asked"
    elif agreement.expires_on < day:
        status = "expired"
    else:
        status = "in-use" if is_received else "signed"
    return Access(source, status, days, holder, is_received)


def critical_path(deal: Deal, day: date) -> tuple[Waiting, ...]:
    """Each part of the deal that cannot be computed yet, with the feeds that keep it.

    A part waits for all of its feeds at once, so the one furthest from use is its critical path;
    of those equally far, the one asked for last.
    """
    open_feeds = {
        access.source.feed: access
        for access in (access_on(source, day) for source in deal.data)
        if access.is_open
    }
    found: dict[tuple[Part, str], set[str]] = {}
    for need in needs_of(deal):
        if need.waits_for_all:
            waits = {feed for feed in need.feeds if feed in open_feeds}
            found.setdefault((need.part, need.name), set()).update(waits)
    order = [source.feed for source in deal.data]

    def furthest_first(feed: str) -> tuple[int, int, int]:
        access = open_feeds[feed]
        return _STEPS.index(access.status), access.days or 0, order.index(feed)

    return tuple(
        Waiting(part, name, tuple(sorted(feeds, key=furthest_first)))
        for (part, name), feeds in found.items()
        if feeds
    )
