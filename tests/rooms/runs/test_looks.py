"""Outcomes by arm before the end: at planned looks, for those whom the plan names, on record."""

from __future__ import annotations

import shutil
import stat
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.fields import Duration
from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.run.deliver import evaluate
from payforsuccess.runs.study.kept import looks_folder, read_looks
from payforsuccess.runs.study.look import Looked, look
from payforsuccess.runs.study.look_decision import standing_of
from payforsuccess.runs.study.look_people import last_start
from payforsuccess.runs.study.seal import seal_study
from tests.lib.deals import COUNTY, EVALUATOR, PROVIDER, a_deal, a_term, an_outcome
from tests.lib.settling import columns, replayed
from tests.lib.watched import BOARD, END, LOOK, MONITORING, a_watched_deal, see_through

TODAY = date(2024, 9, 2)


def sealed(folder: Path) -> Path:
    seal_study(folder, party=EVALUATOR, by="Eve Name", on=date(2024, 1, 1), today=TODAY)
    return folder


def looked(folder: Path, name: str = "halfway", **changes: Any) -> Looked:
    usual: dict[str, Any] = {"reader": EVALUATOR, "by": "Eve Name", "on": TODAY, "today": TODAY}
    return look(folder, name, **{**usual, **changes})


def refused(folder: Path, name: str = "halfway", **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        looked(folder, name, **changes)
    return str(refusal.value)


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed(a_watched_deal(tmp_path_factory.mktemp("watched") / "deal"))


@pytest.fixture
def deal(sealed_once: Path, tmp_path: Path) -> Path:
    """A sealed deal of this test's own."""
    return Path(shutil.copytree(sealed_once, tmp_path / "deal"))


def test_a_look_shows_those_whose_window_is_over_by_its_day(deal: Path) -> None:
    """R139: 3 of 30 against 20 of 30, a z of -4.53 with the share pooled, beyond the bound 2.96."""
    found = looked(deal)

    assert [int(arm.total) for arm in found.estimates[0].arms] == [3, 20]
    assert "60 of 120 people are known, 50.0% of the information" in found.told[0]
    assert found.told[0].startswith("bookings: STOP. ")
    assert "The bound is 2.963, and the plan's test stands at 4.514" in found.told[0]
    assert found.results == () and "Nobody but the evaluator" in str(found)


def test_without_a_look_unfinished_windows_are_refused(deal: Path) -> None:
    with pytest.raises(Refusal, match="60 of 120 windows are not yet seen to their end"):
        evaluate(deal)


def test_the_board_that_the_plan_names_may_look_and_sees_the_same(deal: Path) -> None:
    first = looked(deal)
    board = looked(deal, reader=BOARD, by="Bo Other")

    assert board.estimates == first.estimates
    assert "As first read on 2024-09-02: STOP" in board.told[0]
    kept = read_looks(open_folder(deal))
    assert [(each.reader, each.by, each.stops) for each in kept] == [
        (EVALUATOR, "Eve Name", True),
        (BOARD, "Bo Other", True),
    ]
    assert kept[1].previous == kept[0].fingerprint


@pytest.mark.parametrize("reader", [COUNTY, PROVIDER, "Somebody else"])
def test_nobody_else_may_look(deal: Path, reader: str) -> None:
    """R139."""
    said = refused(deal, reader=reader)

    assert f"{reader} may not see outcomes by arm of the plan bookings before the end" in said
    assert f"Only {EVALUATOR} and {BOARD} may" in said
    assert not read_looks(open_folder(deal))


def test_a_look_that_was_not_planned_is_refused(deal: Path) -> None:
    assert "No plan has a look called early" in refused(deal, "early")
    assert "Planned are: halfway" in refused(deal, "early")


def test_a_look_waits_for_its_day(deal: Path) -> None:
    on = date(2024, 7, 14)
    assert "is due on 2024-07-15" in refused(deal, on=on, today=on)
    assert "lies ahead" in refused(deal, on=date(2024, 9, 3))


def test_a_plan_that_is_not_sealed_has_no_looks(tmp_path: Path) -> None:
    deal = a_watched_deal(tmp_path / "deal")

    assert "The plan bookings is not sealed" in refused(deal)


def test_what_is_on_record_is_its_owners_alone(deal: Path) -> None:
    looked(deal)
    home = looks_folder(open_folder(deal))

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.glob("*.json")} == {0o600}


