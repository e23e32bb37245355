"""Authority and risk: Counsel's opinion, funding after success, who bears what (R8, R41, R128)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.amended import amendments_found
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.decisions import SustainedFunding
from payforsuccess.governance.risk_bearers import (
    KINDS_OF_COST,
    borne_by_no_one,
    borne_in_any_case,
    risks_moved,
    said_wrongly,
)
from payforsuccess.units import add_months, grouped

NO_SOURCE = ("none", "no", "n/a", "-", "unknown", "nobody")
"""What is no source of money."""
LONGEST = 15
"""Years from a commitment to its start, at most, before there is a deal (our own bound)."""


def _opined(facts: Facts) -> Met | Unmet:
    opinion = facts.initiative.counsel_opinion
    if opinion is None or opinion.on > facts.on:
        return Unmet(
            "Counsel has given no opinion on authority and the debt limit.",
            "Record the exception relied on, validation, and the finding of public purpose under "
            "`counsel_opinion`.",
        )
    if not opinion.allows:
        return Unmet(
            "Counsel's opinion is that the contract may not be made.",
            "Change what Counsel names, and ask again; or stop.",
            facts.initiative.place_of("counsel_opinion", "allows"),
        )
    if opinion.validation == "sought":
        return Unmet(
            "A court was asked to validate, and has not yet.",
            "Write `validation: done` once it has.",
            facts.initiative.place_of("counsel_opinion", "validation"),
        )
    if opinion.delegated_until is not None and opinion.delegated_until < facts.on:
        return Unmet(
            f"What was delegated to staff ended on {opinion.delegated_until}.",
            "Have the delegation renewed, or take the contract to the Board.",
            facts.initiative.place_of("counsel_opinion", "delegated_until"),
        )
    return Met(f"{opinion.by}, {opinion.on}: {opinion.exception}")


def _funding_promised(facts: Facts) -> Met | Unmet:
    promise = facts.initiative.sustained_funding
    if promise is None or promise.on > facts.on:
        return Unmet(
            "No body has committed to fund the intervention after success.",
            "State amount, source, start and body under `sustained_funding`.",
        )
    where = facts.initiative.place_of("sustained_funding")
    if promise.released_on is not None and promise.released_on <= facts.on:
        return Unmet(
            f"The commitment was released on {promise.released_on}.",
            "Have the body commit anew, or stop.",
            where,
        )
    if promise.source.casefold().strip(" .") in NO_SOURCE:
        return Unmet("The commitment names no source.", "Name the fund it is paid from.", where)
    latest = _latest_start(promise, facts)
    if promise.starts_on > latest:
        return Unmet(
            f"The funding starts on {promise.starts_on}, after {latest}, the last day on which it "
            "still goes on from the contract.",
            "Have it start when the contract ends, within a year at the latest.",
            where,
        )
    if facts.deal is not None and facts.deal.governance.sustained_funding is None:
        return Unmet(
            "The commitment is on file, and the contract does not state it.",
            "State it in deal.yaml under `governance: sustained_funding`.",
            facts.deal.place_of("governance"),
        )
    return Met(f"{promise.body}, {promise.on}; subject to appropriation, and no liability")


def _latest_start(promise: SustainedFunding, facts: Facts) -> date:
    """A year after the end of the deal, or LONGEST years after the commitment without a deal."""
    if facts.deal is not None:
        return add_months(facts.deal.ends_on, 12)
    return add_months(promise.on, 12 * LONGEST)


def _risks_placed(facts: Facts) -> Met | Unmet:
    moved = risks_moved(facts.initiative)
    if not moved:
        return Unmet(
            "The risk register is empty.",
            "State each risk with who bears it before and after, under `risks`.",
        )
    for at, each in enumerate(moved):
        if nameless := borne_by_no_one(each.risk):
            return Unmet(
                f"The risk {each.risk.name} is borne by “{nameless[0]}”, which names no one who "
                "answers for it.",
                "Name the party under `before` and `after`: of public money, the payor.",
                facts.initiative.place_of("risks", at),
            )
    if not any(each.taken_on for each in moved):
        return Unmet(
            "No risk on file moves: each is borne after the contract by whom it was before.",
            "Say under `after` who bears each risk by the contract; where none is to move, the "
            "body passes this over with its reason.",
            facts.initiative.place_of("risks"),
        )
    return Met(
        f"{counted(len(moved), 'risk')}, {sum(bool(each.to_investors) for each in moved)} of them "
        "moved to investors"
    )


def _public_risk_told(facts: Facts) -> Met | Unmet:
    costs = facts.initiative.public_costs
    missing = [
        words
        for kind, words in KINDS_OF_COST.items()
        if not any(each.kind == kind for each in costs)
    ]
    if missing:
        return Unmet(
            f"It is not on file what the public still bears without success: {', '.join(missing)}.",
            "Give each a line under `public_costs`; where it costs the public nothing, say why.",
            facts.initiative.place_of("public_costs"),
        )
    return Met(borne_in_any_case(costs).removesuffix("."))


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    for path in said_wrongly(initiative):
        yield Problem(
            "This says that the public bears no risk, and that is never so.",
            f"Write what is so: {borne_in_any_case(initiative.public_costs)}",
            initiative.place_of(*path),
        )
    for version, found in zip(
        (each for each in facts.versions if each.amendment is not None),
        amendments_found(facts.versions, on=facts.on),
        strict=True,
    ):
        if found.missing and found.in_force_from <= facts.on:
            yield Problem(
                f"Amendment {found.amendment.number} is not in force: consents are missing, of "
                f"{'; '.join(dict.fromkeys(map(str, found.missing)))}.",
                "Record each under `consents` of the amendment, with its party and day.",
                version.place_of("amendment", "consents"),
            )
    promise = initiative.sustained_funding
    if promise is not None and (promise.released_on is None) != (promise.released_by is None):
        yield Problem(
            "A commitment is released by a body on a day.",
            "Give both `released_on` and `released_by`, or neither.",
            initiative.place_of("sustained_funding"),
        )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    promise = initiative.sustained_funding
    if promise is not None and is_owed(promise, facts):
        assert promise.success_found_on is not None
        days = (facts.on - promise.success_found_on).days
        yield Finding(
            "sustained-funding",
            f"Success was found on {promise.success_found_on}, {counted(days, 'day')} ago, and the "
            f"funding that {promise.body} committed to from {promise.starts_on} on is neither "
            "provided nor formally released. It is a commitment subject to appropriation, and no "
            "liability.",
            initiative.place_of("sustained_funding"),
        )
    for found in amendments_found(facts.versions, on=facts.on):
        if found.missing and found.in_force_from > facts.on:
            yield Finding(
                "amendments",
                f"Amendment {found.amendment.number} is to be in force from {found.in_force_from}, "
                "and waits for the consent of "
                f"{'; '.join(dict.fromkeys(map(str, found.missing)))}.",
            )
        for each in found.above_amount:
            assert each.above is not None
            yield Finding(
                "amendments",
                f"Amendment {found.amendment.number} needs the consent of {each} if it moves more "
                f"than {grouped(each.above)}.",
            )
    opinion = initiative.counsel_opinion
    if opinion is not None and opinion.delegated_until is not None:
        left = (opinion.delegated_until - facts.on).days
        if left <= initiative.expiry_days:
            when = (
                f"ends in {counted(left, 'day')}"
                if left >= 0
                else f"ended {counted(-left, 'day')} ago"
            )
            yield Finding(
                "authority",
                f"What was delegated to staff {when}, on {opinion.delegated_until}.",
                initiative.place_of("counsel_opinion", "delegated_until"),
            )
    for number, cost in enumerate(initiative.public_costs):
        if cost.already_paid_by is not None:
            yield Finding(
                "public-risk",
                f"Another public source, {cost.already_paid_by}, pays for this already: "
                f"{cost.says}",
                initiative.place_of("public_costs", number, "already_paid_by"),
            )


def is_owed(promise: SustainedFunding, facts: Facts) -> bool:
    """Whether success was found, and the funding is neither provided nor released, on the day."""
    found, funded, released = promise.success_found_on, promise.funded_on, promise.released_on
    return (
        found is not None
        and found <= facts.on
        and not (funded is not None and funded <= facts.on)
        and not (released is not None and released <= facts.on and promise.released_by is not None)
    )


THEME = Theme(
    "authority",
    (
        Condition(
            "counsel-opined",
            ("R128",),
            "Counsel's opinion on authority and the debt limit is on record and holds.",
            _opined,
        ),
        Condition(
            "sustained-funding-promised",
            ("R8", "R128"),
            "A body has committed to fund the intervention after success.",
            _funding_promised,
        ),
        Condition(
            "risks-placed",
            ("R41",),
            "The risk register says who bears each risk before and after the contract.",
            _risks_placed,
        ),
        Condition(
            "public-risk-told",
            ("R131",),
            "It is said what the public bears when nothing succeeds.",
            _public_risk_told,
        ),
    ),
    _problems,
    _findings,
)
