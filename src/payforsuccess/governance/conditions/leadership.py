"""The payor's part: who pays, is engaged, committed, and supports what is funded (R34 to R40)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.contacts import contacts
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.outcomes_approved import approvals_of_outcomes

_NO_PAYOR = Unmet("No end payor is named.", "Name each under `payors`, with its share.")


def _payors_named(facts: Facts) -> Met | Unmet:
    initiative = facts.initiative
    if not initiative.payors:
        return _NO_PAYOR
    open_, named = [], []
    for each in initiative.payors:
        organisation = initiative.organisation(each.organisation)
        level = organisation.level if organisation is not None else None
        if level is None:
            open_.append(f"the level of government of {each.organisation}")
        if each.share is None:
            open_.append(f"the share of {each.organisation}")
        else:
            named.append(f"{each.organisation} ({level}) {_percent(each.share)}")
    where = initiative.place_of("payors")
    if open_:
        return Unmet(f"Not on file: {', '.join(open_)}.", "State each of them.", where)
    total = sum(each.share or 0 for each in initiative.payors)
    if total != 1:
        return Unmet(
            f"The shares of each payment add up to {_percent(Fraction(total))}.",
            "Correct them to 100%.",
            where,
        )
    return Met(", ".join(named))


def _engaged(facts: Facts) -> Met | Unmet:
    initiative = facts.initiative
    if not initiative.payors:
        return _NO_PAYOR
    first = _first_engagement(facts)
    if first is None:
        return Unmet(
            "No contact with an end payor is on file.",
            "Record it under `engagements`, before population, intervention and targets are "
            "settled.",
            initiative.place_of("engagements"),
        )
    return Met(f"first engaged on {first}")


def _first_engagement(facts: Facts) -> date | None:
    initiative = facts.initiative
    days = [
        each.on
        for each in initiative.engagements
        if each.organisation in initiative.payor_names and each.on <= facts.on
    ]
    return min(days, default=None)


def _committed(facts: Facts) -> Met | Unmet:
    given = [each for each in facts.initiative.commitments if each.on <= facts.on]
    if not given:
        return Unmet(
            "No commitment of a leader who holds a budget is on file.",
            "Record the commitment, by convening, letter, op-ed or another method, with its paper.",
            facts.initiative.place_of("commitments"),
        )
    first = min(given, key=lambda each: each.on)
    method = "another method" if first.method == "other" else first.method
    return Met(
        f"{len(given)} on file, the earliest of {first.on}: {first.leader}, {first.organisation}, "
        f"by {method}"
    )


def _goals_fit(facts: Facts) -> Met | Unmet:
    initiative = facts.initiative
    if not initiative.goals:
        return Unmet(
            "No goal of the initiative is on file.",
            "State each under `goals`, with the payor's goal it serves.",
            initiative.place_of("goals"),
        )
    unmapped = [each.says for each in initiative.goals if each.serves is None]
    unconfirmed = [
        each.says
        for each in initiative.goals
        if each.serves is not None
        and (
            each.confirmed is None
            or each.confirmed.on > facts.on
            or each.confirmed.by not in initiative.payor_names
        )
    ]
    if unmapped or unconfirmed:
        said = [f"serving no goal of a payor: {'; '.join(unmapped)}"] if unmapped else []
        said += [f"not confirmed by a payor: {'; '.join(unconfirmed)}"] if unconfirmed else []
        return Unmet(
            f"Goals {', and '.join(said)}.",
            "Give `serves` and the payor's dated `confirmed`.",
            initiative.place_of("goals"),
        )
    return Met(f"{counted(len(initiative.goals), 'goal')}, each confirmed by a payor")


def _intervention_endorsed(facts: Facts) -> Met | Unmet:
    initiative = facts.initiative
    if not initiative.payors:
        return _NO_PAYOR
    if initiative.intervention is None:
        return Unmet("No intervention is named.", "Name it.", initiative.place_of("intervention"))
    endorsed = {
        each.by: each.on
        for each in initiative.approvals
        if each.of == "intervention" and each.on <= facts.on
    }
    open_ = [payor for payor in initiative.payor_names if payor not in endorsed]
    if open_:
        return Unmet(
            f"Not on file: the endorsement of {', '.join(open_)}.",
            "Record the endorsement under `approvals`, with `of: intervention`.",
            initiative.place_of("approvals"),
        )
    return Met("; ".join(f"{payor} on {endorsed[payor]}" for payor in initiative.payor_names))


def _outcomes_approved(facts: Facts) -> Met | Unmet:
    initiative, deal = facts.initiative, facts.deal
    if not initiative.payors:
        return _NO_PAYOR
    if deal is None:
        return Unmet(
            "No deal is on file, so there are no outcomes to approve.",
            "Put deal.yaml beside the initiative.",
        )
    approvals = approvals_of_outcomes(initiative, deal, on=facts.on)
    fallen = [each for each in approvals if each.last and not each.stands]
    void = [f"{each.payor}, {each.last.on}" for each in fallen if each.last and each.is_bound]
    loose = [f"{each.payor}, {each.last.on}" for each in fallen if each.last and not each.is_bound]
    none = [each.payor for each in approvals if each.last is None]
    if fallen or none:
        said = f" Not approved by {', '.join(none)}." if none else ""
        changed = (
            f" Void, as outcomes or payment terms are not what was approved: {'; '.join(void)}."
            if void
            else ""
        )
        unbound = (
            f" Without the checksum of what was approved: {'; '.join(loose)}." if loose else ""
        )
        return Unmet(
            f"{said}{changed}{unbound}".strip(),
            "Ask for approval of what the deal says now, and record its checksum of outcomes and "
            "terms.",
            initiative.place_of("approvals"),
        )
    return Met("; ".join(f"{each.payor} on {each.last.on}" for each in approvals if each.last))


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    first = _first_engagement(facts)
    for number, step in enumerate(initiative.steps):
        if first is None or first > step.on:
            yield Problem(
                f"The step {step.step.replace('-', ' ')} was settled on {step.on}, before any "
                "contact with an end payor is on file.",
                "Record the earlier contact under `engagements`, or take the day out until the "
                "payor was engaged.",
                initiative.place_of("steps", number),
            )
    known = [each.share for each in initiative.payors if each.share is not None]
    total = Fraction(sum(known))
    if total > 1 or (total != 1 and known and len(known) == len(initiative.payors)):
        yield Problem(
            f"The payors' shares of each payment add up to {_percent(total)}.",
            "Correct them to 100%.",
            initiative.place_of("payors"),
        )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative, deal = facts.initiative, facts.deal
    for each in contacts(initiative, on=facts.on):
        if not each.is_overdue:
            continue
        since = (
            f"{each.days} days since the last contact, on {each.last_on}"
            if each.last_on
            else "no contact is on file"
        )
        yield Finding(
            "engagement",
            f"{each.leader}, {each.organisation}: {since}; the limit is "
            f"{initiative.engagement_days} days.",
            initiative.place_of("engagements"),
        )
    if deal is not None and initiative.payors:
        here = {each.organisation: each.share for each in initiative.payors}
        there = {each.party: each.share for each in deal.payors}
        if set(here) != set(there) or any(
            share is not None and share != there[name] for name, share in here.items()
        ):
            yield Finding(
                "payors",
                "The payors or their shares are not those of the deal, which has "
                f"{', '.join(f'{name} {_percent(share)}' for name, share in there.items())}.",
                initiative.place_of("payors"),
            )


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.10g}%"


THEME = Theme(
    "leadership",
    (
        Condition(
            "payors-named",
            ("R34",),
            "Every end payor is named with its level and its share, and shares add up to 100%.",
            _payors_named,
        ),
        Condition("payor-engaged", ("R35",), "An end payor is engaged.", _engaged),
        Condition(
            "leaders-committed",
            ("R40",),
            "A leader who holds a budget has committed.",
            _committed,
        ),
        Condition(
            "goals-fit-payor",
            ("R36",),
            "Every goal serves a goal of a payor, who has confirmed it.",
            _goals_fit,
        ),
        Condition(
            "intervention-endorsed",
            ("R37",),
            "Every end payor has endorsed the intervention.",
            _intervention_endorsed,
        ),
        Condition(
            "outcomes-approved",
            ("R38",),
            "Every end payor has approved the outcomes and terms that the deal now states.",
            _outcomes_approved,
        ),
    ),
    _problems,
    _findings,
)
