"""The list of draws on disk: one line an entry, chained, and a register that names the newest.

It lies in `out/assignments/`, which its owner alone may read: it says who is in which arm. A
command writes all of its entries or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.evaluation.lottery.entries import Entry, Link, link_from
from payforsuccess.evaluation.lottery.listed import AssignmentList, broken_at
from payforsuccess.runs.files import json_bytes, read_bytes, read_json, text_of, write_whole
from payforsuccess.runs.folder import DealFolder
from payforsuccess.trail import canonical_bytes

FOLDER = "assignments"
LIST = "list.jsonl"
REGISTER = "chain.json"
OWNER_ALONE = 0o600


def assignments_folder(folder: DealFolder) -> Path:
    """Where the list lies."""
    return folder.out / FOLDER


def read_list(folder: DealFolder) -> AssignmentList:
    """Every entry, in order; refuses where one was changed, exchanged or is missing."""
    home = assignments_folder(folder)
    if not (home / LIST).is_file():
        if (home / REGISTER).is_file():
            raise Refusal(_missing(home))
        return AssignmentList()
    lines = read_bytes(home / LIST).splitlines()
    links = tuple(_link(line, home, number) for number, line in enumerate(lines, 1))
    broken = broken_at(links)
    if broken is not None:
        raise Refusal(
            Problem(
                sentence(
                    "The list of assignments is broken at entry {broken}: one is missing or "
                    "was exchanged.",
                    broken=broken,
                ),
                sentence("Put the original back; the list is never edited."),
                Place(str(home / LIST), broken),
            )
        )
    _refuse_shorter(links, home)
    return AssignmentList(links)


def add_entries(
    folder: DealFolder, before: AssignmentList, entries: Iterable[Entry]
) -> AssignmentList:
    """The list with entries at its end, on disk.

    Whoever calls this has held the folder's lock since it read the list, `before`: the lines that
    stand there are kept byte for byte.
    """
    home = assignments_folder(folder)
    listed = before.and_then(entries)
    lines = [
        canonical_bytes({"entry": link.as_plain(), "fingerprint": link.fingerprint}) + b"\n"
        for link in listed.links[len(before.links) :]
    ]
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    standing = read_bytes(home / LIST) if before.links else b""
    write_whole(home / LIST, standing + b"".join(lines), mode=OWNER_ALONE)
    register = {"format": 1, "entries": len(listed.links), "fingerprint": listed.head}
    write_whole(home / REGISTER, json_bytes(register), mode=OWNER_ALONE)
    return listed


def _link(line: bytes, home: Path, number: int) -> Link:
    try:
        plain = json.loads(line)
        link = link_from(plain["entry"])
        if link.fingerprint != plain["fingerprint"]:
            raise ValueError("other content than its checksum says")
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refusal(
            Problem(
                sentence(
                    "Entry {number} was changed after it was written: its content and its "
                    "checksum do not agree.",
                    number=number,
                ),
                sentence("Put the original back; the list is never edited."),
                Place(str(home / LIST), number),
            )
        ) from None
    return link


def _refuse_shorter(links: tuple[Link, ...], home: Path) -> None:
    """The register may be one command behind, where that was killed; never ahead.

    The first command writes one entry, so that only a list of one may lack a register.
    """
    plain = read_json(home / REGISTER) if (home / REGISTER).is_file() else None
    if plain is None and len(links) == 1:
        return
    count = plain.get("entries") if isinstance(plain, dict) else None
    if (
        not isinstance(plain, dict)
        or not isinstance(count, int)
        or not 1 <= count <= len(links)
        or links[count - 1].fingerprint != text_of(plain, "fingerprint")
    ):
        raise Refusal(_missing(home))


def _missing(home: Path) -> Problem:
    return Problem(
        sentence(
            "The assignments are not those that the register names: one is missing or was "
            "exchanged."
        ),
        sentence("Put the originals back."),
        Place(str(home / REGISTER)),
    )
