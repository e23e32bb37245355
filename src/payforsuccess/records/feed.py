"""What a feed is: the files an agency sends, their columns and rules, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import ibis.expr.types as ir

Sensitivity = Literal["public", "personal", "protected", "identifier"]
"""identifier: says who someone is, and is read by linkage alone. protected: health, immigration,
victimisation and the like. personal: anything else about one person."""


@dataclass(frozen=True)
class FeedColumn:
    """One column of an agency's file.

    `codes` are the only values allowed, all when empty; `unknown` are codes that mean not known,
    refused or not collected, which become missing, never "no". `least` and `most` bound numbers;
    `earliest` bounds days from below, and the day the extract is complete through from above,
    unless the column may lie ahead (the day on which something is meant to happen). `pattern` is a
    regular expression (RE2) that the whole text must match. A column that may be missing may be
    empty in a row, not permitted by the agreement, or absent from the file.
    """

    name: str
    type: Literal["text", "whole", "decimal", "day"]
    says: str
    sensitivity: Sensitivity = "personal"
    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    earliest: date = date(1900, 1, 1)
    may_lie_ahead: bool = False
    pattern: str | None = None
    may_be_missing: bool = False


@dataclass(frozen=True)
class DayOrder:
    """A day of a row, `day`, is no earlier than the day `after` of the row that it names.

    `name` and `says` are those of the rule, as for `Rule`.
    """

    name: str
    says: str
    day: str
    after: str


@dataclass(frozen=True)
class Reference:
    """Each value of `column` stands in `to_column` of another file of the same feed.

    `ends`: the row tells how the row it names ended. Where it is refused, so is that row: its end
    is not known, and it would otherwise count as going on.
    """

    column: str
    file: str
    to_column: str
    order: tuple[DayOrder, ...] = ()
    ends: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule over several columns of one row: `broken` is true where a row breaks it.

    It is not asked where one of its columns was not read. A missing outcome of `broken` (a column
    was empty) breaks nothing.
    """

    name: str
    says: str
    columns: tuple[str, ...]
    broken: Callable[[ir.Table], ir.BooleanValue]


@dataclass(frozen=True)
class FeedFile:
    """One file of a feed.

    `key`: columns that together name a row; a second row of one key is refused. `person`: the
    column with the agency's own number for a person, if there is one. `deleted`: the column that
    is filled in rows the agency has withdrawn; such rows are counted and left out, and an agreement
    that permits anything of the file must permit it. `reaches`: columns of days up to which the
    file says that its feed has records; the earliest of them is as far as it does.
    """

    name: str
    says: str
    columns: tuple[FeedColumn, ...]
    person: str | None = None
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    rules: tuple[Rule, ...] = ()
    deleted: str | None = None
    reaches: tuple[str, ...] = ()
    may_be_missing: bool = False

    def column(self, name: str) -> FeedColumn:
        """The column of this name; KeyError without one."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True)
class Feed:
    """A feed as it was read: typed rows that passed every check, by file.

    Each table has every column of its file's layout (missing throughout where it was not read) and
    `row`, the number of the row in the agency's file, the first below the header being 1. People
    and enrolments still carry the agency's own numbers.
    """

    name: str
    layout: FeedLayout
    complete_through: date
    tables: Mapping[str, ir.Table]


@dataclass(frozen=True)
class FeedLayout:
    """A kind of feed: its files, what it can tell, and how its rows become canonical ones.

    `reports` names the states and events that such a feed would show if they happened; a measure
    that depends on something no feed reports gets a finding. `clean` gives canonical tables by
    name, made with the functions of `records.canonical`. `notes` are sentences that whoever reads
    a result made of such a feed should know; each becomes a finding.
    """

    name: str
    says: str
    files: tuple[FeedFile, ...]
    reports: tuple[str, ...]
    clean: Callable[[Feed], Mapping[str, ir.Table]]
    notes: tuple[str, ...] = ()

    def file(self, name: str) -> FeedFile:
        """The file of this name; KeyError without one."""
        for file in self.files:
            if file.name == name:
                return file
        raise KeyError(name)
