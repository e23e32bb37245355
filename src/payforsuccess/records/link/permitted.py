"""Whether a feed's people may be compared by the plan's method."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.linkage import Linkage
from payforsuccess.errors import Place, Problem

KEYED = "keyed-identities"
"""The layout of keyed filters."""


def check_method(
    plan: Linkage, sources: Sequence[DataSource], *, where: Place
) -> tuple[Problem, ...]:
    """Every feed that the plan's method cannot compare: filters agree with filters alone."""
    layouts = {source.feed: source.layout for source in sources}
    feeds = [feed for feed in (plan.anchor, *plan.feeds) if feed in layouts]
    keyed = [feed for feed in feeds if layouts[feed] == KEYED]
    if plan.method == "keyed-hash":
        return tuple(
            Problem(
                f"The feed {feed} holds clear identifiers, and people are matched by keyed hash.",
                f"Have its agency make filters with `pfs link filters`, and list them as a feed of "
                f"the layout {KEYED}.",
                where,
            )
            for feed in feeds
            if feed not in keyed
        )
    return tuple(
        Problem(
            f"The feed {feed} holds keyed filters, and people are matched by names.",
            "State `method: keyed-hash`, with filters of every feed that is matched.",
            where,
        )
        for feed in keyed
    )
