"""What holds of every randomised comparison by regression, whoever is in it (R83, R84)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.evaluation import regression as room

FLAVOURS = st.sampled_from(["classical", "hc0", "hc1", "hc2", "hc3", "cr1", "cr2"])
seeds = st.integers(0, 2**32 - 1)


class World:
    """40 to 90 people with an outcome, arms, clusters, strata, two covariates, and take-up."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.people = int(rng.integers(40, 91))
        self.strata = np.arange(self.people) % 3
        self.arms = np.empty(self.people, dtype=bool)
        for stratum in range(3):  # four in each arm of each stratum at least
            mine = self.strata == stratum
            drawn = np.arange(mine.sum()) < rng.integers(4, mine.sum() - 3)
            self.arms[mine] = rng.permutation(drawn)
        self.clusters = rng.integers(0, 9, self.people)
        self.clusters[:18] = np.arange(18) // 2
        self.covariates = rng.normal(size=(self.people, 2)) * 3 + 5
        self.took = self.arms & (rng.random(self.people) < 0.8)
        self.took[np.flatnonzero(self.arms)[0]] = True
        self.outcome = rng.gamma(2.0, 3.0, self.people) + self.covariates[:, 0] + 2 * self.took

    def errors(self, flavour: str) -> dict[str, object]:
        clusters = self.clusters if flavour.startswith("cr") else None
        return {"flavour": flavour, "clusters": clusters}

    def all_differences(
        self, outcome: np.ndarray, arms: np.ndarray, flavour: str
    ) -> list[room.EffectOfTakingPart]:
        how = self.errors(flavour)
        known = {"covariates": self.covariates, "names": ["one", "two"]}
        found = [
            room.difference_in_means(outcome, arms, **how),  # type: ignore[arg-type]
            room.ancova(outcome, arms, **known, **how),  # type: ignore[arg-type]
            room.ancova(outcome, arms, strata=self.strata, **known, **how),  # type: ignore[arg-type]
            room.lin(outcome, arms, **known, **how),  # type: ignore[arg-type]
            room.lin(outcome, arms, strata=self.strata, **how),  # type: ignore[arg-type]
            room.blocked_difference(outcome, arms, self.strata),
        ]
        return found  # type: ignore[return-value]


@given(seeds, FLAVOURS, st.floats(-1e4, 1e4))
def test_adding_the_same_to_every_outcome_moves_no_difference(
    seed: int, flavour: str, more: float
) -> None:
    world = World(seed)
    before = world.all_differences(world.outcome, world.arms, flavour)
    after = world.all_differences(world.outcome + more, world.arms, flavour)

    for one, other in zip(before, after, strict=True):
        assert other.value == pytest.approx(one.value, abs=1e-7)
        assert other.standard_error == pytest.approx(one.standard_error, rel=1e-6)


@given(seeds, FLAVOURS)
def test_relabelling_the_arms_turns_the_sign_of_every_difference(seed: int, flavour: str) -> None:
    world = World(seed)
    ours = world.all_differences(world.outcome, world.arms, flavour)
    turned = world.all_differences(world.outcome, ~world.arms, flavour)

    for one, other in zip(ours, turned, strict=True):
        assert other.value == pytest.approx(-one.value, rel=1e-8, abs=1e-9)
        assert other.standard_error == pytest.approx(one.standard_error, rel=1e-8)
        assert other.freedom == pytest.approx(one.freedom, rel=1e-7)


@given(seeds, FLAVOURS)
def test_relabelling_the_arms_inverts_the_ratio(seed: int, flavour: str) -> None:
    world = World(seed)
    outcome = np.abs(world.outcome) + 0.1
    how = world.errors(flavour)
    ours = room.ratio_of_means(outcome, world.arms, **how)  # type: ignore[arg-type]
    turned = room.ratio_of_means(outcome, ~world.arms, **how)  # type: ignore[arg-type]

    assert turned.ratio == pytest.approx(1 / ours.ratio)
    ends, others = ours.ratio_interval(0.9), turned.ratio_interval(0.9)
    assert (others.low, others.high) == pytest.approx((1 / ends.high, 1 / ends.low))


@given(seeds, st.floats(0.01, 1000))
def test_a_ratio_does_not_know_the_unit(seed: int, unit: float) -> None:
    world = World(seed)
    outcome = np.abs(world.outcome) + 0.1
    one, other = (room.ratio_of_means(y, world.arms) for y in (outcome, unit * outcome))

    assert other.ratio == pytest.approx(one.ratio)
    assert other.log.standard_error == pytest.approx(one.log.standard_error)


