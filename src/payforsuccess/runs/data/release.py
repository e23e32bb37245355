"""Whether what a run made of a deal's feeds may be given out, by their agreements."""

from __future__ import annotations

from collections.abc import Collection

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.records import check_release
from payforsuccess.records.release import Release


def refuse_release(
    deal: Deal,
    *,
    kind: Release,
    recipient: str | None = None,
    feeds: Collection[str] | None = None,
) -> None:
    """Refuse to let something out that an agreement of the deal keeps in.

    kind: `person-rows` where it holds rows by person, under pseudonyms or not. recipient: who gets
    it, by the name that the agreements use; not asked when left out. feeds: what it was made of;
    all of the deal's when left out. Every agreement that forbids it is named at once.
    """
    made_of = [
        (source, deal.place_of("data", at))
        for at, source in enumerate(deal.data)
        if feeds is None or source.feed in feeds
    ]
    problems = check_release(
        [source for source, _ in made_of],
        kind=kind,
        recipient=recipient,
        places=[place for _, place in made_of],
    )
    if problems:
        raise Refusal(problems)
