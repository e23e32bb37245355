"""Milestones: each paid once for one person; one that needs the earlier waits for it."""

from __future__ import annotations

import pytest

from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term
from tests.lib.settling import paid, problems_of, rows


def test_totals_are_paid_as_counted() -> None:
    """4 homes at 100 and 2 kept at 250."""
    deal = a_deal(payments=[a_term("milestones")])
    assert paid(deal, {"homes": ["4", "0"], "kept": ["2", "2"]}) == [900_00, 500_00]


def test_one_person_is_paid_once_for_a_milestone() -> None:
    people = rows(
        """homes 1 a 1
           homes 1 b 2
           homes 2 a 1
           homes 3 c 1"""
    )
    found = paid(a_deal(payments=[a_term("milestones")]), {"kept": ["0"] * 3}, people=people)
    assert found == [200_00, 0, 100_00]


def test_a_milestone_that_needs_the_earlier_waits_until_it_is_reached() -> None:
    """b keeps a home in period 1 that is only recorded in period 2: paid 350 there."""
    people = rows(
        """homes 1 a 1
           kept 1 b 1
           homes 2 b 1
           kept 2 a 1"""
    )
    deal = a_deal(payments=[a_term("milestones")])
    assert paid(deal, people=people) == [100_00, 100_00 + 250_00 + 250_00]


def test_a_milestone_that_needs_nothing_is_paid_by_itself() -> None:
    term = a_term(
        "milestones",
        milestones=[{"outcome": "homes", "price": "100"}, {"outcome": "kept", "price": "250"}],
    )
    deal = a_deal(payments=[term])
    assert paid(deal, {"homes": ["0"]}, people=rows("kept 1 b 1")) == [250_00]


def test_more_people_at_a_later_milestone_than_at_the_earlier_are_refused_in_totals() -> None:
    deal = a_deal(payments=[a_term("milestones")])
    assert paid(deal, {"homes": ["3", "0"], "kept": ["1", "2"]}) == [550_00, 500_00]
    with pytest.raises(Refusal) as refusal:
        paid(deal, {"homes": ["3", "0"], "kept": ["1", "3"]})
    said = problems_of(refusal.value)
    assert "More people have reached `kept` to date" in said
    assert "(4 against 3)" in said
    assert "give rows by person" in said


def test_a_milestone_known_only_in_total_is_not_lost_beside_rows_by_person() -> None:
    deal = a_deal(payments=[a_term("milestones")])
    with pytest.raises(Refusal) as refusal:
        paid(deal, {"kept": ["1"]}, people=rows("homes 1 a 1"))
    assert "`kept` has a total but no rows by person" in problems_of(refusal.value)


def test_milestones_to_date_by_person_are_paid_once() -> None:
    people = rows(
        """homes 1 a 1
           homes 2 b 1
           kept 2 a 1"""
    )
    deal = a_deal(payments=[a_term("milestones", reads="to-date")])
    assert paid(deal, {"kept": ["0"]}, people=people) == [100_00, 350_00]


def test_a_ceiling_for_each_person_holds_over_milestones_and_periods() -> None:
    """a: 100, then 200 of 250; the ceiling is 300."""
    term = a_term("milestones", round_each="person", ceiling_each_person="300")
    people = rows(
        """homes 1 a 1
           kept 2 a 1"""
    )
    nobody = {"kept": ["0", None], "homes": [None, "0"]}
    assert paid(a_deal(payments=[term]), nobody, people=people) == [100_00, 200_00]
