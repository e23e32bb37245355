"""A study planned from the deal and its assumptions, and the terms paid without any programme."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess import backtest, plan, replay
from payforsuccess.errors import Refusal
from payforsuccess.runs.plan.backtest import BacktestTold
from payforsuccess.runs.plan.plan import Planned
from tests.lib.pfs import pfs

EXAMPLE = Path(__file__).parents[3] / "examples" / "maryland-reentry"


def job_training(folder: Path) -> Path:
    """A copy of the example that pays a price for each dollar earned more by each person."""
    copy = folder / "job-training"
    ignored = shutil.ignore_patterns("out", "expected")
    return Path(shutil.copytree(EXAMPLE.with_name("job-training"), copy, ignore=ignored))


def maryland(
    folder: Path,
    *,
    assumed: Mapping[str, str] | None = None,
    deal: Mapping[str, str] | None = None,
) -> Path:
    """A copy of the example, with texts in its files changed."""
    copy = folder / "maryland"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("out", "expected"))
    for name, changes in (("assumptions.yaml", assumed or {}), ("deal.yaml", deal or {})):
        text = (copy / name).read_text("utf-8")
        for before, after in changes.items():
            assert before in text, before
            text = text.replace(before, after)
        (copy / name).write_text(text, "utf-8")
    return copy


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return maryland(tmp_path_factory.mktemp("deal"))


@pytest.fixture(scope="module")
def planned(folder: Path) -> Planned:
    return plan(folder, studies=8_000)


@pytest.fixture(scope="module")
def tested(folder: Path) -> BacktestTold:
    return backtest(folder, arm="no-aid", splits=4_000)


def refused(call: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*arguments, **more)
    return " ".join(problem.what for problem in refusal.value.problems)


def test_it_says_plainly_how_often_the_deal_pays_by_mistake(planned: Planned) -> None:
    """R10: whoever signs reads how likely chance pays for nothing, and does not pay for success."""
    text = str(planned)

    assert "A programme without any effect is paid something by `fewer_arrests` in 2" in text
    assert "is paid nothing in 1" in text
    assert "below the planned 80%; for that 536 and 536 people are needed" in text
    assert "fewer_arrests: from 25" in text
    assert "Break-even: the payors' own" in text
    assert "What is assumed is illustrative" in text.replace("what", "What")


def test_json_holds_effects_chances_and_errors(folder: Path, planned: Planned) -> None:
    plain: Any = json.loads(planned.written[0].read_text("utf-8"))

    (one,) = plain["plans"]
    assert one["paying"]["at_no_effect"]["anything_paid"]["value"].startswith("0.2")
    assert len(one["paying"]["along_true_effects"]) == 26
    assert len(one["sizes"]) == len(one["paying"]["by_size"]) == 6
    asked: Any = pfs("plan", folder, "--studies", "8000", "--json").plain
    assert asked == plain


def test_the_page_draws_three_pictures_with_words_and_tables(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "study.html"

    plan(folder, studies=500, to=page)

    text = page.read_text("utf-8")
    assert text.count("<svg") == 3
    assert "Mean payment in USD along true effects" in text
    assert "Illustrative assumptions" in text
    assert text.count("<caption") >= 5


def test_a_recorded_plan_and_a_recorded_backtest_come_out_again(
    planned: Planned, tested: BacktestTold
) -> None:
    for told in (planned, tested):
        assert replay(told.written[0].parent).is_same


def test_another_seed_draws_otherwise(folder: Path, planned: Planned) -> None:
    other = plan(folder, studies=8_000, seed=2)

    assert str(other) != str(planned)
    assert str(plan(folder, studies=8_000)) == str(planned)


def test_a_study_that_nothing_is_assumed_of_is_refused(tmp_path: Path) -> None:
    folder = maryland(tmp_path, assumed={"studies:\n  arrests:": "studies:\n  arests:"})

    assert "arests" in refused(plan, folder)


def test_a_plan_without_a_study_is_refused(tmp_path: Path) -> None:
    folder = maryland(tmp_path)
    file = folder / "assumptions.yaml"
    text = file.read_text("utf-8")
    start, end = text.index("studies:\n"), text.index("determined_after_days")
    file.write_text(text[:start] + text[end:], "utf-8")

    assert "Nothing is assumed for the study of the plan `arrests`" in refused(plan, folder)


def test_a_deal_without_a_plan_and_one_study_are_refused(folder: Path) -> None:
    county = EXAMPLE.parent / "just-in-reach"

    assert "no study to plan" in refused(plan, county)
    assert "Fewer than 2 studies" in refused(plan, folder, studies=1)


def test_counts_are_paid_as_they_happened_anyway(tested: BacktestTold) -> None:
    """The control arm of the experiment: 150 of 216 went a year without arrest, unaided."""
    (count,) = tested.counted
    assert (count.value, count.people) == (150, 216)
    years, fewer = tested.paid.terms
    assert years.percentiles == (7_500_000,) * 5
    assert not years.rests_on_chance
    assert "`years_without_arrest` pays on what happens anyway" in str(tested)
    assert fewer.rests_on_chance
    assert 0.25 < fewer.is_paid.value < 0.4
    assert tested.paid.whole.most == 7_500_000 + fewer.most


def test_arms_as_large_as_planned_are_paid_as_the_plan_foresaw(folder: Path) -> None:
    """Two ways to one number: resampled people, and draws at their share without programme."""
    tested = backtest(folder, arm="no-aid", people=216, splits=20_000)
    by_plan = plan(folder, studies=20_000).plans[0].paying

    assert by_plan is not None
    assert tested.paid.terms[1].is_paid.value == pytest.approx(by_plan.none.is_paid.value, abs=0.02)


def test_the_backtest_page_tells_what_chance_pays(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "without.html"

    backtest(folder, arm="no-aid", splits=500, to=page)

    assert "paid without the programme" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "needs people who had no programme"),
        ({"arm": "aid"}, "the deal's own people"),
        ({"arm": "nobody"}, "No one in the records is in the arm nobody"),
        ({"started_from": date(1970, 1, 1)}, "one is missing"),
        (
            {"started_from": date(1971, 1, 1), "started_to": date(1970, 1, 1)},
            "last day is before its first",
        ),
        (
            {"started_from": date(1974, 1, 1), "started_to": date(1975, 1, 1)},
            "its own people would be among them",
        ),
        ({"arm": "no-aid", "splits": 1}, "Fewer than 2 splits"),
        ({"arm": "no-aid", "people": 1}, "no arm"),
    ],
)
def test_a_cohort_that_cannot_stand_for_nothing_is_refused(
    folder: Path, changes: dict[str, Any], says: str
) -> None:
    assert says in refused(backtest, folder, **changes)


def test_people_before_the_deal_are_paid_in_its_own_calendar(tmp_path: Path) -> None:
    """The deal starts years after these records: its periods are laid over theirs."""
    folder = maryland(
        tmp_path,
        deal={
            "in_force_from: 1975-01-01": "in_force_from: 1978-01-01",
            "ends_on: 1976-06-30": "ends_on: 1979-06-30",
            "{every: half-year, from: 1975-01-01}": "{every: half-year, from: 1978-01-01}",
            "final_on: 1977-06-30": "final_on: 1980-06-30",
            "determined_by: 1975-12-31": "determined_by: 1978-12-31",
            "fiscal_year: 1977": "fiscal_year: 1980",
            "fiscal_year: 1976": "fiscal_year: 1979",
        },
    )
    days = {"started_from": date(1975, 1, 1), "started_to": date(1975, 1, 31)}

    tested = backtest(folder, arm="no-aid", splits=500, **days)  # type: ignore[arg-type]

    (count,) = tested.counted
    assert (count.slot[1], count.value) == ("period 2", 150)
    assert tested.paid.terms[0].most == 7_500_000
    assert tested.paid.terms[1].is_paid.value > 0.2
    assert "216 people of the cohort were also served by the deal" in refused(
        backtest, folder, splits=500, **days
    )


def rows_of(folder: Path, count: int = 60) -> Path:
    """People without programme: every third was arrested, the others count as a year without."""
    lines = ["outcome,period,person,quantity"]
    for number in range(count):
        arrested = int(number % 3 == 0)
        lines.append(f"year_without_arrest,2,k{number},{1 - arrested}")
        lines.append(f"arrest_reduction,2,k{number},{arrested}")
    file = folder / "before.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_a_control_arm_is_not_looked_at_while_its_study_runs(tmp_path: Path) -> None:
    """R139: a backtest on it would tell outcomes by arm to anyone before the end."""
    early = {"complete_through: 1975-12-30": "complete_through: 1975-10-01"}
    folder = maryland(tmp_path, deal=early)

    said = refused(backtest, folder, arm="no-aid", splits=500)

    assert "no-aid is the control arm of arrests, and 216 of its windows are not yet seen" in said


def test_rows_by_person_are_paid_without_any_feed(tmp_path: Path) -> None:
    folder = maryland(tmp_path)
    rows = rows_of(folder)

    tested = backtest(folder, rows=rows, splits=2_000)

    (count,) = tested.counted
    assert (count.value, count.people) == (40, 60)
    assert tested.paid.terms[0].most == 40 * 500_00
    assert tested.placebos[0].placebo.treated == 30
    assert tested.paid.terms[1].is_paid.value > 0.2
    assert replay(tested.written[0].parent).is_same


def test_rows_of_the_deals_own_people_are_refused(tmp_path: Path) -> None:
    folder = maryland(tmp_path)
    rows = rows_of(folder)
    own = folder / "people.csv"
    own.write_text("outcome,period,person,quantity\nyear_without_arrest,2,k1,1\n", "utf-8")

    assert "1 person of the cohort was also served" in refused(backtest, folder, rows=rows)
    assert "the deal's own people" in refused(backtest, folder, rows=own)
    assert "an arm or days of the records too" in refused(backtest, folder, rows=rows, arm="no-aid")
    empty = folder / "none.csv"
    empty.write_text("outcome,period,person,quantity\n", "utf-8")
    assert "no one" in refused(backtest, folder, rows=empty)


def test_the_template_pays_by_chance_as_often_as_half_its_level(tmp_path: Path) -> None:
    """Two-sided at 10 percent, paid on the good side only: 5 percent without any effect."""
    folder = tmp_path / "deal"
    assert pfs("new", folder, "--template", "randomised-reentry").code == 0

    paying = plan(folder, studies=20_000).plans[0].paying

    assert paying is not None
    assert paying.none.is_paid.value == pytest.approx(0.05, abs=0.006)
    assert paying.break_even is not None
    assert paying.break_even.truth == 3


def test_an_effect_is_paid_for_the_people_of_the_made_up_arm(tmp_path: Path) -> None:
    """R10: nobody of the cohort was served, and a count of 0 would hide what chance pays."""
    folder = job_training(tmp_path)
    tested = backtest(folder, arm="no-training", splits=2_000)
    larger = backtest(folder, arm="no-training", splits=2_000, people=185)

    assert tested.paid.made_up == (("offered_a_job", 108),)
    assert larger.paid.made_up == (("offered_a_job", 185),)
    assert tested.counted == ()
    (term,) = tested.paid.terms
    # a test at 5 percent, on the good side only
    assert 0.01 < term.is_paid.value < 0.045
    assert term.most > 0
    assert "offered_a_job is taken as the made-up arm that is paid for: 108 people" in str(tested)
    plain: Any = tested.as_plain()
    assert plain["made_up_people"] == {"offered_a_job": 108}


def test_what_a_term_asks_of_an_effect_stands_beside_what_the_plan_pays_on(tmp_path: Path) -> None:
    """R10: the plan hands over its estimate, and the payment term has a test of its own."""
    text = str(plan(job_training(tmp_path), studies=500))

    assert (
        "the point estimate; more_earned pays only from USD 500.00 on and where the test's p-value "
        "is below 5.0%"
    ) in text
    assert "whatever the test says" not in text.split("Study earnings_adjusted")[0]


def test_money_that_people_earn_is_said_in_the_deals_currency(tmp_path: Path) -> None:
    text = str(plan(job_training(tmp_path), studies=500))

    assert "without it  USD 4,500.00 on average" in text
    assert "spread      USD 6,000.00" in text
    assert "the target, USD 1,500.00" in text
    assert "money-sum" not in text
