"""The real server killed while people pay over HTTP: nothing is lost, nothing is paid twice."""

from __future__ import annotations

import json

import pytest

from tests.web.truth.homes import Home


@pytest.mark.deep
def test_two_hundred_kills_of_server_and_worker_lose_nothing_and_pay_nothing_twice(
    own_home: Home,
) -> None:
    """After each kill the record holds every answered step once, and the log's chain is whole."""
    left = json.loads(own_home.run("-m", "tests.web.truth.killing_server", "200", "3"))

    assert left["killed"] >= 200
    assert left["counties_paid"] > 0 and left["answered"] > 0
    assert left["told_later"] > 0, "nothing was killed between a record and its event"
    assert left["jobs"] == left["jobs_done"] == left["jobs_told_done"] > 0
