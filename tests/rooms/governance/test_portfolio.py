"""What several initiatives show together, from records on file."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.change import Target
from payforsuccess.governance.portfolio import (
    OnFile,
    blueprint_use,
    by_scale,
    capital_by_sector,
    current_by,
    decisions_without_evidence,
    effort,
    initiatives_by_stage,
    months_to_signature,
    notes,
    reuse,
    take_up,
    tracked_subjects,
)
from tests.lib.deals import INVESTOR, a_deal
from tests.lib.initiatives import facts_of

ON = date(2026, 6, 1)


def initiative(**changes: Any) -> Initiative:
    return facts_of(**changes).initiative


def held(*each: Initiative) -> list[OnFile]:
    return [OnFile(f"initiative-{at}", one) for at, one in enumerate(each, 1)]


def test_departments_that_use_a_blueprint_are_counted_with_their_stages() -> None:
    """R60: two departments, one of them twice; who did not start from one is left out."""
    moved = [{"to": "feasibility", "on": "2026-02-01", "by": "Health"}]
    found = held(
        initiative(from_blueprint="los-angeles-blueprint"),
        initiative(from_blueprint="los-angeles-blueprint", moves=moved),
        initiative(from_blueprint="los-angeles-blueprint", department="Probation"),
        initiative(department="Libraries"),
    )
    use = blueprint_use(found, on=date(2026, 6, 1))
    assert use.departments == ("Health", "Probation")
    assert use.by_stage == {"idea": 2, "feasibility": 1}
    assert initiatives_by_stage(found, on=date(2026, 6, 1)) == {"idea": 3, "feasibility": 1}
    assert initiatives_by_stage(found, on=date(2026, 1, 31)) == {"idea": 4}


def test_capital_is_added_up_by_sector_and_instrument() -> None:
    """R11: the sector of a funder that the initiative does not name is unknown."""
    capital = [
        {"name": "a", "party": INVESTOR, "kind": "senior-loan", "amount": "700"},
        {"name": "b", "party": INVESTOR, "kind": "senior-loan", "amount": "300"},
        {"name": "c", "party": INVESTOR, "kind": "grant", "amount": "50"},
    ]
    deal = a_deal(capital=capital)
    investor = {"name": INVESTOR, "sector": "philanthropic", "roles": [{"role": "investor"}]}
    named = OnFile("one", initiative(organisations=[investor]), deal)
    unnamed = OnFile("two", initiative(), deal)
    assert capital_by_sector([named, unnamed]) == {
        ("philanthropic", "grant", "USD"): 50,
        ("philanthropic", "senior-loan", "USD"): 1000,
        ("unknown", "grant", "USD"): 50,
        ("unknown", "senior-loan", "USD"): 1000,
    }


def test_effort_before_and_after_signing_is_set_side_by_side() -> None:
    """R102: 300 hours of implementation for 200 of contracting."""
    logged = [("contracting", "contracts", 200), ("implementation", "capacity", 250)]
    logged.append(("implementation", "technology", 50))
    hours = [
        {"phase": phase, "lever": lever, "hours": str(hours), "on": "2026-01-31"}
        for phase, lever, hours in logged
    ]
    assert effort(initiative(hours=hours)).ratio == Fraction(3, 2)
    assert effort(initiative(hours=hours[:1])).ratio is None


@pytest.mark.parametrize(
    ("signed", "months"), [("2026-02-04", 0), ("2026-02-05", 1), ("2027-01-05", 12), (None, None)]
)
def test_months_run_from_the_idea_to_the_signed_contract(
    signed: str | None, months: int | None
) -> None:
    """R97: put on file on 5 January 2026; a month is whole on the 5th."""
    agreement = {"name": "contract", "title": "Contract", "kind": "contract", "parties": ["A", "B"]}
    if signed is not None:
        agreement["signed_on"] = signed
    assert months_to_signature(initiative(agreements=[agreement])) == months


def test_documents_taken_over_are_a_share_of_all() -> None:
    """R97."""
    documents = [
        {"document": name, "origin": origin}
        for name, origin in (("a", "reused"), ("b", "adapted"), ("c", "new"), ("d", "new"))
    ]
    found = reuse(initiative(documents=documents))
    assert (found.reused, found.adapted, found.new, found.share) == (1, 1, 2, Fraction(1, 2))
    assert reuse(initiative()).share is None


def test_notes_are_counted_by_readers_and_users_other_than_their_own() -> None:
    """R63: its own department and itself do not count; a note of tomorrow is not shown."""
    note = {"on": "2026-05-01", "says": "Ask the jail early.", "evidence": ["minutes"]}
    own = initiative(
        notes=[
            {**note, "name": "a", "read_by": ["Health", "Probation", "Libraries"]},
            {**note, "name": "b", "reused_by": ["Another", "A made-up initiative"]},
            {**note, "name": "c", "on": "2026-06-02"},
        ]
    )
    assert [(n.name, n.read_by, n.reused_by) for n in notes(held(own), on=ON)] == [
        ("b", 0, 1),
        ("a", 2, 0),
    ]


def test_decisions_without_evidence_are_counted() -> None:
    """R107."""
    decision = {"on": "2026-03-01", "by": "Ash", "says": "Go on", "reasons": "It works"}
    found = initiative(
        decisions=[{**decision, "name": "a"}, {**decision, "name": "b", "evidence": ["run 12"]}]
    )
    assert decisions_without_evidence(found) == ("a",)


def test_what_is_not_known_of_the_tracked_subjects_is_said() -> None:
    """R31: homelessness is tracked in part, spending in full, return to custody not at all."""
    targets = [
        {"name": "homes", "says": "a", "kind": "homelessness", "unit": "people", "baseline": "90"},
        {
            "name": "cost",
            "says": "b",
            "kind": "public-spending",
            "unit": "USD",
            "baseline": "9",
            "target": "5",
            "current": "7",
        },
    ]
    found = {s.kind: s.unknown for s in tracked_subjects(initiative(targets=targets))}
    assert found == {
        "homelessness": ("target", "current value"),
        "return-to-custody": ("baseline", "target", "current value"),
        "public-spending": (),
    }


def test_scale_and_incentives_are_counted() -> None:
    """R64, R65."""
    incentive = {"kind": "match", "recipient": "Health", "condition": "a stream", "value": "1%"}
    one = initiative(
        incentives=[incentive, {**incentive, "taken_up_on": "2026-02-01"}],
        scale=[{"to": "pilot", "on": "2026-01-10"}, {"to": "replicated", "on": "2026-05-10"}],
    )
    found = held(one, initiative())
    assert take_up(found) == (1, 2)
    assert by_scale(found) == {"replicated": 1, "not on file": 1}


def test_where_a_target_stands_is_not_known_before_its_day() -> None:
    """R31: a figure of a later day is not shown as of an earlier one."""
    target = Target.model_validate(
        {
            "name": "kept",
            "says": "Homes kept",
            "kind": "homelessness",
            "unit": "percent",
            "current": "82",
            "current_on": "2022-08-31",
        }
    )
    assert current_by(target, date(2022, 8, 30)) is None
    assert current_by(target, date(2022, 8, 31)) == 82
