"""Progress is for a person at a terminal: it goes to stderr and leaves nothing behind."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from payforsuccess.cli import progress
from payforsuccess.cli.printing import show

PFS = [sys.executable, "-c", "from payforsuccess.cli import main; main()"]


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def test_without_a_terminal_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    progress.tell("reading the feeds")
    progress.count("people", 10, 20)

    assert capsys.readouterr() == ("", "")


def test_a_count_is_written_over_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    progress.count("people", 10_000, 20_000)
    progress.count("people", 20_000, 20_000)

    assert seen.getvalue() == f"  people, 10,000 of 20,000{progress.WIPE}"


def test_a_line_left_open_is_wiped_before_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    progress.count("reading", 0, 1)
    show("the statement")

    assert seen.getvalue() == f"  reading{progress.WIPE}"


def test_stopping_from_the_keyboard_is_no_traceback(tmp_path: Path) -> None:
    """A pipe that never ends stands in for long work."""
    os.mkfifo(tmp_path / "deal.yaml")
    with subprocess.Popen(
        [*PFS, "check", str(tmp_path / "deal.yaml")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # a shell that runs the tests in the background lets its children ignore the keyboard
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            time.sleep(2)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()

    assert process.returncode in (10, 130)
    assert b"Traceback" not in err and out == b""


def test_json_stays_whole_beside_progress_on_a_terminal(tmp_path: Path) -> None:
    master, terminal = pty.openpty()
    deal = str(tmp_path / "deal")
    subprocess.run([*PFS, "new", deal, "--template", "rate-card"], check=True, capture_output=True)
    done = subprocess.run(
        [*PFS, "pay", deal, "--as-of", "2027-10-11", "--json"],
        stdout=subprocess.PIPE,
        stderr=terminal,
        check=True,
    )
    os.close(terminal)
    os.close(master)

    assert done.stdout.startswith(b"{") and done.stdout.endswith(b"}\n")
