"""What each party stands to lose or gain: the exposure ledger (skin in the game)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.parties import Role
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.initiative.parties import Organisation, Stake

UNEXPOSED: tuple[Role, ...] = ("evaluator", "validator", "participant-representative")
"""Roles whose holders are to have nothing at stake."""


@dataclass(frozen=True)
class Exposed:
    """A party with all its roles and stakes; `is_flagged` where it has none and should."""

    organisation: Organisation
    roles: tuple[Role, ...]
    is_flagged: bool

    @property
    def stakes(self) -> tuple[Stake, ...]:
        """What it stands to lose or gain."""
        return self.organisation.stakes


def exposure_ledger(initiative: Initiative, *, on: date) -> tuple[Exposed, ...]:
    """Every party that takes part on the day, once, whatever the number of its roles (R79)."""
    return tuple(_exposed(each, on) for each in initiative.organisations if each.takes_part(on=on))


def _exposed(organisation: Organisation, on: date) -> Exposed:
    roles = tuple(dict.fromkeys(each.role for each in organisation.roles if each.is_held(on=on)))
    is_apart = all(role in UNEXPOSED for role in roles)
    return Exposed(organisation, roles, not organisation.stakes and not is_apart)


def at_stake(initiative: Initiative, *, on: date) -> Mapping[str, Fraction]:
    """Money at stake by kind of stake: of each party once, not once for each of its roles (R76)."""
    total: dict[str, Fraction] = {}
    for each in exposure_ledger(initiative, on=on):
        for stake in each.stakes:
            if stake.amount is not None:
                total[stake.kind] = total.get(stake.kind, Fraction(0)) + stake.amount
    return total


def without_amount(initiative: Initiative, *, on: date) -> Mapping[str, tuple[str, ...]]:
    """Parties by kind of stake whose amount is not on file, and so in no sum of `at_stake`.

    Reputation has no price, and is left out.
    """
    found: dict[str, list[str]] = {}
    for each in exposure_ledger(initiative, on=on):
        for stake in each.stakes:
            if stake.amount is None and stake.kind != "reputation":
                found.setdefault(stake.kind, []).append(each.organisation.name)
    return {kind: tuple(names) for kind, names in found.items()}


def parties_by_role(initiative: Initiative, *, on: date) -> Mapping[Role, tuple[str, ...]]:
    """Who holds each role on the day; a party stands once under each of its roles."""
    found: dict[Role, list[str]] = {}
    for each in exposure_ledger(initiative, on=on):
        for role in each.roles:
            found.setdefault(role, []).append(each.organisation.name)
    return {role: tuple(names) for role, names in found.items()}
