"""Durations by arm through the whole door: curves, mean days, hazards and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from lifelines.datasets import load_rossi

from payforsuccess.evaluation import estimate_effect
from tests.lib.outside_data import outside_data
from tests.lib.studies import EVIDENCE
from tests.rooms.evaluation.designs.plans import DURATIONS, a_plan, found, refused, shuffled

KNOWN: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "known" / "durations.json").read_text()
)


def rossi() -> pa.Table:
    """432 men released in Maryland; weeks are told as days, seven each."""
    data = load_rossi()
    facts = {
        name: data[name].to_numpy(np.float64)
        for name in ("age", "race", "wexp", "mar", "paro", "prio")
    }
    return pa.table(
        {
            "arm": np.where(data["fin"] == 1, "aid", "none"),
            "quantity": pa.array(data["arrest"].to_numpy(), pa.int64()),
            "status": ["known"] * len(data),
            "days": pa.array(7 * data["week"].to_numpy(), pa.int64()),
            "ended": np.where(data["arrest"] == 1, "event", "window"),
            **facts,
        }
    )


def weekly() -> pa.Table:
    """The same men with whether they had work, each week's told on the day before it begins.

    A change counts from the day after, so that an arrest in a week meets that week's work.
    """
    men = outside_data("rossi")
    work = (men[[f"emp{week}" for week in range(1, 53)]] == "yes").to_numpy()
    told = [
        [{"day": 7 * at, "value": float(work[man, at]), "label": None} for at in range(weeks)]
        for man, weeks in enumerate(men.week)
    ]
    facts = {
        "age": men.age.to_numpy(np.float64),
        "race": (men.race == "black").to_numpy(np.float64),
        "wexp": (men.wexp == "yes").to_numpy(np.float64),
        "mar": (men.mar == "married").to_numpy(np.float64),
        "paro": (men.paro == "yes").to_numpy(np.float64),
        "prio": men.prio.to_numpy(np.float64),
    }
    return pa.table(
        {
            "arm": np.where(men.fin == "yes", "aid", "none"),
            "quantity": pa.array(men.arrest.to_numpy(), pa.int64()),
            "status": ["known"] * len(men),
            "days": pa.array(7 * men.week.to_numpy(), pa.int64()),
            "ended": np.where(men.arrest == 1, "event", "window"),
            "employed:since": pa.array(told),
            **facts,
        }
    )


COX = {"estimator": "cox", "as": "hazard-ratio", "standard_errors": "model", "test": "wald"}
WORK = {**COX, "changing": [{"name": "employed"}]}
FACTS = ["age", "race", "wexp", "mar", "paro", "prio"]


def test_work_week_by_week_of_the_rossi_study_agrees_with_lifelines() -> None:
    """R83: Fox and Weisberg print -0.3567 (0.1911) for aid beside employment week by week."""
    coefficients, errors, _ = KNOWN["cox_weekly"]["current"]
    estimate = found(DURATIONS, weekly(), **WORK, covariates=FACTS)
    ratio = np.exp(coefficients[0])

    assert coefficients[0] == pytest.approx(-0.3567, abs=5e-4)
    assert float(estimate.effect.value) == pytest.approx(ratio, rel=1e-6)
    assert float(estimate.effect.standard_error or 0) == pytest.approx(ratio * errors[0], rel=1e-5)
    assert "adjusted for employed as it changes" in estimate.effect.method
    assert any("part of the effect is taken out" in note for note in estimate.notes)
    assert sum(arm.known for arm in estimate.arms) == 432


def test_a_fact_that_never_changes_is_as_good_as_one_from_the_start() -> None:
    men = weekly()
    fixed = pa.array([[{"day": 0, "value": age, "label": None}] for age in men["age"].to_pylist()])
    at = men.column_names.index("employed:since")
    rows = men.set_column(at, "years:since", fixed)
    changing = found(DURATIONS, rows, **COX, changing=[{"name": "years"}])
    plain = found(DURATIONS, rows, **COX, covariates=["age"])

    assert float(changing.effect.value) == pytest.approx(float(plain.effect.value), rel=1e-9)


def test_a_change_on_the_day_of_the_event_does_not_explain_it() -> None:
    men = weekly()
    days, ended = men["days"].to_pylist(), men["ended"].to_pylist()
    told = men["employed:since"].to_pylist()
    lost = [
        [*one, {"day": day, "value": 7.0, "label": None}] if word == "event" else one
        for one, day, word in zip(told, days, ended, strict=True)
    ]
    at = men.column_names.index("employed:since")
    later = men.set_column(at, "employed:since", pa.array(lost))

    assert found(DURATIONS, later, **WORK).effect == found(DURATIONS, men, **WORK).effect


def test_a_fact_in_words_has_a_column_for_each_word_but_the_first() -> None:
    men = weekly()
    words = [
        [{**one, "value": None, "label": "job" if one["value"] else "none"} for one in listed]
        for listed in men["employed:since"].to_pylist()
    ]
    at = men.column_names.index("employed:since")
    told = men.set_column(at, "employed:since", pa.array(words))

    same = found(DURATIONS, told, **WORK).effect
    assert float(same.value) == pytest.approx(
        float(found(DURATIONS, men, **WORK).effect.value), rel=1e-9
    )


def test_a_variation_takes_away_what_changes_too() -> None:
    bare = {"name": "bare", "without_covariates": True}
    (plain,) = found(DURATIONS, weekly(), **WORK, variations=[bare]).variations

    assert plain.effect is not None
    assert plain.effect.value == found(DURATIONS, weekly(), **COX).effect.value


def test_what_never_differs_is_told_by_its_name() -> None:
    men = weekly()
    same = pa.array([[{"day": 0, "value": 1.0, "label": None}]] * men.num_rows)
    at = men.column_names.index("employed:since")

    said = refused(DURATIONS, men.set_column(at, "employed:since", same), **WORK)
    assert "employed is the same for everyone" in said


def test_what_changes_is_known_from_the_start_and_belongs_to_hazards() -> None:
    men = weekly()
    at = men.column_names.index("employed:since")
    late = [listed[1:] for listed in men["employed:since"].to_pylist()]
    mixed = [
        [{**one, "label": "yes"} if man % 2 else one for one in listed]
        for man, listed in enumerate(men["employed:since"].to_pylist())
    ]

    said = refused(DURATIONS, men.set_column(at, "employed:since", pa.array(late)), **WORK)
    assert "Of 432 of 432 people employed is not known at their start" in said
    said = refused(DURATIONS, men.set_column(at, "employed:since", pa.array(mixed)), **WORK)
    assert "a number of some people and a word of others" in said
    assert "do not list how employed changes" in refused(DURATIONS, rossi(), **WORK)
    for changes, says in (
        ({"changing": [{"name": "employed"}]}, "Only hazards"),
        ({**WORK, "covariates": ["employed"]}, "as it was at the start"),
        ({**COX, "changing": [{"name": "a"}, {"name": "a", "state": "housed"}]}, "stands twice"),
    ):
        with pytest.raises(ValueError, match=says):
            a_plan(DURATIONS, **changes)


def a_table(aid: list[tuple[int, str]], none: list[tuple[int, str]]) -> pa.Table:
    rows = [("aid", *one) for one in aid] + [("none", *one) for one in none]
    return pa.table(
        {
            "arm": [row[0] for row in rows],
            "quantity": pa.array([None] * len(rows), pa.int64()),
            "status": ["known"] * len(rows),
            "days": pa.array([row[1] for row in rows], pa.int64()),
            "ended": [row[2] for row in rows],
        }
    )


def test_shares_with_an_event_of_the_rossi_study_agree_with_lifelines() -> None:
    """48 of 216 against 66 of 216 within 52 weeks, and the log-rank test."""
    estimate = found(DURATIONS, rossi())
    at_half = {point.arm: point for point in estimate.curve if point.day <= 182}

    assert float(estimate.effect.value) == pytest.approx(-8.333333, abs=1e-5)
    assert float(estimate.effect.standard_error or 0) == pytest.approx(4.22202, abs=1e-3)
    assert estimate.test is not None
    assert float(estimate.test.statistic or 0) == pytest.approx(3.83756958, abs=1e-6)
    assert float(estimate.test.p_value) == pytest.approx(0.05011612, abs=1e-6)
    assert float(at_half["none"].value) == pytest.approx(0.8518519, abs=1e-6)
    assert float(at_half["aid"].value) == pytest.approx(0.8981481, abs=1e-6)
    assert [(arm.known, int(arm.total)) for arm in estimate.arms] == [(216, 48), (216, 66)]


def test_a_curve_has_few_points_the_last_at_the_end_of_the_window() -> None:
    curve = found(DURATIONS, rossi()).curve

    for arm, ends in (("aid", 168), ("none", 150)):
        mine = [point for point in curve if point.arm == arm]
        assert len(mine) <= 50
        assert mine[-1].day == 364 and mine[-1].at_risk >= ends
        assert [point.at_risk for point in mine] == sorted(
            (point.at_risk for point in mine), reverse=True
        )


def test_mean_days_without_an_event_of_the_rossi_study() -> None:
    """46.875 against 44.8333 weeks within 52, errors in Greenwood's form."""
    estimate = found(DURATIONS, rossi(), estimator="restricted-mean", test="wald")

    assert estimate.effect.unit == "day"
    assert float(estimate.effect.value) / 7 == pytest.approx(2.04166667, abs=1e-6)
    assert float(estimate.effect.standard_error or 0) / 7 == pytest.approx(1.21302, abs=1e-4)


