"""The partnership test: parts, groups, and the three conditions with what shows each of them.

The three are those of Living Cities (2014): a partnership of decision-makers and doers across
sectors, an agreement to hold each other accountable for a shared goal, and a feedback loop. The
wider literature has five; they can be shown beside the three and are no condition of a gate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.parties import Group, Member, Organisation, Part
from payforsuccess.governance.stakes import exposure_ledger

PARTS: tuple[Part, ...] = get_args(Part)
GROUPS: tuple[Group, ...] = get_args(Group)
ONLY_WITH_INVESTORS: tuple[Part, ...] = ("philanthropic", "private")
"""Parts that bring up-front money, and are not asked of a contract without investors."""


@dataclass(frozen=True)
class PartFound:
    """A part of the partnership: its parties, and whether it has both kinds of people."""

    part: Part
    parties: tuple[str, ...]
    decision_makers: tuple[str, ...]
    doers: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words."""
        if not self.parties:
            return ("no party",)
        missing = [] if self.decision_makers else ["no decision-maker"]
        return (*missing, *([] if self.doers else ["no doer"]))


@dataclass(frozen=True)
class GroupFound:
    """One of the groups whose leadership is committed: its champions and owners."""

    group: Group
    champions: tuple[str, ...]
    owners: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words."""
        return (
            *([] if self.champions else ["no champion"]),
            *([] if self.owners else ["no owner"]),
        )


@dataclass(frozen=True)
class TestFound:
    """One condition of the partnership test: what shows it, and what is missing."""

    __test__ = False  # not a test of pytest's

    title: str
    evidence: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether something shows it and nothing is missing."""
        return bool(self.evidence) and not self.missing


def parts_found(facts: Facts) -> tuple[PartFound, ...]:
    """The six parts, or four of a contract without investors (R75)."""
    with_investors = facts.initiative.contract_type == "with-investors"
    people = people_by_organisation(facts)
    asked = [part for part in PARTS if with_investors or part not in ONLY_WITH_INVESTORS]
    return tuple(_part(facts, part, people) for part in asked)


def _part(facts: Facts, part: Part, people: Mapping[str, Sequence[Member]]) -> PartFound:
    parties = [
        each
        for each in facts.initiative.organisations
        if each.takes_part(on=facts.on) and _is_of(each, part, facts)
    ]
    theirs = [each for party in parties for each in people.get(party.name, ())]
    return PartFound(
        part,
        tuple(each.name for each in parties),
        tuple(each.name for each in theirs if each.decides),
        tuple(each.name for each in theirs if each.does),
    )


def _is_of(organisation: Organisation, part: Part, facts: Facts) -> bool:
    """The last two parts are roles; the other four are sectors."""
    match part:
        case "backbone":
            return organisation.holds("backbone", on=facts.on)
        case "evaluator":
            return organisation.holds("evaluator", "validator", on=facts.on)
        case _:
            return organisation.sector == part


def people_by_organisation(facts: Facts) -> Mapping[str, Sequence[Member]]:
    """Who speaks or works for each organisation on the day."""
    found: dict[str, list[Member]] = {}
    for each in facts.initiative.members:
        if each.is_there(on=facts.on):
            found.setdefault(each.organisation, []).append(each)
    return found


def groups_found(facts: Facts) -> tuple[GroupFound, ...]:
    """The stakeholder map: champions and owners of the five groups (R53)."""
    people = [each for each in facts.initiative.members if each.is_there(on=facts.on)]
    return tuple(
        GroupFound(
            group,
            tuple(each.name for each in people if group in each.champion_of),
            tuple(each.name for each in people if group in each.owner_of),
        )
        for group in GROUPS
    )


def not_endorsed_by(facts: Facts) -> tuple[str, ...]:
    """Parties that have not endorsed the shared goal by the day; all, where there is none (R78)."""
    goal = facts.initiative.shared_goal
    endorsed = {each.by for each in goal.endorsed if each.on <= facts.on} if goal else set()
    return tuple(
        each.name
        for each in facts.initiative.organisations
        if each.takes_part(on=facts.on) and each.name not in endorsed
    )


def three_conditions(facts: Facts) -> tuple[TestFound, ...]:
    """The partnership test with its evidence (R74)."""
    parts = parts_found(facts)
    return (
        TestFound(
            "A cross-sector partnership of decision-makers and doers",
            tuple(f"{each.part}: {', '.join(each.parties)}" for each in parts if each.parties),
            tuple(f"{each.part}: {', '.join(each.gaps)}" for each in parts if each.gaps),
        ),
        TestFound(
            "Mutual accountability for a shared goal",
            (*_goal(facts), *_stakes(facts)),
            (
                *(() if facts.initiative.shared_goal else ("no shared goal",)),
                *(f"no endorsement of {name}" for name in not_endorsed_by(facts)),
                *(f"nothing at stake for {name}" for name in _unexposed(facts)),
            ),
        ),
        TestFound(
            "A feedback loop that says whether it is on or off track",
            (*_measured(facts), *_discussed(facts)),
            (
                *(() if _measured(facts) else ("no metric with a target and where it stands",)),
                *(() if _discussed(facts) else ("no meeting with minutes",)),
            ),
        ),
    )


def five_conditions(facts: Facts) -> tuple[TestFound, ...]:
    """The five of the wider literature, as a view beside the three; no gate asks for them."""
    partnership, _, _ = three_conditions(facts)
    backbone = next(each for each in parts_found(facts) if each.part == "backbone")
    return (
        TestFound("Common agenda", _goal(facts), _unless(_goal(facts), "no shared goal")),
        TestFound(
            "Shared measurement",
            _measured(facts),
            _unless(_measured(facts), "no metric with a target and where it stands"),
        ),
        TestFound("Mutually reinforcing activities", partnership.evidence, partnership.missing),
        TestFound(
            "Continuous communication",
            _discussed(facts),
            _unless(_discussed(facts), "no meeting with minutes"),
        ),
        TestFound("Backbone support", backbone.parties, backbone.gaps),
    )


def _unless(evidence: Sequence[str], missing: str) -> tuple[str, ...]:
    return () if evidence else (missing,)


def _goal(facts: Facts) -> tuple[str, ...]:
    goal = facts.initiative.shared_goal
    return (f"the goal: {goal.says}",) if goal is not None else ()


def _stakes(facts: Facts) -> tuple[str, ...]:
    return tuple(
        f"{each.organisation.name}: {stake.kind.replace('-', ' ')}"
        for each in exposure_ledger(facts.initiative, on=facts.on)
        for stake in each.stakes
    )


def _unexposed(facts: Facts) -> tuple[str, ...]:
    ledger = exposure_ledger(facts.initiative, on=facts.on)
    return tuple(each.organisation.name for each in ledger if each.is_flagged)


def _measured(facts: Facts) -> tuple[str, ...]:
    return tuple(
        f"{each.says}, as of {each.current_on}"
        for each in facts.initiative.targets
        if each.target is not None
        and each.current is not None
        and each.current_on is not None
        and each.current_on <= facts.on
    )


def _discussed(facts: Facts) -> tuple[str, ...]:
    return tuple(
        f"{each.body} met on {each.on}: {each.minutes}"
        for each in facts.initiative.meetings
        if each.minutes is not None and each.on <= facts.on
    )
