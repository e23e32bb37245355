"""An initiative without investors goes all the way, and none goes past a closed gate."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.conditions import (
    backbone,
    evaluator,
    leadership,
    mandate,
    meetings,
    money,
    names,
    partnership,
    readiness,
    steps,
    team,
)
from payforsuccess.governance.conditions.condition import Condition, Met, Theme
from payforsuccess.governance.conditions.themes import CONDITIONS
from payforsuccess.governance.gate import gates_of, known_conditions, moved_past
from payforsuccess.governance.lifecycle import Lifecycle
from tests.lib.initiatives import said
from tests.lib.passing import passing_facts

OWN: tuple[Theme, ...] = (
    names.THEME,
    mandate.THEME,
    readiness.THEME,
    leadership.THEME,
    steps.THEME,
    team.THEME,
    meetings.THEME,
    partnership.THEME,
    backbone.THEME,
    evaluator.THEME,
    money.THEME,
)
"""What leadership, planning, partnership and readiness ask; other registers have their own."""
NAMES = {condition.name for theme in OWN for condition in theme.conditions}
SHIPPED = files("payforsuccess.governance") / "lifecycles" / "pay-for-success.yaml"
MOVES = [
    {"to": "readiness", "on": "2026-01-11", "by": "Health"},
    {"to": "feasibility", "on": "2026-01-25", "by": "CEO"},
    {"to": "planning-team", "on": "2026-02-25", "by": "CEO"},
]


def lifecycle() -> Lifecycle:
    return read_whole(Lifecycle, SHIPPED.read_bytes(), file=SHIPPED.name)


def conditions() -> dict[str, Condition]:
    """All conditions, with those of other registers taken as met."""
    return {
        name: each
        if name in NAMES
        else Condition(name, each.requirement, each.says, lambda facts: Met("not looked at here"))
        for name, each in CONDITIONS.items()
    }


@pytest.mark.parametrize("kind", ["without-investors", "part-of-existing-contract"])
def test_an_initiative_without_investors_goes_through_every_gate(kind: str) -> None:
    """R103, R61: outside finance is optional, and gates adapt to the kind of contract."""
    facts = passing_facts(contract_type=kind)
    closed = {
        f"{gate.stage.name}: {judged.condition.name}: {judged.found}"
        for gate in gates_of(lifecycle(), facts, conditions())
        for judged in gate.unmet
    }
    assert closed == set()
    assert [text for theme in OWN for text in said(theme.problems(facts))] == []


def test_with_investors_more_is_asked() -> None:
    """R61: the parts that bring capital, and the limit on their return."""
    without, with_ = (
        {
            one.condition.name
            for gate in gates_of(lifecycle(), facts, conditions())
            for one in gate.unmet
        }
        for facts in (passing_facts(), passing_facts(contract_type="with-investors"))
    )
    assert with_ - without == {
        "backbone-duties",
        "partnership-parts",
        "partnership-tested",
        "returns-within-limit",
    }


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_condition_is_asked_at_a_gate(name: str) -> None:
    """R113: each gate lists its unmet conditions; a condition that no gate asks for is dead."""
    assert any(name in stage.gate for stage in lifecycle().stages)


def test_the_shipped_lifecycle_asks_for_conditions_that_exist() -> None:
    """R113: one lifecycle."""
    known_conditions(lifecycle(), CONDITIONS)


def test_no_condition_holds_of_an_empty_file() -> None:
    """R113: nothing is claimed of nobody."""
    facts = passing_facts()
    bare = type(facts.initiative).model_validate(
        {
            name: value
            for name, value in facts.initiative.model_dump().items()
            if facts.initiative.model_fields_set
            and type(facts.initiative).model_fields[name].is_required()
        }
    )
    empty = type(facts)(bare, facts.on)
    assert {name for name in NAMES if isinstance(CONDITIONS[name].look(empty), Met)} == set()


def moved(*moves: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The moves past a closed gate, each with what was unmet."""
    facts = passing_facts(moves=list(moves))
    return [
        (past.stage.name, [one.condition.name for one in past.unmet])
        for past in moved_past(lifecycle(), facts, conditions())
    ]


def test_moves_through_open_gates_pass() -> None:
    """R113: a project moves only along allowed transitions, through open gates."""
    assert moved(*MOVES) == []


def test_a_move_past_a_closed_gate_is_found_by_the_day_of_the_move() -> None:
    """R33, R113: what came on record later does not open the gate of an earlier day."""
    early = {"to": "launch", "on": "2026-04-19", "by": "CEO"}
    assert moved(*MOVES, early) == [("launch", ["mechanism-exists"])]
    assert moved(*MOVES, {**early, "on": "2026-04-20"}) == []


def test_a_move_that_the_body_passed_over_is_none() -> None:
    """R113: the override names the condition and its reason."""
    early = {
        "to": "launch",
        "on": "2026-04-19",
        "by": "Board",
        "reason": "the mechanism is on tomorrow's agenda",
        "overrides": ["mechanism-exists"],
    }
    assert moved(*MOVES, early) == []


def test_what_was_passed_over_at_one_gate_is_asked_again_at_the_next() -> None:
    """R113: the evaluator's independence is asked before the contract and before measuring."""
    move = {
        "to": "launch",
        "on": "2026-05-01",
        "by": "Board",
        "reason": "the declaration is on its way",
        "overrides": ["evaluator-independent"],
    }
    facts = passing_facts(moves=[*MOVES, move], independence=[])
    open_ = {gate.stage.name: gate.is_open for gate in gates_of(lifecycle(), facts, conditions())}
    assert open_["launch"]
    assert not open_["measurement"]
