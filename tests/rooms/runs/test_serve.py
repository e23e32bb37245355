"""Starting the web application: what is refused before any process is."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs import serve as serving


def a_free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def started(monkeypatch: pytest.MonkeyPatch, home: Path, **changes: Any) -> tuple[Any, ...]:
    """What would have been started: the program, its arguments, and its environment."""
    seen: list[tuple[Any, ...]] = []
    monkeypatch.setattr(os, "execve", lambda *given: seen.append(given))
    usual = {"is_demo": True, "host": "127.0.0.1", "port": a_free_port(), "workers": 2}
    serving.serve(home=home, **{**usual, **changes})
    return seen[0]


def test_it_becomes_the_server_of_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    port = a_free_port()
    _, arguments, environment = started(monkeypatch, tmp_path / "home", port=port)

    assert arguments[1:4] == ["-m", "payforsuccess.web", "serve"]
    assert str(port) in arguments
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


def test_a_port_in_use_is_refused_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(Refusal, match="Stop what runs there"):
            started(monkeypatch, tmp_path / "home", port=other.getsockname()[1])
    assert not (tmp_path / "home").exists()


def test_an_installation_without_keys_is_told_how_to_draw_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match="newkeys"):
        started(monkeypatch, tmp_path / "home", is_demo=False)


def test_a_file_is_no_folder_to_serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")

    with pytest.raises(Refusal, match="not a folder"):
        started(monkeypatch, tmp_path / "home")
