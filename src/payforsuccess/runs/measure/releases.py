"""Tables that were given out, kept so that later ones can be checked against them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from payforsuccess.disclosure import Cell, Facts, Release, Sum
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import json_bytes, locked, read_json, write_whole
from payforsuccess.trail import fingerprint

Given = tuple[Facts, Release]


def releases_of(folder: Path, kind: str) -> tuple[Given, ...]:
    """Every release of a kind of table, in order, the chain between them checked."""
    found: list[Given] = []
    previous: str | None = None
    for number, path in enumerate(sorted(folder.glob(f"{kind}-[0-9]*.json")), 1):
        plain = read_json(path)
        body = plain.get("release") if isinstance(plain, dict) else None
        if (
            not isinstance(plain, dict)
            or not isinstance(body, dict)
            or plain.get("fingerprint") != fingerprint(body)
            or body.get("previous") != previous
            or body.get("number") != number
        ):
            raise Refusal(
                Problem(
                    "This release was changed after it was written, or one before it is missing.",
                    "Put the original back; what was given out cannot be taken back.",
                    Place(str(path)),
                )
            )
        previous = str(plain["fingerprint"])
        found.append(_given(body))
    return tuple(found)


def write_release(folder: Path, kind: str, facts: Facts, release: Release, *, as_of: date) -> int:
    """Record what was given out, chained to the one before; the number it got.

    The record holds hidden numbers too, since later releases must protect them: it is for
    privileged eyes, and is never given out itself.
    """
    with locked(folder):
        earlier = sorted(folder.glob(f"{kind}-[0-9]*.json"))
        before = read_json(earlier[-1]) if earlier else None
        number = len(earlier) + 1
        body = {
            "number": number,
            "as_of": as_of.isoformat(),
            "cells": {
                name: [cell.value, cell.is_people, cell.zero_tells]
                for name, cell in sorted(facts.cells.items())
            },
            "sums": [[tie.whole, list(tie.parts)] for tie in facts.sums],
            "never_shown": sorted(facts.never_shown),
            "shown": sorted(release.shown),
            "previous": before["fingerprint"] if isinstance(before, dict) else None,
        }
        content = json_bytes({"release": body, "fingerprint": fingerprint(body)})
        write_whole(folder / f"{kind}-{number:04d}.json", content)
    return number


def _given(body: Mapping[str, object]) -> Given:
    cells, sums = body["cells"], body["sums"]
    shown, never = body["shown"], body["never_shown"]
    assert isinstance(cells, dict) and isinstance(sums, list)
    assert isinstance(shown, list) and isinstance(never, list)
    facts = Facts(
        {
            name: Cell(int(value), bool(people), bool(tells))
            for name, (value, people, tells) in cells.items()
        },
        tuple(Sum(str(whole), tuple(map(str, parts))) for whole, parts in sums),
        never_shown=frozenset(map(str, never)),
    )
    values = {str(name): facts.cells[str(name)].value for name in shown}
    return facts, Release(values, frozenset(set(facts.cells) - set(values)), {})
