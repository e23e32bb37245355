"""What must hold of times until an event, whatever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from payforsuccess.evaluation.durations import (
    cumulative_incidence,
    gray_test,
    log_rank,
    proportional_hazards,
    restricted_mean,
    restricted_means,
    survival_curve,
    survival_difference,
)

times_of = st.lists(st.integers(1, 12), min_size=2, max_size=40)
people = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 2)), min_size=2, max_size=40)
in_arms = st.lists(
    st.tuples(st.integers(1, 12), st.booleans(), st.booleans()), min_size=4, max_size=40
)


@given(times_of, st.integers(1, 14))
def test_without_censoring_the_restricted_mean_is_the_mean(times: list[int], horizon: int) -> None:
    capped = np.minimum(times, horizon)
    assume(len(set(capped)) > 1)

    found = restricted_mean(times, [1] * len(times), horizon=horizon)

    assert found.value == pytest.approx(capped.mean())
    assert found.standard_error == pytest.approx(np.sqrt(capped.var() / len(times)), abs=1e-7)


@given(times_of, st.integers(1, 12))
def test_without_early_censoring_survival_is_one_less_the_share_of_events(
    times: list[int], end: int
) -> None:
    events = [time <= end for time in times]
    followed = np.minimum(times, end)

    curve = survival_curve(followed, events, confidence=0.95)

    share = 1 - sum(events) / len(times)
    assert curve.at(end) == pytest.approx(share)
    assert curve.variance_at(end) == pytest.approx(share * (1 - share) / len(times))


@given(people)
def test_the_incidences_of_all_causes_and_survival_add_up_to_one(
    rows: list[tuple[int, int]],
) -> None:
    times, causes = np.array(rows).T
    curve = survival_curve(times, causes > 0, confidence=0.95)

    total = sum(cumulative_incidence(times, causes, cause=cause).incidence for cause in (1, 2))

    assert total + curve.survival == pytest.approx(np.ones(len(curve.survival)))


@given(people)
def test_one_cause_alone_has_greenwoods_variance(rows: list[tuple[int, int]]) -> None:
    times, causes = np.array(rows).T
    curve = survival_curve(times, causes > 0, confidence=0.95)

    found = cumulative_incidence(times, np.minimum(causes, 1), cause=1)

    assert found.variance == pytest.approx(curve.variance, abs=1e-12)


@given(people)
def test_without_censoring_an_incidence_is_a_share(rows: list[tuple[int, int]]) -> None:
    times, causes = np.array(rows).T
    causes = causes + 1
    found = cumulative_incidence(times, causes, cause=1)

    for time in range(1, 13):
        share = float(((times <= time) & (causes == 1)).mean())
        assert found.at(time) == pytest.approx(share)
        assert found.variance_at(time) == pytest.approx(share * (1 - share) / len(rows), abs=1e-12)


@given(people)
def test_a_curve_falls_and_its_interval_holds_it(rows: list[tuple[int, int]]) -> None:
    times, causes = np.array(rows).T
    curve = survival_curve(times, causes > 0, confidence=0.9)

    assert (np.diff(curve.survival) <= 0).all()
    assert (curve.low <= curve.survival + 1e-12).all()
    assert (curve.survival <= curve.high + 1e-12).all()
    assert ((curve.low >= 0) & (curve.high <= 1)).all()


def sound(rows: list[tuple[int, bool, bool]]) -> bool:
    """Whether both arms have events, and not everyone has one; some at risk in both arms."""
    for arm in (True, False):
        mine = [(time, event) for time, event, in_arm in rows if in_arm == arm]
        if len(mine) < 2 or not any(event for _, event in mine[:-1]):
            return False
    return True


@given(in_arms)
def test_relabelling_the_arms_turns_signs_and_changes_no_test(
    rows: list[tuple[int, bool, bool]],
) -> None:
    times, events, arms = (np.array(part) for part in zip(*rows, strict=True))
    times = np.concatenate([times, [13, 13, 1, 1]])  # all followed to 12, some event in each arm
    events = np.concatenate([events, [False, False, True, True]])
    arms = np.concatenate([arms, [True, False, True, False]])

    there = restricted_means(times, events, arms, horizon=12)
    back = restricted_means(times, events, ~arms, horizon=12)
    share = survival_difference(times, events, arms, at=12)

    assert back.difference.value == pytest.approx(-there.difference.value)
    assert back.ratio == pytest.approx(1 / there.ratio)
    assert back.difference.standard_error == pytest.approx(there.difference.standard_error)
    assert survival_difference(times, events, ~arms, at=12).value == pytest.approx(-share.value)
    one, other = log_rank(times, events, arms), log_rank(times, events, ~arms)
    assert one.statistic == pytest.approx(other.statistic)


@given(in_arms, st.sampled_from(["efron", "breslow"]))
def test_splitting_peoples_rows_changes_no_hazard_ratio(
    rows: list[tuple[int, bool, bool]], ties: str
) -> None:
    assume(sound(rows))
    times, events, arms = (np.array(part) for part in zip(*rows, strict=True))
    times = np.concatenate([times, [13, 13, 1, 1]])
    events = np.concatenate([events, [False, False, True, True]])
    arms = np.concatenate([arms, [True, False, True, False]])
    codes = np.arange(len(times))

    whole = proportional_hazards(times, events, arms[:, None], ties=ties, clusters=codes)
    middle = times / 2
    split = proportional_hazards(
        np.concatenate([middle, times]),
        np.concatenate([np.zeros(len(times), dtype=bool), events]),
        np.concatenate([arms, arms])[:, None],
        start=np.concatenate([np.zeros(len(times)), middle]),
        people=np.concatenate([codes, codes]),
        clusters=np.concatenate([codes, codes]),
        ties=ties,
    )

    assert split.coefficients == pytest.approx(whole.coefficients, abs=1e-8)
    assert split.standard_errors == pytest.approx(whole.standard_errors, rel=1e-8)
    assert split.log_likelihood == pytest.approx(whole.log_likelihood)


@given(in_arms)
def test_without_ties_the_score_test_of_cox_is_the_log_rank_test(
    rows: list[tuple[int, bool, bool]],
) -> None:
    """At one time the two ways of ties and the hypergeometric variance would differ."""
    assume(sound(rows))
    times, events, arms = (np.array(part) for part in zip(*rows, strict=True))
    times = times + np.arange(len(times)) / 1000
    found = log_rank(times, events, arms)

    at_risk = times[:, None] <= times
    share = (at_risk & arms).sum(axis=1) / at_risk.sum(axis=1)
    score = (arms[events] - share[events]).sum()

    assert found.observed - found.expected == pytest.approx(score)
    assert found.variance == pytest.approx((share * (1 - share))[events].sum())


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 2), st.booleans()), max_size=30))
def test_relabelling_the_arms_turns_grays_score_and_changes_no_test(
    rows: list[tuple[int, int, bool]],
) -> None:
    rows = [*rows, (1, 1, True), (2, 0, True), (1, 0, False), (9, 2, False)]
    times, causes, arms = (np.array(part) for part in zip(*rows, strict=True))

    there, back = (gray_test(times, causes, side, cause=1) for side in (arms, ~arms))

    assert back.score == pytest.approx(-there.score, abs=1e-9)
    assert back.variance == pytest.approx(there.variance)
    assert back.p_value == pytest.approx(there.p_value)
