"""What a plan's bounds say at its looks: with shares of information as they came (R139)."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.deal.evaluation import Monitoring
from payforsuccess.errors import Refusal
from payforsuccess.evaluation.looks import (
    TakenLook,
    decide_any_time,
    decide_as_planned,
    spending_bounds,
    statistic_of,
)


def a_monitoring(bounds: str = "obrien-fleming", **changes: object) -> Monitoring:
    usual: dict[str, object] = {"board": "Board", "level": "5%", "people": 1000, "bounds": bounds}
    if bounds.startswith("lan-demets"):
        usual["convention"] = "each-side"
    return Monitoring.model_validate({**usual, **changes})


def test_a_p_value_of_five_percent_stands_at_1_96() -> None:
    assert statistic_of(0.05, is_gain=True) == pytest.approx(1.959964, abs=1e-6)
    assert statistic_of(0.05, is_gain=False) == pytest.approx(-1.959964, abs=1e-6)
    assert np.isfinite(statistic_of(0.0, is_gain=True))


@pytest.mark.parametrize(
    ("bounds", "bound"), [("pocock", 2.4132), ("obrien-fleming", 5**0.5 * 2.0401)]
)
def test_five_even_looks_have_the_published_first_bound(bounds: str, bound: float) -> None:
    """Jennison and Turnbull, tables 2.1 and 2.3, K = 5: 2.413 and 2.040."""
    over = decide_as_planned(a_monitoring(bounds), [TakenLook(1, 200, bound + 0.002)], planned=4)
    under = decide_as_planned(a_monitoring(bounds), [TakenLook(1, 200, bound - 0.002)], planned=4)

    assert over.stops and not under.stops
    assert under.adjusted_p is None and over.adjusted_p is not None


def test_spending_takes_the_share_of_people_who_came() -> None:
    """Bounds at uneven shares are those of the spending function at these shares."""
    bounds = spending_bounds((0.3, 0.8, 1.0), spending="obrien-fleming", convention="each-side")
    taken = [TakenLook(1, 300, 1.0), TakenLook(2, 800, bounds.bounds[1] + 1e-6)]

    assert decide_as_planned(a_monitoring("lan-demets-obrien-fleming"), taken, planned=2).stops
    taken[1] = TakenLook(2, 800, bounds.bounds[1] - 1e-6)
    found = decide_as_planned(a_monitoring("lan-demets-obrien-fleming"), taken, planned=2)
    assert not found.stops and "80.0% of the information" in found.says


def test_a_look_that_nobody_took_spends_nothing() -> None:
    both = decide_as_planned(
        a_monitoring("pocock"), [TakenLook(1, 300, 0.5), TakenLook(2, 600, 2.5)], planned=2
    )
    second = decide_as_planned(a_monitoring("pocock"), [TakenLook(2, 600, 2.5)], planned=2)

    assert both.stops and second.stops
    assert both.adjusted_p is not None and second.adjusted_p is not None
    assert second.adjusted_p < both.adjusted_p


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ([TakenLook(1, 1000, 1.0)], "1,000 people are known, and the plan's end has 1,000"),
        ([TakenLook(1, 500, 9.0), TakenLook(2, 700, 1.0)], "Look 1 had passed its bound"),
        ([TakenLook(1, 500, 1.0), TakenLook(2, 400, 1.0)], "do not rise"),
    ],
)
def test_a_look_that_is_none_is_refused(taken: list[TakenLook], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        decide_as_planned(a_monitoring(), taken, planned=2)


@pytest.mark.parametrize(("gap", "stops"), [(1.0, True), (0.0, False)])
def test_a_confidence_sequence_stops_where_it_leaves_out_none(gap: float, stops: bool) -> None:
    rng = np.random.Generator(np.random.PCG64(3))
    treated = np.arange(600) % 2 == 0
    outcomes = rng.normal(size=600) + gap * treated

    found = decide_any_time(
        a_monitoring("confidence-sequence"), outcomes.tolist(), treated.tolist(), share=0.5
    )

    assert found.stops is stops
    assert ("leaves out none" if stops else "holds none") in found.says


def test_a_convention_is_stated_with_lan_demets_and_only_there() -> None:
    with pytest.raises(ValueError, match="two conventions"):
        a_monitoring("lan-demets-pocock", convention=None)
