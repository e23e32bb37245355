"""Whether the people of the feeds that the plan for matching names may be matched at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.linkage import Linkage
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Place, Problem, sentence


def check_linkage(deal: Deal) -> Iterator[Problem]:
    """Feeds of the plan for matching that are not there, or whose people may not be matched.

    Sharing numbers for people (`ids_of`) with a victim-service provider is matching too, unless the
    other feed is such a provider's, or holds the consents that the feed rests on.
    """
    for at, source in enumerate(deal.data):
        shares = _shares_numbers_with(source, deal.data) if source.is_victim_service else ()
        if shares:
            yield Problem(
                sentence(
                    "The feed {feed} comes from a victim-service provider and shares numbers for "
                    "people with {shares}, which matches its people with theirs: federal law "
                    "(VAWA, FVPSA) keeps survivors from being found.",
                    feed=source.feed,
                    shares=listed(shares),
                ),
                sentence("Take `ids_of` out; ask the provider for totals instead."),
                deal.place_of("data", at),
            )
    if deal.linkage is not None:
        places = {source.feed: deal.place_of("data", at) for at, source in enumerate(deal.data)}
        where = deal.place_of("linkage")
        yield from check_linkable(deal.linkage, deal.data, where=where, places=places)


def _shares_numbers_with(source: DataSource, sources: Sequence[DataSource]) -> tuple[str, ...]:
    consents = source.agreement.consents if source.agreement is not None else None
    return tuple(
        other.feed
        for other in sources
        if other is not source
        and other.numbers_of == source.numbers_of
        and not other.is_victim_service
        and other.feed != consents
    )


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
                    sentence(
                        "The plan for matching names the feed {feed}, which the deal does not "
                        "list.",
                        feed=feed,
                    ),
                    sentence("Add it under `data`, or correct the name."),
                    where,
                )
            )
        elif source.is_victim_service:
            problems.append(
                Problem(
                    sentence(
                        "The feed {feed} comes from a victim-service provider. Its records never "
                        "enter matching, hashed or not: federal law (VAWA, FVPSA) keeps survivors "
                        "from being found.",
                        feed=feed,
                    ),
                    sentence(
                        "Take it out of the plan for matching; ask the provider for totals instead."
                    ),
                    places.get(feed, where),
                )
            )
        elif source.agreement is not None and not source.agreement.may_be_linked:
            problems.append(
                Problem(
                    sentence(
                        "The agreement for the feed {feed} does not let its people be matched "
                        "with those of other feeds.",
                        feed=feed,
                    ),
                    sentence(
                        "Take it out of the plan for matching, or agree on it and state "
                        "`may_be_linked: true`."
                    ),
                    places.get(feed, where),
                )
            )
    return tuple(problems)
