"""What the gates after the start ask, and that they ask for the way before them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.conditions.condition import Met
from payforsuccess.governance.conditions.later import THEME
from payforsuccess.governance.conditions.themes import CONDITIONS
from payforsuccess.governance.facts import StatementFound
from payforsuccess.governance.gate import gates_of
from payforsuccess.governance.lifecycle import Lifecycle
from tests.lib.deals import COUNTY, PROVIDER, a_deal
from tests.lib.initiatives import facts_of, missing, shown_by
from tests.lib.passing import passing_facts

SHIPPED = files("payforsuccess.governance") / "lifecycles" / "pay-for-success.yaml"
LIFECYCLE = read_whole(Lifecycle, SHIPPED.read_bytes(), file=SHIPPED.name)
AFTER_THE_START = [
    "ramp-up",
    "delivery",
    "measurement",
    "payment",
    "wind-down",
    "sustained-funding",
    "archived",
]
REFERRALS: dict[str, Any] = {
    "name": "referrals",
    "title": "Referrals from the jail",
    "kind": "referral-agreement",
    "parties": ["Sheriff", COUNTY],
    "signed_on": "2026-03-01",
}


@pytest.mark.parametrize("stage", AFTER_THE_START)
def test_nothing_done_opens_no_gate_after_the_start(stage: str) -> None:
    """R3, R8, R113: an initiative of nine lines is at no gate after the launch."""
    gates = gates_of(LIFECYCLE, facts_of(), CONDITIONS)
    (gate,) = [each for each in gates if each.stage.name == stage]
    assert not gate.is_open
    assert "came-through-gates" in [each.condition.name for each in gate.unmet]


def came(*moves: dict[str, Any], stage: str = "feasibility") -> Any:
    """What `came-through-gates` finds at the gate of a stage that is made to ask for it."""
    plain = LIFECYCLE.as_plain()
    for each in plain["stages"]:
        if each["name"] == stage:
            each["gate"] = ["came-through-gates"]
    lifecycle = Lifecycle.model_validate(plain)
    facts = passing_facts(moves=list(moves))
    (gate,) = [g for g in gates_of(lifecycle, facts, CONDITIONS) if g.stage.name == stage]
    return gate.judged[0].found


READINESS = {"to": "readiness", "on": "2026-01-11", "by": "Health"}
FEASIBILITY = {"to": "feasibility", "on": "2026-01-25", "by": "CEO"}
PLANNING = {"to": "planning-team", "on": "2026-01-26", "by": "CEO"}


def test_the_stage_before_was_entered_by_a_move_on_record() -> None:
    """R113: moves that are not yet made, or lead elsewhere, do not count."""
    assert "at `idea`" in came().found
    assert "at `idea`" in came({**READINESS, "on": "2030-01-01"}).found
    assert isinstance(came(READINESS), Met)
    assert isinstance(came(READINESS, FEASIBILITY), Met)


def test_a_move_past_a_closed_gate_closes_those_after_it() -> None:
    """R113: until it is on record, or the body passed it over with its reason."""
    early = {**PLANNING, "on": "2026-01-12"}
    past = came(READINESS, {**FEASIBILITY, "on": "2026-01-12"}, early, stage="structuring")
    assert "feasibility" in past.found
    assert isinstance(came(READINESS, FEASIBILITY, {**PLANNING, "on": "2026-02-25"}), Met)


@pytest.mark.parametrize(
    "changes",
    [{"signed_on": "2026-07-01"}, {"kind": "mou"}, {"expires_on": "2026-05-31"}],
)
def test_people_are_referred_by_an_agreement_in_force(changes: dict[str, str]) -> None:
    """R93."""
    facts = facts_of(agreements=[REFERRALS | changes])
    assert missing(THEME, "referrals-agreed", facts)
    assert shown_by(THEME, "referrals-agreed", facts_of(agreements=[REFERRALS]))


def test_only_a_certified_deal_is_paid_on() -> None:
    """R122: two named people of two parties certify that the file says what the contract says."""
    assert missing(THEME, "contract-certified", facts_of()) == "No deal is on file."
    assert "not certified" in missing(THEME, "contract-certified", facts_of(deal=a_deal()))
    signed = {"contract": a_deal().terms_fingerprint, "signed_on": "2026-05-01"}
    terms = a_deal(executed=signed).terms_fingerprint
    said = [
        {"name": name, "party": party, "on": "2026-05-01", "terms": terms}
        for name, party in (("Ash", COUNTY), ("Fir", PROVIDER))
    ]
    certified = a_deal(executed={**signed, "certified_by": said})
    assert shown_by(THEME, "contract-certified", facts_of(deal=certified))


def test_a_result_is_determined_by_the_day() -> None:
    """R3: no success payment without a determination."""
    facts = replace(facts_of(), determined_on=(date(2026, 7, 1),))
    assert missing(THEME, "result-determined", facts) == "No result is determined."
    facts = replace(facts, on=date(2026, 7, 1))
    assert "2026-07-01" in shown_by(THEME, "result-determined", facts)
    issued = StatementFound(1, date(2026, 7, 1), ("homes",))
    late = replace(facts, statements=(issued,))
    assert "not determined" in missing(THEME, "result-determined", late)


def test_the_last_statement_is_approved() -> None:
    """R3: approved by two people, whatever was approved before it."""
    first = StatementFound(1, date(2026, 4, 1), ("homes",), True, "")
    last = StatementFound(2, date(2026, 5, 1), ("homes",), True)
    assert "No statement" in missing(THEME, "statement-approved", facts_of())
    facts = replace(facts_of(), statements=(first, last))
    assert "Statement 2 is not approved" in missing(THEME, "statement-approved", facts)
    assert shown_by(THEME, "statement-approved", replace(facts, statements=(first,)))


def test_success_is_found_before_the_payors_own_money_goes_on() -> None:
    """R8."""
    promise = {
        "amount": "100",
        "source": "the general fund",
        "starts_on": "2027-07-01",
        "body": "Board",
        "on": "2026-03-01",
    }
    assert missing(THEME, "success-found", facts_of(sustained_funding=promise))
    later = facts_of(sustained_funding={**promise, "success_found_on": "2026-06-02"})
    assert missing(THEME, "success-found", later)
    assert shown_by(THEME, "success-found", replace(later, on=date(2026, 6, 2)))
