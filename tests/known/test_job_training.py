"""The National Supported Work experiment, from its feed to a statement, against other programs.

job_training.json is made by make_job_training.py (`make references`) from the data as causaldata
ships them. The run's own amounts are written with the fewest digits that give causaldata's single
precision back, so figures agree to a ten-thousandth of a dollar and no further.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from causaldata import nsw_mixtape

from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.runs.check import check
from payforsuccess.runs.explain import explain
from payforsuccess.runs.run.run import Run, run
from payforsuccess.units import exact, to_minor

EXAMPLE = Path(__file__).parents[2] / "examples" / "job-training"
KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("job_training.json").read_text())


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = tmp_path_factory.mktemp("example") / "job-training"
    shutil.copytree(EXAMPLE, home, ignore=shutil.ignore_patterns("out"))
    return run(home)


def estimate_of(done: Run, plan: str) -> Estimate:
    return Estimate.model_validate(json.loads((done.folder / f"estimate-{plan}.json").read_text()))


def close(number: float) -> Any:
    return pytest.approx(number, abs=1e-4)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open() as lines:
        return list(csv.DictReader(lines))


def test_the_feed_is_what_causaldata_ships() -> None:
    shipped = nsw_mixtape.load_pandas().data.drop(columns="data_id")
    ours = rows(EXAMPLE / "feeds" / "nsw.csv")

    assert list(ours[0]) == list(shipped.columns)
    for name in shipped.columns:
        told = np.array([row[name] for row in ours]).astype(shipped[name].dtype)
        assert (told == shipped[name].to_numpy()).all(), name


def test_the_source_and_the_readme_name_the_licence_as_the_package_does() -> None:
    assert f"License: {KNOWN['licence']}" in (EXAMPLE / "feeds" / "SOURCE").read_text()
    assert f"License: {KNOWN['licence']}" in (EXAMPLE / "README.md").read_text()


def test_the_difference_is_1_794_dollars(done: Run) -> None:
    """Case 1: 1,794.34238185, HC2 670.99654447 (Dehejia and Wahba: 1,794)."""
    estimate = estimate_of(done, "earnings")

    assert (estimate.effect.form, estimate.effect.unit) == ("difference", "USD")
    assert float(estimate.effect.value) == close(1794.34238185)
    assert float(estimate.effect.value) == close(KNOWN["difference"]["value"])
    assert float(estimate.effect.standard_error or 0) == close(670.99654447)
    assert float(estimate.effect.standard_error or 0) == close(KNOWN["difference"]["HC2"])
    assert [float(arm.mean) for arm in estimate.arms] == [close(mean) for mean in KNOWN["means"]]
    assert [arm.known for arm in estimate.arms] == KNOWN["people"]


def test_lins_regression_says_1_622_dollars(done: Run) -> None:
    """Case 2: 1,621.58307704, HC2 694.72157858, HC3 716.87275838."""
    estimate = estimate_of(done, "earnings_adjusted")
    varied = {one.name: one.effect for one in estimate.variations}

    assert float(estimate.effect.value) == close(1621.58307704)
    assert float(estimate.effect.value) == close(KNOWN["lin"]["value"])
    assert float(estimate.effect.standard_error or 0) == close(694.72157858)
    plain, hc3 = varied["no-covariates"], varied["hc3-errors"]
    assert plain is not None and hc3 is not None
    assert float(plain.value) == close(1794.34238185)
    assert float(hc3.standard_error or 0) == close(716.87275838)


def test_chance_alone_would_rarely_show_as_much(done: Run) -> None:
    """Case 3, p 0.00505 ± 0.0015; here within the error of both draws."""
    test = estimate_of(done, "earnings").test

    assert test is not None and test.chance_error is not None
    assert test.test == "randomisation"
    assert abs(float(test.p_value) - 0.00505) < 0.0015
    known, error = KNOWN["by_chance"], float(test.chance_error)
    assert abs(float(test.p_value) - known) < 4 * error


def test_what_is_shown_beside_agrees_too(done: Run) -> None:
    estimate = estimate_of(done, "earnings")
    varied = {one.name: one.effect for one in estimate.variations}
    cut, classical, hc3 = (
        varied[name] for name in ("highest-1-percent-cut", "classical-errors", "hc3-errors")
    )
    (at_work,) = estimate.secondary

    assert cut is not None and classical is not None and hc3 is not None
    assert float(cut.value) == close(KNOWN["difference_cut"]["value"])
    assert float(cut.standard_error or 0) == close(KNOWN["difference_cut"]["HC2"])
    assert float(classical.standard_error or 0) == close(KNOWN["difference"]["nonrobust"])
    assert float(hc3.standard_error or 0) == close(KNOWN["difference"]["HC3"])
    # a share in the reference, percentage points here
    assert at_work.effect.unit == "percentage point"
    assert float(at_work.effect.value) == pytest.approx(100 * KNOWN["at_work"]["value"], rel=1e-9)
    assert float(at_work.effect.standard_error or 0) == pytest.approx(
        100 * KNOWN["at_work"]["HC2"], rel=1e-9
    )


def test_even_an_experiment_is_unlike_in_some_facts(done: Run) -> None:
    """The worked example of the Clearinghouse's classes: no degree, g -0.309, Cox -0.444."""
    balance = {row.trait: row for row in estimate_of(done, "earnings").balance}

    assert len(balance) == 8
    assert float(balance["no-degree"].effect_size or 0) == pytest.approx(-0.444, abs=5e-4)
    assert balance["no-degree"].reading == "above 0.25"


