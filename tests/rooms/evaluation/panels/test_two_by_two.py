"""Two groups and two times: from rows, from a panel, and before against after alone."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    difference_in_changes,
    difference_in_levels,
    pre_post_change,
)
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour

RNG = np.random.Generator(np.random.PCG64(9))
UNITS = 60
FIRST = np.where(np.arange(UNITS) % 3 == 0, 2, NEVER)
OUTCOMES = RNG.normal(size=(UNITS, 4)) + RNG.normal(size=(UNITS, 1))
CLUSTERS = np.arange(UNITS) // 4
PANEL = Panel(OUTCOMES, FIRST, CLUSTERS)


def long_rows() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The panel's means before and after, as rows: outcome, group, time, unit."""
    both = np.column_stack([OUTCOMES[:, :2].mean(axis=1), OUTCOMES[:, 2:].mean(axis=1)])
    unit, time = np.divmod(np.arange(2 * UNITS), 2)
    return both.ravel(), FIRST[unit] == 2, time == 1, unit


def test_the_effect_is_made_of_its_four_means() -> None:
    found = difference_in_changes(PANEL, flavour="hc2")
    treated = found.treated_after - found.treated_before
    control = found.control_after - found.control_before
    assert found.effect.value == pytest.approx(treated - control)


def test_rows_clustered_by_unit_give_the_value_and_nearly_the_error_of_changes() -> None:
    outcome, group, time, unit = long_rows()
    rows = difference_in_levels(outcome, group, time, errors=Errors("cr2", unit))
    changes = difference_in_changes(PANEL, flavour="hc2")
    assert rows.effect.value == pytest.approx(changes.effect.value)
    assert rows.effect.standard_error == pytest.approx(changes.effect.standard_error, rel=1e-9)
    # as if they were other people each time, the error is another
    apart = difference_in_levels(outcome, group, time, errors=Errors("hc2"))
    assert apart.effect.standard_error > changes.effect.standard_error


@pytest.mark.parametrize("flavour", ["classical", "hc0", "hc1", "hc2", "hc3", "cr1", "cr2"])
def test_each_flavour_says_its_name(flavour: Flavour) -> None:
    found = difference_in_changes(PANEL, flavour=flavour).effect
    assert flavour in found.method.lower()
    assert found.standard_error > 0


def test_clustered_errors_need_clusters() -> None:
    with pytest.raises(ValueError, match="clusters"):
        difference_in_changes(Panel(OUTCOMES, FIRST), flavour="cr1")


def test_a_group_not_seen_at_a_time_is_refused() -> None:
    outcome, group, time, _ = long_rows()
    keep = ~(group & ~time)
    with pytest.raises(Refusal, match="treated group has 0 observations before"):
        difference_in_levels(outcome[keep], group[keep], time[keep], errors=Errors("hc1"))


def test_several_starts_and_no_one_to_compare_with_are_refused() -> None:
    first = FIRST.copy()
    first[0] = 1
    with pytest.raises(Refusal, match="start in 2 different periods"):
        difference_in_changes(Panel(OUTCOMES, first), flavour="hc2")
    with pytest.raises(Refusal, match="no one to compare with"):
        difference_in_changes(Panel(OUTCOMES, np.full(UNITS, 2)), flavour="hc2")


def test_one_treated_unit_is_refused() -> None:
    first = np.full(UNITS, NEVER)
    first[0] = 2
    with pytest.raises(Refusal, match="one person"):
        difference_in_changes(Panel(OUTCOMES, first), flavour="hc2")


def test_outcomes_that_follow_from_group_and_time_are_refused() -> None:
    _, group, time, _ = long_rows()
    outcome = group * 2.0 + time
    with pytest.raises(Refusal, match="exactly"):
        difference_in_levels(outcome, group, time, errors=Errors("hc1"))


def test_before_against_after_is_the_paired_t() -> None:
    from scipy.stats import ttest_rel

    before, after = OUTCOMES[:, 0], OUTCOMES[:, 3]
    found = pre_post_change(before, after)
    known = ttest_rel(after, before)
    assert found.change.statistic == pytest.approx(known.statistic)
    assert found.change.p_value == pytest.approx(known.pvalue)
    assert found.change.freedom == UNITS - 1
    assert found.after - found.before == pytest.approx(found.change.value)


def test_before_against_after_clustered_is_the_mean_of_clusters_of_one_size() -> None:
    before, after = OUTCOMES[:, 0], OUTCOMES[:, 3]
    means = (after - before).reshape(15, 4).mean(axis=1)
    found = pre_post_change(before, after, errors=Errors("cr2", CLUSTERS)).change
    assert found.standard_error == pytest.approx(means.std(ddof=1) / np.sqrt(15))
    assert found.freedom == pytest.approx(14)


def test_before_against_after_refuses_what_shows_no_spread() -> None:
    with pytest.raises(Refusal, match="same amount"):
        pre_post_change(OUTCOMES[:, 0], OUTCOMES[:, 0] + 1)
    with pytest.raises(Refusal, match="There are 1 units"):
        pre_post_change(np.zeros(1), np.ones(1))
    with pytest.raises(Refusal, match="2 of 3 units lack"):
        pre_post_change(np.array([1, np.nan, 2]), np.array([1.0, 2.0, np.inf]))
    with pytest.raises(Refusal, match="one cluster"):
        pre_post_change(
            OUTCOMES[:, 0], OUTCOMES[:, 3], errors=Errors("cr1", np.zeros(UNITS, np.int64))
        )
    with pytest.raises(ValueError, match="same units"):
        pre_post_change(np.zeros(3), np.zeros(4))
