"""The referring office's key, under which it makes checksums of identifiers."""

from __future__ import annotations

import secrets
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes, write_new_private

KEY_BYTES = 32
_HEADER = "payforsuccess referral key 1"


def make_referral_key(to: Path) -> bytes:
    """A key of 256 bits from the system's random source, written where its owner alone may read.

    Refuses to replace a file.
    """
    key = secrets.token_bytes(KEY_BYTES)
    write_new_private(to, f"{_HEADER}\n{key.hex()}\n".encode("ascii"), "The key")
    return key


def read_referral_key(path: Path) -> bytes:
    """The key in a file that `pfs assign checksums` wrote; refuses any other file."""
    text = read_bytes(path, largest=1024).decode("ascii", errors="replace").split("\n")
    try:
        key = bytes.fromhex(text[1]) if text[0] == _HEADER else b""
    except (IndexError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Refusal(
            Problem(
                "This is not a key that `pfs assign checksums` wrote.",
                "Ask the referring office for the file.",
                Place(str(path)),
            )
        )
    return key
