"""Matched plans through the whole door: what they give, what they refuse, what moves nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pydantic import ValidationError

from payforsuccess.deal.estimates import Estimate
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import check_estimable, estimate_effect, payable_of
from payforsuccess.evaluation.designs.chosen import choose, without_outcomes
from payforsuccess.evaluation.designs.sample import Sample
from tests.lib.compared import USUAL, a_matched_plan, changed, people_alike
from tests.lib.studies import PLAN
from tests.rooms.evaluation.designs.plans import a_plan

EVIDENCE = "sha256:" + "0" * 64


def estimated(rows: pa.Table, **changes: Any) -> Estimate:
    return estimate_effect(a_matched_plan(**changes), rows, name="days", evidence=EVIDENCE)


def refused(rows: pa.Table, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        estimated(rows, **changes)
    return " ".join(problem.what for problem in refusal.value.problems)


@pytest.mark.parametrize("estimator", USUAL)
def test_an_effect_on_people_served_is_found(estimator: str) -> None:
    estimate = estimated(people_alike(600, effect=2.0), estimator=estimator)

    assert estimate.effect.interval is not None
    low, high = estimate.effect.interval
    assert low < 2 < high
    assert high - low < 2
    assert estimate.test is not None
    assert estimate.test.p_value < 0.01


@pytest.mark.parametrize("estimator", USUAL)
def test_balance_after_weights_and_overlap_are_told(estimator: str) -> None:
    estimate = estimated(people_alike(), estimator=estimator, balance_on=[])

    before = [abs(row.standardised_difference or 0) for row in estimate.balance]
    after = [abs(row.after or 0) for row in estimate.balance]
    assert max(after) < max(before)
    overlap, (served, pool) = estimate.overlap, estimate.arms
    assert overlap is not None
    assert overlap.match is not None
    assert sum(one.treated for one in overlap.bins) == served.assigned
    assert sum(one.control for one in overlap.bins) == overlap.pool == pool.assigned
    assert overlap.effective == pool.effective
    assert pool.weighted_mean is not None


def test_a_fact_in_words_has_a_difference_after_for_each_word() -> None:
    rows = people_alike()
    town = ["north" if at % 3 else "south" for at in range(rows.num_rows)]

    estimate = estimated(changed(rows, town=town), covariates=["age", "town"])

    after = {row.trait: row.after for row in estimate.balance}
    assert list(after) == ["age", "town: north", "town: south"]
    assert all(value is not None and abs(value) < 1e-6 for value in after.values())


@pytest.mark.parametrize("estimator", USUAL)
def test_a_shift_of_all_outcomes_moves_nothing(estimator: str) -> None:
    rows = people_alike()
    shifted = changed(rows, quantity=rows["quantity"].to_numpy() + 1_000)

    effect, moved = (estimated(r, estimator=estimator).effect for r in (rows, shifted))

    assert float(moved.value) == pytest.approx(float(effect.value), rel=1e-8)
    assert float(moved.standard_error or 0) == pytest.approx(float(effect.standard_error or 0))


@pytest.mark.parametrize("estimator", USUAL)
def test_the_order_of_rows_moves_nothing_where_nobody_ties(estimator: str) -> None:
    rows = people_alike()
    turned = rows.take(pa.array(np.random.default_rng(5).permutation(rows.num_rows)))

    effect, other = (estimated(r, estimator=estimator).effect for r in (rows, turned))

    assert float(other.value) == pytest.approx(float(effect.value), rel=1e-10)
    assert float(other.standard_error or 0) == pytest.approx(float(effect.standard_error or 0))


def test_ties_are_settled_by_the_order_of_the_file_and_not_by_outcomes() -> None:
    """Of two others equally near, the first is taken, though the second has the lower outcome."""
    rows = pa.table(
        {
            "arm": ["aid", "pool", "pool", "aid", "pool", "pool", "pool"],
            "quantity": [5.0, 3.0, 1.0, 9.0, 4.0, 2.0, 0.0],
            "status": ["known"] * 7,
            "age": [30.0, 30.0, 30.0, 40.0, 40.0, 40.0, 20.0],
        }
    )

    first = estimated(rows, estimator="matching", covariates=["age"])
    turned = estimated(rows.take([0, 2, 1, 3, 5, 4, 6]), estimator="matching", covariates=["age"])

    assert first.effect.value == ((5 - 3) + (9 - 4)) / 2
    assert turned.effect.value == ((5 - 1) + (9 - 2)) / 2


@pytest.mark.parametrize("estimator", ["entropy-balancing", "inverse-probability"])
def test_labels_of_arms_are_only_names(estimator: str) -> None:
    rows = people_alike()
    named = {"aid": "z", "pool": "b"}
    other = changed(rows, arm=[named[arm] for arm in rows["arm"].to_pylist()])

    effect = estimated(rows, estimator=estimator).effect
    again = estimated(other, estimator=estimator, arms={"treated": "z", "control": "b"}).effect

    assert float(again.value) == pytest.approx(float(effect.value), rel=1e-10)


def test_a_comparison_group_is_chosen_without_outcomes() -> None:
    """The match's fingerprint is the same whatever became of people, and of rows without it."""
    plan, rows = a_matched_plan(estimator="matching"), people_alike()
    turned = changed(rows, quantity=rows["quantity"].to_numpy()[::-1])
    first, other = (estimated(r, estimator="matching").overlap for r in (rows, turned))
    sample = Sample.of(rows, treated="aid", control="pool")
    bare = Sample.of(rows.drop_columns(["quantity", "status"]), treated="aid", control="pool")

    assert first is not None
    assert other is not None
    assert first.match == other.match == choose(plan, bare).fingerprint(plan)
    assert without_outcomes(plan, sample).rows.column_names == ["arm", "age", "priors"]
    with pytest.raises(ValueError, match="no outcome can be seen"):
        choose(plan, sample)


