"""The fingerprint of a table is of its rows, not of how they are held."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.store import rows_fingerprint

texts = st.lists(st.none() | st.text(max_size=5), max_size=8)


def table(values: list[str | None]) -> pa.Table:
    return pa.table(
        {
            "name": pa.array(values, pa.string()),
            "at": pa.array(range(len(values)), pa.int64()),
            "on": pa.array([date(2024, 1, 1)] * len(values), pa.date32()),
            "much": pa.array([None, Decimal("1.5")] * 4, pa.decimal128(38, 9))[: len(values)],
        }
    )


@given(values=texts, cut=st.integers(0, 8))
def test_chunks_slices_and_dictionaries_change_nothing(values: list[str | None], cut: int) -> None:
    whole = table(values)
    chunked = pa.concat_tables([whole.slice(0, cut), whole.slice(cut)])
    coded = whole.set_column(0, "name", whole["name"].dictionary_encode())

    assert rows_fingerprint(chunked) == rows_fingerprint(whole) == rows_fingerprint(coded)


@given(one=texts, other=texts)
def test_different_rows_have_different_fingerprints(
    one: list[str | None], other: list[str | None]
) -> None:
    assert (one == other) == (rows_fingerprint(table(one)) == rows_fingerprint(table(other)))


def test_a_missing_text_is_not_an_empty_one() -> None:
    assert rows_fingerprint(table([""])) != rows_fingerprint(table([None]))


def test_the_name_and_type_of_a_column_count() -> None:
    rows = pa.table({"a": pa.array([1], pa.int64())})

    assert rows_fingerprint(rows) != rows_fingerprint(rows.rename_columns(["b"]))
    assert rows_fingerprint(rows) != rows_fingerprint(rows.cast(pa.schema([("a", pa.int32())])))


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        rows_fingerprint(pa.table({"a": [0.1]}))
