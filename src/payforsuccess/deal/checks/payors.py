"""Who pays: shares that add up, roles that fit, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import grouped


def check_payors(deal: Deal) -> Iterator[Problem]:
    """Shares, roles, stepping in, the payors of single lines, and who pays back."""
    yield from _shares(deal)
    yield from _roles(deal)
    yield from _stepping_in(deal)
    yield from _of_lines(deal)
    yield from _paying_back(deal)


def _shares(deal: Deal) -> Iterator[Problem]:
    if not deal.payors:
        yield Problem(
            sentence("No one pays: the deal names no payor."),
            sentence("List at least one party under `payors`."),
            deal.place_of("payors"),
        )
        return
    whole = sum((payor.share for payor in deal.payors), Fraction(0))
    if whole != 1:
        yield Problem(
            sentence(
                "The payors' shares add up to {whole} percent, not to 100.",
                whole=grouped(whole * 100),
            ),
            sentence("Correct the shares; every line is split by them to the last minor unit."),
            deal.place_of("payors"),
        )


def _roles(deal: Deal) -> Iterator[Problem]:
    roles = {party.name: party.roles for party in deal.parties}
    for number, payor in enumerate(deal.payors):
        if payor.party in roles and "payor" not in roles[payor.party]:
            yield Problem(
                sentence("{party} pays, but its roles do not say so.", party=payor.party),
                sentence("Add `payor` to the roles of this party."),
                deal.place_of("payors", number, "party"),
            )
    paying = {payor.party for payor in deal.payors}
    if not paying <= set(roles):
        return  # a payor with a mistyped name would be missed under its right one
    for number, party in enumerate(deal.parties):
        if "payor" in party.roles and party.name not in paying:
            yield Problem(
                sentence(
                    "{name} has the role of a payor, but is not among the payors.", name=party.name
                ),
                sentence("List it under `payors` with its share, or take the role away."),
                deal.place_of("parties", number, "roles"),
            )


def _stepping_in(deal: Deal) -> Iterator[Problem]:
    for number, payor in enumerate(deal.payors):
        if payor.steps_in is None:
            continue
        place = deal.place_of("payors", number, "steps_in")
        if payor.steps_in == payor.party:
            yield Problem(
                sentence("{party} cannot step in for itself.", party=payor.party),
                sentence("Name another payor, or take `steps_in` away."),
                place,
            )
        elif payor.ceiling is None:
            yield Problem(
                sentence(
                    "{steps_in} steps in for what passes the ceiling of {party}, which has no "
                    "ceiling.",
                    steps_in=payor.steps_in,
                    party=payor.party,
                ),
                sentence("Give this payor a `ceiling`, or take `steps_in` away."),
                place,
            )
        elif _comes_round(deal, payor.party):
            yield Problem(
                sentence("Following who steps in for {party} leads back to it.", party=payor.party),
                sentence("Let the last payor of the chain stand without `steps_in`."),
                place,
            )


def _comes_round(deal: Deal, start: str) -> bool:
    following = {payor.party: payor.steps_in for payor in deal.payors}
    at, seen = following.get(start), {start}
    while at is not None and at not in seen:
        seen.add(at)
        at = following.get(at)
    return at == start


def _of_lines(deal: Deal) -> Iterator[Problem]:
    share = {payor.party: payor.share for payor in deal.payors}
    for number, term in enumerate(deal.payments):
        if len(set(term.payors)) != len(term.payors):
            yield Problem(
                sentence("One payor is named twice for this line."),
                sentence("Name each payor once; shares come from `payors` of the deal."),
                deal.place_of("payments", number, "payors"),
            )
        known = [name for name in term.payors if name in share]
        if known and len(known) == len(term.payors) and not any(share[name] for name in known):
            yield Problem(
                sentence("The payors of this line have a share of 0, so no one would pay it."),
                sentence("Name a payor whose share is above 0."),
                deal.place_of("payments", number, "payors"),
            )


def _paying_back(deal: Deal) -> Iterator[Problem]:
    if deal.overpayment == "recover" and deal.overpayment_paid_by is None:
        yield Problem(
            sentence("Overpayments are recovered, but the deal does not say from whom."),
            sentence("Name the party that pays back under `overpayment_paid_by`."),
            deal.place_of("overpayment"),
        )
    if deal.overpayment != "recover" and deal.overpayment_paid_by is not None:
        yield Problem(
            sentence(
                "{overpayment_paid_by} would pay back overpayments, but they are not recovered.",
                overpayment_paid_by=deal.overpayment_paid_by,
            ),
            sentence("Set `overpayment: recover`, or take `overpayment_paid_by` away."),
            deal.place_of("overpayment_paid_by"),
        )
