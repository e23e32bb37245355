"""A cohort without programme split by chance: nothing is found, as often as a test says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.power.payment_placebo import Placebo, split_at_random
from payforsuccess.evaluation.power.payment_rule import PlannedRule

ARRESTED = np.repeat([1.0, 0.0], [66, 150])
DAYS = np.random.Generator(np.random.SFC64(5)).gamma(2.0, 10.0, 160)
SPLITS = 20_000
POINT = PlannedRule("point-estimate")


def split(
    outcomes: Any, rule: PlannedRule = POINT, form: Any = "difference", **more: Any
) -> Placebo:
    usual: dict[str, Any] = {
        "treated_share": 0.5,
        "as_share": bool(np.all((outcomes == 0) | (outcomes == 1))),
        "splits": SPLITS,
        "rng": np.random.Generator(np.random.SFC64(3)),
    }
    return split_at_random(outcomes, rule, form, **{**usual, **more})


def test_counts_are_split_as_the_hypergeometric_law_says() -> None:
    found = split(ARRESTED)

    law = stats.hypergeom(216, 66, 108)
    treated = 66 / 2 + found.estimates.value * 108 / 200  # 100 (a - (66 - a)) / 108 is the value
    for events in (28, 33, 38):
        assert np.mean(treated < events + 0.5) == pytest.approx(law.cdf(events), abs=0.015)


@pytest.mark.parametrize("outcomes", [ARRESTED, DAYS], ids=["share", "mean"])
def test_a_placebo_finds_nothing_on_average_and_rejects_as_often_as_the_level(
    outcomes: Any,
) -> None:
    found = split(outcomes).estimates

    assert np.mean(found.value) == pytest.approx(0, abs=4 * np.std(found.value) / SPLITS**0.5)
    assert np.mean(found.p_value < 0.05) == pytest.approx(0.05, abs=0.015)


def test_a_split_of_a_cohort_has_the_variance_of_the_permutation() -> None:
    found = split(DAYS).estimates

    exact = DAYS.var(ddof=1) * (1 / 80 + 1 / 80)
    assert np.var(found.value) == pytest.approx(exact, rel=0.05)


def test_the_rule_of_the_plan_is_kept() -> None:
    shown = split(ARRESTED, PlannedRule("significance", level=0.05), "percent-reduction").estimates
    bound = split(DAYS, PlannedRule("lower-bound")).estimates

    assert not np.any(shown.payable[shown.p_value >= 0.05])
    assert np.mean(bound.payable != 0) == pytest.approx(0.05, abs=0.015)


def test_arms_as_large_as_planned_are_drawn_with_replacement() -> None:
    found = split(ARRESTED, people=(432, 432))

    assert (found.treated, found.control) == (432, 432)
    share = 66 / 216
    assert np.std(found.estimates.value) == pytest.approx(
        100 * (2 * share * (1 - share) / 432) ** 0.5, rel=0.03
    )
    many = split(DAYS, people=(320, 320), splits=2_000)
    assert np.std(many.estimates.value) == pytest.approx(DAYS.std() * (2 / 320) ** 0.5, rel=0.06)


@pytest.mark.parametrize(
    ("outcomes", "says"),
    [
        (np.ones(50), "All 50 people have the same outcome"),
        (np.array([1.0, 0.0, 1.0]), "too few"),
        (np.array([]), "too few"),
    ],
)
def test_a_cohort_that_cannot_be_split_is_refused(outcomes: Any, says: str) -> None:
    with pytest.raises(Refusal) as refusal:
        split(outcomes)

    assert says in refusal.value.problems[0].what
