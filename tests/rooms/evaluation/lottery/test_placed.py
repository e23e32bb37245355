"""In which block or round each person of a lottery was drawn."""

from __future__ import annotations

from collections import Counter
from typing import Any

from payforsuccess.evaluation.lottery.draws import blocks
from payforsuccess.evaluation.lottery.entries import Alias
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.evaluation.lottery.placed import drawn_in, seed_of
from payforsuccess.evaluation.lottery.terms import LotteryTerms
from tests.lib.lotteries import DRAWN, a_lottery, drawn, opened, referred, revealed, seed_for

PEOPLE = tuple(f"p{at:02}" for at in range(22))


def of(terms: LotteryTerms, **facts: Any) -> AssignmentList:
    return drawn(opened(terms), terms, referred(*PEOPLE, **facts))


def test_blocks_of_several_sizes_are_known_once_both_shares_are_revealed() -> None:
    terms = a_lottery(sizes=(2, 4))
    listed = of(terms)
    shown = revealed(listed)

    assert drawn_in(listed, terms) is None
    assert drawn_in(revealed(listed, payor=b"x" * 32), terms) is None
    assert seed_of(shown, terms) == seed_for(terms)
    found = drawn_in(shown, terms)
    assert found is not None
    expected = [
        (number, len(block))
        for number, block in zip(range(22), blocks(seed_for(terms), (), (2, 4)), strict=False)
        for _ in block
    ][:22]
    assert [(found[one].number, found[one].places) for one in PEOPLE] == expected
    whole = Counter(one.number for one in found.values())
    for block in {one for one in found.values() if whole[one.number] == one.places}:
        arms = [shown.drawn[key].arm for key in PEOPLE if found[key] == block]
        assert arms.count("coach") == block.treated == block.places // 2


def test_blocks_of_one_size_need_no_seed_and_strata_have_their_own() -> None:
    terms = a_lottery(sizes=(4,), strata=("town",), values=(("north", "south"),))
    listed = of(terms, town="north")
    listed = drawn(listed, terms, referred("s1", "s2", town="south"))
    found = drawn_in(listed, terms)

    assert found is not None
    assert [found[one].number for one in PEOPLE] == [at // 4 for at in range(22)]
    assert found["s1"] == found["s2"]
    assert found["s1"].number not in {found[one].number for one in PEOPLE}


def test_a_round_holds_everyone_who_waited_in_it() -> None:
    terms = a_lottery(in_rounds=True)
    listed = drawn(opened(terms), terms, referred(*PEOPLE[:6]), places=2)
    listed = drawn(listed, terms, referred(*PEOPLE[6:11]), places=3)
    found = drawn_in(listed, terms)

    assert found is not None
    assert {(one.number, one.places, one.treated) for one in found.values()} == {
        (0, 6, 2),
        (1, 5, 3),
    }


def test_another_key_of_a_person_is_in_the_block_of_the_first_draw() -> None:
    terms = a_lottery(sizes=(4,))
    listed = of(terms).and_then([Alias(DRAWN, "D. Name", "p00", "other", "a new number")])
    found = drawn_in(listed, terms)

    assert found is not None and found["other"] == found["p00"]


def test_people_drawn_one_by_one_are_in_no_block() -> None:
    assert drawn_in(of(a_lottery()), a_lottery()) is None
