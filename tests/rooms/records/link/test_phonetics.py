"""Soundex in the engine gives what Soundex gives elsewhere."""

from __future__ import annotations

import itertools

import jellyfish
import pyarrow as pa
import pytest

from payforsuccess.records.link.phonetics import soundex
from payforsuccess.store import open_store

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def sounds(names: list[str | None]) -> list[str | None]:
    with open_store() as store:
        table = store.tables_from({"names": pa.table({"name": pa.array(names, pa.string())})})
        made = table["names"].select(sound=soundex(table["names"].name))
        found: list[str | None] = store.run(made).column("sound").to_pylist()
        return found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ROBERT", "R163"),
        ("RUPERT", "R163"),
        ("ASHCRAFT", "A261"),
        ("TYMCZAK", "T522"),
        ("PFISTER", "P236"),
        ("HONEYMAN", "H555"),
        ("GUTIERREZ", "G362"),
        ("LEE", "L000"),
    ],
)
def test_names_have_the_codes_of_the_national_archives(name: str, code: str) -> None:
    assert sounds([name]) == [code]


def test_every_short_word_has_the_code_that_another_implementation_gives() -> None:
    """All words of three letters, and those again with letters around that part or join sounds."""
    short = ["".join(letters) for letters in itertools.product(LETTERS, repeat=3)]
    words = [*short, *(f"{word}HSC" for word in short), *(f"C{word}K" for word in short)]

    assert sounds(words) == [jellyfish.soundex(word) for word in words]


def test_what_begins_with_no_letter_has_no_sound() -> None:
    assert sounds([None, "", "123"]) == [None, None, None]
