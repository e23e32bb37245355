"""The first thing that a stranger types works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.lib.console import Session, steps_of

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_five_commands_end_in_an_issued_statement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    session = Session(tmp_path)
    steps = list(steps_of(README))
    answers = [session.run(step.command) for step in steps]  # type: ignore[union-attr]

    assert len(steps) == 5
    assert [answer.code for answer in answers] == [0] * 5, answers[-1].printed
    assert list((tmp_path / "my-deal" / "out" / "statements").iterdir())


def test_what_is_named_beside_them_works_too(tmp_path: Path) -> None:
    session = Session(tmp_path)
    for step in steps_of(README):
        session.run(step.command)  # type: ignore[union-attr]
    (named,) = re.findall(r"^`(pfs [^`]+)` then leads", README, re.MULTILINE)

    assert session.run(named).code == 0


def test_the_install_names_only_extras_that_exist() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")

    for extra in re.findall(r"'\.\[(\w+)\]'", README):
        assert re.search(rf"^{extra} = \[", project, re.MULTILINE)
