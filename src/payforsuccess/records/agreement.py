"""Whether a feed may be read at all, and which of its columns."""

from __future__ import annotations

from datetime import date, timedelta

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import KEPT_TABLES
from payforsuccess.errors import Place, Problem
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.uses import uses_of


def permitted_columns(source: DataSource, file: FeedFile) -> tuple[FeedColumn, ...]:
    """The file's columns that the feed's agreement permits; all of them for public data.

    An agreement names a column plainly, for every file that has it, or as `file.column`. What says
    who someone is, is left unread in a victim-service provider's file that can do without.
    """
    columns = file.columns
    if source.is_victim_service:
        columns = tuple(
            column
            for column in columns
            if column.sensitivity != "identifier" or not column.may_be_missing
        )
    if source.agreement is None:
        return columns
    named = set(source.agreement.permitted_columns)
    return tuple(
        column
        for column in columns
        if column.name in named or f"{file.name}.{column.name}" in named
    )


def check_use(
    source: DataSource,
    layout: FeedLayout,
    *,
    as_of: date,
    today: date,
    where: Place,
    purpose: str | None = None,
) -> tuple[Problem, ...]:
    """Every reason why the feed may not be read on a day; none when it may.

    as_of: the day it is read for. today: the day it is read; the agreement must hold on both.
    purpose: what it is to be read for, where someone says so; it must be the agreement's, capitals
    and spaces apart. The deal's own use is what its parties signed the agreements for.
    """
    problems = []
    agreement = source.agreement
    if agreement is not None:
        first, last = agreement.days_held_to(as_of, today)
        if last > agreement.expires_on:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} expired on {agreement.expires_on}; "
                    "none of it was read.",
                    _after_the_end(source),
                    where,
                )
            )
        if agreement.signed_on is None:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} is not signed; none of it was read.",
                    "Wait for the signature, and state its day under `signed_on`.",
                    where,
                )
            )
        elif first < agreement.signed_on:
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} is signed on {agreement.signed_on}, "
                    f"after {first}; none of it was read.",
                    "Wait for the signature, or correct the day.",
                    where,
                )
            )
        if purpose is not None and _plain(purpose) != _plain(agreement.purpose):
            problems.append(
                Problem(
                    f"The agreement for the feed {source.feed} is for another purpose: "
                    f"{agreement.purpose}.",
                    "Read it for that purpose only, or leave it out of what is done for another.",
                    where,
                )
            )
        problems += _columns_astray(source, layout, where)
    if source.holder_on(as_of) is None:
        problems.append(
            Problem(
                f"No one holds the feed {source.feed} on {as_of}.",
                "State who does under `held_by`.",
                where,
            )
        )
    return tuple(problems)


def regimes_of(source: DataSource, layout: FeedLayout) -> dict[str, tuple[str, ...]]:
    """The laws that the feed's rows fall under, by canonical table.

    That of the agreement covers every table; that of a column covers the tables whose rows are made
    of it, as the layout's cleaning shows.
    """
    agreement = source.agreement
    if agreement is None:
        return {}
    whole = {agreement.regime} if _plain(agreement.regime) not in ("none", "") else set()
    regimes = {table.name: set(whole) for table in KEPT_TABLES}
    if agreement.column_regimes:
        for (file, column), uses in uses_of(layout).items():
            stricter = agreement.column_regimes.get(
                f"{file}.{column}", agreement.column_regimes.get(column)
            )
            if stricter is not None:
                for use in uses:
                    regimes[use.table].add(stricter)
    return {table: tuple(sorted(found)) for table, found in regimes.items()}


def _after_the_end(source: DataSource) -> str:
    """What to do about an agreement that is over."""
    agreement = source.agreement
    assert agreement is not None
    if not agreement.is_made_up:
        return (
            "Extend the agreement and state its new last day under `expires_on`; if it is over, "
            f"destroy its records with `pfs retire --feed {source.feed}`."
        )
    after = max(
        source.complete_through + timedelta(days=1), agreement.signed_on or agreement.expires_on
    )
    day = f", such as --as-of {after}" if after <= agreement.expires_on else ""
    return f"It is made up: give a day on which it holds{day}, or state a later last day."


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _columns_astray(source: DataSource, layout: FeedLayout, where: Place) -> list[Problem]:
    """Columns that the layout needs and the agreement withholds, or the other way round."""
    assert source.agreement is not None
    permitted = {file.name: permitted_columns(source, file) for file in layout.files}
    several = len(layout.files) > 1
    needed = [
        f"{file.name}.{column.name}" if several else column.name
        for file in layout.files
        # A file of which nothing is permitted and that may be missing is not asked for.
        if permitted[file.name] or not file.may_be_missing
        for column in file.columns
        # Without the column that marks withdrawn rows, those would be read as though they stood.
        if not column.may_be_missing or column.name == file.deleted
        if column not in permitted[file.name]
    ]
    problems = []
    if needed:
        problems.append(
            Problem(
                f"The agreement for the feed {source.feed} does not permit columns that the "
                f"layout {layout.name} needs: {', '.join(needed)}.",
                "Extend the agreement, or use a layout that does without them.",
                where,
            )
        )
    known = {column.name for file in layout.files for column in file.columns}
    known |= {f"{file.name}.{column.name}" for file in layout.files for column in file.columns}
    unknown = sorted(set(source.agreement.permitted_columns) - known)
    if unknown:
        problems.append(
            Problem(
                f"The agreement for the feed {source.feed} permits columns that the layout "
                f"{layout.name} does not have: {', '.join(unknown)}.",
                "Correct the names, or take them out.",
                where,
            )
        )
    return problems
