"""What a measure reads: the canonical tables, as Ibis expressions or as plain rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

# The names under which feeds record what ends the watching of a person.
DEATH, MOVE, TRANSFER, CUSTODY = "death", "move", "transfer", "custody"
NOT_YET_OBSERVED = "not-yet-observed"
KNOWN = "known"


@dataclass(frozen=True)
class Tables:
    """The canonical tables as Ibis expressions; where their rows lie is not known here."""

    enrolments: ir.Table
    spells: ir.Table
    events: ir.Table
    traits: ir.Table

    @classmethod
    def of(cls, tables: Mapping[str, ir.Table]) -> Tables:
        """The tables by their layout's names."""
        return cls(*(tables[name] for name in ("enrolments", "spells", "events", "traits")))


@dataclass(frozen=True)
class EnrolmentRow:
    """One enrolment, as the plain-Python reference reads it."""

    enrolment: str
    person: str
    enrolled_on: date | None = None
    arm: str | None = None
    site: str | None = None
    referred_on: date | None = None
    assigned_on: date | None = None
    exited_on: date | None = None
    feed: str = "f"
    row: int = 1


@dataclass(frozen=True)
class SpellRow:
    """One stay in a state, `[start_on, end_on)`, as the reference reads it."""

    state: str
    person: str
    start_on: date
    end_on: date | None = None
    feed: str = "f"
    row: int = 1


@dataclass(frozen=True)
class EventRow:
    """One event, as the reference reads it."""

    kind: str
    person: str
    happened_on: date
    feed: str = "f"
    row: int = 1


@dataclass(frozen=True)
class PlainRecords:
    """The canonical rows in memory, for the reference."""

    enrolments: tuple[EnrolmentRow, ...] = ()
    spells: tuple[SpellRow, ...] = ()
    events: tuple[EventRow, ...] = ()


@dataclass(frozen=True)
class PersonResult:
    """What a measure says of one enrolment.

    `quantity` is None when unknown, and `status` then says why: `not-yet-observed`, or what ended
    the watching. `source` names the rows it rests on, `feed:row;feed:row`, the enrolment's first.
    """

    enrolment: str
    person: str
    arm: str | None
    start_on: date
    last_day: date
    quantity: int | None
    status: str
    source: str


COLUMNS = (
    "enrolment",
    "person",
    "arm",
    "start_on",
    "last_day",
    "quantity",
    "status",
    "source",
)
