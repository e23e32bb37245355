"""The register of agreements, and the policies that stand in the way."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.governance.conditions.agreements import THEME, agreements_on
from tests.lib.deals import COUNTY, PROVIDER
from tests.lib.initiatives import facts_of, missing, said, shown_by

CONTRACT: dict[str, Any] = {
    "name": "contract",
    "title": "The contract",
    "kind": "contract",
    "parties": [COUNTY, PROVIDER],
    "signed_on": "2026-03-01",
    "expires_on": "2030-02-28",
}
POLICY: dict[str, Any] = {
    "name": "term",
    "group": "procurement",
    "title": "Longest term of a contract",
    "source": "a made-up manual, 4.1",
    "present_rule": "three years",
    "effect": "outcomes come later",
    "barrier": "2",
    "change": "six years for outcomes contracts",
    "owner": COUNTY,
    "authority": "board",
    "status": "proposed",
}


def test_agreements_are_in_force_the_contract_among_them() -> None:
    """R93."""
    assert "No agreement" in missing(THEME, "agreements-in-force", facts_of())
    mou = CONTRACT | {"name": "mou", "title": "The MOU", "kind": "mou"}
    assert "No contract" in missing(THEME, "agreements-in-force", facts_of(agreements=[mou]))
    assert "all 2" in shown_by(THEME, "agreements-in-force", facts_of(agreements=[mou, CONTRACT]))


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"signed_on": None}, "draft"),
        ({"signed_on": "2026-06-02"}, "draft"),
        ({"expires_on": "2026-05-31"}, "ended"),
        ({"expires_on": "2026-06-01"}, "ends-soon"),
        ({"expires_on": "2026-08-30"}, "ends-soon"),
        ({"expires_on": "2026-08-31"}, "in-force"),
        ({"expires_on": None}, "in-force"),
    ],
)
def test_an_agreement_stands_by_its_days(changes: dict[str, Any], standing: str) -> None:
    """R93: the last day counts; the alert starts 90 days before it."""
    (found,) = agreements_on(facts_of(agreements=[CONTRACT | changes]))
    assert found.standing == standing


def test_of_published_terms_a_day_that_no_source_states_is_not_known() -> None:
    """R93: not shown to be in force, and not called a draft either."""
    facts = facts_of(standing="published-terms", agreements=[CONTRACT | {"signed_on": None}])
    found = missing(THEME, "agreements-in-force", facts)
    assert "the day of its signing is not on file" in found
    assert "draft" not in found


def test_its_end_and_its_obligations_are_alerted() -> None:
    """R93: linked obligations, expiry alerts."""
    duty = {"says": "send the roster", "who": PROVIDER, "due": "2026-05-22"}
    facts = facts_of(agreements=[CONTRACT | {"expires_on": "2026-06-11", "obligations": [duty]}])
    assert said(THEME.findings(facts)) == [
        "The contract ends in 10 days.",
        f"The contract: {PROVIDER} is 10 days late: send the roster",
    ]
    done = duty | {"done_on": "2026-05-30"}
    facts = facts_of(agreements=[CONTRACT | {"obligations": [done]}])
    assert said(THEME.findings(facts)) == []


def test_an_obligation_binds_a_party() -> None:
    """R93."""
    duty = {"says": "pay", "who": "Someone else"}
    (problem,) = said(THEME.problems(facts_of(agreements=[CONTRACT | {"obligations": [duty]}])))
    assert "no party to it" in problem


def test_policies_are_listed_in_three_groups() -> None:
    """R26: fiscal, procurement, other."""
    found = missing(THEME, "policies-listed", facts_of(policies=[POLICY]))
    assert found == "No policy is on file in: fiscal, other."
    more = [POLICY | {"name": group, "group": group} for group in ("fiscal", "other")]
    assert "3 policies" in shown_by(THEME, "policies-listed", facts_of(policies=[POLICY, *more]))


def test_a_rule_that_stops_the_contract_is_changed_first() -> None:
    """R91."""
    stops = POLICY | {"barrier": "3"}
    assert "Longest term" in missing(THEME, "no-policy-stops", facts_of(policies=[stops]))
    adopted = stops | {"status": "adopted", "adopted_on": "2026-06-01"}
    assert shown_by(THEME, "no-policy-stops", facts_of(policies=[adopted]))
    later = adopted | {"adopted_on": "2026-06-02"}
    assert missing(THEME, "no-policy-stops", facts_of(policies=[later]))
    assert "No policy" in missing(THEME, "no-policy-stops", facts_of())
