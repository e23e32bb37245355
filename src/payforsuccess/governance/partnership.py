"""The partnership test: parts, groups, and the three conditions with what shows each of them.

The three are those of Living Cities (2014): a partnership of decision-makers and doers across
sectors, an agreement to hold each other accountable for a shared goal, and a feedback loop. The
wider literature has five; they can be shown beside the three and are no condition of a gate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    is_from_sources: bool = False

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words; of published sources, what they do not say."""
        if not self.parties:
            return _lacking(self, "party")
        missing = () if self.decision_makers else _lacking(self, "decision-maker")
        return (*missing, *(() if self.doers else _lacking(self, "doer")))


@dataclass(frozen=True)
class GroupFound:
    """One of the groups whose leadership is committed: its champions and owners."""

    group: Group
    champions: tuple[str, ...]
    owners: tuple[str, ...]
    is_from_sources: bool = False

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words; of published sources, what they do not say."""
        return (
            *(() if self.champions else _lacking(self, "champion")),
            *(() if self.owners else _lacking(self, "owner")),
        )


@dataclass(frozen=True)
class TestFound:
    """One condition of the partnership test: what shows it, and what is missing."""

    __test__ = False  # not a test of pytest's

    title: str
    evidence: tuple[str, ...]
    missing: tuple[str, ...]
    is_from_sources: bool = False

    @property
    def standing(self) -> str:
        """Met or not met; not known, where published sources do not say what is missing."""
        if self.is_met:
            return "met"
        return "not known" if self.is_from_sources else "NOT MET"

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
        facts.initiative.is_from_sources,
    )


def _lacking(found: PartFound | GroupFound, thing: str) -> tuple[str]:
    """A blank is nobody in an initiative's own file, and somebody unknown in published sources."""
    return (f"{thing} not known" if found.is_from_sources else f"no {thing}",)


def of_no_sector(facts: Facts) -> tuple[str, ...]:
    """Parties whose sector is not on file, so that they may belong to any part."""
    return tuple(
        each.name
        for each in facts.initiative.organisations
        if each.sector is None and each.takes_part(on=facts.on)
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
            facts.initiative.is_from_sources,
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
    parts, unknown = parts_found(facts), of_no_sector(facts)
    has_gaps = any(each.gaps for each in parts)
    is_from_sources = facts.initiative.is_from_sources
    blank = _blanks(facts)
    return (
        TestFound(
            "A cross-sector partnership of decision-makers and doers",
            tuple(f"{each.part}: {', '.join(each.parties)}" for each in parts if each.parties),
            (
                *(f"{each.part}: {', '.join(each.gaps)}" for each in parts if each.gaps),
                *((f"sector not on file: {', '.join(unknown)}",) if has_gaps and unknown else ()),
            ),
            is_from_sources,
        ),
        TestFound(
            "Mutual accountability for a shared goal",
            (*_goal(facts), *_stakes(facts)),
            (
                *(() if facts.initiative.shared_goal else (blank("shared goal"),)),
                *(blank(f"endorsement of {name}") for name in not_endorsed_by(facts)),
                *(
                    f"what {name} has at stake is not known"
                    if is_from_sources
                    else f"nothing at stake for {name}"
                    for name in _unexposed(facts)
                ),
            ),
            is_from_sources,
        ),
        TestFound(
            "A feedback loop that says whether it is on or off track",
            (*_measured(facts), *_discussed(facts)),
            (
                *(() if _measured(facts) else (blank("metric with a target and where it stands"),)),
                *(() if _discussed(facts) else (blank("meeting with minutes"),)),
            ),
            is_from_sources,
        ),
    )


def five_conditions(facts: Facts) -> tuple[TestFound, ...]:
    """The five of the wider literature, as a view beside the three; no gate asks for them."""
    partnership, _, _ = three_conditions(facts)
    backbone = next(each for each in parts_found(facts) if each.part == "backbone")
    goal, measured, discussed = _goal(facts), _measured(facts), _discussed(facts)
    metric = "metric with a target and where it stands"
    blank = _blanks(facts)
    return tuple(
        TestFound(title, evidence, missing, facts.initiative.is_from_sources)
        for title, evidence, missing in (
            ("Common agenda", goal, _unless(goal, blank("shared goal"))),
            ("Shared measurement", measured, _unless(measured, blank(metric))),
            ("Mutually reinforcing activities", partnership.evidence, partnership.missing),
            (
                "Continuous communication",
                discussed,
                _unless(discussed, blank("meeting with minutes")),
            ),
            ("Backbone support", backbone.parties, backbone.gaps),
        )
    )


def _blanks(facts: Facts) -> Callable[[str], str]:
    """How something that is not on file is said."""
    is_from_sources = facts.initiative.is_from_sources
    return lambda thing: f"{thing} not known" if is_from_sources else f"no {thing}"


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
