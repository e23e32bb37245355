"""Identifiers as keyed Bloom filters: what an agency sends that may not say who its people are.

An identifier is cut into grams; a keyed hash (HMAC-SHA-512) of each gram names the bits that are
set. Two filters are compared by Dice's coefficient of their bits. Whoever lacks the key cannot try
names out; docs/explanation/keyed-hash.md says what can be learnt all the same.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

KEY_BYTES = 32
BITS = 1024
HASHES = 20
SCHEME = "payforsuccess keyed hash 1"
"""Part of every field's key: filters of another scheme agree with none of these."""

BIGRAMS = ("given_name", "family_name", "street")
"""Fields that are cut into pairs of neighbouring letters."""
POSITIONS = ("born_on", "ssn", "postcode")
"""Fields of digits, each of which counts at its place alone."""
FIELDS = (*BIGRAMS, *POSITIONS)
"""The fields that are sent. Sex, initials and suffixes are not: so few values hide nothing."""


def grams_of(name: str, value: str) -> tuple[str, ...]:
    """The grams of a cleaned identifier, each once, in order.

    Letters by pairs, a space before the first and after the last: ` A`, `AN`, `NN`, `N `. Digits
    with their place: `0:1`, `1:9`. The last four of a social security number stand at their places
    in the whole, so they lie within its filter.
    """
    if name in BIGRAMS:
        padded = f" {value} "
        return tuple(dict.fromkeys(padded[at : at + 2] for at in range(len(padded) - 1)))
    first = 9 - len(value) if name == "ssn" else 0
    return tuple(f"{at}:{digit}" for at, digit in enumerate(value, first))


def field_key(key: bytes, name: str) -> bytes:
    """A field's own key, so that the same letters set other bits in another field."""
    return hmac.digest(key, f"{SCHEME}|{name}".encode(), "sha512")


def positions_of(key: bytes, gram: str) -> tuple[int, ...]:
    """The bits that a gram sets under a field's key; two may fall together.

    Each comes from two bytes of its own of the one digest. They are not the sums of two hashes
    (double hashing): those leave so few patterns of bits that a gram's can be told from others.
    """
    digest = hmac.digest(key, gram.encode(), "sha512")
    pairs = zip(digest[0 : 2 * HASHES : 2], digest[1 : 2 * HASHES : 2], strict=True)
    return tuple((high << 8 | low) % BITS for high, low in pairs)


def dice(one: str, other: str) -> float:
    """Dice's coefficient of two filters in hexadecimal: twice the common bits over all bits set."""
    left, right = int(one, 16), int(other, 16)
    total = left.bit_count() + right.bit_count()
    return 2 * (left & right).bit_count() / total if total else 0.0


@dataclass
class Encoder:
    """Makes filters under one key; what a gram sets is computed once."""

    key: bytes
    _keys: dict[str, bytes] = field(default_factory=dict)
    _masks: dict[tuple[str, str], int] = field(default_factory=dict)

    def filter_of(self, name: str, value: str | None) -> str | None:
        """A field's filter, 256 hexadecimal digits, the first bit first; None for no value."""
        if not value:
            return None
        bits = 0
        for gram in grams_of(name, value):
            bits |= self._mask(name, gram)
        return f"{bits:0{BITS // 4}x}"

    def filters_of(self, cleaned: Mapping[str, object]) -> dict[str, str | None]:
        """The filters of one row of cleaned identifiers, by field."""
        return {name: self.filter_of(name, text_of_field(name, cleaned)) for name in FIELDS}

    def _mask(self, name: str, gram: str) -> int:
        found = self._masks.get((name, gram))
        if found is None:
            if name not in self._keys:
                self._keys[name] = field_key(self.key, name)
            found = 0
            for position in positions_of(self._keys[name], gram):
                found |= 1 << (BITS - 1 - position)
            self._masks[name, gram] = found
        return found


def text_of_field(name: str, cleaned: Mapping[str, object]) -> str | None:
    """A field's text, from a row of cleaned identifiers."""
    value = cleaned.get(name)
    if name == "ssn" and value is None:
        value = cleaned.get("ssn_last4")
    if isinstance(value, date):
        return value.strftime("%Y%m%d")
    return None if value is None else str(value)
