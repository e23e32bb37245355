"""Numbers of few people are hidden in the evaluator's report, with all that would tell them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from payforsuccess.disclosure import suppress, suppress_next
from payforsuccess.errors import Finding
from payforsuccess.reports import write_html
from payforsuccess.reports.evaluation.counts import facts_of_plans
from payforsuccess.reports.evaluation.page import evaluation_document
from payforsuccess.reports.evaluation.small import HIDDEN, names_small_count, numbers_of
from tests.rooms.reports.evaluation.test_page import tables
from tests.rooms.reports.evaluation.told import (
    NOTHING_LOST,
    a_flow,
    evaluation_facts,
    matched,
    named,
    plan_shown,
    two_arms,
    with_curve,
    with_take_up,
)
from tests.rooms.reports.page import Page


def numbers(plan, threshold: int | None = 10):
    return numbers_of([plan], threshold=threshold)[0]


def words(*plans, threshold: int | None = 10) -> str:
    facts = evaluation_facts(*plans, threshold=threshold)
    return Page(write_html(evaluation_document(facts))).one("main").text


def words_and_notes(*plans, threshold: int | None = 10) -> str:
    facts = evaluation_facts(*plans, threshold=threshold)
    return write_html(evaluation_document(facts)).decode()


def test_a_small_loss_is_hidden_and_so_is_what_tells_it():
    found = numbers(plan_shown())

    assert found.count("lost/moved away/aid") == HIDDEN
    assert found.count("analysed/aid") == "216"
    assert found.count("assigned/aid") == HIDDEN
    assert not found.says_lost
    assert "0.9%" not in words(plan_shown())
    assert "0.9%" in words(plan_shown(), threshold=None)


def test_without_a_threshold_every_count_is_said():
    found = numbers(plan_shown(), threshold=None)

    assert found.count("lost/moved away/aid") == "2"
    assert found.count("assigned") == "436"


def test_a_checksum_of_what_was_found_tells_no_hidden_count():
    """All else that it is of is printed, so the few counts that are not could be tried in turn."""
    plan = plan_shown()
    estimate, payable = plan.shown.estimate, plan.shown.payable

    for checksum in (estimate.fingerprint, estimate.evidence, payable.fingerprint):
        assert checksum in words_and_notes(plan, threshold=None)
        assert checksum not in words_and_notes(plan)
    assert estimate.plan_fingerprint in words_and_notes(plan)


def test_large_counts_are_all_said():
    found = numbers(with_take_up())

    for name in ("assigned", "analysed", "lost/move", "took_part/control", "referred/aid"):
        assert HIDDEN not in found.count(name)
    assert found.says_outcomes and found.says_take_up and found.says_lost


@pytest.mark.parametrize("happened", [0, 5, 195, 200])
def test_an_outcome_of_few_hides_every_mean_and_effect_of_it(happened: int):
    """No one and everyone say as much of each person as a few."""
    plan = with_take_up(arms=two_arms(happened), effect={
        "form": "difference",
        "unit": "percentage point",
        "value": "-27.25",
        "interval": ("-35.75", "-18.75"),
        "method": "Difference in proportions",
    })  # fmt: skip

    assert not numbers(plan).says_outcomes
    text = words(plan)
    for told in ("27.25", "35.75", "18.75", "33.0%", f"{happened} / 200"):
        assert told not in text
    assert "27.25" in words(plan, threshold=None)


def test_a_small_take_up_hides_the_shares_and_the_first_stage():
    flows = (a_flow("aid"), a_flow("control", took_part=3))
    text = words(with_take_up(flow=flows))

    assert "151.2" not in text
    assert "68.2%" not in text
    assert numbers(with_take_up(flow=flows)).count("took_part/control") == HIDDEN


def test_shares_of_who_took_part_are_hidden_where_no_record_counts_them():
    few = {"treated_share": "150/220", "control_share": "3/220", "first_stage": "151.2"}
    text = words(with_take_up(flow=(), take_up=few))

    assert "1.4%" not in text and "151.2" not in text


def test_a_fact_of_few_hides_its_means_and_its_other_words():
    document = evaluation_document(evaluation_facts(matched()))
    rows = tables(document)["Arrests: the people before the programme, by arm"].rows

    assert rows[0][1].parts == ("25.8",)
    assert rows[1][1].parts == (HIDDEN,)
    assert rows[1][3].parts == ("0",)
    assert rows[1][4].parts == (HIDDEN,)
    assert rows[1][-1].parts == (HIDDEN,)  # the class of a hidden effect size
    assert HIDDEN not in rows[0][-1].parts


def test_a_few_left_out_of_the_joint_test_hide_its_degrees_of_freedom():
    told = {"facts": 2, "statistic": "1.254", "freedom": (2, 210), "p_value": "0.2", "left_out": 3}

    assert "210" not in words(plan_shown(all_facts=told))
    assert "F(2, 210)" in words(plan_shown(all_facts=told), threshold=None)


def test_a_hidden_bar_of_the_pool_is_not_left_alone():
    document = evaluation_document(evaluation_facts(matched()))
    rows = tables(document)["People by score and arm"].rows

    assert [row[2].parts[0] for row in rows] == ["1,200", "300", HIDDEN, HIDDEN]
    assert [row[1].parts[0] for row in rows] == ["20", "30", "60", "90"]


def a_course(events: list[int], *, watched: int = 200, left: int = 0):
    """One event a day of `events` for each arm; `left` people leave otherwise after the first."""
    points, share = [], Fraction(1)
    for day in sorted(set(events)):
        before = watched
        share *= 1 - Fraction(events.count(day), before)
        points.append((day, before, str(share)))
        watched -= events.count(day) + (left if day == min(events) else 0)
    points.append((360, watched, str(share)))
    return with_curve(
        curve=tuple(
            {"arm": arm, "day": day, "at_risk": people, "value": value}
            for arm in ("aid", "control")
            for day, people, value in points
        )
    )


def steps(plan) -> list[tuple[str, ...]]:
    document = evaluation_document(evaluation_facts(plan))
    table = tables(document)["Share still without the event by day, with people still watched"]
    return [tuple(str(cell.parts[0]) for cell in row[:3]) for row in table.rows]


def test_a_curve_has_no_step_of_few_people_and_no_day_of_one():
    """60 events, one on each sixth day: 15 and more in each stretch that is drawn."""
    found = steps(a_course([6 * at for at in range(1, 61)]))

    assert found[0] == ("0", "100.0%", "200")
    assert found[-1] == ("360", "70.0%", "140")
    watched = [int(row[2]) for row in found]
    assert all(one - other > 10 for one, other in pairwise(watched))
    assert all(int(row[0]) % 30 == 0 for row in found)


def test_the_last_stretch_of_a_curve_tells_of_no_few_either():
    """25 events at once and 5 at the end: a point between them would tell of the 5."""
    found = steps(a_course([40] * 25 + [350] * 5))

    assert [row[0] for row in found] == ["0", "360"]


def test_a_few_who_left_otherwise_are_not_told_by_the_watched():
    found = steps(a_course([40] * 25 + [350] * 25, left=4))

    assert [row[2] for row in found] == ["200", "hidden", "hidden"]


def test_an_arm_that_is_not_drawn_on_a_day_does_not_stand_at_its_last_value():
    one = a_course([40] * 25 + [200] * 25).shown.estimate.curve
    other = a_course([100] * 25 + [300] * 25).shown.estimate.curve
    curve = (*(p for p in one if p.arm == "aid"), *(p for p in other if p.arm == "control"))
    found = steps(with_curve(curve=curve))

    assert ("60", "87.5%", "175") in found
    assert ("120", "not shown", "not shown") in found


def test_a_curve_of_few_events_is_hidden():
    text = words(a_course([40, 80, 120]))

    assert "The course over time is hidden" in text


def test_a_variation_of_a_few_people_less_is_hidden():
    """Both rows together would tell of those who are in one alone."""
    varied = {
        "name": "no-deaths",
        "says": "Without people who died.",
        "effect": {
            "form": "difference",
            "unit": "percentage point",
            "value": "-14.75",
            "method": "Difference",
        },
        "people": 397,
    }

    assert "14.75" not in words(with_take_up(variations=(varied,)))
    assert "14.75" in words(with_take_up(variations=({**varied, "people": 360},)))


def test_a_note_that_names_few_people_is_left_out():
    note = "3 people are in arms that this plan does not compare."
    text = words(with_take_up(notes=(note, "One line of 1,234 people.")))

    assert note not in text
    assert "1,234 people" in text
    assert "A note that names a small number is hidden." in text


@pytest.mark.parametrize(
    ("says", "tells"),
    [
        ("3 people died.", True),
        ("The file has 10 rows without a day.", True),
        ("1,003 people died.", False),
        ("The share is 3.5, or 7%.", False),
        ("Every day is counted from 1975-01-01.", False),
        ("The plan's covariate `earnings-75` is known.", False),
    ],
)
def test_whole_numbers_of_a_sentence_are_taken_for_people(says: str, tells: bool):
    assert names_small_count(says, 10) is tells


def test_a_finding_about_the_records_stands_with_them_and_hides_its_small_number():
    findings = (
        Finding("dates", "Every day is counted from a nominal day."),
        Finding("rows", "4 rows have no day."),
        Finding("estimate", "Stands with the estimate."),
    )
    facts = evaluation_facts(findings=findings)
    text = Page(write_html(evaluation_document(facts))).one("main").text

    assert "nominal day" in text
    assert "4 rows" not in text and "A finding that names a small number is hidden." in text
    assert "Stands with the estimate." not in text


def test_two_plans_on_the_same_people_do_not_tell_what_one_hides():
    less = two_arms(lost=17)
    flows = (a_flow("aid", 17), a_flow("control", 17))
    first, second = numbers_of(
        [
            with_take_up(),
            named(with_take_up(arms=less, flow=flows, attrition=NOTHING_LOST), "other"),
        ],
        threshold=10,
    )

    both = first.count("assigned/aid"), second.count("assigned/aid")
    assert HIDDEN in both


def test_the_report_says_whether_small_numbers_are_hidden_in_it():
    hidden = evaluation_document(evaluation_facts()).notices
    shown = evaluation_document(evaluation_facts(threshold=None)).notices

    assert "Small numbers are hidden" in [notice.title for notice in hidden]
    assert "For those who may see small numbers" in [notice.title for notice in shown]


def test_what_an_earlier_report_showed_tells_no_small_change():
    """R140: three more people with the outcome would be told by one report less the other."""
    plans = [plan_shown(arms=two_arms(with_aid=with_aid, lost=0)) for with_aid in (48, 51)]
    then, now = (facts_of_plans([plan], threshold=10) for plan in plans)
    given = suppress(then, threshold=10)
    beside = suppress_next([(then, given)], now, threshold=10)
    name = "evaluation arrests: with/aid"

    assert name in given.shown and name not in beside.shown
    assert numbers_of(plans[1:], threshold=10)[0].count("with/aid") == "51"
    (told,) = numbers_of(plans[1:], threshold=10, release=beside)
    assert told.count("with/aid") == HIDDEN and not told.says_outcomes


def test_counts_of_one_arm_are_held_against_those_of_other_tables():
    groups = facts_of_plans([plan_shown()], threshold=10).groups

    assert groups["evaluation arrests: assigned/aid"] == "arm/aid"
    assert groups["evaluation arrests: assigned"] == ""
