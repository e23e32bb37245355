"""A lottery drawn again with Python's standard library alone, from its list and its plan.

It shares no line with the program: an auditor could write it from the how-to page. It takes lists
of individual draws, in strata and blocks.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from fractions import Fraction
from pathlib import Path


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def entries_of(path: Path) -> list[dict[str, object]]:
    """The entries, after the chain between them was checked."""
    entries, previous = [], None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        entry = json.loads(line)["entry"]
        assert (entry["number"], entry["previous"]) == (number, previous)
        spelt = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = "sha256:" + hashlib.sha256(spelt.encode()).hexdigest()
        entries.append(entry)
    return entries


def seed_of(entries: list[dict[str, object]]) -> bytes:
    """The seed of both published shares, after each was held against its commitment."""
    shares = {}
    for entry in entries:
        if entry["kind"] == "revealed":
            holder = str(entry["holder"])
            share, salt = (bytes.fromhex(str(entry[key])) for key in ("share", "salt"))
            made = sha256(b"payforsuccess lottery commitment 1", holder.encode(), salt, share)
            assert f"sha256:{made.hex()}" in [
                each["commitment"]
                for each in entries
                if each["kind"] == "committed" and each["holder"] == holder
            ]
            shares[holder] = share
    (terms,) = [str(entry["terms"]) for entry in entries if entry["kind"] == "opened"]
    key = sha256(b"payforsuccess lottery seed 1", shares["evaluator"], shares["payor"])
    return hmac.new(key, terms.encode(), hashlib.sha256).digest()


def number(seed: bytes, what: str, stratum: list[str], position: int) -> int:
    message = json.dumps([what, stratum, position], separators=(",", ":"), ensure_ascii=False)
    return int(hmac.new(seed, message.encode(), hashlib.sha256).hexdigest(), 16)


def is_treated(
    seed: bytes, stratum: list[str], position: int, share: Fraction, sizes: list[int]
) -> bool:
    if not sizes:
        return Fraction(number(seed, "draw", stratum, position), 2**256) < share
    first = block = 1
    while True:
        size = sizes[number(seed, "block", stratum, block) % len(sizes)]
        if position < first + size:
            ranked = sorted(
                range(first, first + size), key=lambda one: number(seed, "draw", stratum, one)
            )
            return ranked.index(position) < size * share
        first, block = first + size, block + 1