@pytest.mark.parametrize("gone", ["0001.json", "0002.json", "chain.json"])
def test_a_release_that_is_missing_is_noticed(deal: Path, gone: str) -> None:
    looked(deal)
    looked(deal)
    (looks_folder(open_folder(deal)) / gone).unlink()

    said = refused(deal)
    assert "missing or was exchanged" in said


def test_a_look_that_pays_gives_a_provisional_result(tmp_path: Path) -> None:
    deal = sealed(a_watched_deal(tmp_path / "deal", plan={"looks": [{**LOOK, "pays": "true"}]}))
    found = looked(deal, to=tmp_path / "results.json")

    assert [(each.outcome, each.point) for each in found.results] == [("reduction", "final")]
    assert (tmp_path / "results.json").is_file()


def test_a_look_on_which_nothing_is_paid_gives_no_results(deal: Path, tmp_path: Path) -> None:
    assert "gives no results to keep" in refused(deal, to=tmp_path / "results.json")


def test_a_look_that_cannot_stop_goes_on_whatever_it_shows(tmp_path: Path) -> None:
    watched = {**LOOK, "can_stop": "false"}
    deal = sealed(a_watched_deal(tmp_path / "deal", plan={"looks": [watched]}))

    found = looked(deal)
    assert "This look cannot end the study: go on" in found.told[0]
    assert not found.releases[0].stops and found.releases[0].statistic is None


def test_after_a_look_that_stopped_there_is_no_other(tmp_path: Path) -> None:
    looks = [LOOK, {**LOOK, "name": "later", "on": "2024-08-15"}]
    deal = sealed(a_watched_deal(tmp_path / "deal", plan={"looks": looks}))
    looked(deal)

    assert "had passed its bound, so the test was over" in refused(deal, "later")


def test_a_confidence_sequence_can_watch_too(tmp_path: Path) -> None:
    bounds = {**MONITORING, "bounds": "confidence-sequence"}
    del bounds["convention"]
    deal = sealed(a_watched_deal(tmp_path / "deal", plan={"monitoring": bounds}))

    assert "At every time at once, with 95% confidence" in looked(deal).told[0]


def test_records_that_change_after_a_look_are_told(deal: Path) -> None:
    looked(deal)
    bookings = deal / "feeds" / "jail" / "bookings.csv"
    bookings.write_text(bookings.read_text() + "late,p0-58,2024-02-01,2024-02-01,actual\n")

    found = looked(deal)
    assert "records changed since the look halfway" in str(found.findings[-1])


def test_at_the_end_everyone_counts(deal: Path) -> None:
    see_through(deal, END)

    assert [int(arm.total) for arm in evaluate(deal).estimates[0].arms] == [15, 35]


def test_the_end_says_that_a_look_had_stopped_the_study(deal: Path) -> None:
    looked(deal)
    see_through(deal, END)

    assert "its p-value tests nothing" in str(evaluate(deal).findings[-1])


def test_the_end_allows_for_looks_that_went_on(tmp_path: Path) -> None:
    """A level of one in a million is not passed at the look; the end's p allows for it."""
    strict = {**MONITORING, "level": "0.0001%"}
    deal = sealed(a_watched_deal(tmp_path / "deal", plan={"monitoring": strict}))
    assert looked(deal).told[0].startswith("bookings: Go on.")
    see_through(deal, END)

    said = str(evaluate(deal).findings[-1])
    assert "1 of 1 looks that could stop the study were taken" in said
    assert "is within it: p = 0.000" in said


def test_a_plan_with_looks_and_no_seal_on_record_is_told(tmp_path: Path) -> None:
    deal = a_watched_deal(tmp_path / "deal")
    see_through(deal, END)

    assert "No seal of the plan bookings is on record" in " ".join(
        map(str, evaluate(deal).findings)
    )


def test_significance_is_decided_with_the_looks_allowed_for(tmp_path: Path) -> None:
    """R139: a look spends part of the level, so the end pays by the p that allows for it."""
    strict = {**MONITORING, "level": "0.0001%"}
    changes = {"monitoring": strict, "decision": {"pays_on": "significance", "level": "5%"}}
    deal = sealed(a_watched_deal(tmp_path / "deal", plan=changes))
    looked(deal)
    see_through(deal, END)

    found = evaluate(deal)

    (result,) = found.results
    (test,) = (estimate.test for estimate in found.estimates)
    assert result.p_value is not None and test is not None
    assert result.p_value > test.p_value


