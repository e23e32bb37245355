"""Size, power and smallest effect against other people's packages and published figures (R10).

power.json is made by make_power.py (`make references`).
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.evaluation.power.clustered import Clustered
from payforsuccess.evaluation.power.solving import bloom_multiplier, solve
from payforsuccess.evaluation.power.survival import Events
from payforsuccess.evaluation.power.two_arms import TwoMeans, TwoProportions

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("power.json").read_text())


@pytest.mark.parametrize(("people", "effect", "ratio", "level", "power"), KNOWN["means_power"])
def test_power_of_a_t_test(
    people: int, effect: float, ratio: float, level: float, power: float
) -> None:
    design = TwoMeans(treated_share=1 / (1 + ratio))

    found = solve(design, size=people * (1 + ratio), effect=effect, level=level)

    assert found.power == pytest.approx(power, abs=1e-9)


@pytest.mark.parametrize(("effect", "power", "each"), KNOWN["means_people"])
def test_people_for_a_t_test(effect: float, power: float, each: float) -> None:
    found = solve(TwoMeans(), effect=effect, power=power)

    assert found.size / 2 == pytest.approx(each, rel=1e-8)


@pytest.mark.parametrize(("each", "effect"), KNOWN["means_effect"])
def test_smallest_effect_of_a_t_test(each: int, effect: float) -> None:
    """The package's search stops at six digits."""
    assert solve(TwoMeans(), size=2 * each, power=0.8).effect == pytest.approx(effect, rel=5e-6)


@pytest.mark.parametrize(("control", "change", "each", "power"), KNOWN["proportions_pooled"])
def test_power_of_two_proportions(control: float, change: float, each: int, power: float) -> None:
    design = TwoProportions(control, pooled=True)

    assert solve(design, size=2 * each, effect=change).power == pytest.approx(power, abs=1e-9)


def test_people_as_cohens_table_prints_them() -> None:
    found = solve(TwoMeans(), effect=0.5, power=0.8)

    assert found.size / 2 == pytest.approx(63.76561, rel=1e-6)
    assert found.whole == 128
    assert solve(TwoMeans(), effect=0.2, power=0.8).size / 2 == pytest.approx(393.40569, rel=1e-7)


def test_smallest_effect_of_the_re_entry_experiment() -> None:
    found = solve(TwoMeans(), size=432, power=0.8)

    assert found.effect == pytest.approx(0.27018628, rel=1e-5)
    assert found.freedom == 430


@pytest.mark.parametrize(
    ("freedom", "multiplier"), [(None, 2.80158522), (20, 2.94592789), (8, 3.19489365)]
)
def test_blooms_multiplier(freedom: float | None, multiplier: float) -> None:
    assert bloom_multiplier(freedom, power=0.8) == pytest.approx(multiplier, rel=1e-8)


def test_smallest_effect_with_forty_clusters() -> None:
    design = Clustered(people_each=25, intraclass=0.1)

    found = solve(design, size=40, power=0.8, approximation="central")

    assert found.effect == pytest.approx(0.33534701, rel=1e-7)
    assert (found.freedom, found.people) == (38, 1000)


def test_events_by_schoenfeld() -> None:
    found = solve(Events(), effect=math.log(0.69), power=0.8)

    assert found.size == pytest.approx(228.01886, rel=1e-5)
    assert found.whole == 229
