"""Many write at once and none fails: a setting of correctness, with a test that it is needed."""

from __future__ import annotations

import json

import pytest

from tests.web.truth.homes import Home, on_postgresql

WRITERS = 4


def written_at_once(
    home: Home, each: int, mode: str = "", *, at_once: int = 1
) -> tuple[list[str], dict[str, object]]:
    """What failed when several processes wrote `each` transactions, and what they left behind.

    at_once: on how many connections each of them writes.
    """
    home.run("-m", "tests.web.truth.written", "begin")
    mode_of = [mode] if mode else []
    writers = [
        home.start("-m", "tests.web.truth.writer", str(each), str(at_once), *mode_of)
        for _ in range(WRITERS)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n", writer.communicate()[1]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    failed: list[str] = []
    for writer in writers:
        said, complained = writer.communicate()
        assert writer.returncode == 0, complained
        failed += json.loads(said)["failed"]
    return failed, json.loads(home.run("-m", "tests.web.truth.written"))


def test_no_writer_fails_and_no_update_is_lost(own_home: Home) -> None:
    failed, left = written_at_once(own_home, 40)

    assert failed == []
    assert left == {"count": 160, "entries": 160, "is_whole": True}


@pytest.mark.deep
def test_six_hundred_write_at_once_and_none_fails(own_home: Home) -> None:
    """Each on a connection of its own; PostgreSQL has a hundred of them, and 80 write at once."""
    failed, left = written_at_once(own_home, 150, at_once=20 if on_postgresql() else 150)

    assert failed == []
    assert left == {"count": 600, "entries": 600, "is_whole": True}


def test_with_the_usual_settings_of_sqlite_some_fail(own_home: Home) -> None:
    """So the tests above can fail. PostgreSQL has no such setting: there the same writers do."""
    failed, left = written_at_once(own_home, 40, "deferred" if not on_postgresql() else "")

    assert bool(failed) is not on_postgresql()
    assert all("locked" in said for said in failed)
    assert left["count"] == left["entries"] == 160 - len(failed)
    assert left["is_whole"]
