"""R10: an outcome with a blank stays a draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.deal.reading import read_deal
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.conditions.condition import Met, Unmet
from payforsuccess.governance.conditions.outcomes import THEME
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative import Initiative

ROOT = Path(__file__).resolve().parents[3]
INITIATIVE = """\
format: 1
initiative: A made-up initiative
standing: illustrative
department: Health
jurisdiction: Example County
contract_type: without-investors
policy_areas: [public-safety]
population: People about to leave jail without a home
started_on: 2026-01-05
"""
(DEFINED,) = THEME.conditions


def facts(deal: str | None) -> Facts:
    read = None
    if deal is not None:
        path = ROOT / "examples" / deal / "deal.yaml"
        read = read_deal(path.read_bytes(), file=str(path))
    initiative = read_whole(Initiative, INITIATIVE, file="initiative.yaml")
    return Facts(initiative, date(2026, 6, 1), deal=read)


def test_without_a_deal_nothing_is_defined() -> None:
    found = DEFINED.look(facts(None))
    assert isinstance(found, Unmet)
    assert "no deal yet" in found.found


def test_outcomes_that_are_measured_are_defined() -> None:
    assert isinstance(DEFINED.look(facts("just-in-reach")), Met)


def test_an_outcome_with_neither_measure_nor_plan_is_a_draft() -> None:
    whole = facts("just-in-reach")
    assert whole.deal is not None
    name, outcome = next(iter(whole.deal.outcomes.items()))
    bare = outcome.model_copy(update={"measure": None})
    deal = whole.deal.model_copy(update={"outcomes": {**whole.deal.outcomes, name: bare}})
    found = DEFINED.look(Facts(whole.initiative, whole.on, deal=deal))
    assert isinstance(found, Unmet)
    assert f"{name} lacks population, window, data source" in found.found
