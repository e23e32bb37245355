"""Where a feed's files lie, and what the agency calls their columns and codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.feed import FeedFile, FeedLayout

SUFFIXES = (".csv", ".parquet", ".xlsx")
OTHER_SUFFIXES = (
    *(".zip", ".gz", ".bz2", ".xz", ".zst", ".7z"),
    *(".txt", ".tsv", ".xls", ".xlsb", ".ods"),
)
"""Endings that extracts come with and that are not read as they lie there."""


@dataclass(frozen=True)
class FoundFile:
    """One file of a feed as it lies there; `shown_as` is its path from the deal's folder."""

    file: FeedFile
    path: Path
    shown_as: str


def find_files(source: DataSource, layout: FeedLayout, folder: Path) -> tuple[FoundFile, ...]:
    """The feed's files, those that may be missing and are not there left out.

    A layout with one file is that file (or the one such file in a folder of the feed's name); one
    with several is a folder. Names are compared without regard to capitals, hyphens and spaces, so
    `CurrentLivingSituation.csv` is `current-living-situation`. Refuses files that are not there,
    two that could be meant, and a packed one, also where the file may be missing.
    """
    stated = folder / source.path
    if source.file is None and not stated.exists():
        stated = _beside(folder / "feeds", source.feed, folder) or folder / "feeds" / source.feed
    if len(layout.files) == 1 and not stated.is_dir():
        path = stated if stated.exists() else folder / source.path
        return (FoundFile(layout.files[0], path, _shown(path, folder)),)
    found = []
    lacking = []
    for file in layout.files:
        named = source.written.files.get(file.name)
        there = stated / named if named else _beside(stated, file.name, folder)
        if there is not None and there.is_file():
            found.append(FoundFile(file, there, _shown(there, folder)))
        elif not file.may_be_missing:
            lacking.append(named or f"{file.name}.csv")
    if lacking:
        raise Refusal(
            Problem(
                f"The feed {source.feed} lacks these files: {', '.join(lacking)}.",
                "Put the extract there, or correct `file` under `data`.",
                Place(_shown(stated, folder)),
            )
        )
    return tuple(found)


def own_name(source: DataSource, layout: FeedLayout, file: FeedFile, column: str) -> str:
    """What the agency calls a column of the layout."""
    names = source.written.columns
    return names.get(f"{file.name}.{column}", names.get(column, column))


def own_codes(source: DataSource, file: FeedFile, column: str) -> dict[str, str]:
    """The layout's codes of a column, by the agency's."""
    codes = source.written.codes
    return dict(codes.get(f"{file.name}.{column}", codes.get(column, {})))


def check_written(source: DataSource, layout: FeedLayout, *, where: Place) -> tuple[Problem, ...]:
    """A problem for each name that the layout does not have, under `written` or `may_be_empty`."""
    columns = {column.name for file in layout.files for column in file.columns}
    columns |= {f"{file.name}.{column.name}" for file in layout.files for column in file.columns}
    files = {file.name for file in layout.files}
    written = source.written
    stated = {
        "written.columns": [name for name in written.columns if name not in columns],
        "written.codes": [name for name in written.codes if name not in columns],
        "written.files": [name for name in written.files if name not in files],
        "may_be_empty": [name for name in source.may_be_empty if name not in files],
    }
    return tuple(
        Problem(
            f"The feed {source.feed} states under `{field}` what the layout {layout.name} does not "
            f"have: {', '.join(names)}.",
            "Write the layout's name on the left and the agency's on the right."
            if field.startswith("written")
            else f"Its files are {', '.join(sorted(files))}.",
            where,
        )
        for field, names in stated.items()
        if names
    )


def _beside(folder: Path, name: str, base: Path) -> Path | None:
    """The file of that name in a folder, of any of the kinds that can be read.

    Refuses two of them, and one of another kind where there is none. base: the deal's folder.
    """
    if not folder.is_dir():
        return None
    wanted = _plain(name)
    there = [path for path in sorted(folder.iterdir()) if path.is_file()]
    found = [
        path for path in there if path.suffix.lower() in SUFFIXES and _plain(path.stem) == wanted
    ]
    if len(found) == 1:
        return found[0]
    others = [
        path
        for path in there
        if path.suffix.lower() in OTHER_SUFFIXES and _plain(path.name.partition(".")[0]) == wanted
    ]
    # Passed over, an extract would count as one in which nothing happened.
    if found or others:
        raise Refusal(_in_doubt(found, base) if found else _of_another_kind(others[0], base))
    return None


def _in_doubt(found: Sequence[Path], base: Path) -> Problem:
    return Problem(
        f"{len(found)} files here could be the same extract: "
        f"{listed([path.name for path in found])}.",
        "Leave the one that is meant, or name it (`file`, or `written.files` in a feed of "
        "several).",
        Place(_shown(found[0].parent, base)),
    )


def _of_another_kind(path: Path, base: Path) -> Problem:
    return Problem(
        "The extract is there as a file of a kind that is not read.",
        "Unpack it, or save it as CSV, Parquet or XLSX.",
        Place(_shown(path, base)),
    )


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _shown(path: Path, folder: Path) -> str:
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.as_posix()
