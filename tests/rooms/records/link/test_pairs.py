"""Pairs that blocking finds, and the cheap test that stands before the dear one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pyarrow as pa
import pytest

from payforsuccess.records.link.blocking import BY_NAMES
from payforsuccess.records.link.comparisons import one_slip
from payforsuccess.records.link.pairs import find_pairs
from payforsuccess.records.link.variants import VARIANTS, variants_of
from payforsuccess.records.simulate.registers import two_registers
from payforsuccess.store import Store, open_store
from tests.lib.identities import identities

SIDES = "l.side = 0 AND r.side = 1"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Two registers of 400 made-up people, as variants."""
    [part] = two_registers(400, seed=3)
    with open_store() as opened:
        tables = opened.tables_from({"one": _rows(part.one), "other": _rows(part.other)})
        variants_of([tables["one"], tables["other"]], store=opened)
        yield opened


def _rows(register: pa.Table) -> pa.Table:
    hidden = ("record", "person")
    return identities(
        *(
            {"person": row["record"], **{k: v for k, v in row.items() if k not in hidden}}
            for row in register.to_pylist()
        )
    )


def test_each_pair_is_found_once_under_its_first_rule(store: Store) -> None:
    asked_at_once = "CASE " + " ".join(
        f"WHEN {rule.when} THEN '{at}'" for at, rule in enumerate(BY_NAMES)
    )
    expected = store.backend.con.execute(
        f"SELECT {asked_at_once} END AS key, l.variant, r.variant FROM {VARIANTS} AS l "
        f"JOIN {VARIANTS} AS r ON {SIDES} WHERE key IS NOT NULL ORDER BY ALL"
    ).fetchall()

    found = find_pairs(BY_NAMES, pairs=SIDES, store=store)

    pairs = store.backend.con.execute(
        f"SELECT match_key, join_key_l, join_key_r FROM {found} ORDER BY ALL"
    ).fetchall()
    assert len(pairs) > 200
    assert pairs == expected


def test_within_one_side_a_pair_is_found_in_one_order(store: Store) -> None:
    found = find_pairs(BY_NAMES, pairs="l.side = 0 AND r.side = 0", store=store)

    [(pairs, ordered)] = store.backend.con.execute(
        f"SELECT count(*), count(*) FILTER (join_key_l < join_key_r) FROM {found}"
    ).fetchall()
    assert pairs == ordered > 0


def test_one_slip_is_what_damerau_and_levenshtein_call_one_edit(store: Store) -> None:
    words = ["".join(letters) for size in range(1, 6) for letters in product("ABC", repeat=size)]
    con = store.backend.con
    con.execute("CREATE TEMP TABLE words AS SELECT unnest($1) AS word", [words]).fetchall()

    [(compared, slips, otherwise)] = con.execute(
        f"SELECT count(*), count(*) FILTER (cheap), count(*) FILTER (cheap <> dear) FROM (SELECT "
        f"{one_slip('word')} AS cheap, damerau_levenshtein(word_l, word_r) <= 1 AS dear "
        "FROM (SELECT l.word AS word_l, r.word AS word_r FROM words AS l, words AS r))"
    ).fetchall()

    assert (compared, otherwise) == (len(words) ** 2, 0)
    assert slips > len(words)
