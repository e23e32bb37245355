"""Ethics: what must be on record before anyone is assigned at random (R114)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.voice import EthicsRecord
from payforsuccess.trail import fingerprint


def assigns_at_random(facts: Facts) -> bool:
    """Whether the initiative or a plan of its deal assigns people at random."""
    return facts.initiative.uses_random_assignment or bool(_plans(facts))


def is_assignment_known(facts: Facts) -> bool:
    """Whether it is on file, by the initiative or by a deal, if anyone is assigned at random."""
    return facts.deal is not None or "uses_random_assignment" in facts.initiative.model_fields_set


def why_not_in_force(record: EthicsRecord, facts: Facts) -> str:
    """Why a record does not let people be assigned on the day; empty where it does."""
    if record.on > facts.on:
        return f"it is of {record.on}"
    if record.decision == "refused":
        return f"{record.board} refused"
    if record.expires_on is not None and record.expires_on < facts.on:
        return f"it ended on {record.expires_on}"
    if record.anyone_in_custody and record.custody_basis is None:
        return (
            "people in custody are among those assigned, and its basis under 45 CFR 46 Subpart C "
            "is not stated; Counsel checks"
        )
    return ""


def _in_force(facts: Facts) -> Met | Unmet:
    if not assigns_at_random(facts):
        if not is_assignment_known(facts):
            return Unmet(
                "Whether people are assigned at random is not on file.",
                "Write `uses_random_assignment: false`; or `true`, with the ethics record.",
            )
        return Met("nobody is assigned at random")
    records = facts.initiative.ethics
    if not records:
        return Unmet(
            "People are to be assigned at random, and no ethics record is on file.",
            "Record the board's decision with its basis under `ethics`; assign nobody before.",
        )
    reasons = [(why_not_in_force(each, facts), each) for each in records]
    holding = [each for why, each in reasons if not why]
    if holding:
        last = holding[-1]
        until = f", until {last.expires_on}" if last.expires_on is not None else ""
        return Met(f"{last.board}, {last.on}: {last.decision.replace('-', ' ')}{until}")
    return Unmet(
        f"No ethics record is in force: {'; '.join(why for why, _ in reasons)}.",
        "Have it decided, or renewed; assign nobody before.",
        facts.initiative.place_of("ethics", len(records) - 1),
    )


def drawn_by_list(facts: Facts) -> Met | Unmet:
    """Whether those whom chance assigned stand on the list of draws; met where chance does not."""
    if not assigns_at_random(facts):
        return _in_force(facts)
    drawn = [each for each in facts.drawn if each.on <= facts.on]
    if not drawn:
        return Unmet(
            "People are to be assigned at random, and nobody stands on the list of draws.",
            "Draw with `pfs assign`, which keeps each draw with the ethics record it rests on.",
        )
    people = sum(each.people for each in drawn)
    first, last = min(each.on for each in drawn), max(each.on for each in drawn)
    days = f"on {first}" if first == last else f"from {first} to {last}"
    return Met(f"{people:,} drawn {days}, each under a record")


def _plans(facts: Facts) -> list[str]:
    """The deal's evaluation plans that assign at random."""
    if facts.deal is None:
        return []
    return [name for name, plan in facts.deal.evaluation.items() if plan.design == "randomised"]


def _problems(facts: Facts) -> Iterator[Problem]:
    plans = _plans(facts)
    if plans and not facts.initiative.uses_random_assignment:
        yield Problem(
            f"The deal's plan {plans[0]} assigns people at random, and the initiative says that "
            "nobody is.",
            "Write `uses_random_assignment: true`.",
            facts.initiative.place_of("uses_random_assignment"),
        )
    for each in facts.drawn:
        if each.on <= facts.on and each.ethics not in _in_force_on(each.on, facts):
            yield Problem(
                f"The draw of {each.on}, of {counted(each.people, 'person')}, names an ethics "
                "record that is not on file as in force on that day.",
                "Put the record back as it was; a renewal is an entry of its own under `ethics`.",
                facts.initiative.place_of("ethics"),
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    for number, record in enumerate(initiative.ethics):
        where = initiative.place_of("ethics", number)
        if record.expires_on is not None and record.on <= facts.on:
            left = (record.expires_on - facts.on).days
            if left < 0:
                yield Finding(
                    "ethics", f"An ethics record ended {counted(-left, 'day')} ago.", where
                )
            elif left <= initiative.expiry_days:
                yield Finding("ethics", f"An ethics record ends in {counted(left, 'day')}.", where)
        if record.anyone_in_custody and record.decision == "exempt":
            yield Finding(
                "ethics",
                "Research with people in custody is not exempt under 45 CFR 46 Subpart C. Counsel "
                "checks whether that binds here.",
                where,
            )


def _in_force_on(day: date, facts: Facts) -> set[str]:
    """The checksums of the records that let people be assigned on a day."""
    then = replace(facts, on=day)
    return {
        fingerprint(each.as_plain())
        for each in facts.initiative.ethics
        if not why_not_in_force(each, then)
    }


THEME = Theme(
    "ethics",
    (
        Condition(
            "ethics-in-force",
            ("R114",),
            "An ethics record is in force before anyone is assigned at random.",
            _in_force,
        ),
    ),
    _problems,
    _findings,
)
