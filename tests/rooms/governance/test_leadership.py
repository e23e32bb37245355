"""The payor's part: named, engaged, committed, and behind what is funded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions.leadership import THEME
from payforsuccess.governance.contacts import contacts
from payforsuccess.governance.outcomes_approved import outcomes_checksum
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, an_outcome
from tests.lib.initiatives import (
    ON,
    ORGANISATIONS,
    PAPER,
    PLANNED,
    facts_of,
    missing,
    said,
    shown_by,
)

CONTACT = {"with": "Ash", "organisation": COUNTY, "on": "2026-02-01", "about": "the idea"}
STEP = {"step": "population", "on": "2026-03-01", "by": "the team"}


def approval(checksum: str | None = None, **changes: Any) -> dict[str, Any]:
    """The county's approval of outcomes, or of the intervention without a checksum."""
    of = "outcomes" if checksum else "intervention"
    plain = {"by": COUNTY, "on": "2026-05-01", "of": of, "outcomes": checksum, **changes}
    return {key: value for key, value in plain.items() if value is not None}


def test_several_payors_share_each_payment() -> None:
    """R34: one or more payors with level and share, which add up to 100%."""
    payors = [{"organisation": COUNTY, "share": "60%"}, {"organisation": CITY, "share": "40%"}]
    assert shown_by(THEME, "payors-named", facts_of(PLANNED, payors=payors)) == (
        f"{COUNTY} (county) 60%, {CITY} (city) 40%"
    )


@pytest.mark.parametrize(
    ("shares", "says"),
    [(("60%", "30%"), "add up to 90%"), (("60%", "60%"), "add up to 120%")],
)
def test_shares_that_do_not_add_up_stop_everything(shares: tuple[str, str], says: str) -> None:
    """R34: shares of each payment total 100 percent."""
    payors = [
        {"organisation": name, "share": share}
        for name, share in zip((COUNTY, CITY), shares, strict=True)
    ]
    facts = facts_of(PLANNED, payors=payors)
    assert says in missing(THEME, "payors-named", facts)
    assert any(says in each for each in said(THEME.problems(facts)))


def test_a_share_that_is_not_known_is_open_and_no_problem() -> None:
    """R34: what is not known is shown as open."""
    payors = [{"organisation": COUNTY, "share": "60%"}, {"organisation": CITY}]
    facts = facts_of(PLANNED, payors=payors)
    assert f"the share of {CITY}" in missing(THEME, "payors-named", facts)
    assert said(THEME.problems(facts)) == []


def test_a_payor_without_a_level_of_government_is_open() -> None:
    """R34: the payor may be federal, state, county or city, and says which."""
    unknown = [{**ORGANISATIONS[0], "level": "other"}, *ORGANISATIONS[1:]]
    assert "(other)" in shown_by(THEME, "payors-named", facts_of(PLANNED, organisations=unknown))
    none = [
        {key: value for key, value in ORGANISATIONS[0].items() if key != "level"},
        *ORGANISATIONS[1:],
    ]
    facts = facts_of(PLANNED, organisations=none)
    assert f"the level of government of {COUNTY}" in missing(THEME, "payors-named", facts)


@pytest.mark.parametrize(("on", "stops"), [("2026-03-01", False), ("2026-03-02", True)])
def test_nothing_is_settled_before_the_payor_is_engaged(on: str, stops: bool) -> None:
    """R35: population, intervention and targets wait for a dated contact with a payor."""
    facts = facts_of(PLANNED, engagements=[{**CONTACT, "on": on}], steps=[STEP])
    assert any("before any contact" in each for each in said(THEME.problems(facts))) is stops


def test_a_contact_with_someone_else_engages_no_payor() -> None:
    """R35: the engagement is the payor's."""
    facts = facts_of(PLANNED, engagements=[{**CONTACT, "organisation": CITY}])
    assert "No contact with an end payor" in missing(THEME, "payor-engaged", facts)
    engaged = facts_of(PLANNED, engagements=[CONTACT])
    assert shown_by(THEME, "payor-engaged", engaged) == "first engaged on 2026-02-01"


def test_goals_that_serve_no_goal_of_the_payor_are_listed() -> None:
    """R36: each goal maps to a payor's goal that the payor has confirmed."""
    goal = {"says": "Fewer returns", "serves": "safety"}
    confirmed = {**goal, "confirmed": {"by": COUNTY, "on": "2026-03-01"}}
    own = [{"name": "safety", "payor": COUNTY, "says": "A safer county"}]
    facts = facts_of(PLANNED, payor_goals=own, goals=[goal, {"says": "More homes"}])
    assert missing(THEME, "goals-fit-payor", facts) == (
        "Goals serving no goal of a payor: More homes, and not confirmed by a payor: Fewer returns."
    )
    assert shown_by(THEME, "goals-fit-payor", facts_of(PLANNED, payor_goals=own, goals=[confirmed]))
    by_city = {**goal, "confirmed": {"by": CITY, "on": "2026-03-01"}}
    facts = facts_of(PLANNED, payor_goals=own, goals=[by_city])
    assert "not confirmed by a payor" in missing(THEME, "goals-fit-payor", facts)


def test_the_intervention_needs_the_endorsement_of_each_payor() -> None:
    """R37: selection of an intervention needs a payor's endorsement on record."""
    assert f"the endorsement of {COUNTY}" in missing(
        THEME, "intervention-endorsed", facts_of(PLANNED)
    )
    facts = facts_of(PLANNED, approvals=[approval()])
    assert shown_by(THEME, "intervention-endorsed", facts) == f"{COUNTY} on 2026-05-01"
    early = facts_of(PLANNED, approvals=[approval()], on=date(2026, 4, 30))
    assert missing(THEME, "intervention-endorsed", early)


