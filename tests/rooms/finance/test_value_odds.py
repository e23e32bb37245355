"""Value over many worlds: the forecast's where nothing varies, and closed forms where it does."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.simulate.simulate import simulate
from payforsuccess.finance.value import value_of
from payforsuccess.finance.value.odds import Interval, ValueOdds, simulate_value
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import a_count, a_number, an_effect, assumed
from tests.lib.deals import COUNTY, a_deal, a_term
from tests.rooms.finance.test_value import LINES, SHERIFF, a_file, a_line

STEP = {"units": "200", "amount": "5000", "says": "a housing unit closes"}


def odds(*lines: dict[str, Any], deal: Any = None, **keys: Any) -> ValueOdds:
    """The value of 15 homes over 1,024 worlds in 8 scrambles."""
    history = DealHistory((a_deal() if deal is None else deal,))
    given = {"worlds": 1024, "scrambles": 8, "seed": 1, **keys.pop("draws", {})}
    return simulate_value(history, assumed(**keys), a_file(*lines), **given)


def near(found: Figure, exact: float, *, besides: float = 0.0) -> bool:
    """Whether a figure is what it should be: within five of its own errors, and what is named."""
    return abs(found.value - exact) <= 5 * found.error + besides


def test_where_nothing_varies_every_world_is_the_forecast() -> None:
    enrolment = {"outcomes": {"homes": a_count("0.6")}}
    lines = (a_line("jail", SHERIFF, "24", step=STEP), LINES[1])
    base = value_of(forecast(DealHistory((a_deal(),)), assumed(**enrolment)), a_file(*lines))
    found = odds(*lines, **enrolment)
    for row, worlds in zip(base.cases["base"].holders, found.holders, strict=True):
        assert worlds.key == row.key
        for measure in ("marginal", "cashable", "paid"):
            interval: Interval = getattr(worlds, measure)
            figures = (interval.low, interval.middle, interval.high, interval.mean)
            assert {figure.value for figure in figures} == {float(getattr(row, measure))}
    offsets = base.cases["base"].offsets
    assert offsets is not None
    assert found.offsets["marginal"].high.value == pytest.approx(float(offsets.marginal))


def test_a_lines_spread_moves_its_value_by_the_law_it_states() -> None:
    # 15 homes x units at 20.00: normal around 24 with a standard deviation of 6
    line = a_line("jail", SHERIFF, "24", spread={"shape": "normal", "sd": "6"})
    jail = odds(line).holders[0].marginal
    for figure, part in ((jail.low, 0.05), (jail.middle, 0.5), (jail.high, 0.95)):
        exact = 15 * 20_00 * NormalDist(24, 6).inv_cdf(part)
        assert near(figure, exact, besides=0.002 * exact), part
    assert near(jail.mean, 15 * 24 * 20_00, besides=1)
    assert jail.low.error > 0


def test_lines_vary_apart_so_the_offset_is_narrower_than_its_parts() -> None:
    # two like lines: the sum's standard deviation is that of one times the root of two
    spread = {"shape": "normal", "sd": "6"}
    lines = [a_line(name, SHERIFF, "24", spread=spread) for name in ("jail", "courts")]
    both = odds(*lines, draws={"worlds": 4096}).holders[0].marginal
    apart = 15 * 20_00 * (NormalDist(48, 6 * 2**0.5).inv_cdf(0.95))
    together = 15 * 20_00 * (NormalDist(48, 12).inv_cdf(0.95))
    assert near(both.high, apart, besides=0.003 * apart)
    assert not near(both.high, together, besides=0.003 * together)


def test_payments_are_those_that_simulate_finds_with_the_same_seed() -> None:
    keys: dict[str, Any] = {
        "outcomes": {"homes": a_count("0.5", spread={"shape": "beta", "sd": "0.1"})}
    }
    line = a_line("jail", SHERIFF, "24", spread={"shape": "normal", "sd": "6"})
    rows = {row.key.holder: row for row in odds(line, **keys).holders}
    whole = simulate(DealHistory((a_deal(),)), assumed(**keys), seed=1, worlds=1024, scrambles=8)
    means = [float(column.mean()) for column in whole.columns("paid")]
    assert rows[COUNTY].paid.mean.value == pytest.approx(sum(means) / len(means))


def test_budgets_see_the_true_effect_and_payments_the_estimate() -> None:
    deal = a_deal(payments=[a_term("effect-price")])
    outcomes = {"reduction": an_effect("20", standard_error="8"), "served": a_count("1")}
    line = a_line("jail", SHERIFF, "1", outcome="reduction")
    rows = {row.key.holder: row for row in odds(line, deal=deal, outcomes=outcomes).holders}
    jail, county = rows[SHERIFF].marginal, rows[COUNTY].paid
    assert jail.low.value == jail.high.value == 8 * 20 * 20_00
    assert county.low.value < county.high.value


def test_who_pays_is_told_how_likely_it_takes_that_out() -> None:
    # 15 homes at 100.00 each; 12.50 a unit cashable, so 8 units each cover it: even odds
    line = a_line(
        "jail", COUNTY, "8", marginal=a_number("25"), spread={"shape": "normal", "sd": "2"}
    )
    (row,) = odds(line).holders
    assert row.covered is not None
    assert near(row.covered, 0.5)
    assert near(row.net.mean, 0.0, besides=1)
    assert odds(a_line("jail", SHERIFF, "8")).holders[0].covered is None


def test_the_same_seed_gives_the_same_figures_and_another_seed_others() -> None:
    line = a_line("jail", SHERIFF, "24", spread={"shape": "normal", "sd": "6"})
    assert odds(line) == odds(line)
    assert odds(line).holders != odds(line, draws={"seed": 2}).holders


def test_a_spread_that_cannot_be_is_refused_where_it_stands() -> None:
    line = a_line("jail", SHERIFF, "24", spread={"shape": "beta", "sd": "6"})
    with pytest.raises(Refusal) as refused:
        odds(line)
    assert "A beta spread" in refused.value.problems[0].what


def test_worlds_come_in_powers_of_two() -> None:
    with pytest.raises(Refusal) as refused:
        odds(LINES[0], draws={"worlds": 1000})
    assert "1,000 is no power of two" in refused.value.problems[0].what


def test_a_programme_that_costs_nothing_has_no_offset() -> None:
    assert odds(LINES[0], costs=()).offsets == {}
