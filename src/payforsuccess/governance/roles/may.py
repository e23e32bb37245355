"""Whether someone may see or do something: yes, or no with the reason and who can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from payforsuccess.errors import listed, sentence
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
            why = sentence(
                "You may not {do}: whoever is {role:small} never may, by no other role either.",
                do=WORDS[action],
                role=role.title,
            )
            return No(why, who_can(action))
    allowing = next((role for role in held if action in role.may), None)
    if allowing is None:
        why = sentence("You may not {do}: no role of yours allows it.", do=WORDS[action])
        return No(why, who_can(action))
    if action in CASES:
        _, why_not = CASES[action]
        reason = why_not(case or Case())
        if reason:
            why = sentence("You may not {do} in this case. {why}", do=WORDS[action], why=reason)
            return No(why, who_can(action))
    return Yes(allowing)


@cache
def who_can(action: Action) -> str:
    """Who may do it, and in which case, as a sentence."""
    titles = [role.title for role in ROLES.values() if action in role.may]
    if action in CASES:
        return sentence("{who} can, {case}.", who=listed(titles), case=CASES[action][0])
    return sentence("{who} can.", who=listed(titles))
