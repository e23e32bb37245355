"""A fingerprint names content: SHA-256 of canonical JSON, the same on every machine."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from payforsuccess.units import exact_text

# Text, whole numbers, flags, days, exact numbers, nothing, and lists and mappings of these.
Plain = object

_FORM = re.compile(r"sha256:[0-9a-f]{64}")


def canonical_bytes(value: Plain) -> bytes:
    """One spelling of `value`: keys sorted, no spaces, UTF-8, exact numbers and days as text.

    A float is refused (TypeError): its spelling depends on how it was reached. Callers that must
    fingerprint an estimate print it to 12 significant digits first.
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def fingerprint(value: Plain) -> str:
    """`sha256:` and the hex digest of the canonical bytes of `value`."""
    return fingerprint_bytes(canonical_bytes(value))


def fingerprint_bytes(content: bytes) -> str:
    """`sha256:` and the hex digest of `content` as it stands (a file signed elsewhere)."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def is_fingerprint(text: str) -> bool:
    """Whether `text` has the form of a fingerprint."""
    return _FORM.fullmatch(text) is not None


def _plain(value: Plain) -> object:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Fraction):
        return exact_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
