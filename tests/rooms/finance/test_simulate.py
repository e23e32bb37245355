"""Many worlds: what varies does so by its law, and each world goes the way of a forecast."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import special

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.simulate.drivers import plain_blocks, sobol_blocks
from payforsuccess.finance.simulate.figures import mean, percentile, worst_mean
from payforsuccess.finance.simulate.simulate import Simulation, simulate
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import ENROLMENT, MADE_UP, a_count, a_number, an_effect, assumed
from tests.lib.deals import INVESTOR, PARTIES, a_deal, a_term, an_outcome

LOAN = {
    "name": "loan",
    "party": INVESTOR,
    "kind": "senior-loan",
    "amount": "10000",
    "order": "1",
    "rate": "4%",
    "interest": {"day_count": "actual/365", "unpaid": "compounds"},
}
POINT = {"name": "final", "determined_by": "2027-05-31"}
BETA = {"shape": "beta", "sd": "0.1"}


def history(**changes: Any) -> DealHistory:
    """The small deal with a loan, paying for homes and for a reduction at a point."""
    usual = {
        "parties": [*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        "capital": [LOAN],
        "payments": [
            a_term(price="800"),
            a_term("schedule", reads="points", points=[POINT]),
        ],
        "outcomes": {"reduction": an_outcome("reduction", reported_as="point", tick="0.1")},
    }
    return DealHistory((a_deal(**{**usual, **changes}),))


def varied(**changes: Any) -> Assumptions:
    """Assumptions in which enrolment, the truth, chance and estimation vary."""
    usual: dict[str, Any] = {
        "enrolment": {**ENROLMENT, "spread": {"shape": "beta", "sd": "0.1"},
                      "reached": a_number("0.8")},
        "outcomes": {
            "homes": a_count("0.5", spread=BETA, chance="binomial"),
            "reduction": an_effect(
                "25", standard_error="4", spread={"shape": "normal", "sd": "5"}
            ),
        },
    }  # fmt: skip
    return assumed(**{**usual, **changes})


def worlds(assumptions: Assumptions, **settings: Any) -> Simulation:
    """A small simulation."""
    usual = {"seed": 7, "worlds": 1024, "scrambles": 4}
    deal_changes = settings.pop("deal", {})
    return simulate(history(**deal_changes), assumptions, **{**usual, **settings})


def test_where_nothing_varies_every_world_is_the_forecast() -> None:
    still = assumed(outcomes={"homes": a_count("0.5"), "reduction": an_effect("25")})
    base = forecast(history(), still).cases["base"]
    found = worlds(still, worlds=16, scrambles=1)
    (sample,) = found.samples
    assert set(sample.columns["paid"]) == {base.paid}
    drawn = base.flows.total(base.flows.of("draw"))
    assert np.allclose(sample.columns["drawn:loan"], drawn, atol=1)
    back = base.flows.total(m for m in base.flows.moves if m.target == "tranche:loan")
    assert np.allclose(sample.columns["back:loan"], back, atol=5)  # interest is not rounded here
    assert sample.columns["rate:loan"] == pytest.approx(0.0407, abs=2e-4)


def test_the_same_seed_gives_the_same_worlds_and_another_gives_others() -> None:
    one, same, other = (worlds(varied(), seed=seed) for seed in (7, 7, 8))
    assert np.array_equal(one.columns("paid")[0], same.columns("paid")[0])
    assert not np.array_equal(one.columns("paid")[0], other.columns("paid")[0])


def test_the_mean_of_a_count_is_what_is_assumed() -> None:
    # 24 of 30 people start on average, half of them are counted, at 800
    found = mean(worlds(varied(), worlds=4096).columns("term:unit-price"))
    assert found.value == pytest.approx(24 * 0.5 * 800_00, rel=0.01)
    assert 0 < found.error < 0.005 * found.value


def test_amounts_that_floating_point_does_not_hold_are_refused() -> None:
    with pytest.raises(Refusal, match="is too large to simulate"):
        worlds(varied(), deal={"ceiling": "40000000000000000000000"})


def test_in_no_world_are_more_people_counted_than_start() -> None:
    """Each person moves into a home once: a normal spread around 0.9 is cut at 1."""
    wide = {"homes": a_count("0.9", spread={"shape": "normal", "sd": "0.2"})}
    still = assumed(outcomes={**wide, "reduction": an_effect("0")})
    paid = np.concatenate(worlds(still).columns("term:unit-price"))
    assert paid.max() == 30 * 800_00
    assert paid.min() < 20 * 800_00


def test_the_estimate_is_paid_on_not_the_truth() -> None:
    """At a true effect just below the threshold an estimate with error pays in half the worlds."""
    edge = {"reduction": an_effect("19.95", standard_error="4"), "homes": a_count("0")}
    found = worlds(varied(outcomes=edge), worlds=4096)
    paid = [column > 0 for column in found.columns("term:schedule")]
    assert mean(paid).value == pytest.approx(0.5, abs=0.01)
    certain = {"reduction": an_effect("19.9", standard_error="0"), "homes": a_count("0")}
    assert mean(worlds(varied(outcomes=certain)).columns("term:schedule")).value == 0


def test_correlated_truths_move_together() -> None:
    pair = [{**MADE_UP, "between": ["homes", "reduction"], "is": "0.9"}]
    apart, together = worlds(varied()), worlds(varied(correlations=pair))

    def moved(found: Simulation) -> float:
        (one, other) = (found.columns(f"term:{name}")[0] for name in ("unit-price", "schedule"))
        return float(np.corrcoef(one, other)[0, 1])

    assert moved(together) > moved(apart) + 0.2


def test_correlations_that_cannot_hold_together_are_refused() -> None:
    pairs = [
        {**MADE_UP, "between": list(names), "is": r}
        for names, r in (
            (("homes", "reduction"), "0.9"),
            (("homes", "enrolment"), "0.9"),
            (("reduction", "enrolment"), "-0.9"),
        )
    ]
    with pytest.raises(Refusal, match="not positive semi-definite"):
        worlds(varied(correlations=pairs))


@pytest.mark.parametrize("count", [0, 1000])
def test_a_number_of_worlds_that_is_no_power_of_two_is_refused(count: int) -> None:
    with pytest.raises(Refusal, match="no power of two"):
        worlds(varied(), worlds=count)


def test_investors_gain_nothing_in_worlds_in_which_nothing_is_due() -> None:
    found = worlds(varied(outcomes={"homes": a_count("0"), "reduction": an_effect("-50")}))
    for sample in found.samples:
        assert not sample.columns["paid"].any()
        assert (sample.columns["back:loan"] <= sample.columns["drawn:loan"]).all()
        assert set(sample.columns["rate:loan"]) == {-1.0}


def test_expected_shortfall_is_no_more_than_its_percentile() -> None:
    columns = worlds(varied()).columns("paid")
    assert worst_mean(columns, 5).value <= percentile(columns, 5).value <= mean(columns).value


def test_a_trigger_ends_services_only_in_the_worlds_that_miss_it() -> None:
    gate = {
        "name": "gate",
        "says": "Sixteen people by mid-2026",
        "on": "2026-06-30",
        "enrolled_at_least": "16",
        "not_met": "ends-services",
    }
    found = worlds(varied(), deal={"triggers": [gate]})
    met = found.columns("met:gate")[0].astype(bool)
    assert 0.1 < met.mean() < 0.9
    drawn = found.columns("drawn:loan")[0]
    assert drawn[~met].max() < drawn[met].max()


def test_sobol_points_are_more_even_than_plain_ones() -> None:
    even, plain = (
        mean(worlds(varied(), points=points, scrambles=16).columns("paid"))
        for points in ("sobol", "plain")
    )
    assert even.error < plain.error / 3


@pytest.mark.parametrize("blocks", [sobol_blocks, plain_blocks])
def test_a_driver_reads_the_same_draws_as_shares_and_as_scores(blocks: Any) -> None:
    found = list(blocks(3, 64, block=32, rng=np.random.default_rng(5)))
    assert [part.worlds for part in found] == [32, 32]
    for part in found:
        share = part.share(2)
        assert ((share > 0) & (share < 1)).all()
        assert np.allclose(special.ndtri(share), part.score(2))
