"""A randomised comparison: what it gives, what it refuses, and what its decision rule does."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import check_estimable, estimate_effect, payable_of
from tests.lib.studies import EVIDENCE
from tests.lib.studies import OF_SHARES as PLAN


def a_plan(**changes: Any) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(EvaluationPlan)
    return adapter.validate_python({**PLAN, **changes})


def rows(aid: tuple[int, int], none: tuple[int, int], unknown: int = 0, **traits: Any) -> pa.Table:
    """`(with, without)` an event in each arm, and people of the aid arm who moved away."""
    arms = ["aid"] * (sum(aid) + unknown) + ["none"] * sum(none)
    quantities = [1] * aid[0] + [0] * aid[1] + [None] * unknown + [1] * none[0] + [0] * none[1]
    columns = {
        "arm": pa.array(arms, pa.string()),
        "quantity": pa.array(quantities, pa.int64()),
        "status": pa.array(["move" if q is None else "known" for q in quantities], pa.string()),
    }
    return pa.table({**columns, **traits})


def estimated(table: pa.Table, **changes: Any) -> Estimate:
    return estimate_effect(a_plan(**changes), table, name="arrests", evidence=EVIDENCE)


def paid(table: pa.Table, **changes: Any) -> PayableEstimate:
    return payable_of(a_plan(**changes), estimated(table, **changes))


def refused(table: pa.Table, **changes: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        estimated(table, **changes)
    return [problem.what for problem in refusal.value.problems]


def test_the_effect_is_exact_and_stated_in_the_plans_form() -> None:
    estimate = estimated(rows((48, 168), (66, 150)), **{"as": "percent-reduction"})

    assert estimate.effect.form == "percent-reduction"
    assert estimate.effect.value == Fraction(300, 11)
    assert [other.form for other in estimate.also] == ["difference", "rate-ratio"]
    assert estimate.also[0].value == Fraction(-25, 3)


def test_unknown_outcomes_are_counted_as_lost_and_not_as_successes() -> None:
    estimate = estimated(rows((10, 30), (20, 20), unknown=10))

    treated, control = estimate.arms
    assert (treated.assigned, treated.known, treated.mean) == (50, 40, Fraction(1, 4))
    assert (control.assigned, control.known) == (40, 40)
    assert estimate.attrition.overall == Fraction(10, 90)
    assert estimate.attrition.difference == Fraction(1, 5)
    assert [(s.status, s.people) for s in estimate.flow[0].not_known] == [("move", 10)]


def test_outcomes_other_than_0_and_1_are_refused() -> None:
    table = rows((1, 1), (1, 1))
    table = table.set_column(1, "quantity", pa.array([3, 0, 1, 0], pa.int64()))

    (message,) = refused(table)

    assert "needs outcomes of 0 and 1; the arm aid has others" in message


def test_an_arm_that_no_one_is_in_is_refused() -> None:
    (message,) = refused(rows((1, 1), (1, 1)), arms={"treated": "aid", "control": "nothing"})

    assert "No one with a known outcome is in the arm nothing." in message


def test_a_percent_of_nothing_is_refused() -> None:
    (message,) = refused(rows((1, 9), (0, 10)), **{"as": "percent-reduction"})

    assert "nothing can be a percent" in message


def test_a_sample_below_its_floor_is_refused_without_a_fallback() -> None:
    messages = refused(rows((1, 9), (2, 8)), sample_floor="11")

    assert len(messages) == 2


def test_a_sample_below_its_floor_pays_nothing_if_the_plan_says_so() -> None:
    rule = {"when": "sample-below-floor", "then": "pay-nothing", "says": "Too few."}

    too_few = paid(rows((1, 9), (2, 8)), sample_floor="11", fallback=[rule])
    enough = paid(rows((1, 9), (2, 8)), sample_floor="10", fallback=[rule])

    assert (too_few.value, too_few.because) == (0, "The fall-back rule holds: Too few.")
    assert [(fact.found, fact.limit, fact.holds) for fact in too_few.facts] == [(10, 11, True)]
    assert enough.value == -10
    assert [fact.holds for fact in enough.facts] == [False]


def test_too_many_lost_pays_nothing_if_the_plan_says_so() -> None:
    rule = {"when": "attrition-above", "limit": "10%", "then": "pay-nothing", "says": "Lost."}

    at_the_limit = paid(rows((10, 26), (20, 25), unknown=9), fallback=[rule])
    above_it = paid(rows((10, 25), (20, 25), unknown=10), fallback=[rule])

    assert at_the_limit.value == at_the_limit.parts[0].value
    assert above_it.value == 0


@pytest.mark.parametrize(("level", "pays"), [("5%", True), ("4%", False)])
def test_significance_pays_the_point_estimate_or_no_effect(level: str, pays: bool) -> None:
    found = paid(rows((48, 168), (66, 150)), decision={"pays_on": "significance", "level": level})

    assert found.value == (found.parts[0].value if pays else 0)


def test_no_effect_of_a_ratio_is_one() -> None:
    decision = {"pays_on": "significance", "level": "4%"}

    assert paid(rows((48, 168), (66, 150)), decision=decision, **{"as": "rate-ratio"}).value == 1


def test_a_lower_bound_pays_the_end_nearer_to_no_effect() -> None:
    decision = {"pays_on": "lower-bound"}

    fewer = paid(rows((20, 180), (66, 134)), decision=decision)
    more = paid(rows((66, 134), (20, 180)), decision=decision)
    unclear = paid(rows((20, 30), (21, 29)), decision=decision)

    assert fewer.interval is not None
    assert more.interval is not None
    assert fewer.value == fewer.interval[1] < 0
    assert more.value == more.interval[0] > 0
    assert unclear.value == 0


def test_a_lower_bound_without_interval_is_refused() -> None:
    changes = {"as": "percent-reduction", "decision": {"pays_on": "lower-bound"}}

    with pytest.raises(Refusal) as refusal:
        paid(rows((0, 10), (3, 7)), **changes)

    assert "this effect has none" in refusal.value.problems[0].what


def test_an_unlikely_split_is_told() -> None:
    uneven = estimated(rows((10, 90), (10, 20)))
    even = estimated(rows((10, 40), (10, 40)))

    assert "so uneven a split is unlikely" in uneven.notes[0]
    assert even.notes == ()


def test_an_interval_and_a_test_that_disagree_are_told() -> None:
    estimate = estimated(rows((48, 168), (66, 150)), **{"as": "percent-reduction"})

    assert any("interval includes 0" in note for note in estimate.notes)


def test_traits_are_balanced_by_arm_and_missing_ones_counted() -> None:
    table = rows((1, 1), (1, 1), age=pa.array([30, None, 20, 40], pa.int64()))

    (row,) = estimated(table, balance_on=["age"]).balance

    assert (row.treated_mean, row.control_mean, row.missing) == (30, 30, 1)
    assert row.standardised_difference == 0


def test_rows_in_another_order_give_the_same_estimate() -> None:
    table = rows((48, 168), (66, 150), unknown=3)

    assert estimated(table) == estimated(table.take(list(range(table.num_rows))[::-1]))


def test_an_estimate_reads_back_from_its_own_text() -> None:
    estimate = estimated(rows((48, 168), (66, 150)), sensitivity=["fisher", "welch"])

    again = Estimate.model_validate_json(estimate.model_dump_json())

    assert again == estimate
    assert again.fingerprint == estimate.fingerprint


REFUSED = {
    "standard_errors": {"standard_errors": "hc3"},
    "test": {"test": "anderson-rubin"},
    "sensitivity": {"sensitivity": ["log-rank"]},
    "covariates": {"covariates": ["age"]},
    "as": {
        "as": "percent-reduction",
        "estimator": "ancova",
        "covariates": ["age"],
        "standard_errors": "hc2",
        "test": "wald",
    },
}


@pytest.mark.parametrize(("field", "changes"), REFUSED.items(), ids=REFUSED)
def test_what_is_not_computed_is_refused_where_it_stands(
    field: str, changes: dict[str, Any]
) -> None:
    (problem,) = check_estimable(a_plan(**changes))

    assert problem.where.field == field
    assert "does not compute it" in problem.what or "adjusts for nothing" in problem.what


CLUSTERED = {"assignment": "clustered", "cluster": "village", "estimator": "difference-in-means"}


def test_people_drawn_by_cluster_have_errors_and_a_test_by_cluster() -> None:
    problems = check_estimable(a_plan(**CLUSTERED, standard_errors="hc2", test="welch"))

    assert [problem.where.field for problem in problems] == ["standard_errors", "test"]
    assert not check_estimable(a_plan(**CLUSTERED, standard_errors="cr2", test="wald"))


def test_the_plan_of_these_tests_is_computed() -> None:
    assert check_estimable(a_plan()) == ()