def test_an_approval_of_outcomes_stands_for_what_it_was_given_for() -> None:
    """R38: approval is bound to outcomes and terms."""
    deal = a_deal()
    facts = facts_of(PLANNED, approvals=[approval(outcomes_checksum(deal))], deal=deal)
    assert shown_by(THEME, "outcomes-approved", facts) == f"{COUNTY} on 2026-05-01"


def test_an_approval_without_a_checksum_approves_nothing() -> None:
    """R38: it cannot be told what it was given for."""
    loose = {"by": COUNTY, "on": "2026-05-01", "of": "outcomes"}
    facts = facts_of(PLANNED, approvals=[loose], deal=a_deal())
    assert missing(THEME, "outcomes-approved", facts) == (
        f"Without the checksum of what was approved: {COUNTY}, 2026-05-01."
    )


CHANGED = {
    "price": a_deal(payments=[a_term(price="101")]),
    "target": a_deal(outcomes={"homes": an_outcome(target="30")}),
    "ceiling": a_deal(ceiling="3000"),
    "another term": a_deal(payments=[a_term(), a_term("milestones")]),
    "a reset baseline": a_deal(
        excused=[
            {
                "from": "2026-03-01",
                "to": "2026-06-30",
                "says": "flood",
                "decision": "Board",
                "effect": "baseline-reset",
                "baseline": "1",
            }
        ]
    ),
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_change_of_outcome_or_target_voids_the_approval(change: str) -> None:
    """R38: changing a payment outcome or target voids the approval and asks for a new one."""
    facts = facts_of(
        PLANNED, approvals=[approval(outcomes_checksum(a_deal()))], deal=CHANGED[change]
    )
    told = missing(THEME, "outcomes-approved", facts)
    assert "Void" in told
    assert "2026-05-01" in told


@pytest.mark.parametrize(
    "deal",
    [
        a_deal(deal="Another name", ends_on="2028-12-31"),
        a_deal(outcomes={"days": an_outcome("days")}),
    ],
    ids=["name and end", "an outcome that is only tracked"],
)
def test_what_no_payment_reads_leaves_the_approval_alone(deal: Any) -> None:
    """R38: only outcomes that are paid for, their terms and limits are approved."""
    assert outcomes_checksum(deal) == outcomes_checksum(a_deal())


def test_outcomes_need_a_deal_and_every_payor() -> None:
    """R38: each payor has its own say."""
    assert "No deal is on file" in missing(THEME, "outcomes-approved", facts_of(PLANNED))
    payors = [{"organisation": COUNTY, "share": "60%"}, {"organisation": CITY, "share": "40%"}]
    deal = a_deal()
    facts = facts_of(
        PLANNED, payors=payors, approvals=[approval(outcomes_checksum(deal))], deal=deal
    )
    assert missing(THEME, "outcomes-approved", facts) == f"Not approved by {CITY}."


def test_the_earliest_commitment_is_shown() -> None:
    """R40: leader, budget, one of four methods, date and file; the earliest date is shown."""
    commitments = [
        {
            "leader": leader,
            "organisation": COUNTY,
            "budget_authority": "general fund",
            "method": method,
            "on": on,
            "paper": PAPER,
        }
        for leader, method, on in (("Ash", "op-ed", "2026-04-01"), ("Elm", "letter", "2026-02-03"))
    ]
    facts = facts_of(PLANNED, commitments=commitments)
    assert shown_by(THEME, "leaders-committed", facts) == (
        f"2 on file, the earliest of 2026-02-03: Elm, {COUNTY}, by letter"
    )
    assert missing(THEME, "leaders-committed", facts_of(PLANNED))


@pytest.mark.parametrize(("on", "alerts"), [(date(2026, 4, 2), 0), (date(2026, 4, 3), 1)])
def test_days_since_the_last_contact_alert_past_the_limit(on: date, alerts: int) -> None:
    """R52: days since last contact for each leader; the limit itself is not past it."""
    facts = facts_of(PLANNED, engagements=[CONTACT], on=on)
    assert [each.days for each in contacts(facts.initiative, on=on)] == [60 + alerts]
    assert len([each for each in THEME.findings(facts) if each.topic == "engagement"]) == alerts


def test_a_leader_who_was_never_contacted_is_an_alert() -> None:
    """R52: a payor's decision-maker without any contact on file."""
    assert said(THEME.findings(facts_of(PLANNED))) == [
        f"Ash, {COUNTY}: no contact is on file; the limit is 60 days."
    ]


def test_payors_that_are_not_those_of_the_deal_are_shown() -> None:
    facts = facts_of(
        PLANNED,
        payors=[{"organisation": CITY, "share": "100%"}],
        deal=a_deal(),
        engagements=[{**CONTACT, "on": str(ON)}],
    )
    assert any("not those of the deal" in each for each in said(THEME.findings(facts)))


def test_a_payor_stands_once() -> None:
    """R34: a payor named twice would pay twice its share."""
    twice = [{"organisation": COUNTY, "share": "50%"}] * 2
    with pytest.raises(ValueError, match="A name stands twice"):
        facts_of(PLANNED, payors=twice)


def test_nobody_is_to_be_contacted_about_what_ended() -> None:
    """R52: until the day it was stopped."""
    stop = [{"to": "stopped", "on": "2026-05-01", "by": "Board", "reason": "no money"}]
    ended = facts_of(PLANNED, moves=stop)
    assert contacts(ended.initiative, on=ON) == ()
    assert contacts(ended.initiative, on=date(2026, 4, 30)) != ()
