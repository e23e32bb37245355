"""Tables that were given out, kept so that later ones can be checked against them.

A deal has one register for all its kinds of table: what a table of rates shows, one of the course
must not tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.disclosure import Cell, Facts, Release, Sum, suppress_next
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records import check_release
from payforsuccess.runs.files import json_bytes, locked, read_json, write_whole
from payforsuccess.trail import fingerprint

Given = tuple[Facts, Release]
_FOLDER = "private-register-of-releases"


def register_of(out: Path) -> Path:
    """Where the register lies among the results of a deal; its name keeps it from being passed on.

    Refuses a folder under its former name, so that no earlier release is forgotten.
    """
    if sorted((out / "releases").glob("[0-9][0-9][0-9][0-9]-*.json")):
        raise Refusal(
            Problem(
                "The register of releases lies where an earlier version kept it.",
                f"Rename the folder to `{_FOLDER}`; it holds hidden numbers and is private.",
                Place(str(out / "releases")),
            )
        )
    return out / _FOLDER


def releases_of(folder: Path) -> tuple[Given, ...]:
    """Every release of a deal, of whatever kind, in order, the chain between them checked."""
    found: list[Given] = []
    previous: str | None = None
    for number, path in enumerate(_written(folder), 1):
        plain = read_json(path)
        body = plain.get("release") if isinstance(plain, dict) else None
        if (
            not isinstance(plain, dict)
            or not isinstance(body, dict)
            or plain.get("fingerprint") != fingerprint(body)
            or body.get("previous") != previous
            or body.get("number") != number
            or body.get("kind") != _kind(path)
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


def refuse_forbidden(deal: Deal) -> None:
    """Refuse to give out totals that an agreement keeps in."""
    places = [deal.place_of("data", at) for at in range(len(deal.data))]
    problems = check_release(deal.data, kind="totals", places=places)
    if problems:
        raise Refusal(problems)


def shown_beside(earlier: Sequence[Given], facts: Facts, *, threshold: int) -> Release:
    """What may be shown of facts beside all that was given out; at the worst, nothing."""
    return suppress_next(earlier, facts, threshold=threshold)


def write_release(folder: Path, kind: str, facts: Facts, release: Release, *, as_of: date) -> int:
    """Record what was given out, chained to the one before; the number it got.

    The record holds hidden numbers too, since later releases must protect them: it lies in a
    folder that its owner alone may enter, and is never given out itself.
    """
    from payforsuccess.store.vault import private_folder

    private_folder(folder)
    folder.chmod(0o700)
    with locked(folder):
        earlier = _written(folder)
        before = read_json(earlier[-1]) if earlier else None
        number = len(earlier) + 1
        body = {
            "number": number,
            "kind": kind,
            "as_of": as_of.isoformat(),
            "cells": {
                name: [cell.value, cell.is_people, cell.zero_tells]
                for name, cell in sorted(facts.cells.items())
            },
            "sums": [[tie.whole, list(tie.parts)] for tie in facts.sums],
            "never_shown": sorted(facts.never_shown),
            "groups": dict(sorted(facts.groups.items())),
            "shown": sorted(release.shown),
            "previous": before["fingerprint"] if isinstance(before, dict) else None,
        }
        content = json_bytes({"release": body, "fingerprint": fingerprint(body)})
        write_whole(folder / f"{number:04d}-{kind}.json", content, mode=0o600)
    return number


def _written(folder: Path) -> list[Path]:
    """One register for all kinds of table of a deal, since a reader has them all."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9]-*.json"))


def _kind(path: Path) -> str:
    return path.stem.partition("-")[2]


def _given(body: Mapping[str, object]) -> Given:
    cells, sums = body["cells"], body["sums"]
    shown, never, groups = body["shown"], body["never_shown"], body["groups"]
    assert isinstance(cells, dict) and isinstance(sums, list) and isinstance(groups, dict)
    assert isinstance(shown, list) and isinstance(never, list)
    facts = Facts(
        {
            name: Cell(int(value), bool(people), bool(tells))
            for name, (value, people, tells) in cells.items()
        },
        tuple(Sum(str(whole), tuple(map(str, parts))) for whole, parts in sums),
        never_shown=frozenset(map(str, never)),
        groups={str(name): str(group) for name, group in groups.items()},
    )
    values = {str(name): facts.cells[str(name)].value for name in shown}
    return facts, Release(values, frozenset(set(facts.cells) - set(values)), {})
