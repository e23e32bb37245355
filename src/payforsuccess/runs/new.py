"""A new deal folder from a template."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal

TEMPLATES = {
    "supportive-housing": "housing for people leaving jail, with investors",
    "rate-card": "prices for each milestone and each month; no investors",
    "randomised-reentry": "a randomised re-entry programme paid for its effect; a fee at risk",
}
"""The templates that come with this version, each in a line."""


@dataclass(frozen=True, repr=False)
class NewDeal:
    """The folder that was written: its files in the order in which to read them."""

    folder: str
    template: str
    files: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"Wrote {self.folder} from the template {self.template}:"]
        lines += [f"  {file}" for file in self.files]
        lines += [
            "",
            "Every name, price and result in it is made up. Read README.md next, then:",
            f"  pfs check {self.folder}",
            f"  pfs explain {self.folder}",
        ]
        return "\n".join(lines)

    __repr__ = __str__


def new(folder: str | os.PathLike[str], *, template: str) -> NewDeal:
    """Write a deal folder that passes its check; refuses a folder that already holds something."""
    if template not in TEMPLATES:
        raise Refusal(
            Problem(
                f"There is no template “{template[:60]}”.",
                f"Use one of: {', '.join(TEMPLATES)}.",
            )
        )
    target = Path(folder)
    source = files("payforsuccess") / "templates" / template
    found = sorted((file for file in source.iterdir() if file.is_file()), key=_reading_order)
    try:
        _refuse_what_is_there(target)
        target.mkdir(parents=True, exist_ok=True)
        for file in found:
            (target / file.name).write_bytes(file.read_bytes())
    except OSError as error:
        raise Refusal(
            Problem(
                f"The folder cannot be written: {error.strerror}.",
                "Check the name and the rights to it, or name another folder.",
                Place(str(folder)),
            )
        ) from None
    return NewDeal(str(folder), template, tuple(file.name for file in found))


def _refuse_what_is_there(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise Refusal(Problem("This is a file.", "Name a new folder.", Place(str(target))))
    if target.is_dir() and any(target.iterdir()):
        raise Refusal(
            Problem(
                "The folder is not empty, and nothing in it is overwritten.",
                "Name a new folder.",
                Place(str(target)),
            )
        )


def _reading_order(file: object) -> tuple[int, str]:
    name = str(getattr(file, "name", ""))
    first = ("README.md", "deal.yaml", "results.yaml", "people.csv")
    return (first.index(name) if name in first else len(first), name)
