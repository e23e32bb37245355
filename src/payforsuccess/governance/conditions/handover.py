"""The end of a deal: nobody's services end with it unless someone has taken them over (R126)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.handover import GroupHandedOver, Handover


def _agreed(facts: Facts) -> Met | Unmet:
    handover = facts.initiative.handover
    if (found := _nobody(handover, facts)) is not None or handover is None:
        return found or _nothing(facts)
    open_ = [each.name for each in handover.groups if not each.is_agreed(on=facts.on)]
    if open_:
        return Unmet(
            f"Nobody has agreed on paper to go on serving: {', '.join(open_)}.",
            "Agree it before the deal ends, and give `agreed_on` and `paper`.",
            facts.initiative.place_of("handover", "groups"),
        )
    told = "; ".join(f"{each.name}: {each.to}, paid by {each.paid_by}" for each in handover.groups)
    return Met(f"{_people(handover)}. {told}")


def _done(facts: Facts) -> Met | Unmet:
    handover = facts.initiative.handover
    if (found := _nobody(handover, facts)) is not None or handover is None:
        return found or _nothing(facts)
    open_ = [
        f"{each.name} ({_lacks(each, facts)})"
        for each in handover.groups
        if not (each.is_told(on=facts.on) and each.is_done(on=facts.on))
    ]
    if open_:
        return Unmet(
            f"Not handed over: {', '.join(open_)}.",
            "Tell them, hand them over, and give `told_on` and `done_on`.",
            facts.initiative.place_of("handover", "groups"),
        )
    last = max(each.done_on for each in handover.groups if each.done_on is not None)
    return Met(f"{_people(handover)}, the last on {last}")


def _nobody(handover: Handover | None, facts: Facts) -> Met | Unmet | None:
    if handover is None or handover.nobody is None:
        return None
    if handover.nobody.on > facts.on:
        return Unmet(
            f"That nobody is in services was found on {handover.nobody.on}, after this day.",
            "Find it by the day, or say who is served, and by whom from then on.",
            facts.initiative.place_of("handover", "nobody"),
        )
    return Met(f"nobody is in services, found by {handover.nobody.by} on {handover.nobody.on}")


def _nothing(facts: Facts) -> Unmet:
    return Unmet(
        "It is not on file who goes on serving the people in services.",
        "State it under `handover`, group by group; or that nobody is in services, and who found "
        "it.",
        facts.initiative.place_of("handover"),
    )


def _lacks(group: GroupHandedOver, facts: Facts) -> str:
    if group.is_told(on=facts.on):
        return "told"
    return "not told" if not group.is_done(on=facts.on) else "served by the other, but not told"


def _people(handover: Handover) -> str:
    people = sum(each.people for each in handover.groups)
    groups = len(handover.groups)
    return f"{people:,} {'person' if people == 1 else 'people'} in {counted(groups, 'group')}"


def _problems(facts: Facts) -> Iterator[Problem]:
    handover = facts.initiative.handover
    for at, group in enumerate(handover.groups if handover is not None else ()):
        where = facts.initiative.place_of("handover", "groups", at)
        if group.done_on is None or group.done_on > facts.on:
            continue
        if group.told_on is not None and group.told_on > group.done_on:
            yield Problem(
                f"The people of {group.name} were handed over on {group.done_on}, before they "
                f"were told on {group.told_on}.",
                "Correct the day, or say in the harm log what happened.",
                where,
            )
        if group.agreed_on is None or group.agreed_on > group.done_on:
            yield Problem(
                f"The people of {group.name} were handed over on {group.done_on} to someone who "
                "had not agreed to it.",
                "Give `agreed_on`, the day of the agreement.",
                where,
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    handover = facts.initiative.handover
    for at, group in enumerate(handover.groups if handover is not None else ()):
        late = (facts.on - group.from_).days
        if late > 0 and not group.is_done(on=facts.on):
            yield Finding(
                "handover",
                f"{group.name}: {group.to} was to serve them from {group.from_}, "
                f"{counted(late, 'day')} ago, and does not serve all of them yet.",
                facts.initiative.place_of("handover", "groups", at),
            )


THEME = Theme(
    "handover",
    (
        Condition(
            "handover-agreed",
            ("R126",),
            "Someone has agreed to go on serving each person in services when the deal ends.",
            _agreed,
        ),
        Condition(
            "people-handed-over",
            ("R126",),
            "Each person in services was told, and is served by another.",
            _done,
        ),
    ),
    _problems,
    _findings,
)
