"""Who is in the partnership, for which goal, and what each has at stake (R53, R74 to R79)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.errors import Finding
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.partnership import (
    groups_found,
    not_endorsed_by,
    parts_found,
    people_by_organisation,
    three_conditions,
)
from payforsuccess.governance.stakes import exposure_ledger


def _led(facts: Facts) -> Met | Unmet:
    gaps = [f"{each.group}: {', '.join(each.gaps)}" for each in groups_found(facts) if each.gaps]
    if gaps:
        return Unmet(
            f"{'; '.join(gaps).capitalize()}.",
            "Name a champion and an owner of each group: `champion_of` and `owner_of` of members.",
            facts.initiative.place_of("members"),
        )
    return Met("; ".join(f"{each.group}: {each.champions[0]}" for each in groups_found(facts)))


def _has_parts(facts: Facts) -> Met | Unmet:
    parts = parts_found(facts)
    gaps = [f"{each.part}: {', '.join(each.gaps)}" for each in parts if each.gaps]
    if gaps:
        unknown = sum(each.sector is None for each in facts.initiative.organisations)
        said = f" The sector of {unknown} parties is not on file." if unknown else ""
        return Unmet(
            f"{'; '.join(gaps).capitalize()}.{said}",
            "Name the party, and a member who `decides` and one who `does`.",
            facts.initiative.place_of("organisations"),
        )
    return Met(f"{len(parts)} parts, each with a decision-maker and a doer")


def _shared(facts: Facts) -> Met | Unmet:
    goal = facts.initiative.shared_goal
    if goal is None:
        return Unmet(
            "No shared goal is on file.",
            "State it under `shared_goal`: for whom, what changes, how it is measured.",
        )
    open_ = not_endorsed_by(facts)
    where = facts.initiative.place_of("shared_goal", "endorsed")
    if open_:
        return Unmet(
            f"Not on file: the endorsement of {', '.join(open_)}.",
            "Record each party's dated endorsement.",
            where,
        )
    if not facts.initiative.organisations:
        return Unmet("No party is on file.", "State the parties under `organisations`.", where)
    return Met(f"“{goal.says}”, endorsed by every party")


def _exposed(facts: Facts) -> Met | Unmet:
    ledger = exposure_ledger(facts.initiative, on=facts.on)
    flagged = [each.organisation.name for each in ledger if each.is_flagged]
    where = facts.initiative.place_of("organisations")
    if not any(each.stakes for each in ledger):
        return Unmet(
            "No party has anything at stake on file.",
            "State what each stands to lose or gain under `stakes`.",
            where,
        )
    if flagged:
        return Unmet(
            f"Nothing at stake on file for {', '.join(flagged)}.",
            "State what each stands to lose or gain under `stakes`.",
            where,
        )
    return Met(f"{sum(bool(each.stakes) for each in ledger)} parties stand to lose or gain")


def _tested(facts: Facts) -> Met | Unmet:
    tests = three_conditions(facts)
    failed = [each for each in tests if not each.is_met]
    if failed:
        return Unmet(
            " ".join(f"{each.title}: {'; '.join(each.missing)}." for each in failed),
            "Put what is missing on record.",
        )
    return Met("; ".join(f"{each.title.lower()}: {each.evidence[0]}" for each in tests))


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative, people = facts.initiative, people_by_organisation(facts)
    for number, organisation in enumerate(initiative.organisations):
        if organisation.sector != "public" or not organisation.takes_part(on=facts.on):
            continue
        levels = {each.seniority for each in people.get(organisation.name, ())}
        if len(levels) == 1:
            yield Finding(
                "seniority",
                f"{organisation.name} takes part at one level only: {levels.pop()}.",
                initiative.place_of("organisations", number),
            )
    flagged = [
        each.organisation.name
        for each in exposure_ledger(initiative, on=facts.on)
        if each.is_flagged
    ]
    if flagged:
        yield Finding(
            "exposure",
            f"With nothing at stake on file: {', '.join(flagged)}.",
            initiative.place_of("organisations"),
        )


THEME = Theme(
    "partnership",
    (
        Condition(
            "leadership-across-groups",
            ("R53",),
            "Board, chief executive, agencies, providers and philanthropy each have a champion and "
            "an owner.",
            _led,
        ),
        Condition(
            "partnership-parts",
            ("R75",),
            "Each part of the partnership has a party, a decision-maker and a doer.",
            _has_parts,
        ),
        Condition(
            "shared-goal-endorsed",
            ("R78",),
            "Every party has endorsed one shared goal.",
            _shared,
        ),
        Condition(
            "exposure-stated",
            ("R79",),
            "It is on file what each party stands to lose or gain.",
            _exposed,
        ),
        Condition(
            "partnership-tested",
            ("R74",),
            "Partnership, mutual accountability and a feedback loop are each shown.",
            _tested,
        ),
    ),
    findings=_findings,
)
