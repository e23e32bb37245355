"""Who is in the partnership, for which goal, and what each has at stake."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions.partnership import THEME
from payforsuccess.governance.partnership import (
    five_conditions,
    groups_found,
    parts_found,
    three_conditions,
)
from payforsuccess.governance.stakes import at_stake, exposure_ledger, parties_by_role
from tests.lib.deals import CITY, COUNTY, EVALUATOR, INVESTOR, PROVIDER
from tests.lib.initiatives import (
    MEMBERS,
    ON,
    ORGANISATIONS,
    PLANNED,
    facts_of,
    feedback_loop,
    missing,
    said,
    shown_by,
)

GROUPS = ["board", "chief-executive", "agencies", "providers", "philanthropy"]
FOUNDATION = "Gorse Foundation"
LENDERS: list[dict[str, Any]] = [
    {
        "name": INVESTOR,
        "sector": "private",
        "roles": [{"role": "investor"}],
        "stakes": [{"kind": "capital", "amount": "700000", "says": "a senior loan"}],
    },
    {
        "name": FOUNDATION,
        "sector": "philanthropic",
        "roles": [{"role": "investor"}, {"role": "adviser", "until": "2026-03-31"}],
        "stakes": [{"kind": "capital", "amount": "300000", "says": "a second loan"}],
    },
]
EVERYONE = [COUNTY, CITY, PROVIDER, EVALUATOR]
GOAL: dict[str, Any] = {
    "says": "Fewer people leave jail without a home",
    "population": "people about to leave jail",
    "change": "a home of their own",
    "measure": "days housed",
    "endorsed": [{"by": name, "on": "2026-04-01"} for name in EVERYONE],
}
STAKES = [
    each if each.get("stakes") else {**each, "stakes": [{"kind": "reputation", "says": "its name"}]}
    for each in ORGANISATIONS
]


def both(name: str, organisation: str) -> dict[str, Any]:
    """A member who decides and one who does, in one person."""
    return {
        "name": name,
        "organisation": organisation,
        "seniority": "executive",
        "decides": "true",
        "does": "true",
    }


def test_every_group_has_a_champion_and_an_owner() -> None:
    """R53: at least one named champion and one owner per group; empty groups are flagged."""
    members = [{**MEMBERS[0], "champion_of": GROUPS, "owner_of": GROUPS[1:]}, *MEMBERS[1:]]
    facts = facts_of(PLANNED, members=members)
    assert missing(THEME, "leadership-across-groups", facts) == "Board: no owner."
    members = [{**MEMBERS[0], "champion_of": GROUPS, "owner_of": GROUPS}, *MEMBERS[1:]]
    assert shown_by(THEME, "leadership-across-groups", facts_of(PLANNED, members=members))
    assert all(each.gaps == ("no champion", "no owner") for each in groups_found(facts_of(PLANNED)))


def test_a_champion_who_left_is_none() -> None:
    """R53: the map is of the day."""
    left = {
        **MEMBERS[0],
        "champion_of": GROUPS,
        "owner_of": GROUPS,
        "until": "2026-05-31",
    }
    facts = facts_of(PLANNED, members=[left, *MEMBERS[1:]])
    assert missing(THEME, "leadership-across-groups", facts)


@pytest.mark.parametrize(("kind", "parts"), [("with-investors", 6), ("without-investors", 4)])
def test_each_part_has_a_party_a_decision_maker_and_a_doer(kind: str, parts: int) -> None:
    """R75: six parts; those that bring capital are asked only where there is capital."""
    members = [both(f"Person {at}", each["name"]) for at, each in enumerate([*STAKES, *LENDERS])]
    facts = facts_of(
        PLANNED, contract_type=kind, organisations=[*STAKES, *LENDERS], members=members
    )
    assert len(parts_found(facts)) == parts
    assert shown_by(THEME, "partnership-parts", facts).startswith(f"{parts} parts")


def test_gaps_of_parts_are_shown() -> None:
    """R75: gaps are shown."""
    facts = facts_of(PLANNED, contract_type="with-investors")
    assert missing(THEME, "partnership-parts", facts) == (
        "Philanthropic: no party; private: no party; non-profit: no doer; backbone: no doer; "
        "evaluator: no decision-maker, no doer."
    )


def test_a_party_with_several_roles_counts_its_money_once() -> None:
    """R76: reports list it once per role without double-counting money."""
    day = date(2026, 3, 1)
    facts = facts_of(PLANNED, organisations=[*ORGANISATIONS, *LENDERS], on=day)
    roles = parties_by_role(facts.initiative, on=day)
    assert roles["investor"] == (INVESTOR, FOUNDATION)
    assert roles["adviser"] == (FOUNDATION,)
    assert at_stake(facts.initiative, on=day)["capital"] == 1_000_000
    later = parties_by_role(facts.initiative, on=date(2026, 4, 1))
    assert "adviser" not in later


def test_a_public_body_with_one_level_only_is_flagged() -> None:
    """R77: government takes part at secretary level and at staff level."""
    told = [each for each in THEME.findings(facts_of(PLANNED)) if each.topic == "seniority"]
    assert said(told) == [f"{CITY} takes part at one level only: executive."]


def test_the_shared_goal_needs_the_dated_word_of_every_party() -> None:
    """R78: one goal with population, change and measure; every party's endorsement is dated."""
    facts = facts_of(PLANNED, shared_goal=GOAL)
    assert GOAL["says"] in shown_by(THEME, "shared-goal-endorsed", facts)
    before = facts_of(PLANNED, shared_goal=GOAL, on=date(2026, 3, 31))
    assert missing(THEME, "shared-goal-endorsed", before) == (
        f"Not on file: the endorsement of {', '.join(EVERYONE)}."
    )
    assert missing(THEME, "shared-goal-endorsed", facts_of(PLANNED))
    assert missing(THEME, "shared-goal-endorsed", facts_of(shared_goal={**GOAL, "endorsed": []}))


