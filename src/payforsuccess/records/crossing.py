"""Rules that rows alone cannot show: keys given twice, and rows that name a row of another file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from payforsuccess.records.checks import Check
from payforsuccess.records.feed import DayOrder, FeedFile, Reference


@dataclass(frozen=True)
class CrossCheck:
    """A check over many rows: `rows` has the numbers (`row`) of those that break it.

    Where `is_withdrawal`, the rows went with one that the agency took back: they break nothing.
    """

    check: Check
    rows: ir.Table
    is_withdrawal: bool = False


@dataclass(frozen=True)
class Unended:
    """The rows of a file whose end is not known: those with a value of `column` among `named`.

    `told_by` is the file whose refused rows would tell it, `refused` the numbers of those rows.
    """

    column: str
    told_by: str
    named: ir.Table
    refused: ir.Table


def in_order(files: Sequence[FeedFile]) -> tuple[FeedFile, ...]:
    """The files, each after those whose rows its own rows name."""
    placed: list[FeedFile] = []
    waiting = list(files)
    while waiting:
        names = {file.name for file in waiting}
        free = [
            file
            for file in waiting
            if not any(r.file in names and r.file != file.name for r in file.references)
        ]
        placed += free or waiting[:1]
        waiting = [file for file in waiting if file not in placed]
    return tuple(placed)


def key_check(file: FeedFile, rows: ir.Table) -> CrossCheck | None:
    """The rows whose key an earlier row has; None where the key was not read, or there is none.

    rows: those the agency has not withdrawn.
    """
    if not file.key or not set(file.key) <= set(rows.columns):
        return None
    keyed = rows.filter(*(rows[name].notnull() for name in file.key))
    # Keys are counted by a hash first, which is short, and compared whole only where it is double.
    hashes = keyed.select("row", *file.key, _hash=_hash_of(keyed, file.key))
    double = hashes.group_by("_hash").having(lambda t: t.count() > 1).agg()
    few = hashes.semi_join(double, "_hash")
    first = few.group_by(list(file.key)).agg(_first=few.row.min())
    again = few.join(first, list(file.key)).filter(lambda t: t.row > t._first).select("row")
    named = ", ".join(file.key)
    return CrossCheck(
        Check(
            "key",
            named,
            f"The key {named} names a row a second time",
            "Give each row a key of its own.",
        ),
        again,
    )


def reference_checks(
    rows: ir.Table, *, reference: Reference, parents: ir.Table
) -> tuple[CrossCheck, ...]:
    """The rows that name no row of another file, or one that is refused or withdrawn.

    rows: those not withdrawn. parents: the other file's rows as `_parent` (the value they are
    named by), `_refused` and `_withdrawn`.
    """
    column, to = reference.column, reference.file
    known = parents.group_by("_parent").agg(
        _kept=(~parents._refused & ~parents._withdrawn).any(),
        _all_withdrawn=parents._withdrawn.all(),
    )
    naming = rows.select("row", _names=rows[column]).filter(lambda t: t._names.notnull())
    lost = naming.anti_join(known, naming._names == known._parent).select("row")
    gone = naming.join(known, naming._names == known._parent).filter(lambda t: ~t._kept)
    mend = f"Look at {reference.to_column} in {to}."
    return (
        CrossCheck(
            Check(
                "reference",
                column,
                f"The column {column} names a row that {to} does not hold",
                mend,
            ),
            lost,
        ),
        CrossCheck(
            Check(
                "parent-refused",
                column,
                f"The column {column} names a row of {to} that was refused",
                "Correct that row first.",
            ),
            gone.filter(~gone._all_withdrawn).select("row"),
        ),
        CrossCheck(
            Check(
                "parent-withdrawn",
                column,
                f"The column {column} names a row of {to} that its agency withdrew",
                mend,
            ),
            gone.filter(gone._all_withdrawn).select("row"),
            is_withdrawal=True,
        ),
    )


def order_check(
    rows: ir.Table, *, reference: Reference, order: DayOrder, parents: ir.Table
) -> CrossCheck:
    """The rows with a day before one of the row that they name.

    rows: those not withdrawn. parents: the other file's rows as `_parent` and `_after`, the day;
    of several under one key the earliest day counts.
    """
    own = rows.select("row", _names=rows[reference.column], _day=rows[order.day])
    first = parents.group_by("_parent").agg(_after=parents._after.min())
    both = own.join(first, own._names == first._parent)
    return CrossCheck(
        Check(
            order.name,
            order.day,
            f"The rule {order.name} ({order.says}) is broken",
            f"Compare {order.day} with {order.after} in {reference.file}.",
        ),
        both.filter(both._day < both._after).select("row"),
    )


def unended_check(file: FeedFile, rows: ir.Table, *, of: Unended) -> CrossCheck:
    """The rows whose end is told by a row that was refused, so that it is not known."""
    named = of.named
    return CrossCheck(
        Check(
            "end-refused",
            of.column,
            f"The row of {of.told_by} that tells how a row of {file.name} ended was refused",
            "Correct that row; without it this one would count as going on.",
        ),
        rows.semi_join(named, rows[of.column] == named._named).select("row"),
    )


def _hash_of(rows: ir.Table, names: Sequence[str]) -> ir.IntegerValue:
    """A whole number that is the same for the same values."""
    first, *others = (rows[name] for name in names)
    return (ibis.struct({name: rows[name] for name in names}) if others else first).hash()
