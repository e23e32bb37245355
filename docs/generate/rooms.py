"""The map of rooms in DEVELOPERS.md, from the floors in .importlinter and each room's docstring."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

BEGIN = "<!-- rooms: made from the code by `make generated` -->"
END = "<!-- end of rooms -->"


def floors(root: Path) -> list[list[str]]:
    """The rooms floor by floor, from the top, as .importlinter states them."""
    plan = configparser.ConfigParser()
    plan.read(root / ".importlinter", "utf-8")
    layers = plan["importlinter:contract:floors"]["layers"].strip().splitlines()
    return [[room.strip(" ()") for room in floor.split("|")] for floor in layers]


def room_summary(folder: Path) -> str:
    """What a room is for: the first sentence of its docstring."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


def rooms_table(root: Path) -> str:
    """One row a room that exists, from the top floor down."""
    lines = ["| room | is for |", "|---|---|"]
    for floor in floors(root):
        for room in floor:
            folder = root / "src" / "payforsuccess" / room
            if (folder / "__init__.py").exists():
                lines.append(f"| `{room}` | {room_summary(folder)} |")
    return "\n".join(lines)


def developers_page(root: Path) -> str:
    """DEVELOPERS.md with its map of rooms as it should be now."""
    page = (root / "DEVELOPERS.md").read_text("utf-8")
    fresh = f"{BEGIN}\n\n{rooms_table(root)}\n\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: fresh, page, flags=re.DOTALL)
