"""The agencies' own numbers replaced by random keys, and what the numbers themselves reveal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.tables import ENROLMENTS, IDENTITIES
from payforsuccess.records.bench import Bench

ROWS_NAMED = 5


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
    rows = tables[IDENTITIES.name]
    known = rows.select(
        "person",
        "row",
        "born_on",
        given=rows.given_name.lower().strip(),
        family=rows.family_name.lower().strip(),
    ).drop_null(["born_on", "given", "family"])
    per_person = known.group_by("person").agg(
        days=known.born_on.nunique(), firsts=known.given.nunique(), lasts=known.family.nunique()
    )
    odd = per_person.filter(per_person.days > 1, per_person.firsts > 1, per_person.lasts > 1)
    few = known.semi_join(odd, "person")
    one = few.group_by("person", "born_on", "given", "family").agg(row=few.row.min())
    other = one.view()
    pairs = one.join(
        other,
        [
            one.person == other.person,
            one.row < other.row,
            one.born_on != other.born_on,
            one.given != other.given,
            one.family != other.family,
        ],
        rname="{name}_of_other",
    )
    first = pairs.group_by("person").agg(
        row=pairs.row.min(), other=pairs.row_of_other.argmin(pairs.row)
    )
    found = bench.store.run(first.select("row", "other").order_by("row", "other"))
    if not found.num_rows:
        return None
    return SharedNumbers(
        found.num_rows,
        tuple((pair["row"], pair["other"]) for pair in found.slice(0, ROWS_NAMED).to_pylist()),
    )


def _numbers(tables: Iterable[ir.Table], column: str, bench: Bench) -> pa.Array:
    """Every number in a column of the tables, once."""
    legs = [table.select(column).rename(number=column).distinct() for table in tables]
    every = ibis.union(*legs, distinct=True) if len(legs) > 1 else legs[0]
    numbers = bench.store.run(every.filter(every.number.notnull())).column("number")
    return pa.concat_arrays(numbers.chunks) if numbers.num_chunks else pa.array([], pa.string())


def _replaced(
    table: ir.Table, column: str, numbers: pa.Array, keys: pa.Array, bench: Bench
) -> ir.Table:
    pairs = bench.store.backend.table(
        bench.registered(pa.table({"_number": numbers, "_key": keys}))
    )
    joined = table.join(pairs, [(column, "_number")]).mutate(**{column: ibis._["_key"]})
    return bench.viewed(joined.select(*table.columns))
