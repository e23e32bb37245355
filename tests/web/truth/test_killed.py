"""A process killed while it pays loses nothing and pays nothing twice."""

from __future__ import annotations

import json

import pytest

from tests.web.truth.homes import Home


def test_a_killed_process_loses_nothing_and_pays_nothing_twice(own_home: Home) -> None:
    left = json.loads(own_home.run("-m", "tests.web.truth.killing", "5", "1"))

    assert left["killed"] == 5


@pytest.mark.deep
def test_two_hundred_killed_processes_lose_nothing_and_pay_nothing_twice(own_home: Home) -> None:
    left = json.loads(own_home.run("-m", "tests.web.truth.killing", "200", "2"))

    assert left["killed"] == 200
    assert left["counties_paid"] > 0
    assert left["told_later"] > 0, "no process was killed between its record and its event"
