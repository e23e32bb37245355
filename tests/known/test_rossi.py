"""The re-entry experiment, from its feed to its estimate, against other people's packages.

rossi.json is made by make_rossi.py (`make references`) from the data as lifelines ships them.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import Test
from payforsuccess.evaluation.no_effect import COMPUTED_TESTS, run_test
from payforsuccess.evaluation.proportions import (
    TwoByTwo,
    standard_error_of_difference,
    standard_error_of_log_ratio,
)
from payforsuccess.runs.data.ingest import ingest_feeds
from payforsuccess.runs.folder import read_deal
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.runs.measure.measure import Measured, measure_outcomes
from payforsuccess.store import open_store

EXAMPLE = Path(__file__).parents[2] / "examples" / "maryland-reentry"
KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("rossi.json").read_text())
TABLE = TwoByTwo(*KNOWN["counts"]["aid"], *KNOWN["counts"]["no-aid"])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Measured, Estimate]:
    deal = read_deal(EXAMPLE)
    ingested = ingest_feeds(
        deal, EXAMPLE, snapshots=tmp_path_factory.mktemp("snapshots"), as_of=date(1976, 3, 1)
    )
    with open_store() as store:
        measured = measure_outcomes(deal, ingested.snapshot, store=store)
        (estimate,) = evaluate_plans(deal, ingested.snapshot, store=store).estimates
    return measured, estimate


def close(*numbers: float) -> Any:
    return pytest.approx(numbers if len(numbers) > 1 else numbers[0], rel=1e-10)


def test_48_of_216_were_arrested_against_66_of_216(found: tuple[Measured, Estimate]) -> None:
    arms = {arm.arm: [arm.total, arm.known] for arm in found[1].arms}

    assert arms == {"aid": [48, 216], "no-aid": [66, 216]} == KNOWN["counts"]


def test_168_men_with_aid_went_the_year_without_arrest(
    found: tuple[Measured, Estimate],
) -> None:
    measured = found[0]

    assert [(int(r.value), r.people) for r in measured.results] == [(0, 0), (168, 216)]
    assert measured.person_rows.num_rows == 168


def test_effects_and_intervals(found: tuple[Measured, Estimate]) -> None:
    effect, (difference, _) = found[1].effect, found[1].also
    reduction, points = KNOWN["percent_reduction"], KNOWN["difference"]

    assert float(effect.value) == close(reduction["value"])
    assert [float(end) for end in effect.interval or ()] == close(*reduction["interval"])
    assert float(difference.value) == close(points["points"])
    assert float(difference.standard_error or 0) == close(points["standard_error_unpooled"])
    assert [float(end) for end in difference.interval or ()] == close(*points["interval"])
    for arm in found[1].arms:
        assert [float(end) for end in arm.interval or ()] == close(*KNOWN["wilson"][arm.arm])


def test_standard_errors_by_both_forms() -> None:
    points = KNOWN["difference"]
    ratio = KNOWN["percent_reduction"]["log_ratio_standard_error"]

    assert 100 * standard_error_of_difference(TABLE, "hc2") == close(points["standard_error_hc2"])
    assert standard_error_of_log_ratio(TABLE, "unpooled") == close(ratio)


@pytest.mark.parametrize("test", COMPUTED_TESTS)
def test_every_test_of_no_effect(test: Test) -> None:
    statistic, p_value = KNOWN["tests"][test]

    found = run_test(test, TABLE)

    # scipy's exact unconditional tests search a maximum; their last digits move with its version
    loose = 1e-6 if test in ("barnard", "boschloo") else 1e-10
    assert found.p_value == pytest.approx(p_value, rel=loose)
    if statistic is not None:
        assert found.statistic == close(statistic)


def test_the_tests_fall_on_both_sides_of_five_percent() -> None:
    below = {test for test, (_, p_value) in KNOWN["tests"].items() if p_value < 0.05}

    assert below == {"z-unpooled", "z-pooled", "pearson", "likelihood-ratio", "welch"}


def test_only_the_plans_own_test_is_not_exploratory(found: tuple[Measured, Estimate]) -> None:
    estimate = found[1]

    assert (estimate.test.test, estimate.test.is_exploratory) == ("pearson", False)
    assert all(other.is_exploratory for other in estimate.sensitivity)


def test_balance(found: tuple[Measured, Estimate]) -> None:
    for row in found[1].balance:
        known = KNOWN["balance"][row.trait]
        assert float(row.treated_mean or 0) == close(known["treated_mean"])
        assert float(row.control_mean or 0) == close(known["control_mean"])
        assert float(row.standardised_difference or 0) == close(known["standardised_difference"])
        assert float(row.effect_size or 0) == close(known["effect_size"])
    assert {row.trait for row in found[1].balance} == set(KNOWN["balance"])


def test_no_one_was_lost(found: tuple[Measured, Estimate]) -> None:
    assert found[1].attrition.overall == found[1].attrition.difference == 0
    assert [flow.analysed for flow in found[1].flow] == [216, 216]
