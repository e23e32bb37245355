"""The person ledger adds up to the line, and says which amounts are shares of it."""

from __future__ import annotations

from typing import Any

from payforsuccess.payments.ledger import LedgerLine, ledger
from payforsuccess.payments.people import PeopleList
from tests.lib.deals import a_deal, a_term
from tests.lib.settling import a_statement, replayed, rows


def lines(deal: Any, people: PeopleList, **more: Any) -> list[LedgerLine]:
    found = replayed(deal, people=people, **more)
    through = found.through
    statement = a_statement(deal, more.get("results"), people=people, period=through)
    made = list(ledger(statement, found, people))
    for line in made:
        assert sum(line.amounts) == found.amount(line.period, line.term)
    return made


def test_a_line_rounded_once_is_shared_by_largest_remainder_and_marked() -> None:
    """1/3 of a dollar each: 1.00 for three, the odd cent to the smallest key."""
    deal = a_deal(payments=[a_term(price="1/3")])
    (line,) = lines(deal, rows("homes 1 b 1\nhomes 1 c 1\nhomes 1 a 1"))
    assert line.amounts == [34, 33, 33]
    assert line.is_allocated


def test_amounts_rounded_for_each_person_stand_as_they_are() -> None:
    deal = a_deal(payments=[a_term(price="1/3", round_each="person")])
    (line,) = lines(deal, rows("homes 1 a 1\nhomes 1 b 2"))
    assert line.amounts == [33, 67]
    assert not line.is_allocated


def test_limits_for_one_person_show_in_that_persons_amount() -> None:
    deal = a_deal(payments=[a_term(price="2.5", limit_each_person="3")])
    (line,) = lines(deal, rows("homes 1 a 2\nhomes 1 b 5"))
    assert line.amounts == [5_00, 7_50]
    assert not line.is_allocated


def test_a_line_cut_by_a_ceiling_is_shared_again() -> None:
    deal = a_deal(payments=[a_term(price="10", round_each="person", ceiling="45")])
    (line,) = lines(deal, rows("homes 1 a 3\nhomes 1 b 6"))
    assert line.amounts == [15_00, 30_00]
    assert line.is_allocated


def test_a_release_is_shared_by_those_whose_rows_earned_it() -> None:
    condition = {"outcome": "kept", "at_least": "1", "otherwise": "held"}
    deal = a_deal(payments=[a_term(price="10", conditions=[condition])])
    people = rows(
        """homes 1 a 1
           homes 1 b 3
           homes 2 a 0
           kept 1 a 0
           kept 2 a 1"""
    )
    made = {line.period: line for line in lines(deal, people)}
    assert made[2].amounts == [10_00, 30_00]


def test_source_rows_stand_beside_each_person() -> None:
    (line,) = lines(a_deal(), rows("homes 1 a 1\nhomes 1 b 1\nhomes 1 a 1"))
    assert dict(line.sources) == {"a": "feed:1;feed:3", "b": "feed:2"}
