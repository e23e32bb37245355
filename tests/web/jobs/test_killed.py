"""A worker or a job killed at any moment: nothing is lost, nothing is done twice."""

from __future__ import annotations

import json

import pytest

from tests.web.truth.homes import Home


def left_by(home: Home, times: int, seed: int) -> dict[str, int]:
    found: dict[str, int] = json.loads(
        home.run("-m", "tests.web.jobs.killing", str(times), str(seed))
    )
    assert found["killed"] == times
    assert found["done"] + found["failed"] == found["asked"], "no job is lost"
    assert found["told_done"] == found["told_once"] == found["done"], "and none is done twice"
    assert found["snapshots"] == 1, "the same feeds give the same snapshot"
    assert found["chain_holds"]
    return found


def test_killed_workers_lose_nothing_and_do_nothing_twice(own_home: Home) -> None:
    assert left_by(own_home, 3, 1)["failed"] == 0


@pytest.mark.deep
def test_fifty_killed_workers_lose_nothing_and_do_nothing_twice(own_home: Home) -> None:
    assert left_by(own_home, 50, 2)["most_tries"] > 1
