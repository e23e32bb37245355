"""Errors from drawing people again: what they cover, what is drawn together, what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pydantic import TypeAdapter

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import check_estimable, estimate_effect
from payforsuccess.evaluation.designs.sample import Sample
from payforsuccess.evaluation.pooled import Part, pooled
from tests.lib.compared import USUAL, a_matched_plan, changed, people_alike
from tests.lib.studies import PLAN

EVIDENCE = "sha256:" + "0" * 64
DRAWN: dict[str, Any] = {"standard_errors": "bootstrap", "draws": 99, "seed": 5, "test": "wald"}
AS = "as"


def a_plan(**changes: Any) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(EvaluationPlan)
    return adapter.validate_python({**PLAN, **changes})


def a_trial(count: int = 240, *, seed: int = 2, share: float = 0.5) -> pa.Table:
    """Made-up people of a trial: days between 0 and about 60, with two covariates."""
    rng = np.random.default_rng(seed)
    treated = rng.permutation(count) < share * count
    age, priors = rng.normal(30, 6, count), rng.poisson(2, count).astype(float)
    days = np.maximum(0, 20 + 4 * priors - 4 * treated + rng.normal(0, 5, count))
    town = np.array(["north", "south", "west"])[rng.integers(0, 3, count)]
    return pa.table(
        {
            "arm": np.where(treated, "aid", "none"),
            "quantity": days,
            "status": ["known"] * count,
            "age": age,
            "priors": priors,
            "town": town,
        }
    )


def estimated(rows: pa.Table, **changes: Any) -> Estimate:
    return estimate_effect(a_plan(**changes), rows, name="days", evidence=EVIDENCE)


def refused(rows: pa.Table, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        estimated(rows, **changes)
    return " ".join(problem.what for problem in refusal.value.problems)


PLANS: dict[str, dict[str, Any]] = {
    "difference-in-means": {},
    "ancova": {"covariates": ["age", "priors", "town"]},
    "lin": {"covariates": ["age", "priors"]},
    "blocked-difference": {"strata": ["town"], "assignment": "stratified"},
}


def with_part(rows: pa.Table) -> pa.Table:
    """The same trial, in which four of five of those offered take part."""
    offered = np.array(rows["arm"]) == "aid"
    came = np.random.default_rng(8).random(rows.num_rows) < 0.8
    return rows.append_column("took_part", pa.array(offered & came))


TAKEN = {"estimand": "tot", "estimator": "two-stage-least-squares"}


def test_the_effect_of_taking_part_can_be_drawn_again() -> None:
    rows = with_part(a_trial())

    drawn = estimated(rows, **TAKEN, covariates=["age"], **{**DRAWN, "draws": 399})
    formula = estimated(rows, **TAKEN, covariates=["age"], standard_errors="hc1", test="wald")

    assert drawn.effect.value == formula.effect.value
    assert float(drawn.effect.standard_error or 0) == pytest.approx(
        float(formula.effect.standard_error or 0), rel=0.12
    )
    assert drawn.take_up == formula.take_up
    assert any("rest on hc1 errors, not on draws" in note for note in drawn.notes)


def test_taking_part_is_drawn_by_whole_clusters_where_chance_sent_them() -> None:
    rng = np.random.default_rng(4)
    cluster = np.repeat(np.arange(40), 6)
    offered = rng.permutation(40)[cluster] < 20
    took = offered & (rng.random(240) < 0.7)
    days = 20 + rng.normal(0, 3, 40)[cluster] - 4 * took + rng.normal(0, 3, 240)
    rows = pa.table(
        {
            "arm": np.where(offered, "aid", "none"),
            "quantity": days,
            "status": ["known"] * 240,
            "took_part": took,
            "town": cluster.astype(float),
        }
    )
    by = {**TAKEN, "assignment": "clustered", "cluster": "town"}
    drawn = estimated(rows, **by, **{**DRAWN, "draws": 399}).effect
    formula = estimated(rows, **by, standard_errors="cr1", test="wald").effect

    assert float(drawn.standard_error or 0) == pytest.approx(
        float(formula.standard_error or 0), rel=0.15
    )
    assert "draws of clusters" in drawn.method


def test_draws_in_which_nobody_would_take_part_are_refused() -> None:
    rows = a_trial(60)
    offered = np.flatnonzero(np.array(rows["arm"]) == "aid")
    took = np.zeros(60, dtype=bool)
    took[offered[:2]] = True

    said = refused(rows.append_column("took_part", pa.array(took)), **TAKEN, **DRAWN)

    assert "draws of people the formula finds nothing" in said


@pytest.mark.parametrize("estimator", PLANS)
def test_drawing_again_agrees_with_the_formulas_own_error(estimator: str) -> None:
    changes = {"estimator": estimator, **PLANS[estimator]}
    own = "unpooled" if estimator == "blocked-difference" else "hc2"
    rows = a_trial()

    drawn = estimated(rows, **changes, **{**DRAWN, "draws": 499}).effect
    formula = estimated(rows, **changes, standard_errors=own, test="wald").effect

    assert drawn.value == formula.value
    assert float(drawn.standard_error or 0) == pytest.approx(
        float(formula.standard_error or 0), rel=0.12
    )
    assert "percentile bootstrap of the whole formula, 499 draws of people" in drawn.method
    assert drawn.interval is not None
    assert drawn.interval[0] < drawn.value < drawn.interval[1]


@pytest.mark.parametrize("estimator", USUAL)
def test_a_comparison_group_is_chosen_anew_in_each_draw(estimator: str) -> None:
    rows = people_alike(160)
    plan = a_matched_plan(estimator=estimator)
    drawn = a_matched_plan(estimator=estimator, **DRAWN)

    formula, again = (
        estimate_effect(p, rows, name="days", evidence=EVIDENCE) for p in (plan, drawn)
    )

    assert again.effect.value == formula.effect.value
    assert again.overlap == formula.overlap
    assert again.balance == formula.balance
    assert float(again.effect.standard_error or 0) == pytest.approx(
        float(formula.effect.standard_error or 0), rel=0.4
    )


@pytest.mark.parametrize("estimator", ["ancova", "lin"])
def test_an_adjusted_percent_reduction_has_an_interval(estimator: str) -> None:
    """R84: the control mean is that of everyone had nobody been treated."""
    plan = {"estimator": estimator, "covariates": ["priors"], **DRAWN}
    rows = a_trial()

    reduction = estimated(rows, **plan, **{AS: "percent-reduction"})
    ratio = estimated(rows, **plan, **{AS: "rate-ratio"}).effect

    assert reduction.effect.interval is not None
    assert ratio.interval is not None
    low, high = reduction.effect.interval
    assert low < reduction.effect.value < high
    assert float(ratio.value) == pytest.approx(1 - float(reduction.effect.value) / 100)
    assert float(ratio.interval[0]) == pytest.approx(1 - float(high) / 100)
    assert float(ratio.interval[1]) == pytest.approx(1 - float(low) / 100)
    assert {effect.form for effect in reduction.also} == {"difference", "rate-ratio"}


def test_adjusted_means_are_the_regressions_own_predictions() -> None:
    """By hand: predict for everyone without the programme, and take the mean."""
    rows = a_trial()
    columns = {name: rows[name].to_numpy() for name in ("age", "priors", "quantity")}
    arm = (np.array(rows["arm"].to_pylist()) == "aid").astype(float)
    known = np.column_stack([columns["age"], columns["priors"]])
    for estimator in ("ancova", "lin"):
        parts = [np.ones(len(arm)), arm, known]
        if estimator == "lin":
            parts.append(arm[:, None] * (known - known.mean(axis=0)))
        design = np.column_stack(parts)
        fitted = np.linalg.lstsq(design, columns["quantity"], rcond=None)[0]
        without = design.copy()
        without[:, 1] = 0
        if estimator == "lin":
            without[:, 4:] = 0
        mean = float((without @ fitted).mean())
        expected = -100 * fitted[1] / mean

        found = estimated(
            rows,
            estimator=estimator,
            covariates=["age", "priors"],
            **{**DRAWN, "draws": 99, AS: "percent-reduction"},
        )

        assert float(found.effect.value) == pytest.approx(expected, rel=1e-9)


def test_without_draws_an_adjusted_ratio_is_refused_and_the_way_out_is_named() -> None:
    plan = a_plan(
        estimator="ancova", covariates=["age"], standard_errors="hc2", **{AS: "percent-reduction"}
    )

    (problem, *_) = check_estimable(plan)

    assert "percent-reduction with bootstrap errors" in problem.do


def test_shares_are_drawn_too() -> None:
    rows = a_trial()
    yes = (rows["quantity"].to_numpy() > 28).astype(int)
    table = changed(rows, quantity=yes)

    drawn = estimated(table, estimator="difference-in-proportions", **{**DRAWN, "draws": 499})
    formula = estimated(
        table, estimator="difference-in-proportions", standard_errors="unpooled", test="wald"
    )

    assert drawn.effect.unit == "percentage point"
    assert float(drawn.effect.standard_error or 0) == pytest.approx(
        float(formula.effect.standard_error or 0), rel=0.12
    )
    assert drawn.test is not None
    assert formula.test is not None
    assert float(drawn.test.p_value) == pytest.approx(float(formula.test.p_value), abs=0.05)


def test_whole_clusters_are_drawn_where_chance_sent_clusters() -> None:
    rows = a_trial(300)
    rng = np.random.default_rng(3)
    cluster = np.arange(300) // 10
    treated = rng.permutation(30) < 15
    lift = rng.normal(0, 8, 30)[cluster]
    table = changed(
        rows,
        arm=np.where(treated[cluster], "aid", "none"),
        site=cluster,
        quantity=rows["quantity"].to_numpy() + lift,
    )
    clustered = {"assignment": "clustered", "cluster": "site"}

    drawn = estimated(table, **clustered, **{**DRAWN, "draws": 499}).effect
    robust = estimated(table, **clustered, standard_errors="cr2", test="wald").effect
    alone = estimated(table, standard_errors="hc2", test="wald").effect

    assert "draws of clusters within arm" in drawn.method
    assert float(drawn.standard_error or 0) == pytest.approx(
        float(robust.standard_error or 0), rel=0.15
    )
    assert float(drawn.standard_error or 0) > 2 * float(alone.standard_error or 0)


def test_rows_of_one_person_are_drawn_together() -> None:
    """Everyone stands twice: drawn row by row the error would be too small by the root of two."""
    once = a_trial(120)
    twice = pa.concat_tables([once, once])
    person = np.concatenate([np.arange(120), np.arange(120)])

    alone = estimated(once, **{**DRAWN, "draws": 499}).effect
    together = estimated(changed(twice, person=person), **{**DRAWN, "draws": 499}).effect

    assert float(together.standard_error or 0) == pytest.approx(
        float(alone.standard_error or 0), rel=0.12
    )


def test_a_word_that_nobody_drawn_has_costs_no_draw() -> None:
    rows = a_trial(60)
    town = ["far" if at == 0 else "near" for at in range(60)]

    found = estimated(
        changed(rows, town=town), estimator="ancova", covariates=["town", "priors"], **DRAWN
    )

    assert "99 draws" in found.effect.method


def test_the_same_seed_gives_the_same_digits_whatever_the_order_of_rows() -> None:
    rows = a_trial()
    turned = rows.take(pa.array(np.random.default_rng(1).permutation(rows.num_rows)))

    first, again, other = (
        estimated(r, **{**DRAWN, "seed": seed}) for r, seed in ((rows, 5), (turned, 5), (rows, 6))
    )

    assert first.effect == again.effect
    assert first.effect.interval != other.effect.interval


def test_a_shift_of_all_outcomes_moves_no_difference() -> None:
    rows = a_trial()
    shifted = changed(rows, quantity=rows["quantity"].to_numpy() + 1_000)

    first, other = (estimated(r, **DRAWN).effect for r in (rows, shifted))

    assert float(other.standard_error or 0) == pytest.approx(float(first.standard_error or 0))
    assert float(other.value) == pytest.approx(float(first.value))


def test_relabelled_arms_turn_a_difference_and_invert_a_ratio() -> None:
    rows = a_trial()
    turned = {"arms": {"treated": "none", "control": "aid"}}
    plan = {**DRAWN, "estimator": "ancova", "covariates": ["priors"]}

    difference, other = (estimated(rows, **plan, **c).effect for c in ({}, turned))
    ratio, inverse = (
        estimated(rows, **plan, **{AS: "rate-ratio"}, **c).effect for c in ({}, turned)
    )

    assert float(other.value) == pytest.approx(-float(difference.value))
    assert float(inverse.value) == pytest.approx(1 / float(ratio.value))


def test_too_few_draws_are_refused() -> None:
    assert "needs at least 99 of them; the plan states 50" in refused(
        a_trial(), **{**DRAWN, "draws": 50}
    )


def test_a_variation_by_draws_needs_the_plans_draws() -> None:
    variation = {"name": "drawn", "standard_errors": "bootstrap"}

    (found,) = estimated(a_trial(), standard_errors="hc2", variations=[variation]).variations

    assert "the plan states 0" in (found.not_found or "")


def test_an_arm_of_a_stratum_with_one_person_is_refused() -> None:
    rows = a_trial(40)
    town = ["west" if at in (0, 1) else "north" for at in range(40)]
    arms = ["aid", "none", *(["aid", "none"] * 19)]

    assert "An arm of a stratum has a single person" in refused(
        changed(rows, town=town, arm=arms),
        estimator="ancova",
        covariates=["priors"],
        assignment="stratified",
        strata=["town"],
        **DRAWN,
    )


def test_draws_in_which_the_formula_finds_nothing_too_often_are_refused() -> None:
    """One person of the control arm has an event: in a third of draws nobody has."""
    rows = a_trial(60)
    arms = rows["arm"].to_pylist()
    control = arms.index("none")
    events = [int(at == control or (arm == "aid" and at % 3 == 0)) for at, arm in enumerate(arms)]

    assert "the formula finds nothing" in refused(
        changed(rows, quantity=events),
        estimator="difference-in-proportions",
        **{**DRAWN, AS: "percent-reduction"},
    )


def test_pooled_plans_are_not_drawn_within_draws() -> None:
    rows = changed(a_trial(80), person=np.arange(80))
    sample = Sample.of(rows, treated="aid", control="none")
    plan = a_plan(**{**DRAWN, "draws": 100_000})
    found = pooled(
        [Part(plan, 0.5, sample), Part(plan, 0.5, sample)],
        draws=99,
        confidence=0.9,
        rng=np.random.default_rng(1),
    )

    assert found.draws == 99


def test_matching_with_replacement_is_not_pooled_by_draws() -> None:
    rows = changed(people_alike(80), person=np.arange(80))
    sample = Sample.of(rows, treated="aid", control="pool")
    plan = a_matched_plan(
        estimator="matching", with_replacement=True, standard_errors="abadie-imbens"
    )

    with pytest.raises(Refusal) as refusal:
        pooled([Part(plan, 1.0, sample)], draws=99, confidence=0.9, rng=np.random.default_rng(1))

    assert "Abadie and Imbens 2008" in refusal.value.problems[0].what


@pytest.mark.parametrize("errors", ["cr1", "cr2", "bootstrap"])
def test_clusters_that_hold_both_arms_were_not_sent_whole(errors: str) -> None:
    rows = changed(a_trial(300), site=np.arange(300) // 10)
    drawn = {"draws": 199, "seed": 1} if errors == "bootstrap" else {}
    said = refused(
        rows,
        assignment="clustered",
        cluster="site",
        standard_errors=errors,
        test="wald",
        **drawn,
    )

    assert "of 30 clusters by site hold people of both arms" in said
