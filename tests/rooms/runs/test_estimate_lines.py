"""An estimate in a few lines: money as money, shares as shares."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from payforsuccess.deal.estimates import TestOfNoEffect
from payforsuccess.evaluation import estimate_effect
from payforsuccess.runs.run.estimate_lines import _chance, _in_unit, estimate_lines
from tests.lib.compared import a_matched_plan, people_alike
from tests.lib.pfs import pfs
from tests.lib.studies import EVIDENCE

EXAMPLE = Path(__file__).parents[3] / "examples" / "job-training"


@pytest.mark.parametrize(
    ("number", "unit", "says"),
    [
        ("1794.34240427", "USD", "USD 1,794.34"),
        ("-0.005", "USD", "USD -0.01"),
        ("6349.1", "JPY", "JPY 6,349"),
        ("-4.6", "percentage point", "-4.6 percentage points"),
        ("1", "day", "1.0 day"),
        ("41070.25", "day", "41,070.2 days"),
        ("27.27", "percent", "27.3 percent"),
    ],
)
def test_a_number_is_said_in_its_unit(number: str, unit: str, says: str) -> None:
    assert _in_unit(Fraction(number), unit) == says


def test_earnings_are_said_as_money(tmp_path: Path) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("out"))

    text = pfs("evaluate", folder).out

    assert "training (treated): USD 6,349.14 on average of 185 people" in text
    assert "difference: USD 1,794.34 (95% interval USD 475.61 to USD 3,113.07)" in text


@pytest.mark.parametrize(
    ("p_value", "says"),
    [("0.0343", "p = 0.0343"), ("0.0001", "p = 0.0001"), ("0.000006", "p below 0.0001")],
)
def test_no_chance_is_said_to_be_nothing(p_value: str, says: str) -> None:
    test = TestOfNoEffect(test="pearson", p_value=Fraction(p_value), is_exploratory=False)
    assert _chance(test) == says


def test_a_match_is_said_by_those_compared_and_not_by_everyone_known() -> None:
    plan = {"estimator": "matching", "caliper": "0.05"}
    estimate = estimate_effect(
        a_matched_plan(**plan), people_alike(240), name="days", evidence=EVIDENCE, unit="day"
    )
    aid, pool = estimate.arms
    _, *arms, _, _ = estimate_lines([estimate])

    assert aid.rests_on < aid.known
    for said, arm in zip(arms, (aid, pool), strict=True):
        mean = float(arm.weighted_mean or 0)
        assert f"{mean:,.1f} days on average, by weight" in said
        assert f"of {arm.rests_on} of {arm.known} people compared" in said
