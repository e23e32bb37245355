"""Sets of criteria: those that come with the program, and files beside the concept."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes
from payforsuccess.selection.criteria import CriteriaSet


def shipped_sets() -> tuple[str, ...]:
    """The names of those that come with the program, as `NAME-VERSION`."""
    folder = files("payforsuccess.selection") / "sets"
    return tuple(
        sorted(
            each.name.removesuffix(".yaml")
            for each in folder.iterdir()
            if each.name.endswith(".yaml")
        )
    )


def criteria_set(name: str, version: int, *, beside: Path, where: Place) -> CriteriaSet:
    """The set of this name and version: a file in the folder `beside`, or one that is shipped.

    A file is named with its ending, such as `ours.yaml`. Refuses a set that is not there, and a
    file that holds another version than was asked for.
    """
    if name.endswith((".yaml", ".yml")):
        path = beside / name
        if path.resolve().parent != beside.resolve():
            raise Refusal(Problem("The set lies in another folder.", "Put it beside.", where))
        found = read_whole(CriteriaSet, read_bytes(path), file=str(path))
        if found.version != version:
            raise Refusal(
                Problem(
                    f"{name} holds version {found.version}, and version {version} was applied.",
                    "Name the file that holds the version applied; keep old versions.",
                    where,
                )
            )
        return found
    if f"{name}-{version}" not in shipped_sets():
        raise Refusal(
            Problem(
                f"There is no set of criteria `{name}`, version {version}.",
                f"Use one that comes with the program ({', '.join(shipped_sets())}: name and "
                "version), or name a file beside the concept.",
                where,
            )
        )
    file = f"{name}-{version}.yaml"
    text = (files("payforsuccess.selection") / "sets" / file).read_bytes()
    return read_whole(CriteriaSet, text, file=file)