def test_parties_with_nothing_at_stake_are_flagged_but_for_the_evaluator() -> None:
    """R79: what each party stands to lose or gain; parties with none are flagged."""
    ledger = exposure_ledger(facts_of(PLANNED).initiative, on=ON)
    assert [each.organisation.name for each in ledger if each.is_flagged] == [CITY]
    assert missing(THEME, "exposure-stated", facts_of(PLANNED)) == (
        f"Nothing at stake on file for {CITY}."
    )
    assert any(CITY in each for each in said(THEME.findings(facts_of(PLANNED))))
    assert shown_by(THEME, "exposure-stated", facts_of(PLANNED, organisations=STAKES))
    assert missing(THEME, "exposure-stated", facts_of())


def partnered(**changes: Any) -> dict[str, Any]:
    """All that the partnership test asks of a contract without investors."""
    plain = {
        **PLANNED,
        "organisations": STAKES,
        "members": [both(f"Person {at}", name) for at, name in enumerate(EVERYONE)],
        "shared_goal": GOAL,
        **feedback_loop(chair="Person 0"),
        "team": None,
    }
    return {key: value for key, value in {**plain, **changes}.items() if value is not None}


def test_the_three_conditions_are_met_with_evidence() -> None:
    """R74: partnership, mutual accountability, feedback loop, each with linked evidence."""
    facts = facts_of(partnered())
    assert [each.is_met for each in three_conditions(facts)] == [True, True, True]
    assert all(each.evidence for each in three_conditions(facts))
    assert "backbone: Cedar Homes" in three_conditions(facts)[0].evidence
    assert shown_by(THEME, "partnership-tested", facts)


@pytest.mark.parametrize(
    ("changes", "fails", "says"),
    [
        ({"members": MEMBERS}, 0, "evaluator: no decision-maker, no doer"),
        ({"shared_goal": None}, 1, "no shared goal"),
        ({"organisations": ORGANISATIONS}, 1, f"nothing at stake for {CITY}"),
        ({"targets": None}, 2, "no metric with a target"),
        ({"meetings": None}, 2, "no meeting with minutes"),
    ],
)
def test_a_condition_of_the_partnership_test_fails_alone(
    changes: dict[str, Any], fails: int, says: str
) -> None:
    """R74: the three conditions each met or not."""
    facts = facts_of(partnered(**changes))
    assert [each.is_met for each in three_conditions(facts)] == [at != fails for at in range(3)]
    assert says in missing(THEME, "partnership-tested", facts)


def test_the_five_of_the_literature_are_a_view_beside_the_three() -> None:
    """R74: the test is the three; goal, feedback and partnership map onto the five."""
    assert [each.is_met for each in five_conditions(facts_of(partnered()))] == [True] * 5
    assert [each.is_met for each in five_conditions(facts_of(partnered(meetings=None)))] == [
        True,
        True,
        True,
        False,
        True,
    ]
