"""The requirements page: each id, where in the house it holds, and the tests that name it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Text
from payforsuccess.deal.model import Model
from payforsuccess.deal.reading import read_as

TOLD = Path(__file__).with_name("requirements.yaml")
NAMED = re.compile(r"\bR(\d{1,3})\b")
TESTS = "tests"
MOST_TESTS_LISTED = 4


class Requirement(Model):
    """One requirement."""

    id: Text = Field(pattern=r"^R\d+$", description="Its id.")
    must: Literal["yes", "no"] = Field(description="Whether it must hold, or should.")
    says: Text = Field(description="What is asked.")


class Section(Model):
    """Requirements on one subject."""

    section: Text = Field(description="The subject.")
    requirements: tuple[Requirement, ...] = Field(description="In the order of their ids.")


class Requirements(Model):
    """`requirements.yaml`."""

    sections: tuple[Section, ...] = Field(description="All of them.")


@dataclass(frozen=True)
class Named:
    """A test that names a requirement: its file, its function, and the rooms the file uses."""

    file: str
    test: str
    rooms: tuple[str, ...]


def requirements() -> Requirements:
    """All requirements, as they are told."""
    return read_as(Requirements, TOLD.read_bytes(), file=TOLD.name)


def requirements_page(root: Path) -> str:
    """One table a subject; an id that no test names says so."""
    told = requirements()
    tests = named_by_id(root)
    known = [each.id for section in told.sections for each in section.requirements]
    shown = sum(bool(tests.get(name)) for name in known)
    lines = [
        "# Requirements",
        "",
        "What is asked of the program, drawn from five published documents on Pay for Success and",
        "from the people who will use it, with the rooms where each holds and the tests that name",
        "it. M must hold, S should. A test that names an id shows what it shows, and no more; an",
        "id that no test names is not claimed to hold.",
        f"{shown} of {len(known)} ids are named by a test.",
    ]
    for section in told.sections:
        lines += [
            "",
            f"## {section.section}",
            "",
            "| id | | what is asked | rooms | shown by |",
            "|---|---|---|---|---|",
        ]
        lines += [_row(each, tests.get(each.id, [])) for each in section.requirements]
    return "\n".join(lines) + "\n"


def named_by_id(root: Path) -> dict[str, list[Named]]:
    """The tests under `tests/` whose own or whose module's docstring names an id."""
    found: dict[str, list[Named]] = {}
    for path in sorted((root / TESTS).rglob("test_*.py")):
        for name, each in _named_in(path, path.relative_to(root / TESTS).as_posix()):
            found.setdefault(name, []).append(each)
    return found


def _named_in(path: Path, file: str) -> Iterator[tuple[str, Named]]:
    tree = ast.parse(path.read_text("utf-8"))
    rooms = tuple(sorted(_rooms(tree)))
    for name in _ids(ast.get_docstring(tree)):
        yield name, Named(file, "", rooms)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for name in _ids(ast.get_docstring(node)):
                yield name, Named(file, node.name, rooms)


def _ids(docstring: str | None) -> list[str]:
    return list(dict.fromkeys(f"R{number}" for number in NAMED.findall(docstring or "")))


def _rooms(tree: ast.Module) -> set[str]:
    """The rooms that a test file imports from, but for those every test needs."""
    modules = [
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    ]
    parts = [module.split(".") for module in modules if module.startswith("payforsuccess.")]
    return {part[1] for part in parts} - {"errors", "units", "trail"}


def _row(each: Requirement, tests: list[Named]) -> str:
    rooms = sorted({room for test in tests for room in test.rooms})
    shown = [f"`{test.file}{'::' * bool(test.test)}{test.test}`" for test in tests]
    listed = list(dict.fromkeys(shown))
    more = len(listed) - MOST_TESTS_LISTED
    said = "; ".join(listed[:MOST_TESTS_LISTED]) + (f"; and {more} more" if more > 0 else "")
    kind = "M" if each.must == "yes" else "S"
    says = each.says.replace("|", "\\|")
    where = ", ".join(rooms) or "-"
    return f"| {each.id} | {kind} | {says} | {where} | {said or 'no test yet'} |"
