"""Agreements in force or ending, and the policies that stand in the way (R26, R91, R93)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.in_force import AgreementFound, agreements_found
from payforsuccess.governance.initiative.agreements import Policy

GROUPS = ("fiscal", "procurement", "other")
STOPS = 3
"""The barrier of a rule that stops the contract."""
NOT_KNOWN = "the day of its signing is not on file"


def agreements_on(facts: Facts) -> tuple[AgreementFound, ...]:
    """Every agreement as it stands on the day."""
    initiative = facts.initiative
    return agreements_found(initiative.agreements, on=facts.on, soon_days=initiative.expiry_days)


def _in_force(facts: Facts) -> Met | Unmet:
    found = agreements_on(facts)
    if not found:
        return Unmet("No agreement is on file.", "Put each into the register under `agreements`.")
    open_ = [number for number, each in enumerate(found) if each.standing in ("draft", "ended")]
    if open_:
        # Of published terms a blank is not known, and not unsigned.
        blank = facts.initiative.standing == "published-terms"
        listed = ", ".join(
            f"{each.agreement.title} "
            f"({NOT_KNOWN if blank and each.agreement.signed_on is None else each.standing})"
            for each in (found[number] for number in open_)
        )
        return Unmet(
            f"Not shown to be in force: {listed}." if blank else f"Not in force: {listed}.",
            "Have it signed or renewed; take out what is no longer needed.",
            facts.initiative.place_of("agreements", open_[0]),
        )
    if not any(each.agreement.kind == "contract" for each in found):
        return Unmet(
            "No contract is among the agreements.",
            "Put it into the register.",
            facts.initiative.place_of("agreements"),
        )
    if len(found) == 1:
        return Met("the contract is in force")
    return Met(f"all {len(found)} agreements are in force, the contract among them")


def _policies_listed(facts: Facts) -> Met | Unmet:
    listed = {each.group for each in facts.initiative.policies}
    missing = [each for each in GROUPS if each not in listed]
    if missing:
        return Unmet(
            f"No policy is on file in: {', '.join(missing)}.",
            "State present rule, effect, change wanted, owner and authority under `policies`.",
            facts.initiative.place_of("policies"),
        )
    return Met(
        f"{counted(len(facts.initiative.policies), 'policy')} in the groups {', '.join(GROUPS)}"
    )


def _no_policy_stops(facts: Facts) -> Met | Unmet:
    policies = facts.initiative.policies
    if not policies:
        return Unmet("No policy is on file.", "Look at the rules that hold, under `policies`.")
    stops = [
        number
        for number, each in enumerate(policies)
        if each.barrier == STOPS and not _is_changed(each, facts)
    ]
    if stops:
        return Unmet(
            "Rules that stop the contract hold unchanged: "
            f"{'; '.join(policies[number].title for number in stops)}.",
            "Have the change adopted, or rate the barrier anew.",
            facts.initiative.place_of("policies", stops[0]),
        )
    return Met(f"none of {counted(len(policies), 'rule')} on file stops the contract")


def _is_changed(policy: Policy, facts: Facts) -> bool:
    return policy.status == "adopted" and (
        policy.adopted_on is None or policy.adopted_on <= facts.on
    )


def _problems(facts: Facts) -> Iterator[Problem]:
    for number, each in enumerate(facts.initiative.agreements):
        where = facts.initiative.place_of("agreements", number)
        if each.signed_on and each.expires_on and each.expires_on < each.signed_on:
            yield Problem(f"{each.title} ends before it was signed.", "Correct a day.", where)
        for at, duty in enumerate(each.obligations):
            if duty.who not in each.parties:
                yield Problem(
                    f"{each.title} obliges {duty.who}, who is no party to it.",
                    "Name a party, or add it to the parties.",
                    facts.initiative.place_of("agreements", number, "obligations", at, "who"),
                )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    for number, each in enumerate(agreements_on(facts)):
        where = initiative.place_of("agreements", number)
        title = each.agreement.title
        if each.standing == "ends-soon":
            left = counted(each.days_left or 0, "day")
            yield Finding("agreements", f"{title} ends in {left}.", where)
        if each.standing == "ended" and each.days_left is not None:
            yield Finding(
                "agreements", f"{title} ended {counted(-each.days_left, 'day')} ago.", where
            )
        for duty in each.open_obligations:
            if duty.days_late:
                yield Finding(
                    "agreements",
                    f"{title}: {duty.obligation.who} is {counted(duty.days_late, 'day')} late: "
                    f"{duty.obligation.says}",
                    where,
                )


THEME = Theme(
    "agreements",
    (
        Condition(
            "agreements-in-force",
            ("R93",),
            "Every agreement is signed and in force, the contract among them.",
            _in_force,
        ),
        Condition(
            "policies-listed",
            ("R26", "R91"),
            "Fiscal, procurement and other policies are on file, each with the change wanted.",
            _policies_listed,
        ),
        Condition(
            "no-policy-stops",
            ("R91",),
            "No rule that stops the contract holds unchanged.",
            _no_policy_stops,
        ),
    ),
    _problems,
    _findings,
)
