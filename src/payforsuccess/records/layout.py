"""What a feed's layout states: its columns, their types and codes, how sensitive each is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from payforsuccess.errors import Problem

Sensitivity = Literal["public", "personal", "protected"]


@dataclass(frozen=True)
class FeedColumn:
    """One column of an agency's file.

    `codes` are the only values allowed; `least` and `most` bound a whole number. `in_place` of a
    missing value is never guessed: a column that may be empty says so.
    """

    name: str
    type: Literal["text", "whole", "day"]
    says: str
    sensitivity: Sensitivity
    codes: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    may_be_missing: bool = False


@dataclass(frozen=True)
class FeedRows:
    """The typed columns of one file, with the number of each row (the first below the header is 1).

    Row k stands on line k + 1 of the file: a feed's texts hold no line breaks.
    """

    feed: str
    file: str
    columns: Mapping[str, pa.Array]
    row: pa.Array


@dataclass(frozen=True)
class Cleaned:
    """Canonical tables made from a feed's rows, or the problems that kept them from being made."""

    tables: Mapping[str, pa.Table]
    problems: tuple[Problem, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeedLayout:
    """A kind of file: its columns, what it can tell, and how its rows become canonical ones.

    `reports` names the events and states that such a feed would show if they happened; a measure
    that depends on something no feed reports gets a finding.
    """

    name: str
    says: str
    columns: tuple[FeedColumn, ...]
    reports: tuple[str, ...]
    clean: Callable[[FeedRows], Cleaned]
