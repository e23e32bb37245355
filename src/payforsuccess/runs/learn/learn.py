"""What was learned: of one initiative with its sites and practices, or of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.reports.learning import Part, learning_document
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.learn.held import DEAL, Held, held_in
from payforsuccess.runs.learn.portfolio import portfolio_parts


@dataclass(frozen=True, repr=False)
class Learned:
    """What was found, part by part, and the files it was written to."""

    title: str
    on: date
    is_made_up: bool
    parts: tuple[Part, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        made_up = " (not all of it is real)" if self.is_made_up else ""
        lines = [f"{self.title}, on {self.on}{made_up}"]
        for part in self.parts:
            lines += ["", part.title]
            lines += [f"  {each}" for each in part.says]
            if part.rows:
                right = [at for at, name in enumerate(part.columns) if name in part.numbers]
                table = in_columns([part.columns, *part.rows], right=right)
                lines += [f"  {each}" for each in table]
            lines += [f"  {each}" for each in part.points]
        lines += [f"Written  {each}" for each in self.written]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Each part with its rows, by the names of its columns."""
        return {
            "title": self.title,
            "on": self.on,
            "is_made_up": self.is_made_up,
            "parts": [
                {
                    "title": part.title,
                    "says": part.says,
                    "rows": [dict(zip(part.columns, row, strict=True)) for row in part.rows],
                    "points": part.points,
                }
                for part in self.parts
            ],
            "written": self.written,
        }


def learn(
    path: DealPath,
    *,
    on: date,
    what_works: bool = False,
    to: Sequence[Path] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Learned:
    """What the initiatives of a folder show together; with `what_works`, one deal's records too.

    path: the folder of one initiative, or one that holds such folders, and streams. Nothing in it
    is about a person; what records tell of sites and practices is shown as `track` shows it, small
    numbers hidden. Refuses an empty folder, all that is wrong in any file, and records asked for
    where there is no one deal.
    """
    check_endings(to)
    held = held_in(Path(path), on=on)
    parts: tuple[Part, ...] = ()
    if what_works:
        parts = _from_records(held, on=on, tell=tell)
    parts += tuple(portfolio_parts(held, on=on))
    standings = [one.initiative.standing for one in held.initiatives]
    is_made_up = any(each in ("illustrative", "practice") for each in standings) or any(
        one.stream.is_made_up for one in held.streams
    )
    title = "What was learned"
    if held.is_one and held.initiatives:
        title = f"{held.initiatives[0].initiative.initiative}: what was learned"
    written: tuple[Path, ...] = ()
    if to:
        subtitle = f"On {on}, from what is on file"
        written = write_document(
            learning_document(
                title, subtitle, parts, is_made_up=is_made_up, from_records=what_works
            ),
            to,
        )
    return Learned(title, on, is_made_up, parts, written)


def _from_records(held: Held, *, on: date, tell: Callable[[str], None]) -> tuple[Part, ...]:
    if not held.is_one or not (held.root / DEAL).is_file():
        raise Refusal(
            Problem(
                "What works is read from the records of one deal, and there is none here.",
                "Name the folder of one deal, or leave out `--what-works`.",
                Place(str(held.root)),
            )
        )
    from payforsuccess.runs.learn.what_works import what_works

    folder = open_folder(held.root)
    initiative = held.initiatives[0].initiative if held.initiatives else None
    return what_works(folder, folder.history().latest, initiative, on=on, tell=tell)
