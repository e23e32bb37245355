"""After the start: the way so far, referrals, results, approvals, success (R3, R8, R113)."""

from __future__ import annotations

from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.conditions.ethics import drawn_by_list
from payforsuccess.governance.facts import Facts


def _came_through(facts: Facts) -> Met | Unmet:
    way = facts.way
    where = facts.initiative.place_of("moves")
    if way is None or not way.is_come_to:
        at = way.stages[-1] if way is not None else "idea"
        return Unmet(
            f"By the moves on record it is at `{at}`, from where this stage does not come next.",
            "Record each move under `moves`, with its day and who decided.",
            where,
        )
    if way.past_closed:
        return Unmet(
            f"It moved past closed gates: {', '.join(way.past_closed)}.",
            "Put on record what was so on the day of each move; or name what the body accepted "
            "under `overrides`, with its reason.",
            where,
        )
    return Met(f"by the moves on record: {', '.join(way.stages)}")


def _referrals_agreed(facts: Facts) -> Met | Unmet:
    agreed = [
        each.title
        for each in facts.initiative.agreements
        if each.kind == "referral-agreement"
        and each.signed_on is not None
        and each.signed_on <= facts.on
        and (each.expires_on is None or each.expires_on >= facts.on)
    ]
    if not agreed:
        return Unmet(
            "No agreement on referrals is in force.",
            "Sign with those who refer people, and put it into the register under `agreements` "
            "with the kind `referral-agreement`.",
            facts.initiative.place_of("agreements"),
        )
    return Met(", ".join(agreed))


def _certified(facts: Facts) -> Met | Unmet:
    deal = facts.deal
    if deal is None:
        return Unmet("No deal is on file.", "Put deal.yaml beside the initiative.")
    if not deal.is_certified:
        return Unmet(
            "The deal is not certified: two people of two parties must say that it states the "
            "signed contract.",
            "Record both under `executed: certified_by`; `pfs check` prints the checksum.",
            deal.place_of("executed"),
        )
    return Met("two people of two parties certified these terms")


def _determined(facts: Facts) -> Met | Unmet:
    issued = [each for each in facts.statements if each.on <= facts.on]
    days = [day for day in facts.determined_on if day <= facts.on]
    if not days:
        return Unmet(
            "No result is determined.",
            "Have the evaluator or validator determine it: `pfs determine`.",
        )
    if issued and not issued[-1].is_determined:
        return Unmet(
            f"Statement {issued[-1].number} rests on results that are not determined.",
            "Have them determined, and state anew.",
        )
    return Met(f"the last result was determined on {max(days)}")


def _approved(facts: Facts) -> Met | Unmet:
    issued = [each for each in facts.statements if each.on <= facts.on]
    if not issued:
        return Unmet("No statement was issued.", "Issue it with `pfs statement`.")
    last = issued[-1]
    if last.not_approved:
        return Unmet(
            f"Statement {last.number} is not approved: {last.not_approved}.",
            "Have it approved: `pfs approve`.",
        )
    return Met(f"statement {last.number} is approved")


def _succeeded(facts: Facts) -> Met | Unmet:
    promise = facts.initiative.sustained_funding
    found = promise.success_found_on if promise is not None else None
    if found is None or found > facts.on:
        return Unmet(
            "No day is on file on which success was found.",
            "Record it under `sustained_funding: success_found_on`, once results show it.",
            facts.initiative.place_of("sustained_funding"),
        )
    return Met(f"on {found}")


THEME = Theme(
    "later",
    (
        Condition(
            "came-through-gates",
            ("R113",),
            "Every stage before was entered by a move on record, through an open gate.",
            _came_through,
        ),
        Condition(
            "referrals-agreed",
            ("R93",),
            "An agreement with those who refer people is in force.",
            _referrals_agreed,
        ),
        Condition(
            "drawn-by-list",
            ("R114",),
            "Whoever is assigned at random stands on the list of draws, under an ethics record.",
            drawn_by_list,
        ),
        Condition(
            "contract-certified",
            ("R122",),
            "Two people of two parties certified that the deal states the signed contract.",
            _certified,
        ),
        Condition("result-determined", ("R3",), "A result is determined.", _determined),
        Condition(
            "statement-approved",
            ("R3",),
            "The last statement is approved by two people, and by each payor.",
            _approved,
        ),
        Condition("success-found", ("R8",), "Success was found.", _succeeded),
    ),
)
