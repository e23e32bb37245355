"""People in the records against the list: nobody who was never drawn gets into an arm (R83)."""

from __future__ import annotations

from payforsuccess.evaluation.lottery.checks import check_enrolled
from payforsuccess.evaluation.lottery.entries import Alias, Departed, Outside
from payforsuccess.evaluation.lottery.listed import arms_of
from tests.lib.lotteries import DRAWN, a_lottery, drawn, opened, referred

TERMS = a_lottery(sizes=(2, 4))
LISTED = drawn(opened(TERMS), TERMS, referred("a", "b", "c", "d"))
ARMS = arms_of(LISTED)


def test_people_enrolled_as_they_were_drawn_give_no_problem() -> None:
    found = check_enrolled({"a": ARMS["a"], "b": ARMS["b"]}, LISTED)

    assert found.problems() == ()
    assert found.not_enrolled == ("c", "d")


def test_someone_never_drawn_in_another_arm_or_placed_outside_is_told_by_number() -> None:
    other = "coach" if ARMS["b"] == "no-coach" else "no-coach"
    listed = LISTED.and_then([Outside(DRAWN, "D. Name", "x", "A court", "ordered")])
    found = check_enrolled(
        {"a": ARMS["a"], "b": other, "x": "coach", "y": "coach", "z": "coach"}, listed
    )
    told = [problem.what for problem in found.problems()]

    assert (found.never_assigned, found.other_arm, found.outside) == (("y", "z"), ("b",), ("x",))
    assert told == [
        "2 people have an arm in the records and were never drawn by the lottery.",
        "1 person has another arm in the records than the lottery drew.",
        "1 person has an arm in the records and was placed outside of the lottery.",
    ]


def test_an_alias_counts_as_the_person_and_a_crossover_moves_no_one() -> None:
    listed = LISTED.and_then(
        [
            Alias(DRAWN, "D. Name", "c", "c-again", "one person"),
            Departed(DRAWN, "D. Name", "d", "crossover", "Nobody", "found a coach"),
        ]
    )
    found = check_enrolled({"c-again": ARMS["c"], "d": ARMS["d"]}, listed)

    assert found.problems() == ()
    assert found.not_enrolled == ("a", "b")


def test_records_may_have_keys_of_their_own() -> None:
    keys = {key: f"random-{key}" for key in "abcd"}
    found = {keys["a"]: ARMS["a"], keys["b"]: ARMS["b"], "random-z": "coach"}
    told = check_enrolled(found, LISTED, keys=keys)

    assert told.never_assigned == ("random-z",)
    assert told.not_enrolled == (keys["c"], keys["d"])
    assert check_enrolled(found, LISTED).never_assigned == tuple(found)
