"""Amendments: in force only with every consent that the deal's own matrix asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.contract import Amendment, ConsentOf, Touches
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Role
from payforsuccess.errors import Problem, in_a_row, sentence

ROLE_OF: dict[ConsentOf, tuple[Role, ...]] = {
    "payor": ("payor",),
    "vehicle": ("intermediary", "fiscal-agent", "backbone"),
    "lender": ("investor", "guarantor"),
    "provider": ("provider",),
    "evaluator": ("evaluator",),
    "board": (),
}
"""What a party is in the deal that consents in each capacity; the Board is no party of it."""
_LOANS = ("senior-loan", "junior-loan", "loan", "program-related-investment")


@dataclass(frozen=True)
class NeededConsent:
    """A consent that an amendment needs, by the matrix, and whether it is on record.

    `party` is named where each of several must consent (payors, lenders); else any one with the
    role may. `above`: only needed when the change moves more than this.
    """

    of: ConsentOf
    touches: Touches
    party: str = ""
    above: Fraction | None = None
    given_on: date | None = None

    def __str__(self) -> str:
        who = {
            "payor": sentence("the payor"),
            "vehicle": sentence("the vehicle"),
            "lender": sentence("the lender"),
            "provider": sentence("the provider"),
            "evaluator": sentence("the evaluator"),
            "board": sentence("the Board"),
        }[self.of]
        return in_a_row([who, self.party], between=" ") if self.party else who


def consents_needed(
    deal: Deal, amendment: Amendment | None = None, *, by: Deal | None = None
) -> tuple[NeededConsent, ...]:
    """Every consent that the amendment of `deal` needs, given or not.

    The matrix is that of `by`, the version being amended, where there is one.
    """
    amendment = amendment or deal.amendment
    if amendment is None:
        return ()
    matrix = (by or deal).consents
    needed: dict[tuple[ConsentOf, str, Fraction | None], NeededConsent] = {}
    for row in matrix:
        if row.touches not in amendment.touches:
            continue
        for of in row.of:
            for party in _each_party(by or deal, of):
                given = [
                    consent.on
                    for consent in amendment.consents
                    if consent.of == of and (not party or consent.party == party)
                ]
                needed.setdefault(
                    (of, party, row.above),
                    NeededConsent(of, row.touches, party, row.above, min(given, default=None)),
                )
    return tuple(needed.values())


def _each_party(deal: Deal, of: ConsentOf) -> tuple[str, ...]:
    """Who must consent each for itself; one empty name when any one with the role may."""
    if of == "payor" and len(deal.payors) > 1:
        return tuple(payor.party for payor in deal.payors)
    if of == "lender":
        return tuple(dict.fromkeys(t.party for t in deal.capital if t.kind in _LOANS)) or ("",)
    return ("",)


def check_amendment(deal: Deal) -> Iterator[Problem]:
    """An amendment that says too little, or reaches back without saying so."""
    amendment = deal.amendment
    if amendment is None:
        return
    if amendment.number == 0:
        yield Problem(
            sentence("Amendments are counted from 1."),
            sentence("Write the number of this amendment."),
            deal.place_of("amendment", "number"),
        )
    if not amendment.touches:
        yield Problem(
            sentence("The amendment does not say whose money, data or duty it changes."),
            sentence("List what it touches: money, data, duty, plan."),
            deal.place_of("amendment", "touches"),
        )
    if amendment.governs == "cohort" and not deal.people.cohorts:
        yield Problem(
            sentence(
                "The amendment governs people by their cohort, and the deal tells no cohorts apart."
            ),
            sentence("List them under `people: cohorts`, or set `governs: period`."),
            deal.place_of("amendment", "governs"),
        )
    signed = amendment.signed_on
    if signed is not None and signed > deal.in_force_from and not amendment.retroactive:
        yield Problem(
            sentence(
                "The amendment was signed on {signed} and is in force from {in_force_from}: it "
                "reaches back.",
                signed=signed,
                in_force_from=deal.in_force_from,
            ),
            sentence("Set `retroactive: true`, or let it come into force in a later period."),
            deal.place_of("amendment", "signed_on"),
        )
    yield from _capacities(deal, amendment)


def check_consents(deal: Deal) -> Iterator[Problem]:
    """Consents that the matrix asks for and that are missing, or came too late."""
    amendment = deal.amendment
    if amendment is None:
        return
    place = deal.place_of("amendment", "consents")
    needed = [one for one in consents_needed(deal) if one.above is None]
    for touched in dict.fromkeys(one.touches for one in needed):
        missing = [one for one in needed if one.touches == touched and one.given_on is None]
        if missing:
            who = in_a_row([*dict.fromkeys(str(one) for one in missing)], between="; ")
            yield Problem(
                sentence(
                    "The amendment touches {touched} and is not in force until each of these has "
                    "consented: {who}.",
                    touched=_said(touched),
                    who=who,
                ),
                sentence("Record each consent under `consents` with its party and day."),
                place,
            )
    late = [one for one in needed if one.given_on and one.given_on > deal.in_force_from]
    if late and not amendment.retroactive:
        last = max(one.given_on for one in late if one.given_on is not None)
        yield Problem(
            sentence(
                "The last consent is of {last}, after the first day on which the amendment "
                "governs, {in_force_from}.",
                last=last,
                in_force_from=deal.in_force_from,
            ),
            sentence("Let it come into force in a later period, or set `retroactive: true`."),
            place,
        )


def _capacities(deal: Deal, amendment: Amendment) -> Iterator[Problem]:
    roles = {party.name: party.roles for party in deal.parties}
    for number, consent in enumerate(amendment.consents):
        fitting = ROLE_OF[consent.of]
        held = roles.get(consent.party)
        if held is not None and fitting and not set(fitting) & set(held):
            yield Problem(
                sentence(
                    "{party} consents as {of}, but does not have that role.",
                    party=consent.party,
                    of=consent.of,
                ),
                sentence("Correct the capacity or the party."),
                deal.place_of("amendment", "consents", number, "of"),
            )


def _said(touched: Touches) -> str:
    return {
        "money": sentence("money"),
        "data": sentence("data"),
        "duty": sentence("a duty"),
        "plan": sentence("the evaluation plan"),
    }[touched]
