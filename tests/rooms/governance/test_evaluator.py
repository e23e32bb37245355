"""The evaluator's independence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions.evaluator import THEME
from tests.lib.deals import COUNTY, EVALUATOR, INVESTOR, PROVIDER
from tests.lib.initiatives import ORGANISATIONS, PLANNED, facts_of, missing, said, shown_by

LENDER = {"name": INVESTOR, "sector": "private", "roles": [{"role": "investor"}]}


def declared(on: str = "2026-02-01", **changes: Any) -> dict[str, Any]:
    return {
        "on": on,
        "by": "Ivy",
        "evaluator": EVALUATOR,
        "paid_by": COUNTY,
        "payer_stake": "pays for success",
        "contingent_interest": "false",
        **changes,
    }


def test_who_pays_the_evaluator_and_their_stake_are_disclosed() -> None:
    """R82: no interest contingent on results; who pays, and their stake, is disclosed."""
    facts = facts_of(PLANNED, independence=[declared()])
    assert shown_by(THEME, "evaluator-independent", facts) == (
        f"{EVALUATOR} declared on 2026-02-01, paid by {COUNTY} (its stake: pays for success)"
    )
    assert said(THEME.problems(facts)) == said(THEME.findings(facts)) == []


@pytest.mark.parametrize(("on", "holds"), [("2025-06-02", True), ("2025-06-01", False)])
def test_a_declaration_holds_for_a_year(on: str, holds: bool) -> None:
    """R82: a conflict declaration is required each year."""
    facts = facts_of(PLANNED, independence=[declared(on)])
    told = missing if not holds else shown_by
    assert on in told(THEME, "evaluator-independent", facts)


def test_without_an_evaluator_or_a_declaration_nothing_is_independent() -> None:
    """R82: never claimed of nobody."""
    assert "No evaluator" in missing(THEME, "evaluator-independent", facts_of())
    assert "declaration of" in missing(THEME, "evaluator-independent", facts_of(PLANNED))
    ahead = facts_of(PLANNED, independence=[declared()], on=date(2026, 1, 31))
    assert "declaration of" in missing(THEME, "evaluator-independent", ahead)


def test_pay_that_hangs_on_results_is_a_problem() -> None:
    """R82: no interest contingent on results."""
    facts = facts_of(PLANNED, independence=[declared(contingent_interest="true")])
    (problem,) = THEME.problems(facts)
    assert problem.where.field == "independence[0].contingent_interest"
    assert missing(THEME, "evaluator-independent", facts) == (
        f"Pay of {EVALUATOR} hangs on results."
    )


def test_payment_by_a_lender_is_flagged_and_stops_nothing() -> None:
    """R82: a lender's payment is flagged."""
    organisations = [*ORGANISATIONS, LENDER]
    facts = facts_of(
        PLANNED, organisations=organisations, independence=[declared(paid_by=INVESTOR)]
    )
    assert "paid by a lender" in said(THEME.findings(facts))[0]
    assert shown_by(THEME, "evaluator-independent", facts)


@pytest.mark.parametrize("key", ["shares_ownership_with", "shares_staff_with"])
@pytest.mark.parametrize("party", [PROVIDER, COUNTY])
def test_owners_or_staff_shared_with_a_party_are_no_independence(key: str, party: str) -> None:
    """R82: neither owners nor staff are shared with provider, investor or payor."""
    facts = facts_of(PLANNED, independence=[declared(**{key: [party]})])
    assert f"shares owners or staff with {party}" in missing(THEME, "evaluator-independent", facts)


def test_the_last_declaration_counts() -> None:
    """R82: each year anew."""
    bad = declared("2025-01-01", shares_staff_with=[PROVIDER])
    facts = facts_of(PLANNED, independence=[declared(), bad])
    assert shown_by(THEME, "evaluator-independent", facts)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"affiliates": [PROVIDER]}, f"shares owners or staff with {PROVIDER}"),
        ({"roles": [{"role": "evaluator"}, {"role": "investor"}]}, "lends or pays itself"),
        (
            {"stakes": [{"kind": "contingent-payment", "says": "a bonus"}]},
            "stands to gain or lose money by results",
        ),
        ({"stakes": [{"kind": "reputation", "says": "its name"}]}, ""),
    ],
)
def test_what_is_on_file_counts_whatever_was_declared(changes: dict[str, Any], says: str) -> None:
    """R82: affiliates, other roles and the exposure ledger are held against the declaration."""
    organisations = [*ORGANISATIONS[:-1], {**ORGANISATIONS[-1], **changes}]
    facts = facts_of(PLANNED, organisations=organisations, independence=[declared()])
    if says:
        assert says in missing(THEME, "evaluator-independent", facts)
    else:
        assert shown_by(THEME, "evaluator-independent", facts)


def test_an_affiliate_named_by_the_other_side_counts_too() -> None:
    """R82: the provider's owner is the evaluator."""
    provider = {**ORGANISATIONS[2], "affiliates": [EVALUATOR]}
    organisations = [*ORGANISATIONS[:2], provider, ORGANISATIONS[3]]
    facts = facts_of(PLANNED, organisations=organisations, independence=[declared()])
    assert f"with {PROVIDER}" in missing(THEME, "evaluator-independent", facts)
