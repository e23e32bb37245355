"""What `make test` promises: nothing is left out in silence, nothing reaches the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

NEEDS_A_PROGRAM = """
import pytest

@pytest.mark.needs(program="no-such-program", package="no-such-package")
def test_draws():
    assert True
"""
REACHES_OUT = """
import socket

def test_reaches_out():
    socket.create_connection(("127.0.0.1", 9), timeout=1)
"""


def run_tests(folder: Path, code: str, *, ci: str) -> subprocess.CompletedProcess[str]:
    """pytest with this project's conftest over one made-up test file."""
    (folder / "test_made_up.py").write_text(code)
    settings = folder / "pytest.ini"
    settings.write_text("[pytest]\nmarkers =\n    needs(program, package): as in this project\n")
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"),
            *("-c", str(settings), str(folder)),
        ],
        cwd=ROOT,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_program_is_named_with_its_package(tmp_path: Path) -> None:
    done = run_tests(tmp_path, NEEDS_A_PROGRAM, ci="")

    assert done.returncode == 0
    assert "needs the program no-such-program" in done.stdout
    assert "install the system package no-such-package" in done.stdout


def test_what_could_not_run_fails_where_ci_is_true(tmp_path: Path) -> None:
    done = run_tests(tmp_path, NEEDS_A_PROGRAM, ci="true")

    assert done.returncode == 1
    assert "tests that did not run count as failed" in done.stdout


@pytest.mark.parametrize("ci", ["", "true"])
def test_no_test_reaches_the_network(tmp_path: Path, ci: str) -> None:
    done = run_tests(tmp_path, REACHES_OUT, ci=ci)

    assert done.returncode == 1
    assert "a test tried to reach the network" in done.stdout
