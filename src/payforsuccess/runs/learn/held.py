"""The initiatives and streams of a folder: one of its own, or one in each of its folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_deal
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.stream import Stream
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.portfolio import OnFile
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import open_folder

INITIATIVE, DEAL, STREAM = "initiative.yaml", "deal.yaml", "stream.yaml"

Read = TypeVar("Read")


@dataclass(frozen=True)
class StreamOnFile:
    """A stream with the deal whose terms it shares."""

    stream: Stream
    terms: Deal


@dataclass(frozen=True)
class Held:
    """What was found. is_one: whether the folder is that of one initiative."""

    root: Path
    is_one: bool
    initiatives: tuple[OnFile, ...]
    streams: tuple[StreamOnFile, ...]


def held_in(path: Path, *, on: date) -> Held:
    """Every initiative and stream of a folder; refuses what is wrong in any, and an empty one."""
    if not path.exists():
        raise Refusal(Problem("There is no such folder.", "Check the name.", Place(str(path))))
    root = path if path.is_dir() else path.parent
    is_one = any((root / name).is_file() for name in (INITIATIVE, DEAL))
    folders = [root] if is_one else [root, *sorted(p for p in root.iterdir() if p.is_dir())]
    problems: list[Problem] = []

    def attempt(read: Callable[[Path], Read], folder: Path, name: str) -> Read | None:
        if not (folder / name).is_file():
            return None
        try:
            return read(folder / name)
        except Refusal as refusal:
            problems.extend(refusal.problems)
            return None

    initiatives, streams = [], []
    for folder in folders:
        initiative = attempt(_initiative, folder, INITIATIVE)
        if initiative is not None:
            deal = attempt(lambda file: _deal(file, on), folder, DEAL)
            initiatives.append(OnFile(folder.resolve().name, initiative, deal))
        stream = attempt(_stream, folder, STREAM)
        if stream is not None:
            streams.append(stream)
    if problems:
        raise Refusal(problems)
    if not (initiatives or streams or is_one):
        raise Refusal(
            Problem(
                "No initiative and no stream lies in this folder or in a folder of it.",
                f"Name a folder with {INITIATIVE} or {STREAM}, or one that holds such folders.",
                Place(str(path)),
            )
        )
    return Held(root, is_one, tuple(initiatives), tuple(streams))


def _initiative(file: Path) -> Initiative:
    return read_whole(Initiative, read_bytes(file), file=str(file))


def _deal(file: Path, on: date) -> Deal:
    versions = open_folder(file.parent).history().versions
    in_force = [version for version in versions if version.in_force_from <= on]
    return in_force[-1] if in_force else versions[0]


def _stream(file: Path) -> StreamOnFile:
    stream = read_whole(Stream, read_bytes(file), file=str(file))
    terms = file.parent / stream.terms
    if not terms.resolve().is_relative_to(file.parent.resolve()):
        raise Refusal(
            Problem(
                "The terms of the stream lie outside its folder.",
                "Put them beside the stream.",
                stream.place_of("terms"),
            )
        )
    return StreamOnFile(stream, read_deal(read_bytes(terms), file=str(terms)))
