"""The arms as a file for the evaluator: who was drawn, where, and what became known since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Place, Problem
from payforsuccess.evaluation.lottery.listed import (
    AssignmentList,
    arms_of,
    in_both_arms,
    people_of,
)
from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.runs.assign.kept import OWNER_ALONE, read_list
from payforsuccess.runs.assign.lottery import refuse
from payforsuccess.runs.assign.share_file import holds_a_share
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.folder import DealPath, open_folder

COLUMNS = (
    "person",
    "arm",
    "assigned_on",
    "referred_on",
    "stratum",
    "cluster",
    "first_key",
    "withdrawn",
    "override",
    "crossover",
    "told_otherwise",
)


@dataclass(frozen=True)
class ArmsFile:
    """How many people and keys were written where; the arms stand in the file alone."""

    file: Path
    people: int
    keys: int
    in_both_arms: int = 0

    def __str__(self) -> str:
        lines = [
            f"{counted(self.people, 'person')} under {counted(self.keys, 'key')} in {self.file}.",
            *twice_drawn(self.in_both_arms),
            "It says who is in which arm: keep it with the evaluator.",
        ]
        return "\n".join(lines)


def twice_drawn(people: int) -> list[str]:
    """What is said of people drawn under two keys into both arms; nothing where there are none."""
    if not people:
        return []
    were = "was" if people == 1 else "were"
    return [
        f"{counted(people, 'person')} {were} drawn under two keys into both arms; analysis goes by "
        "the first draw."
    ]


def write_arms(path: DealPath, to: Path) -> ArmsFile:
    """Write a CSV file that its owner alone may read: one row a key, in the order of draws.

    The arm is the one chance decided first for that person, under whatever key; `first_key` is the
    key under which they were first drawn; `told_otherwise` marks a key that was told a later draw
    of the same person, into the other arm. Refuses a list of which nobody was drawn yet, and a file
    in the deal's folder.
    """
    folder = open_folder(path)
    listed = read_list(folder)
    if to.resolve().is_relative_to(folder.root.resolve()):
        refuse(
            [
                Problem(
                    "The arms would lie in the deal's folder, where others come.",
                    "Keep them where the evaluator alone can read them.",
                    Place(str(to)),
                )
            ]
        )
    if holds_a_share(to):
        refuse(
            [Problem("This file holds a share of the seed.", "Name another file.", Place(str(to)))]
        )
    if not listed.drawn:
        refuse([Problem("Nobody was drawn yet.", "Draw first: pfs assign draw.", Place(str(to)))])
    text = csv_text(COLUMNS, _rows(listed))
    write_whole(to, text.encode(), mode=OWNER_ALONE)
    return ArmsFile(
        to, len(people_of(listed)), len(arms_of(listed)), _people(in_both_arms(listed), listed)
    )


def _people(keys: Iterable[str], listed: AssignmentList) -> int:
    return len({listed.keys_of(key) for key in keys})


def _rows(listed: AssignmentList) -> Iterator[tuple[object, ...]]:
    left = {key for person in listed.withdrawn for key in listed.keys_of(person)}
    departed = {
        sort: {
            key
            for each in listed.departed
            if each.sort == sort
            for key in listed.keys_of(each.person)
        }
        for sort in ("override", "crossover")
    }
    for key, arm in arms_of(listed).items():
        draw = listed.draw_of(key)
        told = listed.told_draw_of(key)
        assert draw is not None
        yield (
            key,
            arm,
            draw.on.isoformat(),
            draw.referred_on.isoformat(),
            " / ".join(draw.stratum),
            draw.cluster or "",
            draw.person,
            *("yes" if key in keys else "" for keys in (left, *departed.values())),
            "yes" if told is not None and told.arm != arm else "",
        )
