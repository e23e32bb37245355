"""Whether a feed's people may be matched at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.linkage import Linkage
from payforsuccess.errors import Place, Problem

KEYED = "keyed-identities"
"""The layout of keyed filters."""


def check_linkable(
    plan: Linkage, sources: Sequence[DataSource], *, where: Place, places: Mapping[str, Place]
) -> tuple[Problem, ...]:
    """Every reason why the plan's feeds may not be matched; none when they may.

    where: the plan's place; places: those of the feeds, by name. A victim-service provider's
    records are refused under every method and whatever an agreement says.
    """
    known = {source.feed: source for source in sources}
    problems = []
    for feed in (plan.anchor, *plan.feeds):
        source = known.get(feed)
        if source is None:
            problems.append(
                Problem(
                    f"The plan for matching names the feed {feed}, which the deal does not list.",
                    "Add it under `data`, or correct the name.",
                    where,
                )
            )
        elif source.is_victim_service:
            problems.append(
                Problem(
                    f"The feed {feed} comes from a victim-service provider. Its records never "
                    "enter matching, hashed or not: federal law (VAWA, FVPSA) keeps survivors from "
                    "being found.",
                    "Take it out of the plan for matching; ask the provider for totals instead.",
                    places.get(feed, where),
                )
            )
        elif source.agreement is not None and not source.agreement.may_be_linked:
            problems.append(
                Problem(
                    f"The agreement for the feed {feed} does not let its people be matched with "
                    "those of other feeds.",
                    "Take it out of the plan for matching, or agree on it and state "
                    "`may_be_linked: true`.",
                    places.get(feed, where),
                )
            )
    return tuple(problems)


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
