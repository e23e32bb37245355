"""Whether a feed may be read at all, and which of its columns."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Place, Problem
from payforsuccess.records.layout import FeedLayout


def permitted_columns(source: DataSource, layout: FeedLayout) -> tuple[str, ...]:
    """The layout's columns that the feed's agreement permits; all of them for public data."""
    names = tuple(column.name for column in layout.columns)
    if source.agreement is None:
        return names
    return tuple(name for name in names if name in source.agreement.permitted_columns)


def check_use(
    source: DataSource, layout: FeedLayout, *, as_of: date, where: Place
) -> tuple[Problem, ...]:
    """Every reason why the feed may not be read on a day; none when it may."""
    problems = []
    agreement = source.agreement
    if agreement is not None:
        if as_of > agreement.expires_on:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} expired on {agreement.expires_on}; "
                    "none of it was read.",
                    "Renew the agreement and state its new last day.",
                    where,
                )
            )
        if as_of < agreement.signed_on:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} is signed on {agreement.signed_on}, "
                    f"after {as_of}; none of it was read.",
                    "Wait for the signature, or correct the day.",
                    where,
                )
            )
        needed = [
            column.name
            for column in layout.columns
            if not column.may_be_missing and column.name not in agreement.permitted_columns
        ]
        if needed:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} does not permit columns that the "
                    f"layout {layout.name} needs: {', '.join(needed)}.",
                    "Extend the agreement, or use a layout that does without them.",
                    where,
                )
            )
        unknown = sorted(
            set(agreement.permitted_columns) - {column.name for column in layout.columns}
        )
        if unknown:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} permits columns that the layout "
                    f"{layout.name} does not have: {', '.join(unknown)}.",
                    "Correct the names, or take them out.",
                    where,
                )
            )
    if source.holder_on(as_of) is None:
        problems.append(
            Problem(
                f"No one holds the feed {source.feed} on {as_of}.",
                "State who does under `held_by`.",
                where,
            )
        )
    return tuple(problems)
