"""Equal content has an equal fingerprint, on every machine, however it was put together."""

from __future__ import annotations

import hashlib
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.trail import (
    canonical_bytes,
    fingerprint,
    fingerprint_bytes,
    is_fingerprint,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)


def test_the_written_form_sorts_keys_and_spells_numbers_and_days_as_text() -> None:
    value = {"b": [Fraction(1, 8), date(2026, 7, 1), None, True, 3], "a": "é"}

    assert canonical_bytes(value) == '{"a":"é","b":["0.125","2026-07-01",null,true,3]}'.encode()


def test_a_fingerprint_is_the_sha256_of_the_written_form() -> None:
    assert fingerprint("x") == "sha256:" + hashlib.sha256(b'"x"').hexdigest()
    assert fingerprint_bytes(b"x") == "sha256:" + hashlib.sha256(b"x").hexdigest()


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), PLAIN))
def test_the_order_of_keys_is_nothing(value: dict[str, object]) -> None:
    assert fingerprint(dict(reversed(value.items()))) == fingerprint(value)


@given(PLAIN, PLAIN)
def test_different_content_has_another_fingerprint(one: object, other: object) -> None:
    if canonical_bytes(one) != canonical_bytes(other):
        assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, b"bytes", {1, 2}, object()])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        fingerprint(value)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("sha256:" + "0" * 64, True),
        ("sha256:" + "0" * 63, False),
        ("sha256:" + "G" * 64, False),
        ("sha256:" + "0" * 64 + "\n", False),
        ("0" * 64, False),
    ],
)
def test_the_form_of_a_fingerprint(text: str, is_one: bool) -> None:
    assert is_fingerprint(text) is is_one
