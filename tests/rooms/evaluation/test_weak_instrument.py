"""A draw that moved too few people to take part: no payment rests on the effect of taking part."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.words.plans import plan_in_words
from payforsuccess.errors import Refusal
from payforsuccess.evaluation import payable_of
from payforsuccess.evaluation.payable import Found
from payforsuccess.evaluation.regression.anderson_rubin import anderson_rubin
from tests.lib.studies import OF_SHARES as PLAN
from tests.rooms.evaluation.designs.plans import a_plan, found

TAKEN: dict[str, Any] = {
    **PLAN,
    "estimand": "tot",
    "estimator": "two-stage-least-squares",
    "as": "difference",
    "standard_errors": "hc1",
    "test": "anderson-rubin",
}
INSTEAD = {
    "when": "weak-instrument",
    "then": "pay-nothing",
    "says": "Where the draw moved too few people, nothing is due.",
}


def people(aid: float, none: float, *, each: int = 120, seed: int = 4) -> pa.Table:
    """Two arms of which these shares took part, exactly."""
    rng = np.random.default_rng(seed)
    took = np.concatenate([np.arange(each) < aid * each, np.arange(each) < none * each])
    return pa.table(
        {
            "arm": ["aid"] * each + ["none"] * each,
            "quantity": 20 + 6 * took + rng.normal(0, 3, 2 * each),
            "status": ["known"] * 2 * each,
            "took_part": took,
        }
    )


WEAK, STRONG, UNSAID = people(0.35, 0.27), people(0.8, 0.1), people(0.30, 0.29)


def paid(table: pa.Table, **changes: Any) -> tuple[Estimate, PayableEstimate]:
    estimate = found(TAKEN, table, **changes)
    return estimate, payable_of(a_plan(TAKEN, **changes), estimate)


def refused(table: pa.Table, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        paid(table, **changes)
    return " ".join(problem.what for problem in refusal.value.problems)


@pytest.mark.parametrize(
    "decision",
    [
        {"pays_on": "point-estimate"},
        {"pays_on": "lower-bound"},
        {"pays_on": "significance", "level": "5%"},
    ],
    ids=lambda decision: decision["pays_on"],
)
@pytest.mark.parametrize("table", [WEAK, UNSAID], ids=["weak", "unsaid"])
def test_a_weak_draw_is_never_paid_on(table: pa.Table, decision: dict[str, str]) -> None:
    for test in ("wald", "anderson-rubin"):
        said = refused(table, decision=decision, test=test)
        assert "first-stage F of " in said and "too weak: below 10." in said


def test_a_strong_draw_is_paid_on_and_its_f_is_told() -> None:
    estimate, payable = paid(STRONG)

    assert payable.value == estimate.effect.value
    assert estimate.take_up is not None and not estimate.take_up.is_weak
    assert any("it must be at least 10." in note for note in estimate.notes)


def test_the_plan_states_its_own_floor_of_the_first_stage() -> None:
    estimate, _ = paid(STRONG)
    assert estimate.take_up is not None and estimate.take_up.first_stage is not None
    first = float(estimate.take_up.first_stage)

    assert "too weak" in refused(STRONG, first_stage_floor=f"{first + 1:.3f}")
    assert paid(STRONG, first_stage_floor=f"{first - 1:.3f}")[1].value == estimate.effect.value


def test_no_floor_lets_a_set_without_two_ends_be_paid_on() -> None:
    """However low the plan's floor, the F must give Anderson and Rubin's set two ends."""
    estimate = found(TAKEN, UNSAID, first_stage_floor="0.01")

    assert estimate.take_up is not None and not estimate.take_up.is_interval_whole
    assert "too weak: below 3.8" in refused(UNSAID, first_stage_floor="0.01")


def test_a_fall_back_says_what_holds_where_the_draw_is_weak() -> None:
    weak = paid(WEAK, fallback=[INSTEAD])[1]
    strong = paid(STRONG, fallback=[INSTEAD])[1]
    (fact,) = weak.facts

    assert (weak.value, weak.because) == (0, f"The fall-back rule holds: {INSTEAD['says']}")
    assert fact.holds and fact.is_strength and fact.found < fact.limit == 10
    assert not strong.facts[0].holds and strong.value > 0
    (step,) = weak.followed
    assert step.when == "weak-instrument" and step.is_set_off


def test_a_weak_effect_is_not_pooled_either() -> None:
    mine = {
        "pooling": [{"plan": "plan", "weight": "50%"}, {"plan": "other", "weight": "50%"}],
        "fallback": [{**INSTEAD, "then": "pool", "plan": "other"}],
        "draws": "40",
        "seed": "1",
    }
    plan = a_plan(TAKEN, **mine)
    estimate = found(TAKEN, WEAK, **mine)
    other = Found(a_plan(TAKEN), found(TAKEN, STRONG).model_copy(update={"plan": "other"}))

    with pytest.raises(Refusal, match="too weak"):
        payable_of(plan, estimate, others={"other": other})


def test_the_interval_beside_anderson_and_rubins_test_is_their_set() -> None:
    by_test, by_error = (found(TAKEN, STRONG, test=test) for test in ("anderson-rubin", "wald"))
    treated = np.arange(240) < 120
    known = anderson_rubin(
        STRONG["quantity"].to_numpy(),
        treated,
        np.array(STRONG["took_part"].to_pylist()),
        confidence=0.95,
    )

    assert known.interval is not None and by_test.effect.interval is not None
    assert [float(end) for end in by_test.effect.interval] == pytest.approx(
        [known.interval.low, known.interval.high], rel=1e-9
    )
    assert by_test.effect.interval != by_error.effect.interval
    assert "Anderson-Rubin set" in by_test.effect.method
    assert found(TAKEN, UNSAID).effect.interval is None


def test_the_plan_says_when_nothing_is_paid_on_it() -> None:
    said = " ".join(plan_in_words(a_plan(TAKEN, first_stage_floor="12", fallback=[INSTEAD])))

    assert "Nothing is paid on it where the F of the draw on taking part is below 12." in said
    assert "if the draw moves too few people to take part" in said.lower()
    assert a_plan(TAKEN).least_first_stage == Fraction(10)
