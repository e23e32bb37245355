"""`pfs blueprint` at the command line: flags, exit codes, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lib.blueprints import write_blueprint
from tests.lib.pfs import pfs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_blueprint(tmp_path)


def test_a_draft_that_lacks_something_ends_well(tmp_path):
    done = pfs("blueprint", str(write_blueprint(tmp_path, without="b")), "--as-of", "2026-06-01")
    assert done.code == 0
    assert "Part b, evaluators and intermediaries: empty" in done.out


def test_an_issue_that_is_refused_ends_with_code_10_and_says_what_is_missing(tmp_path):
    """R27: what is missing is said, as JSON too."""
    folder = write_blueprint(tmp_path, without="d")
    done = pfs("blueprint", str(folder), "--issue", "--as-of", "2026-06-01", "--json")
    assert done.code == 10
    said = [each["what"] for each in json.loads(done.out)["problems"]]
    assert "Part d has no policy of the group procurement." in said


def test_a_version_is_issued_and_given_out_again(folder):
    """R13: through the command line."""
    assert pfs("blueprint", str(folder), "--issue", "--as-of", "2026-06-01").code == 0
    again = folder / "again.html"
    done = pfs("blueprint", str(folder), "--version", "1", "--to", str(again))
    assert done.code == 0
    assert again.read_bytes() == (folder / "out/blueprints/0001/blueprint.html").read_bytes()


def test_issue_and_version_together_are_wrong_usage(folder):
    assert pfs("blueprint", str(folder), "--issue", "--version", "1").code == 2


def test_a_folder_without_a_blueprint_is_told_what_to_write(tmp_path):
    (tmp_path / "initiative.yaml").write_text("format: 1\n", "utf-8")
    done = pfs("blueprint", str(tmp_path))
    assert done.code == 10
    assert "There is no blueprint.yaml in this folder." in done.err
