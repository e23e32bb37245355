"""Any file becomes a deal or problems: never another error, never a hang.

A file that is still a deal can be checked and explained.
"""

from __future__ import annotations

import functools
import re

import pytest

from payforsuccess.deal.reading import read_deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.check import check
from payforsuccess.runs.explain import explain
from tests.deep.mutations import good_texts, good_trees, mutated

FIRST = 50
MANY = 100_000
ONE_IN = 10
"""Of the files that are still deals, one in so many is proved and explained too."""
AT_A_TIME = 2_000

JARGON = re.compile(r"Input should|validation|pydantic|http|\b(NoneType|dict|tuple|Fraction)\b")


@functools.cache
def texts() -> tuple[str, ...]:
    """The good deals, read once."""
    return good_texts()


@functools.cache
def trees():  # type: ignore[no-untyped-def]
    """The good deals as trees, made once."""
    return good_trees(texts())


def read_one(seed: int) -> str:
    """What reading the file of this seed ends in."""
    try:
        deal = read_deal(mutated(seed, texts(), trees()))
    except Refusal as refusal:
        for problem in refusal.problems:
            assert problem.what
            assert problem.do or "version" in problem.what
            assert not JARGON.search(f"{problem.what} {problem.do}"), f"{seed}: {problem}"
        assert len(refusal.problems) <= 51
        return "problems"
    if seed < FIRST or seed % ONE_IN == 0:
        assert str(check(deal))
        assert str(explain(deal))
    return "deal"


def read_many(start: int, count: int) -> None:
    """Read many; name the seed of the first that fails."""
    for seed in range(start, start + count):
        try:
            read_one(seed)
        except Exception as error:
            error.add_note(f"seed {seed}: mutated({seed}, ...) in tests/deep/mutations.py")
            raise


def test_the_good_deals_are_good() -> None:
    for text in texts():
        read_deal(text)


@pytest.mark.timeout(30)
def test_fifty_broken_files_end_in_a_deal_or_problems() -> None:
    assert {read_one(seed) for seed in range(FIRST)} == {"deal", "problems"}


@pytest.mark.deep
@pytest.mark.timeout(600)
@pytest.mark.parametrize("start", range(FIRST, MANY, AT_A_TIME))
def test_many_broken_files_end_in_a_deal_or_problems(start: int) -> None:
    read_many(start, AT_A_TIME)
