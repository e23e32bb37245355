"""Which roles take effect only once a second person confirms them: those that check each other."""

from __future__ import annotations

from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.roles import COUNSEL, ROLES

CHECKS: tuple[Action, ...] = (
    "determine-outcomes",
    "validate-determinations",
    "approve-intervention",
    "approve-outcomes",
    "approve-payments",
    "mark-paid",
    "approve-capital-call",
    "approve-disclosure",
    "confirm-roles",
    "manage-accounts",
)
"""What one person must not be able to give to accounts that they made up themselves."""


def waits_for_counsel(role: str, *, had_counsel: bool) -> bool:
    """Whether a role that is given waits until the initiative's Counsel confirms it.

    had_counsel: whether the initiative ever had one. The first Counsel waits for nobody, since
    there is nobody to confirm it; every other role of checks does, and waits for the first.
    KeyError for a role that nobody knows.
    """
    if role == COUNSEL.name and not had_counsel:
        return False
    return any(action in CHECKS for action in ROLES[role].may)
