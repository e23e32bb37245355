"""Places over periods through the whole door: every estimator, its errors and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from causaldata import organ_donations

from payforsuccess.evaluation import check_estimable
from payforsuccess.units.calendar import add_months
from tests.lib.staggered import Staggered, a_staggered_panel
from tests.rooms.evaluation.designs.plans import PLACES, a_plan, found, refused, shuffled

KNOWN: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "known" / "staggered.json").read_text()
)
QUARTERS = {"Q42010": 0, "Q12011": 1, "Q22011": 2, "Q32011": 3, "Q42011": 4, "Q12012": 5}
ORGANS: dict[str, Any] = {
    "unit": "state",
    "from": "2010-10-01",
    "periods": "6",
    "adopted": [{"unit": "California", "on": "2011-07-01"}],
    "estimator": "two-way-fixed-effects",
    "standard_errors": "placebo",
    "test": "placebo",
    "draws": "999",
    "seed": "1",
}
ADOPTED = [
    {"unit": f"site-{at:02}", "on": "2020-10-01" if at < 4 else "2021-04-01"} for at in range(8)
]
ONE_DAY = [{"unit": f"site-{at:02}", "on": "2021-04-01"} for at in range(4)]


def states() -> pa.Table:
    """27 states in six quarters: one row stands for all people of a state and quarter."""
    data = organ_donations.load_pandas().data
    return pa.table(
        {
            "arm": pa.array([None] * len(data), pa.string()),
            "quantity": data["Rate"].to_numpy(),
            "status": ["known"] * len(data),
            "start_on": [
                add_months(date(2010, 10, 1), 3 * QUARTERS[quarter]) for quarter in data["Quarter"]
            ],
            "state": pa.array([None] * len(data), pa.float64()),
            "state:label": data["State"].tolist(),
        }
    )


def sites(
    seed: int = 11,
    *,
    adopted: list[dict[str, str]] = ADOPTED,
    effect: float = 3.0,
    units: int = 16,
    each: int = 5,
) -> pa.Table:
    """Five made-up people a quarter in each of 16 sites over eight quarters."""
    rng = np.random.default_rng(seed)
    begins = {one["unit"]: date.fromisoformat(one["on"]) for one in adopted}
    level = rng.normal(20, 4, units)
    rows = []
    for unit in range(units):
        name = f"site-{unit:02}"
        for period in range(8):
            start = add_months(date(2020, 1, 1), 3 * period)
            shock = rng.normal(0, 0.7)
            for person in range(each):
                on = start.replace(day=1 + 5 * person)
                served = name in begins and on >= begins[name]
                value = level[unit] + 0.5 * period + effect * served + shock + rng.normal(0, 2)
                rows.append((name, on, value))
    return pa.table(
        {
            "arm": pa.array([None] * len(rows), pa.string()),
            "quantity": [row[2] for row in rows],
            "status": ["known"] * len(rows),
            "start_on": [row[1] for row in rows],
            "site": [row[0] for row in rows],
            "region": [int(row[0][-1]) // 2 for row in rows],
        }
    )


def test_organ_donations_by_two_way_effects_with_california_alone() -> None:
    """The published -0.022; errors by cluster of one state are refused, placebos are not."""
    estimate = found(PLACES, states(), **ORGANS)
    said = refused(PLACES, states(), **{**ORGANS, "standard_errors": "cr1", "test": "wald"})

    assert float(estimate.effect.value) == pytest.approx(-0.02245897, abs=1e-8)
    assert "26 placebos" in estimate.effect.method
    assert estimate.test is not None
    assert 1 / 27 <= float(estimate.test.p_value) <= 1
    assert [arm.known for arm in estimate.arms] == [6, 156]
    assert "of one cluster" in said


def test_organ_donations_against_a_mix_are_refused_for_too_few_quarters() -> None:
    said = refused(PLACES, states(), **{**ORGANS, "estimator": "synthetic-control"})

    assert "3 periods before the start" in said


def test_two_way_effects_of_people_agree_with_a_regression_on_their_cells() -> None:
    import statsmodels.formula.api as formulas

    table = sites(adopted=ONE_DAY)
    two_way = {"estimator": "two-way-fixed-effects", "standard_errors": "cr1", "adopted": ONE_DAY}
    estimate = found(PLACES, table, **two_way)
    data = table.to_pandas()
    data["period"] = [(day.year - 2020) * 4 + (day.month - 1) // 3 for day in data["start_on"]]
    cells = data.groupby(["site", "period"], as_index=False)["quantity"].mean()
    served = cells["site"].isin([one["unit"] for one in ONE_DAY])
    cells["treated"] = (served & (cells["period"] >= 5)).astype(float)
    fit = formulas.ols("quantity ~ treated + C(site) + C(period)", cells).fit()

    assert float(estimate.effect.value) == pytest.approx(fit.params["treated"], rel=1e-9)
    assert float(estimate.effect.freedom or 0) == 15
    assert [time.since for time in estimate.event_times] == [-5, -4, -3, -2, 0, 1, 2]
    assert any("already parted before the start: F(4, 15)" in note for note in estimate.notes)


def test_the_mean_of_an_event_study_is_the_mean_of_its_later_effects() -> None:
    study = {"estimator": "event-study", "standard_errors": "cr1", "adopted": ONE_DAY}
    estimate = found(PLACES, sites(adopted=ONE_DAY), **study)
    later = [float(time.value) for time in estimate.event_times if time.since >= 0]

    assert float(estimate.effect.value) == pytest.approx(np.mean(later), rel=1e-9)
    assert estimate.effect.interval is not None
    low, high = estimate.effect.interval
    assert low < 3 < high


def test_cohorts_that_begin_at_different_times_find_the_planted_effect() -> None:
    for controls in ("never-treated", "not-yet-treated"):
        estimate = found(PLACES, sites(), adopted=ADOPTED, compared_with=controls)
        assert float(estimate.effect.value) == pytest.approx(
            3, abs=3 * float(estimate.effect.standard_error or 0)
        )
    assert min(time.since for time in estimate.event_times) == -4
    assert [arm.arm for arm in estimate.arms] == ["served", "not-served"]
    assert [(arm.arm, arm.day) for arm in estimate.curve[:2]] == [("served", 0), ("served", 91)]


def test_a_bootstrap_error_is_near_the_influence_one_and_fixed_by_the_seed() -> None:
    boots = {"standard_errors": "bootstrap", "draws": "999", "seed": "4", "adopted": ADOPTED}
    drawn = found(PLACES, sites(), **boots)
    known = float(found(PLACES, sites(), adopted=ADOPTED).effect.standard_error or 0)

    assert float(drawn.effect.standard_error or 0) == pytest.approx(known, rel=0.2)
    assert found(PLACES, shuffled(sites()), **boots) == drawn
    assert found(PLACES, sites(), **{**boots, "seed": "5"}).effect != drawn.effect
    assert "bootstrap of 98 draws" in refused(PLACES, sites(), **{**boots, "draws": "98"})


def test_clusters_of_places_change_the_error_and_not_the_value() -> None:
    table = sites()
    alone = found(PLACES, table, adopted=ADOPTED)
    joined = found(PLACES, table, adopted=ADOPTED, cluster="region")

    assert joined.effect.value == alone.effect.value
    assert joined.effect.standard_error != alone.effect.standard_error


@pytest.mark.parametrize("error", ["placebo", "jackknife"])
def test_synthetic_differences_find_the_planted_effect_with_each_error(error: str) -> None:
    synthetic = {
        "estimator": "synthetic-difference-in-differences",
        "standard_errors": error,
        "draws": "50",
        "seed": "2",
        "adopted": ONE_DAY,
    }
    table = sites(adopted=ONE_DAY)
    estimate = found(PLACES, table, **synthetic)
    after = [float(time.value) for time in estimate.event_times if time.since >= 0]

    assert float(estimate.effect.value) == pytest.approx(
        3, abs=4 * float(estimate.effect.standard_error or 0)
    )
    assert float(estimate.effect.value) == pytest.approx(np.mean(after), rel=1e-9)
    assert found(PLACES, shuffled(table), **synthetic) == estimate


def test_a_synthetic_control_has_a_placebo_test_and_no_interval() -> None:
    one = [{"unit": "site-03", "on": "2021-04-01"}]
    synthetic = {
        "estimator": "synthetic-control",
        "standard_errors": "placebo",
        "test": "placebo",
        "draws": "99",
        "seed": "2",
        "adopted": one,
    }
    table = sites(adopted=one, effect=30.0)
    estimate = found(PLACES, table, **synthetic)
    several = refused(PLACES, sites(adopted=ONE_DAY), **{**synthetic, "adopted": ONE_DAY})
    bound = refused(PLACES, table, **synthetic, decision={"pays_on": "lower-bound"})

    assert estimate.test is not None
    assert float(estimate.test.p_value) in (1 / 16, 2 / 16)
    assert estimate.effect.interval is None
    assert any(note.startswith("The mix: ") for note in estimate.notes)
    assert {point.arm for point in estimate.curve} == {"served", "mix"}
    assert "one place served" in several
    assert "no interval" in bound


def test_who_started_outside_the_periods_or_too_soon_is_left_out_and_counted() -> None:
    """The day of adoption lies inside a period: earlier people of that place are not served."""
    late = [{**one, "on": one["on"][:8] + "10"} for one in ADOPTED]
    estimate = found(PLACES, sites(adopted=late), adopted=late, periods="7")

    # Two of the five people of each place's first period, and all of the eighth.
    assert sum(flow.assigned for flow in estimate.flow) == 16 * 7 * 5 - 8 * 2
    assert any(note.startswith(f"{16 * 5 + 16} people are left out") for note in estimate.notes)


def test_unknown_outcomes_are_counted_by_served_and_other_places() -> None:
    table = sites()
    quantity = [None, *table["quantity"].to_pylist()[1:]]
    at = table.column_names.index("quantity")
    table = table.set_column(at, "quantity", pa.array(quantity, pa.float64()))
    at = table.column_names.index("status")
    status = ["move", *["known"] * (table.num_rows - 1)]
    estimate = found(PLACES, table.set_column(at, "status", pa.array(status)), adopted=ADOPTED)

    assert [flow.analysed for flow in estimate.flow] == [8 * 8 * 5 - 1, 8 * 8 * 5]


def of_one_each(panel: Staggered) -> pa.Table:
    """A person a unit and quarter of a made-up panel, with its unit's two covariates."""
    units, periods = panel.outcomes.shape
    unit, period = np.divmod(np.arange(units * periods), periods)
    return pa.table(
        {
            "arm": pa.array([None] * len(unit), pa.string()),
            "quantity": panel.outcomes.ravel(),
            "status": ["known"] * len(unit),
            "start_on": [add_months(date(2020, 1, 1), 3 * int(at)) for at in period],
            "site": [f"site-{at:03}" for at in unit],
            "x1": panel.covariates[unit, 0],
            "x2": panel.covariates[unit, 1],
        }
    )


