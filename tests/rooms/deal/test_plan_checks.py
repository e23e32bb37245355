"""Plans of a deal together: what looks back, what counts days, what falls back to what."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words import plan_in_words
from payforsuccess.deal.words.sections import sections_before_money
from tests.lib.deals import a_deal
from tests.lib.evaluated import MEASURE, a_plan, feeds


def told(deal: Deal) -> list[str]:
    return [
        problem.what for problem in check_deal(deal) if problem.where.field.startswith("evaluation")
    ]


def with_plans(since: str | None = "2024-01-01", **plans: Any) -> Deal:
    return a_deal(data=feeds(since=since), evaluation=plans)


BACK = {**MEASURE, "looks": "back"}
CHANGE = {
    "design": "difference-in-differences",
    "assignment": None,
    "estimand": "att",
    "estimator": "change-in-means",
    "test": "wald",
    "before": BACK,
}


def test_a_plan_with_a_time_before_is_sound() -> None:
    assert told(with_plans(change=a_plan(**CHANGE))) == []


def test_a_feed_looked_back_over_says_how_far_its_records_reach() -> None:
    (problem,) = told(with_plans(since=None, change=a_plan(**CHANGE)))

    assert problem.startswith("The measure looks back over “court” and “deaths”, and nothing says")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"before": MEASURE}, "this measure looks ahead"),
        ({"before": {**BACK, "counts": "each"}}, "Before is counted in event and after in day"),
        ({"before": {**BACK, "window": "100 days"}}, "Before is counted over 100 days"),
        ({"measure": BACK}, "this measure looks at the time before it"),
    ],
)
def test_before_and_after_are_measured_alike(changes: dict[str, Any], says: str) -> None:
    (problem,) = told(with_plans(change=a_plan(**{**CHANGE, **changes})))

    assert says in problem


def test_days_until_an_event_need_an_event_and_a_clock_that_never_stops() -> None:
    timed = {"estimator": "restricted-mean", "test": "wald", "standard_errors": "greenwood"}
    stops = {**MEASURE, "on_custody": "stop-the-clock"}
    money = {**MEASURE, "kind": "money-sum", "amounts_of": "wages", "event": None, "counts": None}

    assert told(with_plans(timed=a_plan(**timed))) == []
    (stopped,) = told(with_plans(timed=a_plan(**timed, measure=stops)))
    (without,) = told(with_plans(timed=a_plan(**timed, measure=money)))
    assert "stop-the-clock is not computed for them" in stopped
    assert "a measure of the kind money-sum has none" in without


def test_who_took_part_cannot_be_told_where_enrolment_starts_everyone() -> None:
    taken = {"estimand": "tot", "estimator": "two-stage-least-squares", "test": "wald"}
    measure = {**MEASURE, "starts_at": "enrolment"}

    assert told(with_plans(taken=a_plan(**taken))) == []
    (problem,) = told(with_plans(taken=a_plan(**taken, measure=measure)))
    assert "so that enrolment does not tell it" in problem


def falls_back(to: str, then: str = "other-plan") -> dict[str, Any]:
    return {
        "sample_floor": "10",
        "fallback": [
            {"when": "sample-below-floor", "then": then, "plan": to, "says": "Too few people"}
        ],
    }


def test_fall_backs_come_to_an_end() -> None:
    chain = {"a": a_plan(**falls_back("b")), "b": a_plan(**falls_back("c")), "c": a_plan()}
    ring = {**chain, "c": a_plan(**falls_back("a"))}

    assert told(with_plans(**chain)) == []
    assert told(with_plans(**ring)) == [
        f"`{one}` falls back to `{to}`, which leads back to `{one}`: no plan would ever hold."
        for one, to in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    assert len(told(with_plans(a=a_plan(**falls_back("a"))))) == 1


def test_a_plan_that_is_pooled_has_its_weight() -> None:
    weights = [{"plan": "a", "weight": "80%"}, {"plan": "b", "weight": "20%"}]
    pools = falls_back("b", "pool")

    assert told(with_plans(a=a_plan(**pools, pooling=weights), b=a_plan())) == []
    assert told(with_plans(a=a_plan(**pools), b=a_plan())) == [
        "A fall-back pools `b`, and `pooling` gives it no weight."
    ]
    others = [{"plan": "b", "weight": "80%"}, {"plan": "c", "weight": "20%"}]
    assert told(with_plans(a=a_plan(pooling=others), b=a_plan(), c=a_plan())) == [
        "`a` is pooled with other plans, and has no weight itself."
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "score-gain", "score": "needs", "event": None, "counts": None},
        {"kind": "certified-units", "units": "course", "certified_by": "X", "event": None,
         "counts": None},
        {"on_custody": "stop-the-clock"},
        {"earned": "as-it-happens"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_before_someone_started_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_deal(evaluation={"a": a_plan(**{**CHANGE, "before": {**BACK, **changes}})})


def test_the_quarter_of_the_start_event_is_not_before_it() -> None:
    earnings = {
        **BACK, "kind": "quarters-with-earnings", "floor": "100", "event": None, "counts": None
    }  # fmt: skip
    whole = {**earnings, "counts_first_quarter": False}
    assert a_plan(before=whole)["before"]["floor"] == "100"

    with pytest.raises(ValidationError, match="is not over before it"):
        a_deal(
            evaluation={
                "a": a_plan(**{**CHANGE, "before": {**earnings, "counts_first_quarter": True}})
            }
        )


def test_a_feed_is_complete_from_a_day_before_it_ends() -> None:
    with pytest.raises(ValidationError, match="is after the last"):
        a_deal(data=feeds(since="2030-01-01"))


def test_words_say_the_time_before_and_how_far_back_records_reach() -> None:
    deal = with_plans(change=a_plan(**CHANGE))
    plan = " ".join(plan_in_words(deal.evaluation["change"]))
    whole = str(sections_before_money(deal))

    assert "looked at over 182 days before the day of assignment, that day not included" in plan
    assert "does not reach back over the whole of a person's time" in plan
    assert "every record from 1 January 2024 up to 30 June 2027" in whole


HAZARD = {
    "estimator": "cox",
    "as": "hazard-ratio",
    "standard_errors": "model",
    "changing": [{"name": "score"}, {"name": "home", "state": "housed"}],
}


def test_what_changes_while_people_are_watched_is_said_in_words() -> None:
    deal = with_plans(hazard=a_plan(**HAZARD))

    assert told(deal) == []
    assert (
        "Adjusted for “score” and “home” (being “housed”) as it changes, each change from the day "
        "after."
    ) in plan_in_words(deal.evaluation["hazard"])


def test_nobody_is_watched_in_custody() -> None:
    inside = {**HAZARD, "changing": [{"name": "inside", "state": "jailed"}]}
    (problem,) = told(with_plans(hazard=a_plan(**inside)))

    assert problem == "Custody ends the watching, so nobody is watched while jailed."


def test_an_index_is_said_in_words_and_its_feeds_are_needed() -> None:
    part = {"name": "filings", "says": "Cases", "measure": MEASURE, "better": "less"}
    index = {"weights": "inverse-covariance", "better": "less", "parts": [part]}
    deal = with_plans(index=a_plan(index=index))

    assert told(deal) == []
    said = " ".join(plan_in_words(deal.evaluation["index"]))
    assert "of this measure (less is better) and “filings” (less is better), those that" in said
    assert "“filings”: " in said
