"""Sets of capacities: those that come with the program, and files beside the initiative."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.capacity import CapacityFile, CapacitySet
from payforsuccess.runs.files import read_bytes


def shipped_capacity_sets() -> tuple[str, ...]:
    """The names of those that come with the program, each with its version."""
    folder = files("payforsuccess.governance") / "capacities"
    return tuple(
        sorted(
            each.name.removesuffix(".yaml")
            for each in folder.iterdir()
            if each.name.endswith(".yaml")
        )
    )


def capacity_set_of(file: CapacityFile, *, beside: Path) -> CapacitySet:
    """The set that the ratings of a file are made by: one that is shipped, or a file beside it.

    A file is named with its ending, such as `ours.yaml`. Refuses a set that is not there.
    """
    where = file.place_of("set")
    if file.set.endswith((".yaml", ".yml")):
        path = beside / file.set
        if path.resolve().parent != beside.resolve():
            raise Refusal(Problem("The set lies in another folder.", "Put it beside.", where))
        return read_whole(CapacitySet, read_bytes(path), file=str(path))
    if file.set not in shipped_capacity_sets():
        raise Refusal(
            Problem(
                f"There is no set of capacities `{file.set}`.",
                f"Use one that comes with the program ({', '.join(shipped_capacity_sets())}), or "
                "name a file beside the initiative.",
                where,
            )
        )
    name = f"{file.set}.yaml"
    text = (files("payforsuccess.governance") / "capacities" / name).read_bytes()
    return read_whole(CapacitySet, text, file=name)
