"""Whether someone may see or do something: yes, or no with the reason and who can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from payforsuccess.governance.roles.actions import WORDS, Action
from payforsuccess.governance.roles.cases import CASES, Case
from payforsuccess.governance.roles.role import Role
from payforsuccess.governance.roles.roles import ROLES


@dataclass(frozen=True)
class Yes:
    """It is allowed, by this role."""

    by: Role

    def __bool__(self) -> bool:
        """True: `if may(...)` reads as it should."""
        return True


@dataclass(frozen=True)
class No:
    """It is not allowed: why, and which roles can. Both are sentences for the person who asked."""

    reason: str
    who_can: str

    def __bool__(self) -> bool:
        """False: `if may(...)` reads as it should."""
        return False


def may(roles: Iterable[Role], action: Action, case: Case | None = None) -> Yes | No:
    """Whether someone with these roles may see or do something in this case.

    Everyone is also of the public. What one role forbids, no other allows. What hangs on the case
    is not allowed where the case does not say that it is so.
    """
    held = (*roles, ROLES["public"])
    for role in held:
        if action in role.never:
            return No(
                f"You may not {WORDS[action]}: whoever is {role.title.lower()} never may, by no "
                "other role either.",
                who_can(action),
            )
    allowing = next((role for role in held if action in role.may), None)
    if allowing is None:
        return No(f"You may not {WORDS[action]}: no role of yours allows it.", who_can(action))
    if action in CASES:
        _, why_not = CASES[action]
        reason = why_not(case or Case())
        if reason:
            return No(f"You may not {WORDS[action]} in this case. {reason}", who_can(action))
    return Yes(allowing)


def who_can(action: Action) -> str:
    """Who may do it, and in which case, as a sentence."""
    titles = [role.title for role in ROLES.values() if action in role.may]
    listed = f"{', '.join(titles[:-1])} and {titles[-1]}" if len(titles) > 1 else "".join(titles)
    words = f", {CASES[action][0]}" if action in CASES else ""
    return f"{listed} can{words}."
