"""Decision rights: the product's proposal, and what an initiative states in its place."""

from __future__ import annotations

from payforsuccess.governance.rights.rights import rights_of
from payforsuccess.runs.initiative.rights import shipped_rights
from tests.lib.initiatives import facts_of

OWN = {"decision": "Terminate", "responsible": ["Counsel"], "accountable": "The Board"}


def test_the_shipped_rights_are_labelled_as_a_proposal() -> None:
    shipped = shipped_rights()
    assert "product's proposal" in shipped.says
    assert len(shipped.decisions) == 12
    assert {each.accountable for each in shipped.decisions} == {
        "End payor",
        "Coordinator",
        "Provider",
        "Evaluator",
        "Board",
    }


def test_money_is_answered_for_by_payor_or_board() -> None:
    answers = {each.decision: each.accountable for each in shipped_rights().decisions}
    assert answers["Pay for success"] == answers["Payment outcomes and targets"] == "End payor"
    assert answers["Budget augmentation"] == answers["Sustained funding"] == "Board"
    assert answers["Determine outcomes"] == "Evaluator"


def test_what_an_initiative_states_takes_the_place_of_what_is_proposed() -> None:
    rights = rights_of(facts_of(decision_parts=[OWN]).initiative, shipped_rights())
    assert [(each.part.accountable, each.is_proposed) for each in rights[:2]] == [
        ("The Board", False),
        ("End payor", True),
    ]
    assert len(rights) == 12
    assert [each.part.decision for each in rights].count("Terminate") == 1
