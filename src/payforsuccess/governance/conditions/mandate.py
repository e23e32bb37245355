"""The Board's directions and the advisory group (R15 to R21, R28)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.clock import clocks_between, is_before, report_clock
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.mandate import Adviser, AdvisoryGroup
from payforsuccess.governance.plain_name import ALIKE, name_shape, plain_name

OFFICES = {
    "auditor-controller": "the Auditor-Controller",
    "county-counsel": "County Counsel",
    "internal-services": "the Director of Internal Services",
    "treasurer-tax-collector": "the Treasurer and Tax Collector",
}
"""The offices that the motion names, beside at least one external expert."""


_NO_EXPERT = Unmet("No external expert is on file.", "State the group and its members.")


def _seated(facts: Facts) -> Met | Unmet:
    group = facts.initiative.advisory_group
    if group is None:
        return Unmet("No advisory group is on file.", "State it under `advisory_group`.")
    seated = [
        each for each in group.members if each.seated_on is not None and each.seated_on <= facts.on
    ]
    missing = [
        title
        for office, title in OFFICES.items()
        if not any(each.kind == "office" and each.office == office for each in seated)
    ]
    if not any(each.kind == "external" for each in seated):
        missing.append("an external expert")
    if missing:
        return Unmet(
            f"Not seated: {', '.join(missing)}.",
            "Seat them, and give `seated_on`.",
            facts.initiative.place_of("advisory_group", "members"),
        )
    return Met(f"{counted(len(seated), 'member')} {'is' if len(seated) == 1 else 'are'} seated")


def _external(facts: Facts) -> list[tuple[int, Adviser]]:
    """The external experts with their places in the list."""
    group = facts.initiative.advisory_group
    return [
        (number, each)
        for number, each in enumerate(group.members if group else ())
        if each.kind == "external"
    ]


def _attested(facts: Facts) -> Met | Unmet:
    experts = _external(facts)
    if not experts:
        return _NO_EXPERT
    open_ = [
        number
        for number, each in experts
        if each.attestation is None or each.attestation.on > facts.on
    ]
    if open_:
        return Unmet(
            f"Not signed that the time is given free: {counted(len(open_), 'external expert')}.",
            "Record the signed form under `attestation`.",
            facts.initiative.place_of("advisory_group", "members", open_[0]),
        )
    return Met("every external expert has signed")


def _cleared(facts: Facts) -> Met | Unmet:
    experts = _external(facts)
    if not experts:
        return _NO_EXPERT
    open_ = [
        number for number, each in experts if each.clearance is None or each.clearance.on > facts.on
    ]
    if open_:
        return Unmet(
            f"Without a clearance of Counsel: {counted(len(open_), 'external expert')}.",
            "Record who cleared them, when, and on what basis.",
            facts.initiative.place_of("advisory_group", "members", open_[0]),
        )
    return Met("Counsel cleared every external expert")


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    group = initiative.advisory_group
    if group is None:
        return
    for number, task in enumerate(group.tasks):
        if task.purpose != "blueprint":
            yield Problem(
                f"The advisory group has a {task.kind} that is not for the blueprint.",
                "Take it out: the group has one purpose only, to develop the blueprint.",
                initiative.place_of("advisory_group", "tasks", number, "purpose"),
            )
    unpaid = {plain_name(name) for name in _unpaid(group)}
    for number, payment in enumerate(group.payments):
        if payment.is_for_this_work and plain_name(payment.to) in unpaid:
            yield Problem(
                "An external expert, or the expert's firm, was paid for this work.",
                "Only experts who give their time free may be considered; Counsel decides.",
                initiative.place_of("advisory_group", "payments", number),
            )
    for number, member in enumerate(group.members):
        if member.kind == "external" and member.seated_on and member.clearance is None:
            yield Problem(
                "An external expert is seated without Counsel's clearance.",
                "Record the clearance, or take the day of the seat out.",
                initiative.place_of("advisory_group", "members", number),
            )


def _unpaid(group: AdvisoryGroup) -> set[str]:
    """Those who may not be paid: external experts, their firms, firms under common control."""
    return {
        name
        for each in group.members
        if each.kind == "external"
        for name in (each.name, each.organisation, *each.affiliates)
    }


def _paid_alike(facts: Facts, group: AdvisoryGroup) -> Iterator[Finding]:
    """Payments to a name that only looks like one of those: a person looks at it."""
    unpaid = _unpaid(group)
    plain = {plain_name(name) for name in unpaid}
    shapes = {name_shape(name) for name in unpaid}
    for number, payment in enumerate(group.payments):
        shape = name_shape(payment.to)
        is_alike = shape in shapes or get_close_matches(shape, shapes, n=1, cutoff=ALIKE)
        if payment.is_for_this_work and plain_name(payment.to) not in plain and is_alike:
            yield Finding(
                "advisers",
                "A payment for this work went to a name written much like that of an external "
                "expert or the expert's firm: look whether it is the same.",
                facts.initiative.place_of("advisory_group", "payments", number),
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    if initiative.advisory_group is not None:
        yield from _paid_alike(facts, initiative.advisory_group)
    motion = initiative.motion
    if motion is None:
        return
    clock = report_clock(motion, on=facts.on)
    between = clocks_between(motion, on=facts.on)
    if is_before(motion, on=facts.on):
        yield Finding(
            "report",
            "The motion was not adopted by then, so no clock of a report runs yet.",
            initiative.place_of("motion"),
        )
    elif between is not None:
        first, last = between
        yield Finding(
            "report",
            f"The report within {motion.report_within_days} days was due between {first.due} and "
            f"{last.due}, as the motion was adopted between {first.adopted_on} and "
            f"{last.adopted_on}: counted from the first of these {first.status}, from the last "
            f"{last.status}.",
            initiative.place_of("motion", "adopted_between"),
        )
    elif clock is None:
        yield Finding(
            "report",
            "The day on which the motion was adopted is not known, so no due day is computed.",
            initiative.place_of("motion", "adopted_on"),
        )
    else:
        past = (
            f"; {clock.days_past_first} days after the first due day, {clock.first_due}"
            if clock.days_past_first and clock.due != clock.first_due
            else ""
        )
        yield Finding(
            "report",
            f"The report within {motion.report_within_days} days was due on {clock.due}: "
            f"{clock.status}{past}.",
            initiative.place_of("motion"),
        )
    for number, direction in enumerate(motion.directions):
        where = initiative.place_of("motion", "directions", number)
        told = f"{direction.says} ({direction.owner})"
        if direction.status == "done" and not direction.evidence:
            yield Finding("directions", f"A direction is done, and nothing shows it: {told}", where)
        if direction.status == "done" and direction.shown_done_on is None:
            said = f"A direction is stated as done, and no day is on file: {told}"
            yield Finding("directions", said, where)
        if direction.status == "unknown":
            said = f"Whether a direction was done is not known: {told}"
            yield Finding("directions", said, where)
        if direction.due is not None and direction.is_overdue(on=facts.on):
            late = (facts.on - direction.due).days
            said = f"A direction of the Board is {counted(late, 'day')} overdue: {told}"
            yield Finding("directions", said, where)


THEME = Theme(
    "mandate",
    (
        Condition(
            "advisory-group-seated",
            ("R16",),
            "The named offices and at least one external expert sit on the advisory group.",
            _seated,
        ),
        Condition(
            "advisers-unpaid",
            ("R18",),
            "Every external expert has signed that the time is given free.",
            _attested,
        ),
        Condition(
            "advisers-cleared",
            ("R20",),
            "Counsel has cleared every external expert.",
            _cleared,
        ),
    ),
    _problems,
    _findings,
)