def test_significance_after_a_look_that_stopped_is_for_the_evaluator_to_determine(
    tmp_path: Path,
) -> None:
    changes = {"decision": {"pays_on": "significance", "level": "5%"}}
    deal = sealed(a_watched_deal(tmp_path / "deal", plan=changes))
    looked(deal)
    see_through(deal, END)

    found = evaluate(deal)

    assert found.results == ()
    assert "the evaluator determines what the look showed" in str(found.findings[-1])


@pytest.mark.parametrize(
    ("window", "start"),
    [
        (Duration(182, "day"), date(2024, 1, 16)),
        (Duration(26, "week"), date(2024, 1, 16)),
        (Duration(6, "month"), date(2024, 1, 16)),
        (Duration(1, "year"), date(2023, 7, 16)),
    ],
)
def test_the_last_start_whose_window_is_over_by_a_day(window: Duration, start: date) -> None:
    assert last_start(window, over_by=date(2024, 7, 15)) == start


def test_a_look_misses_the_seal_it_rests_on(deal: Path) -> None:
    """R139: without its seal a look could have been chosen at will."""
    looked(deal)
    shutil.rmtree(deal / "out" / "study")

    assert "The look halfway of 2024-09-02 rests on a seal" in refused(deal)


def test_a_test_that_a_look_stopped_gives_no_p_value_to_payments(tmp_path: Path) -> None:
    """A line that pays only significant effects finds the reason instead of a p-value."""
    deal = sealed(a_watched_deal(tmp_path / "deal"))
    looked(deal)
    see_through(deal, END)

    (result,) = evaluate(deal).results
    assert result.p_value is None
    assert result.no_p_value is not None and "tests nothing" in result.no_p_value

    outcome = an_outcome("reduction", unit="percentage point", tick="0.1", rounding="half-up")
    term = a_term("effect-price", significant_at="5%")
    asks = a_deal(outcomes={"reduction": outcome}, payments=[term])
    stated = result.model_copy(update={"period": 1, "point": None, "is_approximate": False})
    with pytest.raises(Refusal) as refusal:
        replayed(asks, columns({"served": ["60"]}, stated), through=1)
    assert "had passed its bound, and the test of bookings was over" in str(refusal.value)


@pytest.mark.parametrize("pays_on", ["point-estimate", "lower-bound"])
def test_payments_read_the_p_value_and_interval_that_allow_for_looks(
    tmp_path: Path, pays_on: str
) -> None:
    """R139: whatever the plan pays on, a payment term may read its p-value."""
    strict = {**MONITORING, "level": "0.0001%"}
    changes = {"monitoring": strict, "decision": {"pays_on": pays_on}}
    deal = sealed(a_watched_deal(tmp_path / "deal", plan=changes))
    looked(deal)
    see_through(deal, END)

    found = evaluate(deal)

    (result,), (estimate,) = found.results, found.estimates
    naive = estimate.effect.interval
    assert estimate.test is not None and naive is not None and result.interval is not None
    assert result.p_value is not None and result.p_value > estimate.test.p_value
    assert result.interval[0] < naive[0] < naive[1] < result.interval[1]
    nearer = max(result.interval, key=lambda end: end if estimate.effect.value < 0 else -end)
    assert result.value == (estimate.effect.value if pays_on == "point-estimate" else nearer)
    assert result.evidence == found.payable[0].fingerprint


def test_a_value_on_the_interval_after_a_stop_is_for_the_evaluator(tmp_path: Path) -> None:
    changes = {"decision": {"pays_on": "lower-bound"}}
    deal = sealed(a_watched_deal(tmp_path / "deal", plan=changes))
    looked(deal)
    see_through(deal, END)

    assert evaluate(deal).results == ()


def test_looks_hold_the_p_value_that_is_adjusted_for_several_outcomes(deal: Path) -> None:
    """The bound is held against what decides, or two adjustments would undo one another."""
    (estimate,) = looked(deal).estimates
    assert estimate.test is not None
    test = estimate.test.model_copy(update={"adjusted_p_value": Fraction(1, 2)})
    adjusted = estimate.model_copy(update={"test": test})

    assert abs(standing_of(adjusted)) < 0.7 < abs(standing_of(estimate))
