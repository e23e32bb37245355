"""What forbids the destruction of records, and what demands it."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem


def holds_on(deal: Deal, feed: str, *, first: date, last: date) -> tuple[Problem, ...]:
    """A problem for each legal hold that covers the feed on some day from `first` to `last`."""
    return tuple(
        Problem(
            f"A legal hold forbids destroying anything of {feed}: {hold.reference}, ordered by "
            f"{hold.ordered_by}, from {hold.from_}"
            + (f" until {hold.lifted_on}." if hold.lifted_on else "."),
            "Wait until it is lifted, and state that day in the deal (`lifted_on`).",
            deal.place_of("legal_holds", at),
        )
        for at, hold in enumerate(deal.legal_holds)
        if (not hold.feeds or feed in hold.feeds)
        and hold.from_ <= last
        and (hold.lifted_on is None or first < hold.lifted_on)
    )


def overdue(deal: Deal, as_of: date, *, today: date | None = None) -> tuple[Finding, ...]:
    """A finding for each feed whose records should have been destroyed before the day `as_of`.

    today: the day it is where `as_of` is another; then before either of the two.
    """
    found = []
    for at, source in enumerate(deal.data):
        agreement = source.agreement
        until = agreement.retained_until if agreement else None
        if agreement is None or until is None:
            continue
        _, day = agreement.days_held_to(as_of, today or as_of)
        if day <= until:
            continue
        held = holds_on(deal, source.feed, first=day, last=day)
        found.append(
            Finding(
                "retention",
                f"The records of {source.feed} were to be destroyed by {until}"
                + (
                    ", which a legal hold forbids for now."
                    if held
                    else f"; destroy them with `pfs retire --feed {source.feed}`."
                ),
                deal.place_of("data", at, "agreement", "retained_until"),
            )
        )
    return tuple(found)