@pytest.mark.parametrize("controls", ["never-treated", "not-yet-treated"])
@pytest.mark.parametrize("by", ["outcome-regression", "inverse-weighting", "doubly-robust"])
def test_effects_adjusted_for_covariates_are_those_of_csdid(controls: str, by: str) -> None:
    """R84: the outside figures of tests/known/staggered.json, through a plan."""
    panel = a_staggered_panel()
    adopted = [
        {"unit": f"site-{at:03}", "on": str(add_months(date(2020, 1, 1), 3 * int(first)))}
        for at, first in enumerate(panel.first_treated)
        if first >= 0
    ]
    estimate = found(
        PLACES,
        of_one_each(panel),
        adopted=adopted,
        periods="7",
        compared_with=controls,
        covariates=["x1", "x2"],
        adjusted_by=by,
    )
    value, error = KNOWN["csdid"][controls][by]["cohort"]["overall"]

    assert float(estimate.effect.value) == pytest.approx(value, rel=1e-6)
    assert float(estimate.effect.standard_error or 0) == pytest.approx(error, rel=1e-6)
    assert [row.trait for row in estimate.balance] == ["x1", "x2"]


@pytest.mark.parametrize(
    ("aggregate", "over"),
    [
        ("group", "cohort"),
        ("simple", "simple"),
        ("dynamic", "event"),
        ("calendar", "calendar"),
    ],
)
def test_the_mean_of_cohorts_that_the_plan_names_is_the_effect(aggregate: str, over: str) -> None:
    """Each by csdid; the others are told beside it, and none is taken unsaid."""
    panel = a_staggered_panel()
    adopted = [
        {"unit": f"site-{at:03}", "on": str(add_months(date(2020, 1, 1), 3 * int(first)))}
        for at, first in enumerate(panel.first_treated)
        if first >= 0
    ]
    plan = {"adopted": adopted, "periods": "7", "aggregate": aggregate}
    estimate = found(PLACES, of_one_each(panel), **plan)
    value, error = KNOWN["csdid"]["never-treated"]["none"][over]["overall"]
    (told,) = [note for note in estimate.notes if "mean of the effects of cohorts" in note]

    assert float(estimate.effect.value) == pytest.approx(value, rel=1e-6)
    assert float(estimate.effect.standard_error or 0) == pytest.approx(error, rel=1e-6)
    assert told.startswith(f"The effect is the {aggregate} mean")
    assert all(name in told for name in ("group", "simple", "dynamic", "calendar"))
    for unsaid in ({"aggregate": None}, {"aggregate": "group", "estimator": "event-study"}):
        with pytest.raises(ValueError, match="the payment moves with the one that is chosen"):
            a_plan(PLACES, adopted=ADOPTED, **unsaid)


