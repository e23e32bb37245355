"""Records drawn in text, and the two engines that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
from pydantic import TypeAdapter

from payforsuccess.deal.measures import MeanDifference, Measure, MeasureBase, PersonMeasure
from payforsuccess.deal.tables import ENROLMENTS, EVENTS, SPELLS, TRAITS, TableLayout
from payforsuccess.measures import (
    COMPILERS,
    REFERENCES,
    ArmCount,
    EnrolmentRow,
    EventRow,
    Excused,
    PersonResult,
    PlainRecords,
    Seen,
    SpellRow,
    Stretch,
    Tables,
    TraitRow,
    mean_difference,
    percent_reduction,
)
from payforsuccess.store import Store, typed_table
from payforsuccess.units import exact_text

EVERYONE = {"says": "Everyone enrolled"}
FEEDS = {EnrolmentRow: "intake", EventRow: "court", SpellRow: "jail", TraitRow: "survey"}
ALL_CENSOR = {"on_death": "censor", "on_move": "censor", "on_custody": "censor"}


@dataclass(frozen=True)
class Spec:
    """One rule: its sentence, the measure's keys that matter, the records, and what comes out."""

    rule: str
    measure: Mapping[str, Any]
    expected: str
    enrolments: str
    events: str = ""
    spells: str = ""
    traits: str = ""
    seen_through: str = "2030-12-31"
    feeds_seen: Mapping[str, str] = field(default_factory=dict)
    feeds_from: Mapping[str, str] = field(default_factory=dict)
    not_counted: tuple[tuple[str, str], ...] = ()
    extended_by: tuple[tuple[str, str], ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def built(self) -> MeasureBase:
        """The whole measure: what the spec states over what all specs of its file share."""
        shared = {
            "population": EVERYONE,
            "starts_at": "enrolment",
            "feeds": list(FEEDS.values()),
            **ALL_CENSOR,
        }
        adapter: TypeAdapter[MeasureBase] = TypeAdapter(PersonMeasure)
        return adapter.validate_python({**shared, **self.defaults, **self.measure})

    @property
    def records(self) -> PlainRecords:
        """The drawn rows."""
        return PlainRecords(
            tuple(_rows(EnrolmentRow, self.enrolments)),
            tuple(_rows(SpellRow, self.spells)),
            tuple(_rows(EventRow, self.events)),
            tuple(_rows(TraitRow, self.traits)),
        )

    @property
    def seen(self) -> Seen:
        """How far each feed reaches: `seen_through`, or what `feeds_seen` says of one.

        `feeds_from` says from when on a feed is complete.
        """
        day = date.fromisoformat(self.seen_through)
        own = {feed: date.fromisoformat(through) for feed, through in self.feeds_seen.items()}
        since = {feed: date.fromisoformat(first) for feed, first in self.feeds_from.items()}
        return Seen({**dict.fromkeys(FEEDS.values(), day), **own}, complete_from=since)

    @property
    def excused(self) -> Excused:
        """The excused days; both ends drawn are included."""
        return Excused(_stretches(self.not_counted), _stretches(self.extended_by))


@dataclass(frozen=True)
class ArmsSpec:
    """One rule across arms: the records and counts of `of`, and the exact value they give."""

    rule: str
    kind: str
    of: Spec
    gives: str

    @property
    def built(self) -> Any:
        """The whole measure, the arm `aid` against the arm `none`."""
        adapter: TypeAdapter[Any] = TypeAdapter(Measure)
        return adapter.validate_python(
            {"kind": self.kind, "of": self.of.built, "treated": "aid", "control": "none"}
        )

    def value(self, counts: Mapping[str, ArmCount]) -> str:
        """What the counts give, as exact text."""
        measure = self.built
        if isinstance(measure, MeanDifference):
            return exact_text(mean_difference(measure, counts))
        return exact_text(percent_reduction(measure, counts))


def drawn(text: str) -> list[dict[str, str]]:
    """The rows of a table drawn with `|` between columns, the first line naming them."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return []
    names, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]


def run_reference(spec: Spec) -> list[PersonResult]:
    """What plain Python over sets of days says."""
    return REFERENCES[type(spec.built)](
        spec.built,
        spec.records,
        seen=spec.seen,
        excused=spec.excused,
    )


def run_engine(spec: Spec, store: Store) -> list[PersonResult]:
    """What Ibis on DuckDB says."""
    return run_on(store, spec.records, spec.built, spec.excused, spec.seen)


def run_on(
    store: Store, records: PlainRecords, measure: MeasureBase, excused: Excused, seen: Seen
) -> list[PersonResult]:
    """A measure on plain records by way of DuckDB."""
    rows = compiled(store, records, measure, excused, seen)
    return [PersonResult(**row) for row in store.run(rows).to_pylist()]


def compiled(
    store: Store, records: PlainRecords, measure: MeasureBase, excused: Excused, seen: Seen
) -> Any:
    """The Ibis expression of a measure on plain records."""
    tables = Tables.of(store.tables_from(arrow_tables(records)))
    return COMPILERS[type(measure)](measure, tables, seen=seen, excused=excused)


def arrow_tables(records: PlainRecords) -> dict[str, pa.Table]:
    """The records as typed tables, by name."""
    rows = {
        ENROLMENTS: records.enrolments,
        SPELLS: records.spells,
        EVENTS: records.events,
        TRAITS: records.traits,
    }
    return {layout.name: _arrow(layout, list(items)) for layout, items in rows.items()}


def shown(results: list[PersonResult], columns: list[str]) -> list[dict[str, str]]:
    """Results as drawn text: an unknown quantity is `?`."""
    return [{name: _shown(getattr(row, name)) for name in columns} for row in results]


def _shown(value: object) -> str:
    if value is None:
        return "?"
    return exact_text(Fraction(value)) if isinstance(value, Decimal) else str(value)


def _arrow(layout: TableLayout, rows: list[Any]) -> pa.Table:
    return typed_table(
        layout,
        {name: [getattr(row, name, None) for row in rows] for name in layout.column_names},
    )


def _rows(kind: type[Any], text: str) -> list[Any]:
    types = {item.name: str(item.type) for item in fields(kind)}
    built = []
    for number, row in enumerate(drawn(text), 1):
        values = {name: _value(types[name], cell) for name, cell in row.items()}
        built.append(kind(**{"feed": FEEDS[kind], "row": number, **values}))
    return built


def _value(kind: str, cell: str) -> object:
    if cell == "":
        return None
    if kind.startswith("date"):
        return date.fromisoformat(cell)
    if kind.startswith("Decimal"):
        return Decimal(cell)
    return int(cell) if kind.startswith("int") else cell


def _stretches(pairs: tuple[tuple[str, str], ...]) -> tuple[Stretch, ...]:
    return Excused.of(
        ExcusedDays(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs
    ).not_counted


@dataclass(frozen=True)
class ExcusedDays:
    """Excused days as the deal states them; both ends are included."""

    from_: date
    to: date
    effect: str = "days-not-counted"
