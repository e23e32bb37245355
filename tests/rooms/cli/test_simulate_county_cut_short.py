"""A county that the disk or a kill cuts short: nothing half-written is taken for one."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.lib.pfs import pfs

SIMULATE = """
import resource, sys
from payforsuccess.cli.ending import run_to_the_end
import payforsuccess.records.simulate.writing
largest = int(sys.argv[2])
if largest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
print("ready", flush=True)
sys.stdin.readline()
sys.exit(run_to_the_end(
    ["simulate-county", "--people", "10000", "--seed", "3", "--to", sys.argv[1]]
))
"""


def started(folder: Path, *, largest_file: int = 0) -> subprocess.Popen[str]:
    """A process that is about to simulate; a line on its standard input lets it go."""
    process = subprocess.Popen(
        [sys.executable, "-c", SIMULATE, str(folder), str(largest_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    assert pfs("simulate-county", "--people", "10000", "--seed", "3", "--to", folder).code == 0
    return files_of(folder)


@pytest.mark.parametrize("largest_file", [1, 40_000, 400_000])
def test_a_disk_with_no_room_is_told_and_nothing_is_left(
    largest_file: int, tmp_path: Path, whole: dict[str, bytes]
) -> None:
    """A limit on the size of files stands in for the disk: writing fails in the same places."""
    (tmp_path / "deal.yaml").write_text("mine", "utf-8")

    process = started(tmp_path, largest_file=largest_file)
    _, said = process.communicate("\n")

    plain = " ".join(said.split())
    assert process.returncode == 10
    assert "The county cannot be written: File too large." in plain
    assert "MB free" in plain
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["deal.yaml"]
    assert pfs("simulate-county", "--people", "10000", "--seed", "3", "--to", tmp_path).code == 0
    assert files_of(tmp_path) == {"deal.yaml": b"mine", **whole}


def test_killed_at_any_moment_there_is_no_county_or_the_whole(
    tmp_path: Path, whole: dict[str, bytes]
) -> None:
    """What lies beside it ends in `.partial`, and the next run takes that away."""
    for seconds in (0.02, 0.3, 0.8):
        process = started(tmp_path)
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if (tmp_path / "feeds").exists():
            break

    if not (tmp_path / "feeds").exists():
        done = pfs("simulate-county", "--people", "10000", "--seed", "3", "--to", tmp_path)
        assert done.code == 0
    assert files_of(tmp_path) == whole


def test_killed_between_its_two_folders_it_has_no_feeds_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feeds get their name last: no deal reads a county without its truth."""
    rename = Path.rename

    def killed(part: Path, target: Path) -> Path:
        if target.name == "feeds":
            raise OSError(errno.EIO, "Input/output error")
        return rename(part, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", killed)
        patched.setattr("shutil.rmtree", lambda *_, **__: None)
        asked = ("simulate-county", "--people", "1000", "--seed", "3", "--to", tmp_path)
        assert pfs(*asked).code == 10

    assert {path.name for path in tmp_path.iterdir()} == {"truth", "feeds.partial"}
    again = pfs(*asked)
    assert again.code == 10
    assert "nothing is overwritten" in again.err
