"""What designs of studies say and refuse."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.power.blocked import Stratified, Stratum
from payforsuccess.evaluation.power.clustered import Clustered
from payforsuccess.evaluation.power.curves import effect_table, power_table
from payforsuccess.evaluation.power.differences import BeforeAfter
from payforsuccess.evaluation.power.solving import solve
from payforsuccess.evaluation.power.survival import Events, FixedWindow, StaggeredEntry
from payforsuccess.evaluation.power.take_up import Attrition, TakeUp
from payforsuccess.evaluation.power.two_arms import TwoMeans, TwoProportions


def test_a_plan_says_formula_freedom_and_people() -> None:
    found = solve(Clustered(25, 0.1, covariates=1), size=40, effect=0.4)

    assert found.formula.endswith("noncentral t with 37 degrees of freedom, two-sided")
    assert "Bloom 2005" in found.formula
    assert (found.freedom, found.people, found.unit) == (37, 1000, "clusters")
    assert (found.solved, found.level) == ("power", 0.05)


def test_whole_is_the_next_whole_number_and_no_more() -> None:
    found = solve(TwoMeans(), effect=0.5, power=0.8)

    assert found.size == pytest.approx(127.53122, abs=1e-4)
    assert found.whole == 128
    assert solve(TwoMeans(), size=128, power=0.8).whole == 128


def test_unlike_sizes_of_clusters_are_the_design_effect_of_eldridge() -> None:
    """1 + ((cv squared + 1) m - 1) rho, over the variance of as many people one by one."""
    plain = TwoMeans().precision(1000, 0.0).error
    found = Clustered(25, 0.1, size_variation=0.6).precision(40, 0.0).error

    assert (found / plain) ** 2 == pytest.approx(1 + ((0.36 + 1) * 25 - 1) * 0.1)


def test_what_covariates_explain_is_people_saved() -> None:
    plain = TwoMeans().precision(100, 0.0).error
    found = TwoMeans(explained=0.5, covariates=4).precision(50, 0.0)

    assert found.error == pytest.approx(plain)
    assert found.freedom == 50 - 2 - 4


def test_each_block_has_a_mean_of_its_own() -> None:
    assert TwoMeans(blocks_of=4).precision(100, 0.0).freedom == 100 - 25 - 1
    assert solve(TwoMeans(blocks_of=2), size=4, effect=9).freedom == 1


def test_four_in_five_taking_part_ask_for_more_than_half_as_many_again() -> None:
    """Denver housed 285 of 363: an effect on them needs 1 / 0.785 squared as many people."""
    whole = solve(TwoMeans(), effect=0.2, power=0.8).size
    found = solve(TakeUp(TwoMeans(), 285 / 363), effect=0.2, power=0.8).size

    assert found / whole == pytest.approx((363 / 285) ** 2, rel=0.01)


def test_people_lost_unlike_by_arm_move_the_share_treated() -> None:
    found = solve(Attrition(TwoMeans(), 0.2, 0.0), size=200, effect=0.4)

    same = solve(TwoMeans(treated_share=80 / 180), size=180, effect=0.4)
    assert found.power == pytest.approx(same.power)
    assert found.people == 200
    assert "0.9 of those assigned" in found.formula


def test_events_come_of_the_hazards_of_both_arms() -> None:
    window = FixedWindow(0.3)
    assert window.events_share(0.0) == pytest.approx(0.3)
    assert window.events_share(math.log(0.5)) == pytest.approx((0.3 + 1 - 0.7**0.5) / 2)

    staggered = StaggeredEntry(0.1, entry=4, follow_up=2)
    times = np.linspace(2, 6, 100_001)
    assert staggered.events_share(0.0) == pytest.approx((1 - np.exp(-0.1 * times)).mean(), rel=1e-6)


def test_a_falling_share_is_told_from_a_rising_one() -> None:
    design = TwoProportions(0.1)
    fall = solve(design, size=600, power=0.8, falls=True).effect
    rise = solve(design, size=600, power=0.8).effect

    assert -0.1 < fall < 0 < rise
    assert -fall != pytest.approx(rise, rel=0.05)


def test_tables_of_curves() -> None:
    power = power_table(TwoMeans(), sizes=[50, 100, 200], effects=[0.0, 0.5])
    effects = effect_table(TwoMeans(), sizes=[50, 100, 200], powers=[0.8])

    assert power.power.shape == (2, 3)
    assert power.power[0] == pytest.approx([0.05] * 3)
    assert (np.diff(power.power[1]) > 0).all()
    assert effects.effects.shape == (1, 3)
    assert (np.diff(effects.effects[0]) < 0).all()
    assert power.unit == effects.unit == "people"


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "an effect of nothing": (lambda: solve(TwoMeans(), effect=0, power=0.8), "effect of nothing"),
    "power below the level": (
        lambda: solve(TwoMeans(), effect=0.2, power=0.05),
        "no more than the level",
    ),
    "power of certainty": (lambda: solve(TwoMeans(), effect=0.2, power=1.0), "The power is 1"),
    "a level of nothing": (lambda: solve(TwoMeans(), size=9, effect=1, level=0), "The level"),
    "a study of two": (lambda: solve(TwoMeans(), size=2, effect=1), "too small for this design"),
    "a size that is no number": (
        lambda: solve(TwoMeans(), size=math.nan, effect=1),
        "too small for this design",
    ),
    "too small an effect": (
        lambda: solve(TwoMeans(), effect=1e-9, power=0.8),
        "would show an effect",
    ),
    "a share below nothing": (
        lambda: solve(TwoProportions(0.1), effect=-0.1, power=0.8),
        "is more than can be",
    ),
    "a fall that cannot be shown": (
        lambda: solve(TwoProportions(0.1), size=20, power=0.8, falls=True),
        "not even the largest possible effect",
    ),
    "an arm of no one": (lambda: TwoMeans(treated_share=1.0), "sent to the treated arm is 1"),
    "no spread": (lambda: TwoMeans(spread=0), "The spread of the outcome is 0"),
    "all explained": (lambda: TwoMeans(explained=1.0), "variance explained is 1"),
    "blocks of one": (lambda: TwoMeans(blocks_of=1), "The people in a block is 1"),
    "no one in the control arm has an event": (lambda: FixedWindow(0.0), "control arm's share"),
    "no time of entry": (lambda: StaggeredEntry(0.1, entry=0, follow_up=1), "people enter is 0"),
    "events of one arm": (lambda: Events(0.0), "sent to the treated arm is 0"),
    "one cluster in each arm": (
        lambda: solve(Clustered(50, 0.1), size=2, effect=1),
        "A size of 2 clusters is too small",
    ),
    "clusters of no one": (lambda: Clustered(0, 0.1), "The people in a cluster is 0"),
    "no one more takes part": (lambda: TakeUp(TwoMeans(), 0.3, 0.3), "0.3 of the control arm"),
    "a diluted hazard ratio": (lambda: TakeUp(Events(), 0.8), "not diluted"),
    "everyone lost": (lambda: Attrition(TwoMeans(), 1.0, 0.1), "treated arm lost is 1"),
    "unequal losses in strata": (
        lambda: Attrition(Stratified((Stratum(1.0),)), 0.1, 0.2),
        "does not tell how unequal losses",
    ),
    "a correlation of 1": (lambda: BeforeAfter(1, 1, 1.0), "correlation between periods is 1"),
    "a stratum of no one": (
        lambda: Stratified((Stratum(0.0), Stratum(1.0))),
        "part of the people in a stratum is 0",
    ),
}


@pytest.mark.parametrize(("plan", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_what_to_do(plan: Callable[[], object], says: str) -> None:
    with pytest.raises(Refusal) as refused:
        plan()

    assert says in refused.value.problems[0].what
    assert refused.value.problems[0].do.endswith(".")


def test_what_is_asked_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="two of"):
        solve(TwoMeans(), size=100)
    with pytest.raises(ValueError, match="add up to 1"):
        Stratified((Stratum(0.5), Stratum(0.4)))
    with pytest.raises(ValueError, match="periods"):
        BeforeAfter(0, 1, 0.5)
