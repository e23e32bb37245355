"""What rests on each column of a layout, followed through its cleaning.

An agency that is asked for a column asks back what it is for, and the law asks for no more than is
needed. The answer is not written by hand: the cleaning is an expression, and every value that it
makes can be followed back to the columns it is made of and to those that decide which rows count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.operations as ops

from payforsuccess.deal.tables import ENROLMENTS, EVENTS, EVENTS_KNOWN, SPELLS, STATES, TRAITS
from payforsuccess.records.checks import TYPES
from payforsuccess.records.feed import Feed, FeedLayout

_WORDS_IN = {SPELLS.name: "state", EVENTS.name: "kind", TRAITS.name: "trait"}
_NOT_IN = {SPELLS.name: EVENTS_KNOWN, EVENTS.name: STATES}
_ROW = "row"


@dataclass(frozen=True, order=True)
class Use:
    """A canonical table that a column goes into, and the state, event or fact in it.

    word: of the enrolments the column; empty in other tables that have no such word, and where the
    cleaning takes it from the rows.
    """

    table: str
    word: str = ""


def uses_of(layout: FeedLayout) -> Mapping[tuple[str, str], frozenset[Use]]:
    """What each column goes into, by file and column; columns that nothing rests on are left out.

    A column is used where its values reach a row or decide which rows there are.
    """
    tables = {
        file.name: ibis.table(
            {**{column.name: TYPES[column.type] for column in file.columns}, _ROW: "int64"},
            name=file.name,
        )
        for file in layout.files
    }
    made = layout.clean(Feed(layout.name, layout, date.max, tables))
    uses: dict[tuple[str, str], set[Use]] = defaultdict(set)
    for name, table in made.items():
        for leg in _legs(table.op()):
            words = _words(leg, name, layout)
            for column in leg.schema.names:
                into = {column} if name == ENROLMENTS.name else words
                for origin in _origins(leg, column):
                    uses[origin].update(Use(name, word) for word in into)
    return {origin: frozenset(found) for origin, found in uses.items() if origin[1] != _ROW}


def _legs(rel: ops.Relation) -> Iterator[ops.Relation]:
    """The relations that a union is made of; any other relation itself."""
    if isinstance(rel, ops.Set):
        yield from _legs(rel.left)
        yield from _legs(rel.right)
    else:
        yield rel


def _words(leg: ops.Relation, table: str, layout: FeedLayout) -> frozenset[str]:
    """The states, events or facts that stand in a leg of a canonical table."""
    if table not in _WORDS_IN:
        return frozenset({""})
    found = _constants(leg, _WORDS_IN[table])
    if found:
        return found
    # A row gives the word, so it can be any, and those that the layout reports among them.
    reported = frozenset(layout.reports) - frozenset(_NOT_IN[table]) if table in _NOT_IN else set()
    return frozenset({"", *reported})


def _constants(rel: ops.Relation, column: str) -> frozenset[str]:
    """The constants that a column can hold; none where a row gives it."""
    if isinstance(rel, ops.Set):
        return _constants(rel.left, column) | _constants(rel.right, column)
    value = getattr(rel, "values", {}).get(column)
    while isinstance(value, ops.Cast):
        value = value.arg
    match value:
        case ops.Literal():
            return frozenset({str(value.value)})
        case ops.SearchedCase() | ops.SimpleCase():
            outcomes = [*value.results, value.default]
            if not all(isinstance(each, ops.Literal) for each in outcomes):
                return frozenset()
            return frozenset(str(each.value) for each in outcomes if each.value is not None)
        case ops.Field() if value.rel is not rel:
            return _constants(value.rel, value.name)
        case _:
            return frozenset()


def _origins(rel: ops.Relation, column: str) -> frozenset[tuple[str, str]]:
    """The columns of files that a value of a relation, and its being there, rest on."""
    return _of_value(rel, column) | _of_rows(rel)


def _of_value(rel: ops.Relation, column: str) -> frozenset[tuple[str, str]]:
    if isinstance(rel, ops.UnboundTable):
        return frozenset({(rel.name, column)})
    if isinstance(rel, ops.Set):
        return _of_value(rel.left, column) | _of_value(rel.right, column)
    return _of_fields(rel.values[column])


def _of_fields(*values: ops.Value) -> frozenset[tuple[str, str]]:
    """The origins of every column that values name, without those that decide on rows."""
    found: frozenset[tuple[str, str]] = frozenset()
    for value in values:
        for field in value.find(ops.Field, filter=ops.Value):
            found |= _of_value(field.rel, field.name)
    return found


def _of_rows(rel: ops.Relation) -> frozenset[tuple[str, str]]:
    """The origins of what decides which rows a relation has."""
    match rel:
        case ops.UnboundTable():
            return frozenset()
        case ops.Set():
            return _of_rows(rel.left) | _of_rows(rel.right)
        case ops.Filter():
            return _of_fields(*rel.predicates) | _of_rows(rel.parent)
        case ops.Aggregate():
            return _of_fields(*rel.groups.values()) | _of_rows(rel.parent)
        case ops.JoinChain():
            found = _of_rows(rel.first)
            for link in rel.rest:
                found |= _of_fields(*link.predicates) | _of_rows(link.table)
            return found
        case _:
            parent = getattr(rel, "parent", None)
            return frozenset() if parent is None else _of_rows(parent)
