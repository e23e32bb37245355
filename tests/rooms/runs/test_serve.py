"""Starting the web application: what is refused before any process is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs import serve as serving


def started(monkeypatch: pytest.MonkeyPatch, home: Path, **changes: Any) -> tuple[Any, ...]:
    """What would have been started: the program, its arguments, and its environment."""
    seen: list[tuple[Any, ...]] = []
    monkeypatch.setattr(os, "execve", lambda *given: seen.append(given))
    usual = {"is_demo": True, "host": "127.0.0.1", "port": 8000, "workers": 2}
    serving.serve(home=home, **{**usual, **changes})
    return seen[0]


def test_it_becomes_the_server_of_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, arguments, environment = started(monkeypatch, tmp_path / "home", port=8123)

    assert arguments[1:4] == ["-m", "payforsuccess.web", "serve"]
    assert "8123" in arguments
    assert environment["PFS_MODE"] == "demo"
    assert environment["PFS_HOME"] == str(tmp_path / "home")
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


def test_made_up_and_real_people_never_share_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started(monkeypatch, tmp_path)

    with pytest.raises(Refusal, match="made for the mode demo"):
        started(monkeypatch, tmp_path, is_demo=False)


@pytest.mark.parametrize("wrong", [{"port": 0}, {"port": 70_000}, {"workers": 0}])
def test_what_cannot_listen_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: dict[str, int]
) -> None:
    with pytest.raises(Refusal):
        started(monkeypatch, tmp_path, **wrong)


def test_a_missing_package_is_named_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None)

    with pytest.raises(Refusal, match="packages of the web application"):
        started(monkeypatch, tmp_path)
