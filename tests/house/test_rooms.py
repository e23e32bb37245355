"""What import-linter and ruff cannot see of the plan of the house."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from docs.generate import rooms

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "payforsuccess"
EFFECTS = {"store", "runs", "cli", "records", "web"}
ROOMS = [
    room
    for floor in rooms.floors(ROOT)
    for room in floor
    if (SOURCE / room / "__init__.py").exists()
]
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}


def modules(*, pure_only: bool = False) -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).parts[0]
        if not (pure_only and room in EFFECTS):
            yield path


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_in_a_sentence_what_it_is_for(room: str) -> None:
    summary = rooms.room_summary(SOURCE / room)

    assert 20 <= len(summary) <= 300
    assert summary.endswith(".")


def test_only_rooms_on_the_plan_exist() -> None:
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}

    assert packages == set(ROOMS)


def test_each_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in modules()}

    assert [shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_pure_rooms_open_no_file() -> None:
    opens = [
        f"{shown(path)}:{node.lineno}"
        for path in modules(pure_only=True)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "input", "print", "exec", "eval", "compile"}
        and not (node.func.id == "compile" and "payments" in path.parts)
    ]

    assert opens == []


def test_pure_rooms_read_no_package_data_and_no_clock() -> None:
    calls = {"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes"}
    found = [
        f"{shown(path)}:{node.lineno} {node.func.attr}"
        for path in modules(pure_only=True)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in calls
    ]

    assert found == []


def test_no_file_is_named_for_nothing() -> None:
    assert [shown(path) for path in modules() if path.stem in FORBIDDEN_NAMES] == []


def test_files_are_short() -> None:
    lines = {shown(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    long = {name: count for name, count in lines.items() if count > 300}

    assert median(lines.values()) <= 160
    assert len(long) <= len(lines) // 20, f"look for the second idea in {long}"
    assert max(lines.values()) <= 800, f"split the largest of {long}"


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def hints_of(function: ast.FunctionDef) -> list[ast.expr]:
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [hint for hint in (function.returns, *(one.annotation for one in given)) if hint]


def test_no_untyped_dictionary_stands_in_a_public_signature() -> None:
    found = [
        f"{shown(path)}:{function.lineno} {function.name}"
        for path in modules()
        for function in public_functions(path)
        if any("dict[str, Any]" in ast.unparse(hint) for hint in hints_of(function))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("units/stray.py", "from payforsuccess.deal import Deal"),
        ("payments/stray.py", "import pathlib"),
        ("payments/stray.py", "from payforsuccess.measures import compile"),
        ("deal/stray.py", "import yaml"),
        ("runs/stray.py", "import duckdb"),
        ("deal/stray.py", "import pytest"),
    ],
)
def test_the_import_rules_bite(tmp_path: Path, module: str, line: str) -> None:
    copied = tmp_path / "payforsuccess"
    for name in ("", *sorted({room for floor in rooms.floors(ROOT) for room in floor})):
        (copied / name).mkdir(exist_ok=True)
        (copied / name / "__init__.py").write_text('"""A room."""\n')
    (copied / "deal" / "deal.py").write_text('"""The deal."""\n')
    config = tmp_path / ".importlinter"
    config.write_text((ROOT / ".importlinter").read_text("utf-8"))

    def lint() -> int:
        command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert lint() == 0
    (copied / module).write_text(f'"""Where this does not belong."""\n\n{line}\n')
    assert lint() == 1
