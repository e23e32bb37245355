"""Ready or not: the assessment, the mechanism, the two proofs, the priority."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.governance.conditions.condition import Condition, Unmet
from payforsuccess.governance.conditions.money import THEME as MONEY
from payforsuccess.governance.conditions.names import THEME as NAMES
from payforsuccess.governance.conditions.readiness import THEME
from payforsuccess.governance.facts import MoneyFound, NotLookedAhead, ReadinessFound
from payforsuccess.governance.pipeline import in_pipeline_order, is_priority
from tests.lib.deals import COUNTY
from tests.lib.initiatives import (
    COORDINATOR,
    ON,
    PAPER,
    PLANNED,
    TEAM,
    facts_of,
    missing,
    said,
    shown_by,
)

READY = ReadinessFound(
    is_suitable=True,
    band="Ready for structuring",
    score="90.0",
    knock_outs=(),
    criteria="pay-for-success, version 1",
    assessed_on=date(2026, 3, 1),
)
MECHANISM: dict[str, Any] = {
    "contracting": PAPER,
    "contracting_approved_on": "2026-04-01",
    "financing": PAPER,
    "financing_approved_on": "2026-05-01",
}
MONEY_FOUND = MoneyFound(shortfalls=(), is_return_within_limit=True, pays_without_success=False)


def proof(of: str, on: str = "2026-05-01") -> dict[str, Any]:
    plain = {"of": of, "says": "shown", "is_shown": "true", "by": "the evaluator"}
    return {**plain, "on": on, "paper": PAPER}


def test_a_proof_of_no_effect_is_none() -> None:
    """R5: the record says plainly whether it shows what it is a proof of."""
    none = {**proof("outcomes"), "says": "No effect was found", "is_shown": "false"}
    facts = facts_of(proofs=[none, proof("savings")])
    assert "better outcomes" in missing(THEME, "two-proofs", facts)
    undone = facts_of(proofs=[proof("outcomes"), {**none, "on": "2026-05-20"}, proof("savings")])
    assert "better outcomes" in missing(THEME, "two-proofs", undone)


def test_a_suitable_concept_passes() -> None:
    """R32: readiness criteria are applied, by set and version."""
    told = shown_by(THEME, "assessed-suitable", facts_of(readiness=READY))
    assert (
        told == "90.0 of 100, Ready for structuring, by pay-for-success, version 1, on 2026-03-01"
    )


@pytest.mark.parametrize("condition", MONEY.conditions, ids=lambda each: each.name)
def test_without_the_extra_no_condition_about_money_is_taken_as_met(condition: Condition) -> None:
    """R6, R7, R39: each says which extra the forecast needs, and how to install it."""
    told = condition.look(replace(facts_of(), money=NotLookedAhead("analysis")))
    assert isinstance(told, Unmet)
    assert "not made because the extra `analysis` is not installed" in told.found
    assert "pip install 'payforsuccess[analysis]'" in told.do
    assert told.is_unknown


def test_a_knock_out_or_no_assessment_does_not_pass() -> None:
    """R4: remedial only fails readiness, whatever its score elsewhere."""
    knocked = replace(READY, is_suitable=False, knock_outs=("Remedial only",))
    assert "Remedial only" in missing(THEME, "assessed-suitable", facts_of(readiness=knocked))
    assert "No assessment" in missing(THEME, "assessed-suitable", facts_of())
    early = facts_of(readiness=READY, on=date(2026, 2, 28))
    assert missing(THEME, "assessed-suitable", early)


def test_ready_without_a_mechanism_is_shown_as_such() -> None:
    """R33: passed readiness, no approved contracting and financing path."""
    assert missing(THEME, "mechanism-exists", facts_of(readiness=READY)) == (
        "Ready, no mechanism: no approved path to contract and finance is on file."
    )
    half = {key: value for key, value in MECHANISM.items() if key.startswith("contracting")}
    assert missing(THEME, "mechanism-exists", facts_of(readiness=READY, mechanism=half)) == (
        "Ready, no mechanism: no approved path to finance is on file."
    )
    assert missing(THEME, "mechanism-exists", facts_of()) == (
        "No approved path to contract and finance is on file."
    )


@pytest.mark.parametrize(("on", "holds"), [(date(2026, 5, 1), True), (date(2026, 4, 30), False)])
def test_a_mechanism_exists_once_both_paths_are_approved(on: date, holds: bool) -> None:
    """R33: an approved contracting and financing path."""
    told = shown_by if holds else missing
    assert told(THEME, "mechanism-exists", facts_of(mechanism=MECHANISM, on=on))


@pytest.mark.parametrize(
    ("proofs", "says"),
    [
        ([], "better outcomes for the people served and savings"),
        (["outcomes"], "Not demonstrated: savings"),
        (["savings"], "Not demonstrated: better outcomes"),
        (["board-finding"], "Not demonstrated: better outcomes"),
        (["savings", "board-finding"], "Not demonstrated: better outcomes"),
    ],
)
def test_one_proof_is_not_enough(proofs: list[str], says: str) -> None:
    """R5: with only one of the two proofs it is not demonstrated."""
    facts = facts_of(proofs=[proof(each) for each in proofs])
    assert says in missing(THEME, "two-proofs", facts)


@pytest.mark.parametrize("second", ["savings", "board-finding"])
def test_outcomes_with_savings_or_a_finding_of_the_board_are_two_proofs(second: str) -> None:
    """R5: may also be met by a recorded Board finding with reasons."""
    facts = facts_of(proofs=[proof("outcomes"), proof(second)])
    assert second in shown_by(THEME, "two-proofs", facts)
    assert missing(THEME, "two-proofs", replace(facts, on=date(2026, 4, 30)))


def test_a_priority_comes_first_in_the_pipeline() -> None:
    """R28: a priority flag with its source sorts the initiative first."""
    first = facts_of(initiative="B", priority={"source": PAPER}, started_on="2026-02-01").initiative
    others = [facts_of(initiative=name).initiative for name in ("C", "A")]
    order = in_pipeline_order([*others, first], on=ON)
    assert [each.initiative for each in order] == ["B", "A", "C"]


def test_a_priority_is_removed_by_an_authority_alone() -> None:
    """R28: removing it needs a recorded authority."""
    removed = {"source": PAPER, "removed_by": "Board", "removed_on": "2026-05-01"}
    one = facts_of(priority=removed)
    assert is_priority(one.initiative, on=date(2026, 4, 30))
    assert not is_priority(one.initiative, on=date(2026, 5, 1))
    assert said(THEME.findings(one)) == ["Its priority was removed on 2026-05-01 by Board."]
    with pytest.raises((Refusal, ValueError)):
        facts_of(priority={"source": PAPER, "removed_on": "2026-05-01"})


def test_a_priority_cannot_be_dropped_from_the_file() -> None:
    """R28: the concept's motion still puts it first."""
    facts = facts_of(readiness=replace(READY, is_priority=True))
    assert "comes first by a motion" in said(THEME.problems(facts))[0]
    kept = facts_of(readiness=replace(READY, is_priority=True), priority={"source": PAPER})
    assert said(THEME.problems(kept)) == []


