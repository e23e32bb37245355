"""Counsel's opinion, funding after success, and who bears what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.governance.conditions.authority import THEME
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.risk_bearers import borne_in_any_case, risks_moved
from tests.lib.deals import COUNTY, INVESTOR, a_deal
from tests.lib.initiatives import facts_of, missing, said, shown_by

PAPER = {"title": "A paper", "where": "minutes"}
OPINION: dict[str, Any] = {
    "by": "Counsel",
    "on": "2026-03-01",
    "allows": "true",
    "exception": "contingent obligation",
    "validation": "not-sought",
    "public_purpose": "fewer people without a home",
    "paper": PAPER,
}
PROMISE: dict[str, Any] = {
    "amount": "1000000",
    "source": "the general fund",
    "starts_on": "2028-07-01",
    "body": "Board of Supervisors",
    "on": "2026-03-01",
}
RISK: dict[str, Any] = {
    "name": "outcomes",
    "says": "The service does not work",
    "before": [COUNTY],
    "after": [INVESTOR, "Cedar Homes"],
    "likelihood": "medium",
    "effect": "high",
    "response": "paid on outcomes only",
    "owner": COUNTY,
}
INVESTORS = [{"name": INVESTOR, "sector": "private", "roles": [{"role": "investor"}]}]
COSTS = [
    {"kind": "evaluator", "says": "the evaluator's fee", "paid_by": COUNTY, "amount": "90000"},
    {"kind": "staff", "says": "two of its own staff", "paid_by": COUNTY},
    {
        "kind": "services",
        "says": "rent subsidies",
        "paid_by": COUNTY,
        "already_paid_by": "Housing Authority",
    },
]


def test_counsels_opinion_is_asked_for() -> None:
    """R128: the exception relied on, validation, public purpose, delegation with its end."""
    assert "no opinion" in missing(THEME, "counsel-opined", facts_of())
    assert "contingent" in shown_by(THEME, "counsel-opined", facts_of(counsel_opinion=OPINION))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"on": "2026-07-01"}, "no opinion"),
        ({"validation": "sought"}, "has not yet"),
        ({"allows": "false", "exception": "None applies"}, "may not be made"),
        ({"delegated_until": "2026-05-31"}, "ended on 2026-05-31"),
    ],
)
def test_an_opinion_holds_on_the_day(changes: dict[str, str], says: str) -> None:
    """R128."""
    assert says in missing(THEME, "counsel-opined", facts_of(counsel_opinion=OPINION | changes))


def test_the_end_of_a_delegation_is_told_before_it_comes() -> None:
    """R128."""
    facts = facts_of(counsel_opinion=OPINION | {"delegated_until": "2026-06-11"})
    assert "delegated to staff ends in 10 days, on 2026-06-11." in " ".join(
        said(THEME.findings(facts))
    )


def test_the_commitment_to_fund_after_success_is_a_term_of_the_contract() -> None:
    """R8: a required contract term, once there is a contract."""
    assert "No body" in missing(THEME, "sustained-funding-promised", facts_of())
    facts = facts_of(sustained_funding=PROMISE, deal=a_deal())
    assert "does not state it" in missing(THEME, "sustained-funding-promised", facts)
    told = a_deal(governance={"sustained_funding": "The Board funds it, subject to appropriation"})
    facts = facts_of(sustained_funding=PROMISE, deal=told)
    assert "no liability" in shown_by(THEME, "sustained-funding-promised", facts)


def test_a_commitment_to_fund_nothing_is_none() -> None:
    """R8: more than 0, from a source, and soon enough after the contract to go on from it."""
    with pytest.raises(ValidationError, match="more than zero"):
        facts_of(sustained_funding=PROMISE | {"amount": "0"})
    for changes, says in (
        ({"source": "None"}, "names no source"),
        ({"starts_on": "2099-01-01"}, "after 2041-03-01"),
        ({"released_on": "2026-05-20", "released_by": "Board"}, "was released on 2026-05-20"),
    ):
        facts = facts_of(sustained_funding=PROMISE | changes)
        assert says in missing(THEME, "sustained-funding-promised", facts)
    late = facts_of(sustained_funding=PROMISE | {"starts_on": "2029-01-01"}, deal=a_deal())
    assert "after 2028-12-31" in missing(THEME, "sustained-funding-promised", late)


@pytest.mark.parametrize(
    ("changes", "alerts"),
    [
        ({}, False),
        ({"success_found_on": "2026-05-01"}, True),
        ({"success_found_on": "2026-06-02"}, False),
        ({"success_found_on": "2026-05-01", "funded_on": "2026-06-01"}, False),
        ({"success_found_on": "2026-05-01", "funded_on": "2026-06-02"}, True),
        (
            {
                "success_found_on": "2026-05-01",
                "released_on": "2026-05-20",
                "released_by": "Board of Supervisors",
            },
            False,
        ),
    ],
)
def test_after_success_it_alerts_until_funded_or_released(
    changes: dict[str, str], alerts: bool
) -> None:
    """R8, R128: a commitment subject to appropriation, never shown as a liability."""
    found = said(THEME.findings(facts_of(sustained_funding=PROMISE | changes)))
    assert any("Success was found on 2026-05-01, 31 days ago" in each for each in found) is alerts
    assert all("no liability" in each for each in found)


def test_a_release_names_the_body() -> None:
    """R8: formally released."""
    facts = facts_of(sustained_funding=PROMISE | {"released_on": "2026-05-20"})
    assert "released by a body on a day" in " ".join(said(THEME.problems(facts)))


def test_each_risk_has_a_bearer_before_and_after() -> None:
    """R41: and what moves to investors is told apart from what moves to others."""
    assert "empty" in missing(THEME, "risks-placed", facts_of())
    stays = RISK | {"name": "law", "before": [COUNTY], "after": [COUNTY]}
    facts = facts_of(organisations=INVESTORS, risks=[RISK, stays])
    assert "2 risks, 1 of them moved to investors" in shown_by(THEME, "risks-placed", facts)
    moved, kept = risks_moved(facts.initiative)
    assert moved.relieved == (COUNTY,)
    assert moved.taken_on == (INVESTOR, "Cedar Homes")
    assert moved.to_investors == (INVESTOR,)
    assert kept.stays == (COUNTY,) and not kept.taken_on


@pytest.mark.parametrize("word", ["Public", "the public", "Taxpayers", "-", "Nobody"])
def test_a_risk_is_borne_by_someone_who_answers_for_it(word: str) -> None:
    """R41: a word for everybody names no bearer."""
    facts = facts_of(risks=[RISK | {"before": [word]}])
    assert "names no one who answers for it" in missing(THEME, "risks-placed", facts)


def test_a_register_in_which_nothing_moves_shows_no_risk_moved() -> None:
    """R41: risk moved from government to others is explicit, or passed over with a reason."""
    facts = facts_of(risks=[RISK | {"before": [COUNTY], "after": [COUNTY]}])
    assert "No risk on file moves" in missing(THEME, "risks-placed", facts)


def test_an_investor_who_bore_the_risk_before_took_nothing_on() -> None:
    """R41."""
    (found,) = risks_moved(
        facts_of(organisations=INVESTORS, risks=[RISK | {"before": [INVESTOR]}]).initiative
    )
    assert found.to_investors == ()


def test_it_is_said_what_the_public_bears_in_any_case() -> None:
    """R131: success payments are zero at zero outcomes, and the public still bears X."""
    found = missing(THEME, "public-risk-told", facts_of(public_costs=COSTS[:1]))
    assert "the government's own staff, services paid elsewhere" in found
    facts = facts_of(public_costs=COSTS)
    assert "zero at zero outcomes, and the public still bears" in shown_by(
        THEME, "public-risk-told", facts
    )
    assert "not on record" in borne_in_any_case(())


def test_services_that_another_public_source_pays_are_flagged() -> None:
    """R131."""
    (found,) = said(THEME.findings(facts_of(public_costs=COSTS)))
    assert "Housing Authority, pays for this already: rent subsidies" in found


def test_no_one_may_write_that_the_public_bears_no_risk() -> None:
    """R131: in the file's own words; the title of another's paper may say what it says."""
    wrong = RISK | {"response": "There is  No Taxpayer\n risk."}
    paper = {"title": "No taxpayer risk", "where": "a newspaper"}
    facts = facts_of(risks=[wrong], priority={"source": paper})
    (problem,) = THEME.problems(facts)
    assert problem.where.field == "risks[0].response"
    assert "zero at zero outcomes" in problem.do


def test_the_day_counts() -> None:
    """R128: an opinion that is given later is none yet."""
    facts = facts_of(counsel_opinion=OPINION, on=date(2026, 2, 28))
    assert missing(THEME, "counsel-opined", facts)


def amended(*consents: dict[str, str], on: date = date(2026, 6, 1)) -> Facts:
    """A deal whose one amendment changes money from 1 April on; the Board above 50,000."""
    matrix = [
        {"touches": "money", "of": ["payor", "provider"]},
        {"touches": "money", "of": ["board"], "above": "50000"},
    ]
    second = a_deal(
        consents=matrix,
        in_force_from="2026-04-01",
        amendment={"number": "1", "says": "A price", "touches": ["money"], "consents": consents},
    )
    versions = (a_deal(consents=matrix), second)
    return replace(facts_of(on=on, deal=second), versions=versions)


COUNTY_SAYS_YES = {"of": "payor", "party": COUNTY, "on": "2026-03-01"}
PROVIDER_SAYS_YES = {"of": "provider", "party": "Cedar Homes", "on": "2026-03-02"}
BOARD_SAYS_YES = {"of": "board", "party": "Board of Supervisors", "on": "2026-03-03"}


def test_an_amendment_is_not_in_force_without_each_consent_it_needs() -> None:
    """R125: by the deal's own matrix, which nothing here repeats."""
    (problem,) = said(THEME.problems(amended(COUNTY_SAYS_YES)))
    assert "Amendment 1 is not in force: consents are missing, of the provider." in problem
    assert not said(THEME.problems(amended(COUNTY_SAYS_YES, PROVIDER_SAYS_YES)))


def test_an_amendment_to_come_waits_for_its_consents() -> None:
    """R125."""
    facts = amended(COUNTY_SAYS_YES, on=date(2026, 3, 31))
    assert not said(THEME.problems(facts))
    assert "waits for the consent of the provider" in said(THEME.findings(facts))[0]


def test_the_boards_consent_above_an_amount_is_told_until_it_is_given() -> None:
    """R125: Board above the delegated amount."""
    both = (COUNTY_SAYS_YES, PROVIDER_SAYS_YES)
    (found,) = said(THEME.findings(amended(*both)))
    assert "the Board if it moves more than 50,000" in found
    assert not said(THEME.findings(amended(*both, BOARD_SAYS_YES)))
