"""Whether a party of the deal holds the role in which its people sign, on the day they do."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Role
from payforsuccess.errors import Problem, in_a_row, sentence
from payforsuccess.payments.history import DealHistory

ROLES: dict[Role, str] = {
    "payor": sentence("payor"),
    "provider": sentence("provider"),
    "intermediary": sentence("intermediary"),
    "evaluator": sentence("evaluator"),
    "validator": sentence("validator"),
    "investor": sentence("investor"),
    "guarantor": sentence("guarantor"),
    "fiscal-agent": sentence("fiscal-agent"),
    "backbone": sentence("backbone"),
    "data-holder": sentence("data-holder"),
    "participant-representative": sentence("participant-representative"),
    "adviser": sentence("adviser"),
}
"""The roles as a deal file writes them, to be told in another language."""


def version_on(history: DealHistory, on: date) -> Deal:
    """The version of the deal in force on a day, the first one before all."""
    return history.in_force(on)


def party_problems(deal: Deal, name: str, role: Role, *, on: date, what: str) -> list[Problem]:
    """Why a party may not sign in a role on a day; none where it may. `what` is what is signed."""
    for party in deal.parties:
        if party.name != name:
            continue
        is_in_office = (party.since is None or party.since <= on) and (
            party.until is None or on <= party.until
        )
        if role in party.roles and is_in_office:
            return []
        if role in party.roles:
            since = sentence(" from {day}", day=party.since) if party.since is not None else ""
            until = sentence(" until {day}", day=party.until) if party.until is not None else ""
            return [
                Problem(
                    sentence(
                        "{name} held its roles{since}{until}, not on {on}.",
                        name=name,
                        since=since,
                        until=until,
                        on=on,
                    ),
                    sentence("Have the party sign that holds the role on that day."),
                    deal.place_of("parties"),
                )
            ]
        return [
            Problem(
                sentence(
                    "{name} does not hold the role {role} in this deal.",
                    name=name,
                    role=ROLES[role],
                ),
                sentence(
                    "Its roles are: {roles}.", roles=in_a_row([ROLES[each] for each in party.roles])
                ),
                deal.place_of("parties"),
            )
        ]
    holders = [party.name for party in deal.parties if role in party.roles]
    return [
        Problem(
            sentence("“{name}” is not a party of this deal.", name=name),
            sentence(
                "{what} is signed for: {holders}.",
                what=what,
                holders=", ".join(holders) or sentence("no party holds this role"),
            ),
            deal.place_of("parties"),
        )
    ]