def test_who_has_no_known_outcome_is_left_out_before_and_counted() -> None:
    rows = people_alike()
    quantity = rows["quantity"].to_numpy().copy()
    served = np.flatnonzero(np.array(rows["arm"].to_pylist()) == "aid")[:3]
    quantity[served] = np.nan
    status = ["move" if at in served else "known" for at in range(rows.num_rows)]

    estimate = estimated(changed(rows, quantity=quantity, status=status))

    assert "3 people served and 0 others have no known outcome" in " ".join(estimate.notes)
    assert estimate.arms[0].known == estimate.arms[0].assigned - 3
    assert estimate.overlap is not None
    assert sum(one.treated for one in estimate.overlap.bins) == estimate.arms[0].known


def test_people_served_without_a_match_are_counted_and_the_effect_says_so() -> None:
    estimate = estimated(people_alike(), estimator="matching", caliper="0.01")

    assert estimate.overlap is not None
    lost = estimate.overlap.unmatched
    assert lost > 0
    assert any(f"{lost:,} of " in note and "have no match" in note for note in estimate.notes)


def test_exact_facts_are_the_same_in_both_of_a_match() -> None:
    rows = people_alike()
    county = ["a" if at % 2 else "b" for at in range(rows.num_rows)]
    table = changed(rows, county=county)

    estimate = estimated(table, estimator="matching", exact_on=["county"], balance_on=["county"])

    after = {row.trait: row.after for row in estimate.balance}
    assert after["county: a"] == after["county: b"] == 0


def test_trimmed_people_are_counted() -> None:
    estimate = estimated(people_alike(), estimator="inverse-probability", trimmed_at="15%")

    assert any("people served were trimmed" in note for note in estimate.notes)
    assert "scores from 0.15 to 0.85 kept" in estimate.effect.method


def test_a_percent_reduction_is_of_what_would_have_been() -> None:
    estimate = estimated(people_alike(), **{"as": "percent-reduction"})

    difference = next(other for other in estimate.also if other.form == "difference")
    served = estimate.arms[0].weighted_mean
    assert served is not None
    without = served - difference.value
    expected = 100 * (1 - float(served) / float(without))
    assert float(estimate.effect.value) == pytest.approx(expected, rel=1e-9)


def test_a_percent_of_nothing_is_refused() -> None:
    rows = people_alike()
    below = changed(rows, quantity=rows["quantity"].to_numpy() - 100)

    assert "not above 0, so nothing can be a percent" in refused(
        below, **{"as": "percent-reduction"}
    )


@pytest.mark.parametrize("estimator", USUAL)
def test_people_without_a_covariate_are_refused_and_counted(estimator: str) -> None:
    rows = people_alike()
    age = rows["age"].to_numpy().copy()
    age[:4] = np.nan

    assert "Of 4 of 300 people age is not known" in refused(
        changed(rows, age=age), estimator=estimator
    )


def test_people_without_an_exact_fact_are_refused_and_counted() -> None:
    rows = people_alike()
    county = [None if at < 2 else "a" for at in range(rows.num_rows)]

    assert "Of 2 of 300 people county is not known" in refused(
        changed(rows, county=county), estimator="matching", exact_on=["county"]
    )


