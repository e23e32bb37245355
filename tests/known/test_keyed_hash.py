"""Keyed Bloom filters, held to filters and coefficients that another implementation made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.records.link.bloom import BITS, Encoder, dice
from payforsuccess.records.link.keyed_hash import dice_sql
from payforsuccess.store import Store, open_store

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("keyed_hash.json").read_text())


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def test_every_bit_of_every_filter_agrees() -> None:
    encoder = Encoder(bytes.fromhex(KNOWN["key"]))
    made = {
        name: {value: encoder.filter_of(name, value) for value in of}
        for name, of in KNOWN["filters"].items()
    }

    assert made == KNOWN["filters"]


def test_dice_agrees_in_python_and_in_the_engine(store: Store) -> None:
    for name, one, other, expected in KNOWN["dice"]:
        left, right = KNOWN["filters"][name][one], KNOWN["filters"][name][other]
        [(found,)] = store.backend.con.execute(
            f"SELECT {dice_sql('f')} FROM (SELECT '{left}' AS f_l, '{right}' AS f_r)"
        ).fetchall()
        assert dice(left, right) == pytest.approx(expected, abs=1e-12)
        assert float(found) == pytest.approx(expected, abs=1e-12)


def test_the_known_filters_are_of_the_size_we_state() -> None:
    assert all(len(bits) == BITS // 4 for of in KNOWN["filters"].values() for bits in of.values())
