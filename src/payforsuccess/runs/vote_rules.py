"""The rules by which a change of a budget is voted on: shipped, or a file beside."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from payforsuccess.deal.reading import read_as
from payforsuccess.deal.votes import VoteRules
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes


def vote_rules(name: str, *, beside: Path, where: Place) -> tuple[VoteRules, bytes]:
    """The table that comes with the program, or the file in the folder `beside`; and its content.

    Refuses a name that is neither, at the place `where` it was named.
    """
    shipped = files("payforsuccess.governance") / "rules"
    if (shipped / f"{name}.yaml").is_file():
        content = (shipped / f"{name}.yaml").read_bytes()
        return read_as(VoteRules, content, file=f"{name}.yaml"), content
    path = beside / name
    if path.resolve().parent != beside.resolve() or not path.is_file():
        known = ", ".join(
            sorted(
                each.name.removesuffix(".yaml")
                for each in shipped.iterdir()
                if each.name.endswith(".yaml")
            )
        )
        raise Refusal(
            Problem(
                f"There are no rules for votes named `{name}`.",
                f"Name a table that comes with the program ({known}), or a file beside this one.",
                where,
            )
        )
    content = read_bytes(path)
    return read_as(VoteRules, content, file=str(path)), content
