"""Whose password is not enough: who sees single people, moves money, or gives roles."""

from __future__ import annotations

from collections.abc import Iterable

from payforsuccess.governance.roles.actions import OF_PEOPLE, Action
from payforsuccess.governance.roles.role import Role

MOVES_MONEY: tuple[Action, ...] = (
    "determine-outcomes",
    "validate-determinations",
    "prepare-statements",
    "approve-payments",
    "mark-paid",
    "call-capital",
    "approve-capital-call",
)
GUARDS: tuple[Action, ...] = (
    "manage-accounts",
    "confirm-roles",
    "see-audit-log",
    "approve-disclosure",
)
"""What would let an intruder in further, or hide that one was there."""


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Whether someone with these roles must show a second factor when signing in.

    CJIS Security Policy 5.6 asks it of whoever reaches criminal justice records.
    """
    return any(
        action in role.may for role in roles for action in (*OF_PEOPLE, *MOVES_MONEY, *GUARDS)
    )
