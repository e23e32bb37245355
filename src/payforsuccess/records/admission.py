"""What stops an ingest before any file is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.agreement import check_use
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.written import check_written


def refuse_unusable(
    sources: Sequence[DataSource],
    where: Sequence[Place],
    *,
    as_of: date,
    today: date,
    purpose: str | None,
) -> None:
    """Refuse feeds that may not be read, or that this version cannot read, before any is opened.

    as_of, today: the day they are read for, and the day they are read.
    """
    problems: list[Problem] = []
    feeds = {source.feed: source for source in sources}
    for source, place in zip(sources, where, strict=False):
        layout = LAYOUTS.get(source.layout)
        if layout is None:
            problems.append(
                Problem(
                    f"There is no layout called {source.layout}.",
                    f"Use one of: {', '.join(sorted(LAYOUTS))}.",
                    place,
                )
            )
            continue
        problems += check_use(
            source, layout, as_of=as_of, today=today, where=place, purpose=purpose
        )
        problems += check_written(source, layout, where=place)
        problems += _consents_astray(source, feeds, place)
    if problems:
        raise Refusal(problems)


def _consents_astray(
    source: DataSource, feeds: Mapping[str, DataSource], where: Place
) -> list[Problem]:
    """A problem where the consents a feed rests on cannot be matched with its people."""
    named = source.agreement.consents if source.agreement else None
    if named is None:
        return []
    register = feeds.get(named)
    if register is None:
        return [
            Problem(
                f"The consents for the feed {source.feed} are in the feed {named}, which the deal "
                "does not have.",
                "List that feed under `data`, or correct `consents`.",
                where,
            )
        ]
    if register.numbers_of != source.numbers_of:
        return [
            Problem(
                f"The feed {source.feed} and its consents in {named} number people differently.",
                "State under `ids_of` whose numbers they use; consents need the same numbers.",
                where,
            )
        ]
    return []
