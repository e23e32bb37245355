"""Payments on an estimate: by the deal's own terms, held against normal probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats

from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Refusal
from payforsuccess.evaluation.power.payment_study import standard_error
from payforsuccess.finance.study.odds import PaidAtTruth, earned_at, paid_at
from payforsuccess.finance.study.plan import StudyPlan, plan_study
from payforsuccess.finance.study.rules import rules_of
from payforsuccess.finance.study.setting import study_setting
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import MADE_UP, a_cost, a_number, an_effect, assumed
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.studies import PLAN, POINT, a_studied_deal, assumed_study, studied

STUDIES = 60_000
MIDDLES = (19.95, 29.95, 64.95)
"""Values are brought to tenths, so a band starts half a tenth before its edge."""


def at(truth: float, plan: dict[str, Any] | None = None, **study: Any) -> PaidAtTruth:
    deal, assumptions = a_studied_deal(**(plan or {})), studied(**study)
    rules, _ = rules_of(deal, assumptions, "arrests")
    setting = study_setting(DealHistory((deal,)), assumptions, "reduction")
    return paid_at(setting, rules, truth, studies=STUDIES, seed=3)


def planned(true: str = "25", plan: dict[str, Any] | None = None, **study: Any) -> StudyPlan:
    return plan_study(
        DealHistory((a_studied_deal(**(plan or {})),)),
        studied(true, **study),
        "arrests",
        "reduction",
        studies=2_000,
        seed=1,
    )


@pytest.mark.parametrize("truth", [0.0, 20.0, 25.0, 40.0])
def test_each_band_has_its_normal_probability(truth: float) -> None:
    """R10: the chance of each tier, held against the normal distribution of the estimate."""
    found = at(truth, sd=a_number("60"))

    law = stats.norm(truth, 60 * (2 / 200) ** 0.5)
    edges = (-np.inf, *MIDDLES, np.inf)
    for tier, low, high in zip(found.tiers, edges, edges[1:], strict=False):
        expected = law.cdf(high) - law.cdf(low)
        assert tier.chance.value == pytest.approx(expected, abs=4 * (0.25 / STUDIES) ** 0.5)
    assert found.is_paid.value == pytest.approx(law.sf(MIDDLES[0]), abs=0.01)
    assert found.is_paid.error == pytest.approx(
        (law.sf(MIDDLES[0]) * law.cdf(MIDDLES[0]) / STUDIES) ** 0.5, rel=0.1
    )


def test_mean_payments_and_mistakes_are_those_of_the_normal_law() -> None:
    found = at(25.0, sd=a_number("60"))

    law = stats.norm(25, 60 * (2 / 200) ** 0.5)

    def pays(value: float) -> float:
        if value < 20:
            return 0
        if value < 30:
            return 3200 + 160 * (value - 20)
        return 4800 + 38 * (value - 30) if value < 65 else 6130

    earned = pays(25)
    assert found.earned == 100 * earned

    def mean(of: Any) -> float:
        parts = [(-60, 20), (20, 25), (25, 30), (30, 65), (65, 110)]
        return sum(integrate.quad(lambda v: of(pays(v)) * law.pdf(v), *p)[0] for p in parts)

    for figure, expected in (
        (found.mean, mean(lambda paid: paid)),
        (found.over, mean(lambda paid: max(paid - earned, 0))),
        (found.under, mean(lambda paid: max(earned - paid, 0))),
    ):
        assert figure.value / 100 == pytest.approx(expected, abs=5 * figure.error / 100)


def test_significance_is_paid_as_often_as_its_level_without_effect() -> None:
    """A tiny schedule edge: any shown reduction of 20 or more, from a test at 5 percent."""
    plan = {"decision": {"pays_on": "significance", "level": "5%"}}
    found = at(0.0, plan, sd=a_number("250"))

    # with an error of 25 every estimate that the test shows on the good side is above 20
    assert standard_error(planned(sd=a_number("250")).study, 0) == pytest.approx(25)
    assert found.is_paid.value == pytest.approx(0.025, abs=0.003)
    assert found.rejects.value == pytest.approx(0.05, abs=0.004)


def test_a_fallback_that_is_set_off_pays_nothing() -> None:
    plan = {
        "sample_floor": "201",
        "fallback": [
            {"when": "sample-below-floor", "then": "pay-nothing", "says": "Too few people."}
        ],
    }
    found = at(40.0, plan)

    assert found.fell_back.value == 1
    assert found.is_paid.value == 0
    assert found.under.value == found.earned > 0


def test_a_term_by_people_and_points_is_priced_by_its_own_terms() -> None:
    deal = a_deal(
        outcomes={
            "reduction": an_outcome(
                "reduction", reported_as="point", tick="0.1", estimate="arrests"
            ),
            "served": an_outcome("served", reported_as="point"),
        },
        payments=[a_term("effect-price", reads="points", points=[POINT], significant_at="5%")],
        evaluation={"arrests": PLAN},
    )
    assumptions = assumed(
        outcomes={
            "reduction": an_effect("25"),
            "served": {
                "kind": "listed",
                "values": [{"point": "final", "value": a_number("30")}],
                "source": "made up",
                "standing": "illustrative",
            },
        },
        studies={"arrests": assumed_study()},
    )
    rules, _ = rules_of(deal, assumptions, "arrests")
    setting = study_setting(DealHistory((deal,)), assumptions, "reduction")

    assert earned_at(setting, rules, 25.0) == 25 * 30 * 2 * 100
    found = paid_at(setting, rules, 0.0, studies=STUDIES, seed=1)
    assert found.is_paid.value == pytest.approx(0.025, abs=0.003)
    assert {tier.says for tier in found.tiers} == {"money flows back", "pays nothing", "pays"} or {
        tier.says for tier in found.tiers
    } == {"pays nothing", "pays"}


def test_the_same_seed_gives_the_same_study_and_another_seed_another() -> None:
    first, again = planned(sd=a_number("60")), planned(sd=a_number("60"))

    assert first.paying is not None
    assert again.paying is not None
    assert first.paying.curve == again.paying.curve
    other = plan_study(
        DealHistory((a_studied_deal(),)),
        studied(sd=a_number("60")),
        "arrests",
        "reduction",
        studies=2_000,
        seed=2,
    )
    assert other.paying is not None
    assert other.paying.target != first.paying.target


def test_more_people_make_fewer_mistakes() -> None:
    paying = planned(sd=a_number("100")).paying
    assert paying is not None

    wrong = [one.at_none.over.value for one in paying.by_size]
    assert wrong == sorted(wrong, reverse=True)
    assert [one.size.treated for one in paying.by_size] == [100, 150, 200, 300, 400, 600]


def test_break_even_is_the_payors_own_the_costs_or_the_first_payment() -> None:
    own = planned(break_even=a_number("22")).break_even
    assert own is not None
    assert own.truth == 22
    assert "payors' own" in own.says

    assumptions = assumed(
        costs=[a_cost(kind="once", on="2026-01-01", amount="4000")],
        outcomes={"reduction": an_effect("25")},
        studies={"arrests": assumed_study()},
    )
    costs = plan_study(
        DealHistory((a_studied_deal(),)), assumptions, "arrests", "reduction", studies=2, seed=1
    ).break_even
    assert costs is not None
    assert costs.truth == 25
    assert "costs of the project" in costs.says

    free = assumed(
        costs=[], outcomes={"reduction": an_effect("25")}, studies={"arrests": assumed_study()}
    )
    first = plan_study(
        DealHistory((a_studied_deal(),)), free, "arrests", "reduction", studies=2, seed=1
    ).break_even
    assert first is not None
    assert first.truth == 20
    assert "anything is paid" in first.says


def test_a_plan_that_no_payment_reads_is_planned_without_money() -> None:
    deal = a_deal(
        outcomes={
            "homes": an_outcome(),
            "reduction": an_outcome("reduction", reported_as="point", estimate="arrests"),
        },
        evaluation={"arrests": PLAN},
    )
    assumptions = assumed(
        outcomes={**assumed().as_plain()["outcomes"], "reduction": an_effect("25")},
        studies={"arrests": assumed_study()},
    )

    found = plan_study(DealHistory((deal,)), assumptions, "arrests", "reduction", studies=2, seed=1)

    assert found.paying is None
    assert found.as_planned.power_at_target > 0.99


@pytest.mark.parametrize(
    ("true", "study", "says"),
    [
        ("0", {}, "no effect is assumed"),
        ("60", {"outcome": "share", "sd": None, "control_mean": a_number("0.5")}, "a share of 110"),
        (
            "5",
            {"outcome": "time-to-event", "sd": None, "control_mean": a_number("0.5")},
            "ratio of hazards",
        ),
    ],
)
def test_a_study_that_cannot_be_planned_is_refused(
    true: str, study: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        planned(true, **study)

    assert says in refusal.value.problems[0].what


def test_a_target_that_is_no_effect_is_refused() -> None:
    assumptions = assumed(
        outcomes={
            "reduction": {
                "kind": "level",
                "value": a_number("3"),
                "source": "made up",
                "standing": "illustrative",
            }
        },
        studies={"arrests": assumed_study()},
    )
    with pytest.raises(Refusal) as refusal:
        plan_study(
            DealHistory((a_studied_deal(),)), assumptions, "arrests", "reduction", studies=2, seed=1
        )

    assert "No effect is assumed" in refusal.value.problems[0].what


LOOKED: dict[str, Any] = {
    "looks": [
        {"name": "first", "on": "2027-01-31", "can_stop": "true", "pays": "false"},
        {"name": "second", "on": "2027-03-31", "can_stop": "true", "pays": "false"},
    ],
    "monitoring": {"board": "A board", "bounds": "pocock", "level": "5%", "people": "400"},
    "decision": {"pays_on": "significance", "level": "5%"},
}


def test_looks_are_drawn_and_keep_the_level_over_all_of_them() -> None:
    """R139: three chances to reject keep the level between them, and cost power."""
    without = {"decision": LOOKED["decision"]}
    none, effect = at(0.0, LOOKED), at(5.0, LOOKED)

    error = 4 * (0.05 * 0.95 / STUDIES) ** 0.5
    assert none.rejects.value == pytest.approx(0.05, abs=error + 0.001)
    # Pocock's constant for three tests is 2.289; chances from the same path, by scipy's mvn
    drift = 5.0 / (20 * (2 / 200) ** 0.5)
    times = np.array([1, 2, 3]) / 3
    cover = np.sqrt(np.minimum.outer(times, times) / np.maximum.outer(times, times))
    inside = stats.multivariate_normal(mean=drift * np.sqrt(times), cov=cover)
    bound = np.full(3, 2.289)
    expected = 1 - inside.cdf(bound, lower_limit=-bound)
    assert effect.rejects.value == pytest.approx(expected, abs=0.008)
    assert effect.rejects.value < at(5.0, without).rejects.value


def test_looks_that_cannot_stop_or_go_by_a_sequence_are_not_drawn() -> None:
    sequence = {**LOOKED["monitoring"], "bounds": "confidence-sequence"}
    notes = rules_of(a_studied_deal(**{**LOOKED, "monitoring": sequence}), studied(), "arrests")[1]
    drawn = rules_of(a_studied_deal(**LOOKED), studied(), "arrests")[1]

    assert any("are not drawn" in note for note in notes)
    assert any("drawn at even shares of the information" in note for note in drawn)


def test_a_bias_moves_what_is_found_and_not_what_is_earned() -> None:
    """R84: a programme without effect is paid for what a biased comparison finds."""
    biased, moved = at(0.0, bias=a_number("25")), at(25.0)

    assert biased.earned == at(0.0).earned == 0
    assert biased.is_paid.value == pytest.approx(moved.is_paid.value)
    assert biased.over.value == pytest.approx(moved.mean.value)


def test_break_even_goes_by_what_payors_can_take_out_of_their_budgets() -> None:
    """The smallest effect from which on the money saved is what is paid."""

    def even(marginal: str) -> float | None:
        file = ValueFile.model_validate(
            {
                "format": "1",
                "lines": [
                    {
                        "name": "jail",
                        "says": "Days that nobody spends in jail",
                        "outcome": "reduction",
                        "holder": "Sheriff",
                        "level": "county",
                        "fund": "General",
                        "unit": "day",
                        **MADE_UP,
                        "units_each": a_number("1"),
                        "average": a_number("9000"),
                        "marginal": a_number(marginal),
                        "cashable": {"share": "50%", "reason": "Posts go one by one"},
                        "to_payor": "true",
                    }
                ],
            }
        )
        found = plan_study(
            DealHistory((a_studied_deal(),)),
            studied("25"),
            "arrests",
            "reduction",
            studies=2_000,
            seed=1,
            value=file,
        )
        assert found.break_even is None or "value.yaml" in found.break_even.says
        return None if found.break_even is None else found.break_even.truth

    # USD 150 a point pass the schedule, 4,800 at 30 and then 38 a point, at 3,660 / 112
    assert even("200") is None
    assert even("300") == pytest.approx(3660 / 112, abs=0.15)
    assert even("400") == 20.0
