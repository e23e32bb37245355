"""Seals and looks on disk: a file a record, chained, and a register that names the newest.

Seals lie in `out/study/`. Looks lie in `out/looks/`, which its owner alone may read: they tell how
an effect stood before the end.
"""

from __future__ import annotations

from pathlib import Path

from payforsuccess.deal.study import LookRelease, Seal
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import json_bytes, read_json, text_of, write_whole
from payforsuccess.runs.folder import DealFolder, read_chained, refuse_broken_chain

REGISTER = "chain.json"
OWNER_ALONE = 0o600


def seals_folder(folder: DealFolder) -> Path:
    """Where seals lie."""
    return folder.out / "study"


def looks_folder(folder: DealFolder) -> Path:
    """Where looks lie."""
    return folder.out / "looks"


def read_seals(folder: DealFolder) -> tuple[Seal, ...]:
    """Every seal, in order; refuses where one was changed, exchanged or is missing."""
    home = seals_folder(folder)
    found = tuple(read_chained(Seal, path, "seal") for path in sorted(home.glob("[0-9]*.json")))
    _check(home, [(each.number, each.fingerprint, each.previous) for each in found], "seal")
    return found


def read_looks(folder: DealFolder) -> tuple[LookRelease, ...]:
    """Every release of a look, in order; refuses where one was changed, exchanged or is missing."""
    home = looks_folder(folder)
    found = tuple(
        read_chained(LookRelease, path, "look") for path in sorted(home.glob("[0-9]*.json"))
    )
    _check(home, [(each.number, each.fingerprint, each.previous) for each in found], "look")
    return found


def add_seal(folder: DealFolder, seal: Seal) -> Path:
    """Put a seal at the end of its chain; whoever calls this holds the folder's lock."""
    return _add(seals_folder(folder), seal, "seal", mode=None)


def add_look(folder: DealFolder, look: LookRelease) -> Path:
    """Put a release at the end of its chain; whoever calls this holds the folder's lock."""
    home = looks_folder(folder)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    return _add(home, look, "look", mode=OWNER_ALONE)


def _add(home: Path, record: Seal | LookRelease, what: str, *, mode: int | None) -> Path:
    path = home / f"{record.number:04d}.json"
    write_whole(
        path, json_bytes({what: record.as_plain(), "fingerprint": record.fingerprint}), mode=mode
    )
    register = {"format": 1, "records": record.number, "fingerprint": record.fingerprint}
    write_whole(home / REGISTER, json_bytes(register), mode=mode)
    return path


def _check(home: Path, links: list[tuple[int, str, str | None]], what: str) -> None:
    """The register may be one record behind, where a command was killed; never ahead."""
    refuse_broken_chain(links, what, home)
    if not links and not (home / REGISTER).is_file():
        return
    if len(links) == 1 and not (home / REGISTER).is_file():
        return
    plain = read_json(home / REGISTER) if (home / REGISTER).is_file() else None
    count = plain.get("records") if isinstance(plain, dict) else None
    if (
        not isinstance(plain, dict)
        or not isinstance(count, int)
        or not 1 <= count <= len(links)
        or links[count - 1][1] != text_of(plain, "fingerprint")
    ):
        raise Refusal(
            Problem(
                f"The {what}s are not those that the register names: one is missing or was "
                "exchanged.",
                "Put the originals back.",
                Place(str(home / REGISTER)),
            )
        )
