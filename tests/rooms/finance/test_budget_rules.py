"""Votes that requests need, whether they net, and what federal money may pay (R25, R132)."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.finance.budget.requests import requests_of
from tests.lib.budgets import a_budget, a_request, a_source
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, two_payors
from tests.rooms.finance.test_budget import told
from tests.rooms.finance.test_value import a_file, a_line
from tests.rooms.governance.test_votes import rules

PART = {"level": "department", "change": "between-units", "votes_cast": "3"}


def problems(*requests: dict[str, Any], **changes: Any) -> list[str]:
    """What is wrong with requests."""
    found = requests_of(a_budget(requests=requests, **changes), rules())
    return [problem.what for problem in found.problems]


def test_an_adopted_request_has_the_votes_it_needs() -> None:
    assert problems(a_request()) == []
    assert problems(a_request(status="reviewed", votes_cast=None)) == []
    (said,) = problems(a_request(votes_cast="3"))
    assert "adopted with 3 votes; it needs 4 of 5" in said


def test_counsel_may_ask_for_more_votes_and_never_for_fewer() -> None:
    more = {"votes_at_least": "5", "counsel_reason": "new authority"}
    assert "it needs 5 of 5" in problems(a_request(**more))[0]
    fewer = {"votes_at_least": "3", "counsel_reason": "new authority"}
    assert "3 votes were asked for where the rule needs 4" in problems(a_request(**fewer))[0]


def test_no_more_votes_are_cast_than_there_are_seats() -> None:
    assert "there are 5 seats" in problems(a_request(votes_cast="6"))[0]


def test_departments_net_to_the_appropriation() -> None:
    gives = a_request("gives", department="Health", amount="-200", **PART)
    takes = a_request("takes", department="Justice", amount="1200", **PART)
    assert problems(gives, takes) == []  # the source's 1,000
    assert problems(gives, takes, a_request()) == []  # the county-wide request's
    (said,) = problems(takes)
    assert "come to 1,200, and the source to 1,000" in said
    assert "county-wide requests to 1,000" in problems(a_request(), takes)[0]
    takes["status"] = "submitted"
    assert problems(takes) == []


def test_requests_stand_by_level_with_their_votes() -> None:
    rows = requests_of(
        a_budget(
            requests=[
                a_request("b", department="Justice", status="draft", **PART),
                a_request("a", department="Health", status="draft", **PART),
                a_request("wide", status="draft"),
            ]
        ),
        rules(),
    ).rows
    assert [row.asked.name for row in rows] == ["wide", "a", "b"]
    assert [row.needs.votes for row in rows if row.needs] == [4, 3, 3]


FEDERAL = two_payors(share="60%", federal_money="true")


@pytest.mark.parametrize(("units", "is_over"), [("2", True), ("3", False), ("-3", True)])
def test_federal_money_pays_no_more_than_the_outcome_is_worth_to_it(
    units: str, is_over: bool
) -> None:
    """60 of federal money for a home, worth 20 a unit to the federal government."""
    deal = a_deal(payments=[a_term()], **FEDERAL)
    value = a_file(
        a_line("federal", "A federal agency", units, level="federal"),
        a_line("state", "A state agency", "100", level="state"),
    )
    said = [problem.what for problem in told(deal=deal, value=value).problems]
    assert bool(said) == is_over
    if is_over:
        assert f"{COUNTY} pays 60 of federal money for each unit of `homes`" in said[0]
        assert len(said) == 1 + 3  # the price, and the total of each case


def test_without_a_value_file_it_is_not_known() -> None:
    deal = a_deal(payments=[a_term()], **FEDERAL)
    topics = [finding.topic for finding in told(deal=deal).findings]
    assert "federal" in topics
    assert "federal" not in [f.topic for f in told(a_budget(sources=[a_source()])).findings]
    assert deal.payors[1].party == CITY
