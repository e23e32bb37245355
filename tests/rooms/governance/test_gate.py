"""Gates list what is unmet, and moves follow the lifecycle (R113)."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Refusal
from payforsuccess.governance.conditions.condition import Condition, Met, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.gate import gates_of, known_conditions, moved_past, moves_allowed
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.lifecycle import Lifecycle

SHIPPED = files("payforsuccess.governance") / "lifecycles" / "pay-for-success.yaml"
INITIATIVE = """\
format: 1
initiative: A made-up initiative
standing: illustrative
department: Health
jurisdiction: Example County
contract_type: {kind}
policy_areas: [public-safety]
population: People about to leave jail without a home
started_on: 2026-01-05
moves: [{moves}]
"""
TWO = """\
format: 1
says: Two stages for a test.
stages:
- {name: idea, title: Idea, says: a, to: [launch]}
- {name: launch, title: Launch, says: b, gate: [investors-named, goal-told], is_end: true}
"""
CONDITIONS = {
    "investors-named": Condition(
        "investors-named",
        ("R88",),
        "Investors are named.",
        lambda facts: Unmet("There are none.", "Name them."),
        types=("with-investors",),
    ),
    "goal-told": Condition("goal-told", ("R78",), "There is a goal.", lambda facts: Met("a goal")),
}


def facts(moves: str = "", kind: str = "with-investors") -> Facts:
    text = INITIATIVE.format(moves=moves, kind=kind)
    return Facts(read_whole(Initiative, text, file="initiative.yaml"), date(2026, 6, 1))


def lifecycle(text: str = TWO) -> Lifecycle:
    return read_whole(Lifecycle, text, file="two.yaml")


def test_a_gate_lists_what_is_unmet() -> None:
    launch = gates_of(lifecycle(), facts(), CONDITIONS)[1]
    assert not launch.is_open
    assert [one.condition.name for one in launch.unmet] == ["investors-named"]


def test_gates_adapt_to_the_kind_of_contract() -> None:
    launch = gates_of(lifecycle(), facts(kind="without-investors"), CONDITIONS)[1]
    assert launch.is_open
    assert [one.condition.name for one in launch.judged] == ["goal-told"]


def test_a_condition_that_a_body_passed_over_is_still_shown_as_unmet() -> None:
    move = "{to: launch, on: 2026-03-01, by: Board, reason: a test, overrides: [investors-named]}"
    launch = gates_of(lifecycle(), facts(move), CONDITIONS)[1]
    assert launch.is_open
    assert [one.overridden for one in launch.judged if not one.is_met] == ["a test"]


def test_of_a_move_what_could_not_be_looked_at_stands_apart_from_what_is_unmet() -> None:
    """R113: no one is told to have moved past a condition that this install cannot judge."""
    lacking = Condition(
        "goal-told",
        ("R78",),
        "There is a goal.",
        lambda facts: Unmet("?", "Look.", is_unknown=True),
    )
    move = "{to: launch, on: 2026-03-01, by: Board}"
    (past,) = moved_past(lifecycle(), facts(move), {**CONDITIONS, "goal-told": lacking})
    assert [one.condition.name for one in past.unmet] == ["investors-named"]
    assert [one.condition.name for one in past.unknown] == ["goal-told"]


def test_a_lifecycle_asks_only_for_conditions_that_exist() -> None:
    with pytest.raises(Refusal, match="no condition"):
        known_conditions(lifecycle(), {})


def test_the_shipped_lifecycle_has_every_stage() -> None:
    shipped = lifecycle(SHIPPED.read_text("utf-8"))
    assert [stage.name for stage in shipped.stages] == [
        "idea",
        "readiness",
        "competition",
        "feasibility",
        "planning-team",
        "structuring",
        "board-approval",
        "launch",
        "ramp-up",
        "delivery",
        "measurement",
        "payment",
        "wind-down",
        "sustained-funding",
        "archived",
        "stopped",
    ]


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ("{to: launch, on: 2026-02-01, by: A}", "cannot move from `idea` to `launch`"),
        ("{to: nowhere, on: 2026-02-01, by: A}", "is no stage"),
        ("{to: stopped, on: 2026-02-01, by: A}", "without a reason"),
        ("{to: readiness, on: 2025-02-01, by: A}", "stands after one on"),
        (
            "{to: readiness, on: 2026-02-01, by: A, reason: b, overrides: [payors-named]}",
            "which its gate does not ask for",
        ),
    ],
)
def test_moves_follow_the_lifecycle(moves: str, says: str) -> None:
    shipped = lifecycle(SHIPPED.read_text("utf-8"))
    problems = moves_allowed(shipped, facts(moves))
    assert any(says in problem.what for problem in problems)
    assert all(problem.where and problem.where.field == "moves[0]" for problem in problems)


def test_allowed_moves_have_no_problem() -> None:
    shipped = lifecycle(SHIPPED.read_text("utf-8"))
    moves = "{to: readiness, on: 2026-02-01, by: A}, {to: feasibility, on: 2026-03-01, by: A}"
    assert moves_allowed(shipped, facts(moves)) == ()


@pytest.mark.parametrize(
    ("stage", "conditions"),
    [
        ("board-approval", {"counsel-opined", "sustained-funding-promised", "public-risk-told"}),
        ("launch", {"levers-rated", "systems-change-planned", "ethics-in-force"}),
        ("ramp-up", {"ethics-in-force", "no-harm-stop"}),
        ("wind-down", {"handover-agreed"}),
        ("archived", {"disputes-settled", "people-handed-over"}),
    ],
)
def test_what_gates_of_the_shipped_lifecycle_ask_for(stage: str, conditions: set[str]) -> None:
    """R8, R62, R90, R114, R121, R124, R126, R128, R131: nothing opens these gates without them."""
    found = lifecycle(SHIPPED.read_text("utf-8")).stage(stage)
    assert found is not None
    assert conditions <= set(found.gate)