@pytest.mark.parametrize(
    ("covariates", "log", "error"),
    [
        ([], -0.36907, 0.18972),
        (["age", "race", "wexp", "mar", "paro", "prio"], -0.37942, 0.19138),
    ],
)
def test_hazards_of_the_rossi_study_agree_with_the_published_appendix(
    covariates: list[str], log: float, error: float
) -> None:
    """Fox and Weisberg's model, with Efron's ties."""
    estimate = found(
        DURATIONS,
        rossi(),
        estimator="cox",
        **{"as": "hazard-ratio"},
        standard_errors="model",
        test="wald",
        sensitivity=["log-rank"],
        covariates=covariates,
    )
    ratio = float(estimate.effect.value)

    assert np.log(ratio) == pytest.approx(log, abs=1e-4)
    assert float(estimate.effect.standard_error or 0) / ratio == pytest.approx(error, abs=1e-4)
    assert estimate.effect.interval is not None
    low, high = (np.log(float(end)) for end in estimate.effect.interval)
    assert (high - low) / 2 == pytest.approx(1.959964 * error, abs=1e-3)
    assert float(estimate.sensitivity[0].statistic or 0) == pytest.approx(3.83756958, abs=1e-6)


def test_a_death_rules_the_event_out_or_ends_the_watching_as_the_plan_says() -> None:
    aid = [(10, "event"), (20, "death"), (30, "event"), (40, "death")] + [(364, "window")] * 6
    none = [(5, "event"), (15, "event"), (25, "death"), (35, "event")] + [(364, "window")] * 6
    table = a_table(aid, none)
    incidence = found(
        DURATIONS, table, estimator="cumulative-incidence", competing=["death"], test="gray"
    )
    without = found(DURATIONS, table, test="wald")

    assert float(incidence.effect.value) == pytest.approx(100 * (0.2 - 0.3))
    assert float(without.effect.value) < 100 * (0.2 - 0.3)
    assert any("death rules the event out: 2 in aid and 1 in none" in n for n in incidence.notes)
    assert any("death ends the watching" in note for note in without.notes)
    assert all(arm.known == 10 for arm in without.arms)