def test_a_shortfall_of_what_is_set_aside_is_shown() -> None:
    """R39: set-aside against liability by fiscal year; a shortfall is flagged."""
    assert shown_by(MONEY, "funds-set-aside", facts_of(money=MONEY_FOUND))
    short = replace(MONEY_FOUND, shortfalls=(f"{COUNTY}, 2027: 5 short.",))
    assert missing(MONEY, "funds-set-aside", facts_of(money=short)) == f"{COUNTY}, 2027: 5 short."
    unknown = replace(MONEY_FOUND, shortfalls=None)
    assert "No budget" in missing(MONEY, "funds-set-aside", facts_of(money=unknown))
    assert "No budget" in missing(MONEY, "funds-set-aside", facts_of())


@pytest.mark.parametrize(
    ("money", "name", "says"),
    [
        (replace(MONEY_FOUND, pays_without_success=True), "no-pay-without-success", "no success"),
        (replace(MONEY_FOUND, pays_without_success=None), "no-pay-without-success", "cannot be"),
        (replace(MONEY_FOUND, is_return_within_limit=False), "returns-within-limit", "passes"),
        (replace(MONEY_FOUND, is_return_within_limit=None), "returns-within-limit", "no limit"),
        (None, "returns-within-limit", "No forecast"),
        (None, "no-pay-without-success", "No forecast"),
    ],
)
def test_what_the_forecast_says_against_a_deal(
    money: MoneyFound | None, name: str, says: str
) -> None:
    """R6, R7: nothing is paid without success, and returns stay within the limit."""
    assert says in missing(MONEY, name, facts_of(money=money))
    assert shown_by(MONEY, name, facts_of(money=MONEY_FOUND))


def test_a_name_that_stands_for_nobody_is_a_problem_with_the_nearest() -> None:
    assert said(NAMES.problems(facts_of(PLANNED))) == []
    seats = [*TEAM["seats"], {"member": "Asch", "role": "jail"}]
    (problem,) = NAMES.problems(facts_of(PLANNED, team={**TEAM, "seats": seats}))
    assert problem.where.field == "team.seats[2].member"
    assert problem.do == "Did you mean “Ash”?"
    (problem,) = NAMES.problems(
        facts_of(PLANNED, coordinator={**COORDINATOR, "funded_by": COUNTY.upper()})
    )
    assert problem.where.field == "coordinator.funded_by"
    (problem,) = NAMES.problems(facts_of(PLANNED, goals=[{"says": "a", "serves": "never-told"}]))
    assert problem.do == "Add it under `payor_goals`."
