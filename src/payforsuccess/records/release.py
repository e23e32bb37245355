"""What agreements let out of the house: rows of people, totals, or nothing, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Problem

Release = Literal["totals", "person-rows"]

_SHOWN = {"totals": "totals", "person-rows": "rows of people"}
_ALLOWED: dict[str, tuple[Release, ...]] = {
    "nothing": (),
    "totals": ("totals",),
    "person-rows": ("totals", "person-rows"),
}


def check_release(
    sources: Sequence[DataSource],
    *,
    kind: Release,
    recipient: str | None = None,
    places: Sequence[Place] = (),
) -> tuple[Problem, ...]:
    """Every agreement that forbids letting this out; none when it may go.

    sources: the feeds that what goes out was made of. recipient: who receives it, by the name that
    the agreements use; not asked when left out. Public data may go to anyone.
    """
    problems = []
    for at, source in enumerate(sources):
        agreement = source.agreement
        if agreement is None:
            continue
        where = places[at] if at < len(places) else Place(field=f"data.{source.feed}")
        if kind not in _ALLOWED[agreement.releases]:
            allowed = " or ".join(_SHOWN[each] for each in _ALLOWED[agreement.releases])
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} lets no {_SHOWN[kind]} out"
                    f"{f', only {allowed}' if allowed else ''}.",
                    "Extend the agreement, or leave the feed out.",
                    where,
                )
            )
        recipients = agreement.recipients or agreement.parties
        if recipient is not None and recipient not in recipients:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} does not name {recipient} among "
                    f"those who may receive it: {', '.join(recipients)}.",
                    "Extend the agreement, or send it to someone it names.",
                    where,
                )
            )
    return tuple(problems)
