"""The budget file: new money says why, funds stay within their law, names name something (R98)."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from payforsuccess.deal.checks.budget import check_budget
from payforsuccess.deal.reading import read_budget
from payforsuccess.errors import Refusal
from tests.lib.budgets import a_budget, a_fund, a_request, a_source, an_entry, budget_plain
from tests.lib.deals import CITY, COUNTY, a_deal, two_payors


def said(**changes: Any) -> list[str]:
    """What is wrong with a file that can be built."""
    return [problem.what for problem in check_budget(a_budget(**changes), a_deal())]


def test_a_file_in_order_has_no_problem_and_a_fingerprint() -> None:
    assert said(requests=[a_request(outcome="homes")]) == []
    assert a_budget().fingerprint != a_budget(as_of="2027-12-30").fingerprint


@pytest.mark.parametrize("left_out", ["reason", "considered"])
def test_new_money_is_refused_without_a_reason_and_the_streams_considered(left_out: str) -> None:
    given = {"reason": "None fits", "considered": ["The old stream, which ends"]}
    source = a_source(kind="new-appropriation", **given)
    a_budget(sources=[source])
    with pytest.raises(ValidationError, match="New money"):
        a_budget(sources=[{k: v for k, v in source.items() if k != left_out}])


@pytest.mark.parametrize(
    ("request_", "match"),
    [
        (a_request(votes_cast=None), "with how many votes"),
        (a_request(amount="-1"), "only a department"),
        (a_request(level="department"), "names its department"),
        (a_request(votes_at_least="5"), "Counsel's reason"),
    ],
)
def test_a_request_that_is_not_whole_is_refused(request_: dict[str, Any], match: str) -> None:
    with pytest.raises(ValidationError, match=match):
        a_budget(requests=[request_])


def test_what_is_paid_names_its_statement() -> None:
    with pytest.raises(ValidationError, match="names the statement"):
        a_budget(entries=[an_entry("2026-08-01", "paid", "5", statement=None)])


def test_a_whole_programme_is_no_less_than_its_part() -> None:
    with pytest.raises(ValidationError, match="less than its part"):
        a_budget(sources=[a_source(years=[{"fiscal_year": "2026", "amount": "5", "of": "4"}])])


SET_APART = {"fund": "Main", "fiscal_year": "2026", "amount": "600", "reference": "E-1"}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"funds": [a_fund(payor=CITY)]}, f"no payor of the deal named `{CITY}`"),
        ({"fiscal_years": {"Nobody": "10-01"}}, "no payor of the deal named `Nobody`"),
        ({"sources": [a_source(fund="Mian")]}, "no fund of this file named `Mian`"),
        ({"requests": [a_request(source="steam")]}, "no source of this file named `steam`"),
        ({"requests": [a_request(outcome="hones")]}, "no outcome of the deal named `hones`"),
        ({"funds": [a_fund(), a_fund()]}, "stands twice"),
        ({"funds": [a_fund(opening="0.005")]}, "at most 2 decimals"),
        ({"entries": [an_entry("2028-01-01", "deposit", "5")]}, "later day than 2027-12-31"),
        (
            {"sources": [a_source(years=[{"fiscal_year": "2026", "amount": "1"}] * 2)]},
            "states 2026 twice",
        ),
        (
            {"sources": [a_source(years=[{"fiscal_year": "99999", "amount": "1"}])]},
            "The fiscal year 99999 lies far from the deal",
        ),
        ({"as_of": "2040-01-01"}, "more than 10 years after the deal ends on 2027-12-31"),
        (
            {"entries": [an_entry("2026-08-01", "deposit", "5")] * 2},
            "The entry is the same as entry 1",
        ),
        (
            {"encumbrances": [SET_APART, {**SET_APART, "amount": "400.01"}]},
            "More of Main is encumbered for 2026 than is appropriated into it for that year: at "
            "most 1,000 can be",
        ),
        (
            {"entries": [an_entry("2026-08-01", "deposit", "5", of_payor=COUNTY)]},
            "names the payor whose fund this is",
        ),
    ],
)
def test_what_does_not_fit_is_a_problem(changes: dict[str, Any], what: str) -> None:
    (told, *_) = said(**changes)
    assert what in told


def test_lines_that_differ_in_their_reference_are_two() -> None:
    one = an_entry("2026-08-01", "deposit", "5")
    assert said(entries=[one, {**one, "reference": "J-2"}]) == []


def test_what_was_set_apart_the_year_before_may_be_set_apart_again() -> None:
    first = {**SET_APART, "amount": "1000"}
    assert said(encumbrances=[first, {**first, "fiscal_year": "2027"}]) == []


def test_a_trust_fund_holds_no_more_than_its_law_and_no_less_than_nothing() -> None:
    trust = a_fund(kind="trust", most="100", opening="60")
    entries = [an_entry("2026-08-01", "paid", "50"), an_entry("2026-09-01", "deposit", "80")]
    assert said(funds=[trust], entries=entries) == []
    assert "more than its law" in said(funds=[trust], entries=entries[1:])[0]
    entries[0]["amount"] = "60.01"
    assert "More came out" in said(funds=[trust], entries=entries)[0]


def test_a_source_pays_into_a_fund_of_its_own_payor() -> None:
    budget = a_budget(funds=[a_fund(payor=CITY)])
    (problem,) = check_budget(budget, a_deal(**two_payors()))
    assert f"its fund is that of {CITY}" in problem.what


def test_the_file_is_read_with_its_lines() -> None:
    text = yaml.safe_dump(budget_plain(sources=[a_source(fund="Mian")]), sort_keys=False)
    with pytest.raises(Refusal) as refused:
        read_budget(text, a_deal())
    (problem,) = refused.value.problems
    assert (problem.where.field, problem.do) == ("sources[0].fund", "Did you mean `Main`?")
    assert text.splitlines()[problem.where.line - 1].strip() == "fund: Mian"
