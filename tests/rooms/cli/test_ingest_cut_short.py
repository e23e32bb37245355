"""An ingest that the disk or a kill cuts short leaves what was there, and the next one succeeds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.lib.booked import HEADER, a_booked_folder
from tests.lib.pfs import pfs

INGEST = """
import resource, sys
from payforsuccess.cli.ending import run_to_the_end
import payforsuccess.runs.run.deliver
largest = int(sys.argv[2])
if largest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
print("ready", flush=True)
sys.stdin.readline()
sys.exit(run_to_the_end(["ingest", sys.argv[1]]))
"""


def bookings(count: int) -> dict[str, str]:
    return {"bookings.csv": HEADER + "".join(f"B{n},P{n},2024-01-01,,\n" for n in range(count))}


def started(folder: Path, *, largest_file: int = 0) -> subprocess.Popen[str]:
    """A process that is about to ingest; a line on its standard input lets it go."""
    process = subprocess.Popen(
        [sys.executable, "-c", INGEST, str(folder), str(largest_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def snapshots(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("out/snapshots/*/snapshot.json")}


def test_a_disk_with_no_room_is_told_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: writing fails in the same places."""
    folder = a_booked_folder(tmp_path, bookings(30))
    assert pfs("ingest", folder).code == 0
    before = snapshots(folder)
    a_booked_folder(folder, bookings(6_000))

    process = started(folder, largest_file=40_000)
    _, said = process.communicate("\n")

    assert process.returncode == 10
    assert "The disk is full, or a file on it may grow no larger" in " ".join(said.split())
    assert "PFS_SPILL" in said
    assert snapshots(folder) == before
    assert pfs("ingest", folder).code == 0
    assert len(snapshots(folder)) == 2


def test_an_ingest_killed_at_any_moment_leaves_the_old_snapshot_or_the_new(tmp_path: Path) -> None:
    folder = a_booked_folder(tmp_path, bookings(30))
    assert pfs("ingest", folder).code == 0
    (before,) = snapshots(folder)
    a_booked_folder(folder, bookings(6_000))

    for seconds in (0.05, 0.4, 1.2):
        process = started(folder)
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert before in snapshots(folder)
        assert len(snapshots(folder)) <= 2

    assert pfs("ingest", folder).code == 0
    assert len(snapshots(folder)) == 2
    begun = {path.name for path in (folder / "out" / "snapshots").iterdir() if path.is_dir()}
    assert {name for name in begun if not name.startswith(".")} == {*snapshots(folder), "parts"}


def test_a_disk_that_fills_up_at_the_report_says_that_the_snapshot_is_kept(tmp_path: Path) -> None:
    folder = a_booked_folder(tmp_path, bookings(30))

    process = started(folder, largest_file=9_000)
    _, said = process.communicate("\n")

    (name,) = snapshots(folder)
    assert process.returncode == 10
    assert f"the snapshot {name[:12]} is kept" in " ".join(said.split())
    assert "nothing was changed" not in said
    assert not list(folder.glob("out/quality/*"))
    assert pfs("ingest", folder).code == 0
    assert snapshots(folder) == {name}
