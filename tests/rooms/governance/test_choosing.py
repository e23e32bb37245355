"""The gate that asks for a competition and a choice (R56, R57)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions.choosing import THEME
from payforsuccess.governance.conditions.condition import Met, Unmet
from payforsuccess.governance.facts import Facts, SelectionFound
from payforsuccess.governance.initiative import Initiative

INITIATIVE = Initiative.model_validate(
    {
        "format": 1,
        "initiative": "Made up",
        "standing": "contract",
        "department": "Health",
        "jurisdiction": "Example County",
        "contract_type": "without-investors",
        "policy_areas": ["public-safety"],
        "population": "People",
        "started_on": "2026-01-05",
    }
)
CHOSEN = SelectionFound(
    "Homes", "Board", date(2026, 5, 1), place=1, proposals=4, departments=3, standing="real"
)
(CONDITION,) = THEME.conditions


def look(selection: SelectionFound | None) -> Met | Unmet:
    return CONDITION.look(Facts(INITIATIVE, date(2026, 6, 1), selection=selection))


def test_a_concept_chosen_by_a_competition_across_departments_passes() -> None:
    """R56, R57: ranking, decision-maker and date are on record."""
    assert look(CHOSEN) == Met(
        "Homes, in place 1 of 4 proposals by 3 departments; Board, 2026-05-01"
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"departments": 1}, "1 department took part"),
        ({"chosen": "", "decided_by": "", "decided_on": None}, "has not been decided"),
        ({"decided_on": date(2026, 6, 2)}, "after this day"),
        ({"problems": ("A score was changed.",)}, "does not stand: A score was changed."),
        ({"standing": "practice"}, "is made up (practice), and the initiative is not"),
    ],
)
def test_a_choice_that_does_not_stand_keeps_the_gate_closed(
    changes: dict[str, Any], says: str
) -> None:
    """R57: no choice without its ranking, decider, date and reasons."""
    found = look(replace(CHOSEN, **changes))
    assert isinstance(found, Unmet)
    assert says in found.found


def test_without_a_competition_nothing_is_claimed() -> None:
    """R56: one is run."""
    found = look(None)
    assert isinstance(found, Unmet)
    assert "No competition" in found.found
