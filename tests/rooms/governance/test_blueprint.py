"""What each part of a blueprint lacks, and what its file may not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Refusal
from payforsuccess.governance.blueprint import Blueprint
from payforsuccess.governance.blueprint.complete import (
    BlueprintFacts,
    SetFound,
    empty_parts,
    missing_of,
    unfinished_parts,
)
from payforsuccess.governance.clock import clocks_between, report_clock
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.mandate import Motion
from tests.lib.blueprints import HEAD, INITIATIVE, PARTS, POLICIES

ON = date(2026, 6, 1)
BOTH = SetFound("A set", frozenset({"operational", "programmatic"}), "Board")


def facts(
    *, without: str = "", change: tuple[str, str] = ("", ""), **given: object
) -> BlueprintFacts:
    text = HEAD + "".join(part for name, part in PARTS.items() if name not in without)
    blueprint = read_whole(Blueprint, text.replace(*change).encode(), file="blueprint.yaml")
    policies = "" if "d" in without else POLICIES
    initiative = read_whole(Initiative, (INITIATIVE + policies).encode(), file="initiative.yaml")
    sets = () if "a" in without else (BOTH,)
    return replace(BlueprintFacts(blueprint, initiative, ON, sets), **given)  # type: ignore[arg-type]


def lacking(found: BlueprintFacts) -> list[str]:
    return [each.problem.what for each in missing_of(found)]


def test_a_whole_blueprint_lacks_nothing():
    assert lacking(facts()) == []
    assert unfinished_parts(facts()) == ()


@pytest.mark.parametrize("part", ["a", "b", "c", "d"])
def test_a_part_that_is_left_out_is_empty_and_said_to_be(part):
    """R27: any of parts a to d that is empty is named."""
    found = facts(without=part)
    assert empty_parts(found) == (part,)
    assert all(what.startswith(f"Part {part} has no") for what in lacking(found))


def test_part_a_needs_a_set_that_a_body_approved():
    """R14: at least one approved set of readiness criteria is linked."""
    assert lacking(facts(sets=(replace(BOTH, approved_by=""),))) == [
        "Part a has no set of criteria that a body approved."
    ]


def test_part_a_needs_both_groups_of_criteria():
    """R22: criteria in both groups."""
    one = replace(BOTH, kinds=frozenset({"operational"}))
    assert lacking(facts(sets=(one,))) == ["Part a has no programmatic criteria."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("    recommended: It is open.\n", ""), "no recommendation for the evaluator"),
        (("    pros: [cheap]\n", ""), "no pros of the option `none` for the intermediary"),
        (("    cons: [costly]\n", ""), "no cons of the option `company` for the intermediary"),
    ],
)
def test_part_b_needs_pros_cons_and_a_recommendation(change, said):
    """R23: pros, cons and one recommended, for each role."""
    assert lacking(facts(change=change)) == [f"Part b has {said}."]


def test_part_b_needs_two_options_for_each_role():
    """R23: at least two options for each of the two roles."""
    last = PARTS["b"][PARTS["b"].index("  - name: company") :]
    assert lacking(facts(change=(last, ""))) == ["Part b has only one option for the intermediary."]


def test_two_recommendations_for_one_role_are_refused():
    """R23: exactly one is recommended."""
    with pytest.raises(Refusal, match="More than one option is recommended"):
        facts(change=("cons: [closed]", "cons: [closed]\n    recommended: It is fast."))


def test_a_payment_line_without_an_outcome_is_refused():
    """R24: every payment line names an outcome."""
    with pytest.raises(Refusal) as refused:
        facts(change=("outcome: Homes kept for a year, ", ""))
    assert refused.value.problems[0].where.field == "financing.structure[0].outcome"


@pytest.mark.parametrize(
    ("level", "said"), [("county_wide", "county-wide"), ("department", "departmental")]
)
def test_part_c_needs_the_process_at_both_levels(level, said):
    """R25: the workflow for augmentations at both levels."""
    start = PARTS["c"].index(f"    {level}:")
    own = "".join(PARTS["c"][start:].splitlines(True)[:2])
    assert lacking(facts(change=(own, ""))) == [
        f"Part c has no process for {said} budget augmentations."
    ]


def test_a_group_of_policies_may_say_why_nothing_has_to_change():
    """R26: three groups; one without a change says why."""
    more = "policies:\n  nothing:\n  - {group: other, reason: Counsel found none.}\n"
    found = facts(without="d", change=("changes:", f"{more}changes:"))
    assert lacking(found) == [
        "Part d has no policy of the group fiscal.",
        "Part d has no policy of the group procurement.",
    ]


def test_nothing_is_called_sourced_without_a_source():
    with pytest.raises(Refusal, match="no source is named"):
        facts(change=("says: Pay for outcomes shown.", "says: Pay., standing: sourced"))


def test_changes_stand_in_the_order_of_their_days():
    """R13: every change has author, date and reason, in order."""
    with pytest.raises(Refusal, match="not in the order"):
        facts(
            change=(
                "changes:\n",
                "changes:\n- {on: 2026-09-01, by: C, reason: Later}\n",
            )
        )


def motion(**given: object) -> Motion:
    return Motion.model_validate({"title": "M", "body": "Board", **given})


def test_the_report_falls_due_ninety_days_after_adoption():
    """R21: adoption and 90 calendar days; lateness counts from the due day."""
    clock = report_clock(motion(adopted_on=date(2013, 10, 15)), on=date(2014, 1, 20))
    assert clock is not None
    assert (clock.first_due, clock.days_late) == (date(2014, 1, 13), 7)


def test_a_motion_of_an_unknown_day_has_a_clock_from_its_first_and_its_last():
    """R21: lateness is shown honestly, as at least and at most."""
    paper = {"title": "P", "where": "W"}
    between = {"first": date(2013, 10, 1), "last": date(2013, 10, 31), "source": paper}
    asked = motion(adopted_between=between, reported_on=date(2014, 10, 23))
    both = clocks_between(asked, on=date(2014, 11, 18))
    assert both is not None
    assert [each.days_late for each in both] == [297, 267]
    assert report_clock(asked, on=date(2014, 11, 18)) is None


def test_a_report_whose_day_of_issue_is_not_known_is_late_by_at_least_so_much():
    """R21: the day printed on it is the earliest, and not the day of issue."""
    asked = motion(adopted_on=date(2013, 10, 15), report_dated_on=date(2014, 10, 23))
    dated = report_clock(asked, on=date(2020, 1, 1))
    assert dated is not None
    assert dated.status == "dated 2014-10-23, at least 283 days late; the day of issue is not known"
    before = report_clock(asked, on=date(2014, 1, 20))
    assert before is not None
    assert before.status == "7 days late"


def test_a_clock_that_no_calendar_holds_is_refused():
    with pytest.raises(ValueError, match="Motion"):
        motion(adopted_on=date(9999, 12, 1))
    with pytest.raises(ValueError, match="report_within_days"):
        motion(adopted_on=date(2026, 1, 1), report_within_days=99999999999)


def test_the_day_of_issue_takes_the_place_of_the_day_printed():
    with pytest.raises(ValueError, match="sets no clock"):
        motion(reported_on=date(2026, 1, 2), report_dated_on=date(2026, 1, 1))


def test_days_between_that_are_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="before the first"):
        motion(
            adopted_between={
                "first": date(2014, 1, 1),
                "last": date(2013, 1, 1),
                "source": {"title": "P", "where": "W"},
            }
        )
