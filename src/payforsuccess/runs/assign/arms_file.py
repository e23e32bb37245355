"""The arms as a file for the evaluator: who was drawn, where, and what became known since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Place, Problem
from payforsuccess.evaluation.lottery.listed import AssignmentList, arms_of, people_of
from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.runs.assign.kept import OWNER_ALONE, read_list
from payforsuccess.runs.assign.lottery import refuse
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
)


@dataclass(frozen=True)
class ArmsFile:
    """How many people and keys were written where; the arms stand in the file alone."""

    file: Path
    people: int
    keys: int

    def __str__(self) -> str:
        return (
            f"{counted(self.people, 'person')} under {counted(self.keys, 'key')} in {self.file}.\n"
            "It says who is in which arm: keep it with the evaluator."
        )


def write_arms(path: DealPath, to: Path) -> ArmsFile:
    """Write a CSV file that its owner alone may read: one row a key, in the order of draws.

    The arm is the one chance decided first for that person, under whatever key; `first_key` is the
    key under which they were first drawn. Refuses a list of which nobody was drawn yet.
    """
    listed = read_list(open_folder(path))
    if not listed.drawn:
        refuse([Problem("Nobody was drawn yet.", "Draw first: pfs assign draw.", Place(str(to)))])
    text = csv_text(COLUMNS, _rows(listed))
    write_whole(to, text.encode(), mode=OWNER_ALONE)
    return ArmsFile(to, len(people_of(listed)), len(arms_of(listed)))


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
        )
