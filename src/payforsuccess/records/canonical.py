"""Rows of a feed as rows of the canonical tables: every column there, typed, with its source."""

from __future__ import annotations

from typing import Any, TypeAlias

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from payforsuccess.deal.tables import (
    CONSENTS,
    ENROLMENTS,
    EVENTS,
    IDENTITIES,
    PEOPLE,
    SPELLS,
    TRAITS,
    ColumnType,
    TableLayout,
)
from payforsuccess.records.feed import Feed

_TYPES: dict[ColumnType, dt.DataType] = {
    "text": dt.string,
    "day": dt.date,
    "whole": dt.int64,
    "decimal": dt.Decimal(38, 9),
}

Value: TypeAlias = Any
"""A column of the rows, a constant, or None for a column that is missing throughout."""


def people(feed: Feed, file: str, rows: ir.Table, *, person: Value) -> ir.Table:
    """One row a person that the file names."""
    return _canonical(PEOPLE, feed, file, rows, {"person": person})


def enrolments(
    feed: Feed, file: str, rows: ir.Table, *, enrolment: Value, person: Value, **days: Value
) -> ir.Table:
    """One row an enrolment; `days` are the other columns of the layout, missing if left out."""
    return _canonical(
        ENROLMENTS, feed, file, rows, {"enrolment": enrolment, "person": person, **days}
    )


def spells(
    feed: Feed,
    file: str,
    rows: ir.Table,
    *,
    state: Value,
    person: Value,
    start_on: Value,
    end_on: Value,
) -> ir.Table:
    """One row a stay in a state, `[start_on, end_on)`; a stay of no days is left out."""
    made = _canonical(
        SPELLS,
        feed,
        file,
        rows,
        {"state": state, "person": person, "start_on": start_on, "end_on": end_on},
    )
    return made.filter(made.end_on.isnull() | (made.end_on > made.start_on))


def events(
    feed: Feed,
    file: str,
    rows: ir.Table,
    *,
    kind: Value,
    person: Value,
    happened_on: Value,
    amount: Value = None,
) -> ir.Table:
    """One row something that happened on a day; rows without a day are left out."""
    made = _canonical(
        EVENTS,
        feed,
        file,
        rows,
        {"kind": kind, "person": person, "happened_on": happened_on, "amount": amount},
    )
    return made.filter(made.happened_on.notnull())


def traits(
    feed: Feed,
    file: str,
    rows: ir.Table,
    *,
    trait: Value,
    person: Value,
    as_of: Value = None,
    value: Value = None,
    label: Value = None,
) -> ir.Table:
    """One row a fact, as a number or as a word; rows with neither are left out."""
    made = _canonical(
        TRAITS,
        feed,
        file,
        rows,
        {"trait": trait, "person": person, "as_of": as_of, "value": value, "label": label},
    )
    return made.filter(made.value.notnull() | made.label.notnull())


def identities(
    feed: Feed, file: str, rows: ir.Table, *, person: Value, **identifiers: Value
) -> ir.Table:
    """One row what a record says of who a person is; identifiers left out are missing."""
    return _canonical(IDENTITIES, feed, file, rows, {"person": person, **identifiers})


def consents(feed: Feed, file: str, rows: ir.Table, *, person: Value, **stated: Value) -> ir.Table:
    """One row a consent; columns left out are missing."""
    return _canonical(CONSENTS, feed, file, rows, {"person": person, **stated})


def _canonical(
    layout: TableLayout, feed: Feed, file: str, rows: ir.Table, given: dict[str, Value]
) -> ir.Table:
    """The layout's columns in its order; TypeError for a column that the layout does not have."""
    unknown = sorted(set(given) - set(layout.column_names))
    if unknown:
        raise TypeError(f"the table {layout.name} has no column {', '.join(unknown)}")
    source: dict[str, Value] = {
        "feed": feed.name,
        "file": file if len(feed.layout.files) > 1 else None,
        "row": rows.row,
    }
    columns = {}
    for column in layout.columns:
        value = source.get(column.name, given.get(column.name))
        made = ibis.null() if value is None else value
        made = made if isinstance(made, ir.Value) else ibis.literal(made)
        columns[column.name] = made.cast(_TYPES[column.type])
    return rows.select(**columns)