def test_every_line_and_result_is_the_expected_one(done: Run) -> None:
    lines = rows(EXAMPLE / "expected" / "lines.csv")
    results = {row["outcome"]: row for row in rows(EXAMPLE / "expected" / "results.csv")}

    assert [(line.term, line.period, line.amount) for line in done.statement.lines] == [
        (row["term"], int(row["period"]), to_minor(exact(row["amount"]), "USD")) for row in lines
    ]
    assert done.statement.total == 497_929_35
    assert {(r.outcome, r.value, r.people) for r in done.statement.results} == {
        (name, exact(row["value"]), int(row["people"]))
        for name, row in results.items()
        if name != "earnings_gain_adjusted"  # no line reads it
    }


def test_payments_read_the_point_estimate(done: Run) -> None:
    told = json.loads((done.folder / "payable-earnings.json").read_text())
    payable = PayableEstimate.model_validate(told)

    assert payable.value == estimate_of(done, "earnings").effect.value
    assert [fact.holds for fact in payable.facts] == [False]


def test_the_output_says_that_terms_are_illustrative_and_days_nominal(done: Run) -> None:
    assert "The payment terms are illustrative" in str(done)
    assert "nominal day 1976-01-01" in str(done)


def test_the_report_says_that_p_values_are_adjusted(done: Run) -> None:
    page = done.report.read_text("utf-8")

    assert "are adjusted together by" in page
    assert "adjusts no p-value" not in page


def test_the_term_is_told_in_words_and_its_bounds_are_proved() -> None:
    told, checked = " ".join(str(explain(EXAMPLE)).split()), " ".join(str(check(EXAMPLE)).split())

    assert "pays USD 1.50 for each USD of effect, times “offered a job”" in told
    assert "smaller than USD 500.00 pays nothing" in told
    assert "Nothing is due unless the determination states a p-value below 5 percent." in told
    assert "never pays more than USD 600,000.00 in all" in checked
    assert "with “earnings gain” at 0, no line pays anything" in checked


def test_the_readme_shows_what_comes_out() -> None:
    readme = (EXAMPLE / "README.md").read_text()

    for shown in ("**1,794.34**", "671.00", "1,621.58", "694.72", "497,929.35", "1,566.05"):
        assert shown in readme