@given(seeds)
def test_lin_without_covariates_is_the_difference_in_means(seed: int) -> None:
    world = World(seed)
    plain = room.difference_in_means(world.outcome, world.arms, flavour="hc2")
    by_lin = room.lin(world.outcome, world.arms, flavour="hc2")

    assert by_lin.value == pytest.approx(plain.value)
    assert by_lin.standard_error == pytest.approx(plain.standard_error)
    assert plain.standard_error == pytest.approx(
        room.difference_in_means(world.outcome, world.arms, flavour="unpooled").standard_error
    )


@given(seeds)
def test_lin_by_strata_alone_is_the_blocked_difference(seed: int) -> None:
    world = World(seed)
    blocked = room.blocked_difference(world.outcome, world.arms, world.strata)
    by_lin = room.lin(world.outcome, world.arms, strata=world.strata, flavour="hc2")

    assert by_lin.value == pytest.approx(blocked.value)
    assert by_lin.standard_error == pytest.approx(blocked.standard_error)
    assert by_lin.freedom == blocked.freedom


@given(seeds)
def test_the_effect_of_taking_part_is_that_of_the_offer_over_take_up(seed: int) -> None:
    world = World(seed)
    offer = room.difference_in_means(world.outcome, world.arms)
    taking = room.effect_of_taking_part(world.outcome, world.arms, world.took)
    share = world.took[world.arms].mean() - world.took[~world.arms].mean()

    assert taking.value == pytest.approx(offer.value / share)


@given(seeds, FLAVOURS)
def test_compliers_with_and_without_differ_by_the_effect(seed: int, flavour: str) -> None:
    world = World(seed)
    took = world.took | (world.clusters == 8)
    known = {"covariates": world.covariates, "names": ["one", "two"], **world.errors(flavour)}
    means = room.compliers(world.outcome, world.arms, took, **known)  # type: ignore[arg-type]
    effect = room.effect_of_taking_part(world.outcome, world.arms, took, **known)  # type: ignore[arg-type]

    gap = means.treated_mean.value - means.control_mean.value
    assert gap == pytest.approx(effect.value, rel=1e-6, abs=1e-6)


@given(seeds, FLAVOURS)
def test_the_anderson_rubin_set_holds_the_estimate_and_no_effect_when_not_rejected(
    seed: int, flavour: str
) -> None:
    world = World(seed)
    how = world.errors(flavour)
    found = room.anderson_rubin(world.outcome, world.arms, world.took, confidence=0.9, **how)  # type: ignore[arg-type]
    offer = room.difference_in_means(world.outcome, world.arms, **how)  # type: ignore[arg-type]
    effect = room.effect_of_taking_part(world.outcome, world.arms, world.took, **how)  # type: ignore[arg-type]

    assert found.p_value == pytest.approx(offer.p_value, rel=1e-6, abs=1e-12)
    assert found.shape != "empty"
    assert (found.interval is None) == (found.shape != "bounded")
    if found.interval is not None:
        assert found.interval.low <= effect.value <= found.interval.high
        if abs(found.p_value - 0.1) > 1e-9:
            assert (found.interval.low <= 0 <= found.interval.high) == (found.p_value > 0.1)


@given(seeds, st.permutations(range(9)))
def test_the_order_of_people_and_the_names_of_clusters_do_not_matter(
    seed: int, renamed: list[int]
) -> None:
    world = World(seed)
    mixed = np.random.default_rng(seed + 1).permutation(world.people)
    for flavour in ("cr1", "cr2"):
        one = room.ancova(
            world.outcome,
            world.arms,
            covariates=world.covariates,
            names=["one", "two"],
            clusters=world.clusters,
            strata=world.strata,
            flavour=flavour,  # type: ignore[arg-type]
        )
        other = room.ancova(
            world.outcome[mixed],
            world.arms[mixed],
            covariates=world.covariates[mixed],
            names=["one", "two"],
            clusters=np.array(renamed)[world.clusters][mixed] * 10 - 40,
            strata=world.strata[mixed],
            flavour=flavour,  # type: ignore[arg-type]
        )
        assert (other.value, other.standard_error, other.freedom) == pytest.approx(
            (one.value, one.standard_error, one.freedom)
        )


@given(seeds)
def test_the_wild_bootstrap_knows_neither_unit_nor_sign(seed: int) -> None:
    world = World(seed)

    def p_value(outcome: np.ndarray, arms: np.ndarray) -> float:
        rng = np.random.default_rng(1)
        return room.wild_cluster_bootstrap(outcome, arms, world.clusters, rng=rng).p_value

    ours = p_value(world.outcome, world.arms)
    assert p_value(3 - 7 * world.outcome, world.arms) == ours
    assert p_value(world.outcome, ~world.arms) == ours
    assert 0 < ours <= 1