def test_a_person_of_both_arms_is_refused() -> None:
    rows = people_alike()
    arms = rows["arm"].to_pylist()
    person = np.arange(rows.num_rows)
    person[arms.index("aid")] = person[arms.index("pool")]

    assert "1 people are in both arms" in refused(changed(rows, person=person))


def test_rows_of_one_person_are_told() -> None:
    rows = people_alike()
    person = np.arange(rows.num_rows)
    pool = np.flatnonzero(np.array(rows["arm"].to_pylist()) == "pool")
    person[pool[0]] = pool[1]

    notes = estimated(changed(rows, person=person)).notes

    assert any("1 rows are of people who stand in the study already" in note for note in notes)


def test_covariates_that_tell_everyone_apart_are_refused() -> None:
    rows = people_alike()
    told = [float(arm == "aid") for arm in rows["arm"].to_pylist()]

    assert "tell everyone served from others" in refused(
        changed(rows, told=told), estimator="inverse-probability", covariates=["age", "told"]
    )


@pytest.mark.parametrize("estimator", ["matching", "inverse-probability", "entropy-balancing"])
def test_covariates_that_follow_from_others_are_refused(estimator: str) -> None:
    rows = people_alike()
    twice = changed(rows, twice=2 * rows["age"].to_numpy())

    assert "follow from the others: twice" in refused(
        twice, estimator=estimator, covariates=["age", "priors", "twice"]
    )


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "the effect of being offered": ({"estimand": "itt"}, "asks for itt"),
    "bootstrap with replacement": (
        {
            "estimator": "matching",
            "with_replacement": True,
            "standard_errors": "bootstrap",
            "draws": 999,
            "seed": 1,
        },
        "Abadie and Imbens 2008",
    ),
    "pairs with replacement": (
        {"estimator": "matching", "with_replacement": True},
        "pairs does not go with matching with replacement",
    ),
    "Abadie and Imbens without replacement": (
        {"estimator": "matching", "standard_errors": "abadie-imbens"},
        "abadie-imbens does not go with matching without replacement",
    ),
    "bootstrap across folds": (
        {
            "estimator": "doubly-robust",
            "folds": 5,
            "standard_errors": "bootstrap",
            "draws": 999,
            "seed": 1,
        },
        "stand in two folds",
    ),
    "another error": ({"standard_errors": "hc2"}, "hc2 errors by entropy-balancing"),
    "another test": ({"test": "welch"}, "the test welch by entropy-balancing"),
    "another form": ({"as": "rate-ratio"}, "the form rate-ratio by entropy-balancing"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_go_together_is_refused_before_anything_is_computed(case: str) -> None:
    changes, says = WRONG[case]

    problems = check_estimable(a_matched_plan(**changes))

    assert says in " ".join(problem.what for problem in problems)


def test_a_variation_with_an_error_that_does_not_fit_says_why() -> None:
    variation = {"name": "other-errors", "standard_errors": "hc3"}

    (found,) = estimated(people_alike(), variations=[variation]).variations

    assert "hc3 errors by entropy-balancing" in (found.not_found or "")


MISTYPED: dict[str, tuple[dict[str, Any], str]] = {
    "ties": ({"estimator": "matching", "ties": "all"}, "with replacement"),
    "alike": ({"estimator": "matching", "alike": "2"}, "with replacement"),
    "order": (
        {"estimator": "matching", "with_replacement": True, "order": "file-order"},
        "nobody waits",
    ),
    "distance": ({"distance": "logit"}, "estimator: matching"),
    "folds": ({"folds": "5"}, "folds of cross-fitting"),
    "trimmed_at": ({"trimmed_at": "5%"}, "Trimming leaves out"),
    "far": ({"estimator": "inverse-probability", "trimmed_at": "60%"}, "near to 0 and 1"),
}


@pytest.mark.parametrize("case", MISTYPED)
def test_a_rule_that_hangs_badly_together_is_refused(case: str) -> None:
    changes, says = MISTYPED[case]

    with pytest.raises(ValidationError, match=says):
        a_matched_plan(**changes)


def test_ties_kept_and_variances_among_people_alike() -> None:
    rule = {"with_replacement": True, "ties": "all", "standard_errors": "abadie-imbens"}
    plain = estimated(people_alike(), estimator="matching", **rule)
    robust = estimated(people_alike(), estimator="matching", alike="2", **rule)

    assert plain.effect.value == robust.effect.value
    assert plain.effect.standard_error != robust.effect.standard_error
    assert "variances among people alike" in robust.effect.method


def test_cross_fitting_rests_on_the_plans_seed() -> None:
    changes = {"estimator": "doubly-robust", "folds": "5"}
    first, again, other = (
        estimated(people_alike(), seed=seed, **changes).effect.value for seed in (7, 7, 8)
    )

    assert first == again != other


EVERYONE: dict[str, dict[str, Any]] = {
    "matching": {"with_replacement": True, "standard_errors": "abadie-imbens"},
    "inverse-probability": {},
    "doubly-robust": {},
}


@pytest.mark.parametrize("estimator", EVERYONE)
def test_the_effect_on_everyone_is_that_of_everyone(estimator: str) -> None:
    """People served are younger, and the effect grows with age."""
    rows = people_alike(900)
    age = np.array(rows["age"])
    served = np.array(rows["arm"]) == "aid"
    grown = np.array(rows["quantity"]) + 0.5 * (age - 30) * served
    rows = changed(rows, quantity=grown)
    plan = {"estimator": estimator, **USUAL[estimator], **EVERYONE[estimator]}

    on_everyone = estimated(rows, **plan, estimand="ate")
    on_served = estimated(rows, **plan)

    truth = 2 + 0.5 * (age - 30).mean()
    assert on_everyone.estimand == "ate"
    assert float(on_everyone.effect.value) == pytest.approx(
        truth, abs=3.5 * float(on_everyone.effect.standard_error or 0)
    )
    assert on_everyone.effect.value > on_served.effect.value
    assert "(ATE)" in on_everyone.effect.method


def test_people_of_either_side_without_a_match_are_counted() -> None:
    plan = {"estimator": "matching", "estimand": "ate", **EVERYONE["matching"], "caliper": "0.001"}
    estimate = estimated(people_alike(), **plan)

    assert any("have no match on the other side" in note for note in estimate.notes)
    assert estimate.overlap is not None
    assert estimate.overlap.match != estimated(people_alike(), **plan | {"caliper": "0.1"}).overlap


def test_the_effect_on_everyone_is_refused_where_nothing_gives_it() -> None:
    for changes, says in (
        ({"estimator": "entropy-balancing"}, "no one like everyone"),
        ({"estimator": "matching"}, "without replacement has too few"),
    ):
        (problem,) = check_estimable(a_matched_plan(**changes, estimand="ate"))
        assert says in problem.what
        assert "att" in problem.do
    plan = a_plan(PLAN).model_copy(update={"estimand": "ate"})
    assert [p.where.field for p in check_estimable(plan)] == ["estimand"]


NEAR: dict[str, Any] = {"estimator": "matching", "caliper": "0.05"}


def test_a_match_with_a_calliper_rests_on_those_matched_alone() -> None:
    """Who is left out counts neither in the head count that is paid on, nor in means or balance."""
    rows = people_alike(240)
    estimate = estimated(rows, **NEAR)
    payable = payable_of(a_matched_plan(**NEAR), estimate)
    served, pool = estimate.arms
    overlap = estimate.overlap

    assert overlap is not None and overlap.unmatched > 0
    assert served.rests_on == served.known - overlap.unmatched == pool.rests_on == overlap.used
    assert payable.people == served.rests_on + pool.rests_on < served.known + pool.known
    assert served.weighted_mean is not None and pool.weighted_mean is not None
    gap = served.weighted_mean - pool.weighted_mean
    assert float(gap) == pytest.approx(float(estimate.effect.value), rel=1e-9)
    plan = a_matched_plan(**NEAR)
    everyone = Sample.of(rows, treated="aid", control="pool")
    chosen = choose(plan, without_outcomes(plan, everyone))
    assert chosen.match is not None
    kept = np.isin(np.arange(rows.num_rows), chosen.match.pairs[:, 0])
    (age, _) = estimate.balance
    assert age.means_after is not None
    assert float(age.means_after[0]) == pytest.approx(rows["age"].to_numpy()[kept].mean())
    assert age.means_after != (age.treated_mean, age.control_mean)


def test_the_floor_of_a_match_counts_those_matched() -> None:
    rows = people_alike(240)
    served = estimated(rows, **NEAR).arms[0]
    floor = {"sample_floor": str(served.rests_on + 1)}
    assert served.rests_on + 1 <= served.known

    said = refused(rows, **NEAR, **floor)
    assert f"{served.rests_on} of {served.known} are compared" in said
    rule = {"when": "sample-below-floor", "then": "pay-nothing", "says": "Too few."}
    plan = {**NEAR, **floor, "fallback": [rule]}
    payable = payable_of(a_matched_plan(**plan), estimated(rows, **plan))
    assert payable.value == 0
    assert payable.facts[0].found == served.rests_on
    assert estimated(rows, **NEAR, sample_floor=str(served.rests_on)).arms[0] == served
