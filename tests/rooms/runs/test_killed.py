"""A killed issue leaves nothing or the whole, and two at once give one statement."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from payforsuccess.runs.statement.statements import issue, statements
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.folders import a_folder, draft, sign

ISSUE = """
import sys, time
from payforsuccess.runs.statement.statements import issue
print("ready", flush=True)
sys.stdin.readline()
print(issue(sys.argv[1]).statement.fingerprint)
"""
PEOPLE = "\n".join(f"homes,1,p{number:04d},1,jail:{number}" for number in range(2_000))


def ready_folder(path: Path) -> Path:
    """A folder whose draft rests on enough people that issuing takes a moment."""
    deal = a_deal(
        people={
            "says": "Everyone",
            "start_event": "Moving in",
            "head_count": {"least": "0", "most": "5000"},
        },
        payments=[a_term(price="10", limit_each_person="3")],
        outcomes={"homes": an_outcome(bounds=None)},
    )
    folder = a_folder(path, deal, people=PEOPLE)
    sign(folder)
    draft(folder)
    return folder


def started(folder: Path) -> subprocess.Popen[str]:
    """A process that is about to issue; a line on its standard input lets it go."""
    process = subprocess.Popen(
        [sys.executable, "-c", ISSUE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def how_long(folder: Path) -> float:
    """How long issuing takes in a process of its own."""
    process = started(folder)
    begin = time.perf_counter()
    let_go(process)
    process.wait()
    return time.perf_counter() - begin


def kill_at(folder: Path, seconds: float) -> bool:
    """Kill an issue after so long; whether the statement is there. It is whole or not at all."""
    process = started(folder)
    let_go(process)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    found = statements(folder)
    names = {path.name for path in folder.glob("out/statements/[0-9]*")}
    assert len(found) == len(names) <= 1
    if found:
        kept = {path.name for path in found[0].folder.iterdir()}
        assert {"statement.json", "people.csv", "ledger.csv"} <= kept
    return bool(found)


def killed_often(tmp_path: Path, times: int) -> None:
    whole = ready_folder(tmp_path / "whole")
    takes = how_long(whole)
    (expected,) = statements(whole)
    folder = ready_folder(tmp_path / "killed")
    for number in range(times):
        if kill_at(folder, takes * (number + 0.5) / times):
            break
    done = issue(folder)
    assert done.content == expected.content
    assert sorted(path.name for path in done.folder.iterdir()) == sorted(
        path.name for path in expected.folder.iterdir()
    )
    for path in done.folder.iterdir():
        assert path.read_bytes() == (expected.folder / path.name).read_bytes()


def test_a_killed_issue_leaves_nothing_or_the_whole(tmp_path: Path) -> None:
    killed_often(tmp_path, 4)


@pytest.mark.deep
def test_an_issue_killed_at_many_moments_leaves_nothing_or_the_whole(tmp_path: Path) -> None:
    killed_often(tmp_path, 50)


def test_what_a_killed_issue_began_is_cleared_by_the_next(tmp_path: Path) -> None:
    folder = ready_folder(tmp_path)
    begun = folder / "out/statements/.writing-abc"
    begun.mkdir(parents=True)
    (begun / "statement.json").write_text("{")
    issue(folder)
    assert not begun.exists()


def test_two_processes_that_issue_at_once_give_one_statement(tmp_path: Path) -> None:
    folder = ready_folder(tmp_path)
    both = [started(folder), started(folder)]
    for process in both:
        let_go(process)
    said = [process.communicate()[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1] != ""
    assert [each.statement.number for each in statements(folder)] == [1]