def test_who_has_no_days_is_counted_by_arm_and_left_out() -> None:
    table = rossi()
    days = table["days"].to_pylist()
    days[:3] = [None] * 3
    at = table.column_names.index("days")
    estimate = found(DURATIONS, table.set_column(at, "days", pa.array(days, pa.int64())))

    assert sum(flow.analysed for flow in estimate.flow) == 429
    assert {count.status for flow in estimate.flow for count in flow.not_known} == {
        "days not known"
    }


def test_the_order_of_rows_changes_nothing() -> None:
    table = rossi()
    for changes in ({}, {"estimator": "restricted-mean"}):
        there = found(DURATIONS, table, **changes)
        assert found(DURATIONS, shuffled(table), **changes) == there


def test_bad_rows_are_refused_in_words() -> None:
    whole = [(364, "window")] * 5
    some = [(10, "event"), (20, "event"), *whole]

    assert "No one with a known outcome is in the arm none" in refused(DURATIONS, a_table(some, []))
    assert "had an event" in refused(DURATIONS, a_table(some, whole), test="wald")
    assert "time of follow-up is 0" in refused(DURATIONS, a_table([(0, "event"), *some], some))
    short = [(9, "move")] * 4 + some[:1]
    assert "control arm was followed up to 364" in refused(
        DURATIONS, a_table(some, [*short, (12, "move")])
    )
    assert "do not tell days and ended" in refused(
        DURATIONS, rossi().drop_columns(["days", "ended"])
    )
    twice = rossi()
    twice = twice.append_column("twice", pa.array(2 * twice["age"].to_numpy()))
    cox = {
        "estimator": "cox",
        "as": "hazard-ratio",
        "standard_errors": "model",
        "covariates": ["age", "twice"],
    }
    assert "columns" in refused(DURATIONS, twice, **cox)
    # No one served has an event: no finite ratio fits.
    assert refused(DURATIONS, a_table(whole, some), **{**cox, "covariates": []})


def test_clusters_and_other_errors_are_refused_before_anything_is_read() -> None:
    clustered = {"assignment": "clustered", "cluster": "race", "standard_errors": "cr1"}
    said = refused(DURATIONS, rossi(), **clustered)

    assert "does not compute it" in said


def test_a_variation_changes_the_window_or_says_why_it_cannot_be_computed() -> None:
    half = rossi()
    days = half["days"].to_numpy()
    ended = np.where(days > 182, "window", np.array(half["ended"].to_pylist()))
    half = half.set_column(half.column_names.index("ended"), "ended", pa.array(ended))
    half = half.set_column(
        half.column_names.index("days"), "days", pa.array(np.minimum(days, 182), pa.int64())
    )
    plan = a_plan(
        DURATIONS,
        variations=[
            {"name": "half", "window": "26 weeks"},
            {"name": "top", "top_coded_at": "90%"},
            {"name": "hc3", "standard_errors": "hc3"},
            {"name": "plain", "without_covariates": "true"},
        ],
    )
    estimate = estimate_effect(
        plan, rossi(), name="plan", evidence=EVIDENCE, varied_rows={"half": half}
    )
    shown = {one.name: one for one in estimate.variations}

    assert shown["half"].effect is not None
    assert float(shown["half"].effect.value) == pytest.approx(
        100 * (0.8518519 - 0.8981481), abs=1e-4
    )
    assert [shown[name].effect for name in ("top", "hc3", "plain")] == [None, None, None]
    assert "does not compute it" in (shown["hc3"].not_found or "")
