"""The wheel builds, carries its data, and runs elsewhere with nothing of this clone in sight."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import payforsuccess

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "payforsuccess"
DATA = [
    path.relative_to(ROOT / "src").as_posix()
    for path in sorted(PACKAGE.rglob("*"))
    if path.is_file() and path.suffix not in {".py", ".pyc"}
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked into a folder of its own, as an installer would do."""
    folder = tmp_path_factory.mktemp("elsewhere")
    command = ["pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(folder)]
    subprocess.run(
        [sys.executable, "-m", *command, str(wheel)], check=True, capture_output=True, cwd=folder
    )
    return folder


def run_elsewhere(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`pfs` from the unpacked wheel, in an empty folder."""
    return subprocess.run(
        [sys.executable, str(installed / "bin" / "pfs"), *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_carries_every_data_file(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())

    assert DATA
    assert [name for name in DATA if name not in held] == []


def test_the_wheel_carries_the_licence_and_no_tests(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()

    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert [name for name in held if not re.match(r"payforsuccess[/-]", name)] == []


def test_the_wheel_has_the_version_of_the_code(wheel: Path) -> None:
    assert wheel.name.startswith(f"payforsuccess-{payforsuccess.__version__}-")


def test_the_code_that_runs_elsewhere_is_the_installed_one(installed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import payforsuccess; print(payforsuccess.__file__)"],
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
        cwd=installed.parent,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(done.stdout.strip()).is_relative_to(installed)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["library", "check"]])
def test_pfs_runs_elsewhere(installed: Path, arguments: list[str]) -> None:
    done = run_elsewhere(installed, *arguments)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_a_new_deal_passes_its_check_elsewhere(installed: Path, tmp_path: Path) -> None:
    made = run_elsewhere(installed, "new", str(tmp_path / "deal"), "--template", "rate-card")
    checked = run_elsewhere(installed, "check", str(tmp_path / "deal"))

    assert made.returncode == 0, made.stdout + made.stderr
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_plain_install_asks_for_three_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=\[ ]", wanted)[0] for wanted in project["dependencies"]}

    assert names == {"click", "pydantic", "PyYAML"}
    assert set(project["optional-dependencies"]) == {"analysis", "spark", "documents", "web"}
