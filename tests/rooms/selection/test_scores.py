"""Scores that cannot stand: each with its row and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.errors import Place
from payforsuccess.selection.scores import (
    Given,
    check_same,
    check_scores,
    check_whole,
    scores_checksum,
)
from tests.lib.competitions import a_reviewer, a_solicitation, scores

ONE = Given("one", "a", "need", Fraction(3), date(2026, 2, 10), where=Place("scores.csv", 2))
SOLICITATION = a_solicitation(method="informed-average")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reviewer": "four"}, "“four” is no reviewer"),
        ({"proposal": "aa"}, "“aa” is no proposal"),
        ({"criterion": "needs"}, "“needs” is no criterion"),
        ({"score": Fraction(9, 2)}, "off the scale, which runs from 0 to 4"),
        ({"score": Fraction(-1)}, "off the scale"),
        ({"first": Fraction(5), "reason": "Talked."}, "off the scale"),
        ({"first": Fraction(2)}, "without a reason"),
        ({"entered_on": date(2026, 3, 2)}, "after the scores were locked on 2026-03-01"),
        ({"entered_on": date(2026, 2, 1)}, "before the opening on 2026-02-02"),
    ],
)
def test_a_score_that_cannot_stand_is_named_with_its_row(
    changes: dict[str, Any], says: str
) -> None:
    (problem,) = check_scores([replace(ONE, **changes)], SOLICITATION)
    assert says in problem.what
    assert problem.where.line == 2


def test_days_of_opening_and_lock_are_themselves_in_time() -> None:
    days = (date(2026, 2, 2), date(2026, 3, 1))
    given = [
        replace(ONE, entered_on=day, proposal=name) for day, name in zip(days, "ab", strict=True)
    ]
    assert not list(check_scores(given, SOLICITATION))


def test_a_score_given_twice_is_refused() -> None:
    (problem,) = check_scores([ONE, replace(ONE, score=Fraction(2))], SOLICITATION)
    assert "twice" in problem.what


def test_only_an_informed_average_lets_scores_be_revised() -> None:
    """The method is fixed before opening: a plain average is of scores as they were given."""
    revised = replace(ONE, first=Fraction(1), reason="Heard the others.")
    assert not list(check_scores([revised], SOLICITATION))
    (problem,) = check_scores([revised], a_solicitation())
    assert "plain average" in problem.what


def test_a_cost_is_not_scored_by_hand() -> None:
    criteria = [
        {"name": "need", "title": "Need", "points": 80},
        {"name": "price", "title": "Price", "points": 20, "is_cost": True},
    ]
    given = [replace(ONE, criterion="price")]
    (problem,) = check_scores(given, a_solicitation(criteria=criteria))
    assert "no criterion" in problem.what


GAPS = scores("one: a 4 2, b 3 3, c 1 2", "two: a 4 2, b 3 3", "three: a 4 2, b 3 3, c 1 2")


def test_a_reviewer_who_left_one_out_is_asked_for_the_scores_or_the_tie() -> None:
    (problem,) = check_whole(GAPS, a_solicitation(), recused=set(), left_out=set())
    assert problem.what == "`two` has not given 2 scores, of: c."


@pytest.mark.parametrize(
    ("changes", "recused", "left_out"),
    [
        ({}, {("two", "c")}, set()),
        ({}, set(), {"c"}),
        ({"method": "standardised"}, set(), set()),
        (
            {
                "panel": [
                    a_reviewer("one"),
                    a_reviewer("two", away="Ill."),
                    a_reviewer("three"),
                ]
            },
            set(),
            set(),
        ),
    ],
)
def test_gaps_that_are_explained_are_no_problem(
    changes: dict[str, Any], recused: set[tuple[str, str]], left_out: set[str]
) -> None:
    solicitation = a_solicitation(**changes)
    assert not list(check_whole(GAPS, solicitation, recused=recused, left_out=left_out))


def test_a_proposal_scored_in_part_is_refused_even_when_standardised() -> None:
    solicitation = a_solicitation(method="standardised")
    (problem,) = check_whole(GAPS[:-1], solicitation, recused=set(), left_out=set())
    assert "`three` has not given 1 score, of: c." in problem.what


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"score": Fraction(4)}, "it was 3 and is 4"),
        ({"comment": "Better."}, "What is said with a score was changed"),
        ({"entered_on": date(2026, 2, 11)}, "What is said with a score was changed"),
        ({"criterion": "plan"}, "was added after"),
    ],
)
def test_a_late_edit_is_refused_and_shown(changes: dict[str, Any], says: str) -> None:
    first, *_ = check_same([replace(ONE, **changes)], [ONE], SOLICITATION)
    assert says in first.what
    assert "locked on 2026-03-01" in first.what


def test_a_score_taken_out_late_is_refused() -> None:
    other = replace(ONE, proposal="b")
    (problem,) = check_same([ONE], [ONE, other], SOLICITATION)
    assert "1 score was taken out" in problem.what


def test_the_checksum_of_scores_follows_no_order_and_every_word() -> None:
    other = replace(ONE, proposal="b")
    assert scores_checksum([ONE, other]) == scores_checksum([other, ONE])
    assert scores_checksum([ONE]) != scores_checksum([replace(ONE, comment="x")])
    assert scores_checksum([ONE]) != scores_checksum([replace(ONE, first=ONE.score)])
