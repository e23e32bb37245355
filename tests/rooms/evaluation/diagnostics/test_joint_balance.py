"""All facts from before together: against statsmodels' F, and by the draws of the design."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from causaldata import nsw_mixtape

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.chance.designs import complete_as
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.diagnostics import JointBalance, f_test_of_balance, joint_balance
from tests.lib.compared import changed
from tests.lib.studies import PLAN
from tests.rooms.evaluation.test_randomised import a_plan

pytestmark = pytest.mark.filterwarnings("error")

TRAITS = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
PLAN_OF_MEANS = {
    key: PLAN[key] for key in ("measure", "estimator", "as", "standard_errors", "test")
}


def rng() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(3))


def a_trial(count: int = 200, *, lift: float = 0.0) -> Sample:
    made = rng()
    treated = made.permutation(count) < count / 2
    rows = pa.table(
        {
            "arm": np.where(treated, "aid", "none"),
            "quantity": made.normal(size=count),
            "status": ["known"] * count,
            "age": made.normal(30, 5, count) + lift * treated,
            "priors": made.poisson(2, count).astype(float),
            "town": np.array(["north", "south"])[made.integers(0, 2, count)],
        }
    )
    return Sample.of(rows, treated="aid", control="none")


def balanced(sample: Sample, *, draws: int = 0, **changes: Any) -> JointBalance:
    plan = a_plan(**{**PLAN_OF_MEANS, "balance_on": ["age", "priors"], **changes})
    found = joint_balance(plan, sample, draws=draws, rng=rng())
    assert found is not None
    return found


def test_the_f_of_the_training_experiment() -> None:
    """statsmodels 0.15.0: OLS of treat on the eight covariates."""
    data = nsw_mixtape.load_pandas().data

    found = f_test_of_balance(data.treat.to_numpy() == 1, data[TRAITS].to_numpy(float), TRAITS)

    assert found.freedom == (8, 436)
    assert found.statistic == pytest.approx(2.14020732434, rel=1e-8)
    assert found.p_value == pytest.approx(0.0310708257574, rel=1e-8)


def test_draws_by_the_design_agree_with_f_where_the_facts_are_normal() -> None:
    found = balanced(a_trial(), draws=2_000)

    assert found.p_by_chance == pytest.approx(found.p_value, abs=0.04)
    assert found.draws == 2_000


def test_arms_apart_are_seen_by_both() -> None:
    found = balanced(a_trial(lift=5.0), draws=500)

    assert found.p_value is not None
    assert found.p_value < 1e-6
    assert found.p_by_chance == 1 / 501


def test_draws_within_strata_keep_what_the_strata_fixed_out() -> None:
    """The arm's share differs by town by plan; only differences within towns are asked about."""
    sample = a_trial()
    rows = changed(
        sample.rows,
        town=["north" if a == "aid" else "south" for a in sample.rows["arm"].to_pylist()],
    )
    town = np.array(rows["town"].to_pylist())
    town[::5] = np.where(town[::5] == "north", "south", "north")
    again = Sample.of(changed(rows, town=town), treated="aid", control="none")

    plan = {"assignment": "stratified", "strata": ["town"], "balance_on": ["age", "town"]}
    found = balanced(again, draws=500, **plan)

    assert found.facts == ("age",)
    assert found.p_by_chance == pytest.approx(found.p_value, abs=0.08)


def test_whole_clusters_have_no_f_distribution() -> None:
    sample = a_trial()
    site = np.arange(200) // 10
    rows = changed(
        sample.rows, site=site, arm=np.where(site % 2, "aid", "none"), level=(site * 7 % 11) * 1.0
    )
    clustered = Sample.of(rows, treated="aid", control="none")

    plan = {"assignment": "clustered", "cluster": "site", "standard_errors": "cr2", "test": "wald"}
    found = balanced(clustered, draws=500, balance_on=["level"], **plan)

    assert found.p_value is None
    assert found.p_by_chance is not None
    assert found.p_by_chance > 0.01


def test_people_with_an_unknown_fact_are_counted() -> None:
    sample = a_trial()
    age = sample.rows["age"].to_numpy().copy()
    age[:7] = np.nan

    found = balanced(Sample.of(changed(sample.rows, age=age), treated="aid", control="none"))

    assert (found.people, found.left_out) == (193, 7)
    assert "7 people with an unknown fact are left out." in found.says


def test_facts_that_say_nothing_more_are_left_out() -> None:
    sample = a_trial()
    rows = changed(sample.rows, same=np.ones(200), twice=2 * sample.rows["age"].to_numpy())
    more = Sample.of(rows, treated="aid", control="none")

    found = balanced(more, balance_on=["age", "same", "twice"])

    assert found.facts == ("age",)
    assert "Do the arms differ in one fact? F(1, 198) = " in found.says


def test_a_plan_without_facts_has_nothing_to_test() -> None:
    plan = a_plan(**PLAN_OF_MEANS)

    assert joint_balance(plan, a_trial(), rng=rng()) is None


def test_facts_that_tell_the_arms_apart_are_refused() -> None:
    sample = a_trial()
    told = sample.treated.astype(float)

    with pytest.raises(Refusal, match="tell both arms apart"):
        f_test_of_balance(sample.treated, told[:, None], ["told"])


def test_an_order_of_rows_changes_nothing() -> None:
    sample = a_trial()
    columns = np.column_stack([sample.numbers("age"), sample.numbers("priors")])
    turn = rng().permutation(200)

    first = f_test_of_balance(sample.treated, columns, ["age", "priors"])
    other = f_test_of_balance(
        sample.treated[turn], columns[turn], ["age", "priors"], design=complete_as(sample.treated)
    )

    assert other.statistic == pytest.approx(first.statistic)
