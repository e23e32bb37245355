"""Who may be given a role: the employer must fit it, and no role may undo the check of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from payforsuccess.deal import parties
from payforsuccess.errors import listed, sentence
from payforsuccess.governance.roles.actions import WORDS, Doing
from payforsuccess.governance.roles.cases import PARTIES, TIED
from payforsuccess.governance.roles.role import Role
from payforsuccess.governance.roles.roles import ROLES

EMPLOYED_BY: dict[str, tuple[parties.Role, ...]] = {
    "case-manager": ("provider",),
    "provider": ("provider",),
    "payor": ("payor",),
    "investor": ("investor", "guarantor"),
}
"""What the employer must be in the deal: `held_by` of the role, as a rule."""
UNTIED = ("evaluator", "validator", "monitoring-board", "link-reviewer")
"""Roles that nobody of a provider, a lender or a payor holds: each judges what those gain by."""
OF_CUSTODY = ("jail-liaison",)
NOT_OF_LAW_ENFORCEMENT = ("case-manager", "provider", "link-reviewer", "data-steward")
"""The wall between services and law enforcement: these see what the other side never may."""


@dataclass(frozen=True)
class Employer:
    """An organisation as the rule sees it: what it is in the deal, and whether it is of the law."""

    holds: tuple[parties.Role, ...] = ()
    is_law_enforcement: bool = False


def why_not_held(role: str, employer: Employer, *, besides: Iterable[str] = ()) -> str:
    """Why someone of this employer may not be given the role; empty where they may.

    besides: the roles that the person holds already, in the same initiative. The answer is a
    sentence for whoever gives roles. KeyError for a role that nobody knows.
    """
    wanted = ROLES[role]
    return (
        _of_the_employer(wanted, employer)
        or _tied(wanted, employer)
        or _beyond_the_wall(wanted, employer)
        or next((why for held in besides if (why := _against(wanted, ROLES[held]))), "")
    )


def _of_the_employer(role: Role, employer: Employer) -> str:
    needed = EMPLOYED_BY.get(role.name, ())
    if not needed or set(needed) & set(employer.holds):
        return ""
    return sentence(
        "{role} is for people of a {employer} of this deal. {held_by}",
        role=role.title,
        employer=listed([PARTIES[each] for each in needed], last="or"),
        held_by=role.held_by,
    )


def _tied(role: Role, employer: Employer) -> str:
    tied = [held for held in employer.holds if held in TIED]
    if role.name not in UNTIED or not tied:
        return ""
    return sentence(
        "The organisation is {role} in this deal, and so cannot judge its results.",
        role=PARTIES[tied[0]],
    )


def _beyond_the_wall(role: Role, employer: Employer) -> str:
    if employer.is_law_enforcement and role.name in NOT_OF_LAW_ENFORCEMENT:
        return sentence(
            "The organisation is of custody, court or police; this role sees what they never may."
        )
    if role.name in OF_CUSTODY and not employer.is_law_enforcement:
        return sentence("{role} is for people of the custody agency.", role=role.title)
    return ""


def _against(one: Role, other: Role) -> str:
    """What one of two roles does and the other never may: held by one person, it checks nothing."""
    if one.name == other.name:
        return ""
    for first, second in ((one, other), (other, one)):
        spoilt = [act for act in get_args(Doing) if act in first.never and act in second.may]
        if spoilt:
            return sentence(
                "{one} and {other} do not go together: whoever is {one:small} never may {do}.",
                one=first.title,
                other=second.title,
                do=WORDS[spoilt[0]],
            )
    return ""