def test_covariates_of_a_place_are_those_of_its_first_people() -> None:
    """What people are like who come once the programme runs may be its doing."""
    table = sites()
    days = np.array(table["start_on"].to_pylist(), dtype="datetime64[D]")
    age = np.random.default_rng(3).normal(40, 9, table.num_rows)
    later = np.where(days < np.datetime64("2020-04-01"), age, age * 7)
    adjusted = {"adopted": ADOPTED, "covariates": ["age"], "adjusted_by": "outcome-regression"}
    estimate = found(PLACES, table.append_column("age", pa.array(age)), **adjusted)
    other = found(PLACES, table.append_column("age", pa.array(later)), **adjusted)

    assert other.effect == estimate.effect
    assert estimate.effect.value != found(PLACES, sites(), adopted=ADOPTED).effect.value


def test_covariates_of_places_and_the_way_to_adjust_are_stated_together() -> None:
    for changes, says in (
        ({"covariates": ["age"]}, "the way in which they are adjusted for"),
        ({"adjusted_by": "doubly-robust"}, "the way in which they are adjusted for"),
        (
            {"adjusted_by": "doubly-robust", "covariates": ["age"], "estimator": "event-study"},
            "adjusts for no covariates",
        ),
    ):
        with pytest.raises(ValueError, match=says):
            a_plan(PLACES, adopted=ADOPTED, **changes)
    plan = a_plan(
        PLACES,
        adopted=ONE_DAY,
        estimator="event-study",
        standard_errors="cr1",
        covariates=["age"],
    )
    assert [problem.where.field for problem in check_estimable(plan)] == ["covariates"]


