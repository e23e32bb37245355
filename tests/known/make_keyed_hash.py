"""Remake keyed_hash.json: keyed Bloom filters and their Dice coefficients, made without our code.

Run by `make references`. What is the package fable-core's own: cutting letters into bigrams,
setting bits, the Dice coefficient. What is written here apart, from RFC 2104 and our page on the
scheme: the keys of fields, HMAC out of SHA-512, two bytes a bit. All names are made up.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from bitarray import bitarray
from fable_core.bits import set_bit
from fable_core.common import tokenize
from fable_core.similarity import dice

KEY = bytes(range(32))
SCHEME = b"payforsuccess keyed hash 1|"
VALUES = {
    "given_name": ("ANNA", "ANA", "JO", "MARIA DEL CARMEN", "X"),
    "family_name": ("ANNA", "SPECIMEN", "SPECIMAN", "OLEARY"),
    "street": ("12 EXAMPLE", "21 EXAMPLE"),
    "born_on": ("19800229", "19802902", "20011231"),
    "ssn": ("900123456", "900123465", "3456"),
    "postcode": ("00001", "00011"),
}


def hmac_sha512(key: bytes, message: bytes) -> bytes:
    """RFC 2104, by the letter."""
    block = key.ljust(128, b"\0")
    inner = hashlib.sha512(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha512(bytes(byte ^ 0x5C for byte in block) + inner).digest()


def tokens(field: str, value: str) -> set[str]:
    """Bigrams of letters; digits with their places, the last four of nine at the last places."""
    if field in ("given_name", "family_name", "street"):
        return tokenize(value, q=2, padding=" ")
    offset = 5 if field == "ssn" and len(value) == 4 else 0
    return {f"{offset + place}:{digit}" for place, digit in enumerate(value)}


def bloom(field: str, value: str) -> bitarray:
    """The filter, bit by bit."""
    key = hmac_sha512(KEY, SCHEME + field.encode())
    found = bitarray(1024)
    found.setall(0)
    for token in tokens(field, value):
        digest = hmac_sha512(key, token.encode())
        for pair in range(20):
            set_bit(found, int.from_bytes(digest[2 * pair : 2 * pair + 2], "big"))
    return found


def main() -> None:
    """Write the file beside this one."""
    filters = {name: {v: bloom(name, v) for v in values} for name, values in VALUES.items()}
    content = {
        "made_by": {"fable-core": version("fable-core"), "bitarray": version("bitarray")},
        "key": KEY.hex(),
        "filters": {
            name: {value: bits.tobytes().hex() for value, bits in of.items()}
            for name, of in filters.items()
        },
        "dice": [
            [name, one, other, dice(of[one], of[other])]
            for name, of in filters.items()
            for at, one in enumerate(of)
            for other in list(of)[at:]
        ],
    }
    path = Path(__file__).with_name("keyed_hash.json")
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
