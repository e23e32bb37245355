"""The agencies' own numbers replaced by random keys, and what the numbers themselves reveal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import whitespace

import ibis.expr.types as ir
import pyarrow as pa

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import ENROLMENTS, IDENTITIES
from payforsuccess.records.bench import Bench

ROWS_NAMED = 5
_SHARED = """
WITH known AS (
  SELECT
    person,
    "row",
    born_on,
    trim(lower(given_name), '{spaces}') AS given,
    trim(lower(family_name), '{spaces}') AS family
  FROM "{rows}"
  WHERE born_on IS NOT NULL AND given_name IS NOT NULL AND family_name IS NOT NULL
), odd AS (
  SELECT person
  FROM known
  GROUP BY person
  HAVING count(DISTINCT born_on) > 1 AND count(DISTINCT given) > 1 AND count(DISTINCT family) > 1
), one AS (
  SELECT person, born_on, given, family, min("row") AS "row"
  FROM known SEMI JOIN odd USING (person)
  GROUP BY person, born_on, given, family
)
SELECT min(one."row") AS first, arg_min(other."row", one."row") AS second
FROM one JOIN one AS other
  ON one.person = other.person
  AND one."row" < other."row"
  AND one.born_on <> other.born_on
  AND one.given <> other.given
  AND one.family <> other.family
GROUP BY one.person
ORDER BY first, second
"""


@dataclass(frozen=True)
class Keyed:
    """A feed's canonical tables under random keys, and the keys of its people.

    Public data keep the numbers of their file, and `people` is then empty.
    """

    tables: Mapping[str, ir.Table]
    people: pa.Array


@dataclass(frozen=True)
class SharedNumbers:
    """How many numbers stand for people who differ in birth date and both names, by first rows."""

    numbers: int
    first: tuple[tuple[int, int], ...]


def under_keys(source: DataSource, tables: Mapping[str, ir.Table], bench: Bench) -> Keyed:
    """The tables with a random key from the vault in the place of every person and enrolment.

    Feeds that share numbers (`ids_of`) share keys, so that one number is one person in all of them.
    """
    if source.agreement is None:
        return Keyed(tables, pa.array([], pa.string()))
    people = _numbers(tables.values(), "person", bench)
    vault = bench.store.keys
    keys = vault.keys_for(source.numbers_of, people)
    tables = {
        name: _replaced(table, "person", people, keys, bench) for name, table in tables.items()
    }
    if ENROLMENTS.name in tables:
        table = tables[ENROLMENTS.name]
        numbers = _numbers([table], "enrolment", bench)
        made = vault.keys_for(source.numbers_of, numbers, of="enrolments")
        replaced = _replaced(table, "enrolment", numbers, made, bench)
        tables = {**tables, ENROLMENTS.name: replaced}
    return Keyed(tables, keys)


def shared_numbers(tables: Mapping[str, ir.Table], bench: Bench) -> SharedNumbers | None:
    """Numbers under which two different people stand; None without any.

    Two records of one number that differ in the birth date and in first and last name alike: a
    marriage, a nickname or a typing error alone is no other person.
    """
    if IDENTITIES.name not in tables:
        return None
    rows = tables[IDENTITIES.name].get_name()
    found = bench.fetched(_SHARED.format(rows=rows, spaces=whitespace))
    if not found:
        return None
    return SharedNumbers(len(found), tuple((row, other) for row, other in found[:ROWS_NAMED]))


def _numbers(tables: Iterable[ir.Table], column: str, bench: Bench) -> pa.Array:
    """Every number in a column of the tables, once."""
    legs = [
        f'SELECT "{column}" AS number FROM "{table.get_name()}" WHERE "{column}" IS NOT NULL'
        for table in tables
    ]
    numbers = bench.arrow(f"SELECT DISTINCT number FROM ({' UNION ALL '.join(legs)})")
    return numbers.column("number").cast(pa.string()).combine_chunks()


def _replaced(
    table: ir.Table, column: str, numbers: pa.Array, keys: pa.Array, bench: Bench
) -> ir.Table:
    pairs = pa.Table.from_arrays([numbers, keys], names=["_number", "_key"])
    return bench.selected(
        f'SELECT rows.* REPLACE (pairs._key AS "{column}") FROM "{table.get_name()}" AS rows '
        f'JOIN "{bench.registered(pairs)}" AS pairs ON rows."{column}" = pairs._number',
        table.schema(),
    )