def test_a_variation_without_covariates_of_places_is_the_plain_estimate() -> None:
    table = sites().append_column("age", pa.array(np.random.default_rng(3).normal(40, 9, 640)))
    estimate = found(
        PLACES,
        table,
        adopted=ADOPTED,
        covariates=["age"],
        adjusted_by="outcome-regression",
        variations=[{"name": "plain", "without_covariates": True}],
    )
    (plain,) = estimate.variations

    assert plain.effect is not None
    assert plain.effect.value == found(PLACES, table, adopted=ADOPTED).effect.value


def test_bad_rows_are_refused_in_words() -> None:
    table = sites()
    gone = table.filter(
        pa.compute.invert(
            pa.compute.and_(
                pa.compute.equal(table["site"], "site-15"),
                pa.compute.less(table["start_on"], pa.scalar(date(2020, 4, 1))),
            )
        )
    )
    nowhere = table.set_column(
        table.column_names.index("site"), "site", pa.array([None] * table.num_rows, pa.string())
    )
    adopted = {"adopted": ADOPTED}
    two_way = {"estimator": "two-way-fixed-effects", "standard_errors": "cr1", "adopted": ONE_DAY}
    alone = [{"unit": "site-03", "on": "2021-04-01"}]
    everyone = [{"unit": f"site-{at:02}", "on": "2021-04-01"} for at in range(16)]
    early = [{**one, "on": "2019-01-01"} for one in ONE_DAY]

    assert "In 1 of 128 periods of places" in refused(PLACES, gone, **adopted)
    assert found(PLACES, gone, **two_way).effect.value
    assert "site is not known" in refused(PLACES, nowhere, **adopted)
    assert "do not tell start_on" in refused(PLACES, table.drop_columns(["start_on"]), **adopted)
    assert "site-99" in refused(PLACES, table, adopted=[{"unit": "site-99", "on": "2021-01-01"}])
    assert "one unit alone" in refused(PLACES, table, adopted=alone)
    assert "in the arm not-served" in refused(PLACES, table, adopted=everyone)
    assert "from the first period on" in refused(PLACES, table, adopted=early)
    assert "different periods" in refused(PLACES, table, **{**two_way, **adopted})
    assert "several clusters" in refused(
        PLACES,
        table.append_column("mood", pa.array([float(at % 2) for at in range(table.num_rows)])),
        cluster="mood",
        **adopted,
    )
    assert "each unit by itself" in refused(
        PLACES, table, **{**ORGANS, **adopted, "cluster": "region"}
    )
