"""The four levers: none unrated and none at a level that blocks (R90, R94)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.levers import LeversOf, levers_of, overdue, to_be_rated


def levers_on(facts: Facts) -> tuple[LeversOf, ...]:
    """The levers of all who are rated on the day; empty without capacities on file."""
    if facts.capacity is None or facts.capacity_set is None:
        return ()
    return levers_of(facts.initiative, facts.capacity, facts.capacity_set, on=facts.on)


def _rated(facts: Facts) -> Met | Unmet:
    if facts.capacity is None or facts.capacity_set is None:
        return Unmet(
            "No capacities are rated.",
            "Rate the government and each provider in capacity.yaml beside the initiative.",
        )
    kinds = {kind for _, kind in to_be_rated(facts.initiative, on=facts.on)}
    if kinds != {"government", "provider"}:
        missing = "payor" if "government" not in kinds else "provider"
        return Unmet(
            f"No {missing} is on file whose capacity could be rated.",
            "Name it under `organisations`.",
            facts.initiative.place_of("organisations"),
        )
    found = levers_on(facts)
    blocked = [
        f"{one.organisation}, as {one.rated_as}, {lever.lever} ({lever.why_blocked})"
        for one in found
        for lever in one.levers
        if lever.is_blocking
    ]
    if blocked:
        return Unmet(
            f"These levers block: {'; '.join(blocked)}.",
            "Plan what raises them, and rate again; `pfs registers` shows them side by side.",
            facts.capacity.place_of("ratings"),
        )
    lowest = min(lever.lowest for one in found for lever in one.levers if lever.lowest is not None)
    rated = counted(len(found), "organisation")
    return Met(f"all four levers of {rated} are rated, the lowest at {lowest}")


def _problems(facts: Facts) -> Iterator[Problem]:
    file, rated_by = facts.capacity, facts.capacity_set
    if file is None or rated_by is None:
        return
    known = {each.name for each in rated_by.capacities}
    rated = {name for name, _ in to_be_rated(facts.initiative, on=facts.on)}
    everyone = rated | {each.name for each in facts.initiative.organisations}
    entries = (
        *(
            ("ratings", at, each.capacity, each.organisation)
            for at, each in enumerate(file.ratings)
        ),
        *(
            ("improvements", at, each.capacity, each.organisation)
            for at, each in enumerate(file.improvements)
        ),
    )
    for register, at, capacity, organisation in entries:
        if capacity not in known:
            yield Problem(
                f"`{capacity}` is no capacity of the set {rated_by.name}.",
                f"Use one of: {', '.join(each.name for each in rated_by.capacities)}.",
                file.place_of(register, at, "capacity"),
            )
        if organisation not in everyone:
            yield Problem(
                f"{organisation} is rated and takes no part in the initiative.",
                "Name it as initiative.yaml does.",
                file.place_of(register, at, "organisation"),
            )
    for at, rating in enumerate(file.ratings):
        if rating.level >= rated_by.evidence_from and rating.evidence is None:
            yield Problem(
                f"A level of {rating.level} is given without evidence.",
                f"From level {rated_by.evidence_from} on say what shows it, under `evidence`.",
                file.place_of("ratings", at),
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    file = facts.capacity
    if file is None:
        return
    late: dict[str, list[str]] = {}
    for organisation, found in overdue(levers_on(facts), on=facts.on):
        names = late.setdefault(organisation, [])
        if found.capacity.name not in names:
            names.append(found.capacity.name)
    for organisation, names in late.items():
        yield Finding(
            "capacity",
            f"{organisation}: {counted(len(names), 'capacity')} "
            f"{'was' if len(names) == 1 else 'were'} to be rated again by now: {', '.join(names)}.",
            file.place_of("ratings"),
        )


THEME = Theme(
    "capacity",
    (
        Condition(
            "levers-rated",
            ("R90", "R94"),
            "Policy, technology, contracts and capacity are rated, and none is at a level that "
            "blocks.",
            _rated,
        ),
    ),
    _problems,
    _findings,
)
