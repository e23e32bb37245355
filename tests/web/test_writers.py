"""Who may write: `actions.py` alone, with `by=`, in one transaction, with one event (R110)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from payforsuccess import web

ROOT = Path(web.__file__).parent
WRITES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "delete",
    "update",
    "asave",
    "acreate",
    "adelete",
}
MAY_WRITE = {"actions.py"}
OF_OTHERS = {"ui/remake_static.py"}
"""A script that writes files and knows no database."""


def trees(*names: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        shown = str(path.relative_to(ROOT))
        if "migrations" in path.parts or shown in OF_OTHERS:
            continue
        if (
            not names
            or path.name in names
            or path.parent.name in {n.removesuffix(".py") for n in names}
        ):
            yield shown, ast.parse(path.read_text("utf-8"))


def test_only_actions_write() -> None:
    """Models may call the `save` above their own; nobody else writes a row."""
    found = []
    for shown, tree in trees():
        path = Path(shown)
        if path.name in MAY_WRITE or path.parent.name == "actions":
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of_super = isinstance(node.func.value, ast.Call) and (
                getattr(node.func.value.func, "id", "") == "super"
            )
            of_plain = isinstance(node.func.value, ast.Name) and node.func.value.id in {
                "found",
                "context",
                "headers",
                "options",
                "seen",
                "attrs",
                "values",
                "digest",
            }
            if node.func.attr in WRITES and not of_super and not of_plain:
                found.append(f"{shown}:{node.lineno} {node.func.attr}")

    assert found == []


def actions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (shown, node)
        for shown, tree in trees("actions.py")
        if not shown.startswith("audit/")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize(
    ("shown", "function"), [pytest.param(s, f, id=f"{s}:{f.name}") for s, f in actions()]
)
def test_each_action_is_whole(shown: str, function: ast.FunctionDef) -> None:
    arguments = function.args
    calls = [
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]

    assert [getattr(d, "id", "") for d in function.decorator_list] == ["action"]
    assert arguments.args == [] and "by" in {a.arg for a in arguments.kwonlyargs}
    assert calls.count("record") == 1, "an action leaves one event in the log"
