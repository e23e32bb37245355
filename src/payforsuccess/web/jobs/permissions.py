"""Who may ask for which work, and who sees that it was asked for."""

from __future__ import annotations

from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access

CHECKING = Case(determined_by=("the evaluator",))
"""A validator's page stands open before anything is determined: the case is that of the list."""
ASKING: dict[str, Action] = {
    "load": "load-feeds",
    "link": "load-feeds",
    "measure": "load-feeds",
    "evaluate": "plan-evaluation",
    "report": "plan-evaluation",
    "checks": "validate-determinations",
    "standing": "keep-initiative",
    "audit-pack": "see-audit-log",
    "pack": "see-investor-pack",
    "log-check": "see-audit-log",
}
"""The permission under which each kind of work is asked for."""
ELSEWHERE = ("pack", "standing", "audit-pack", "log-check")
"""Kinds that are asked for and shown on a page of their own: their people see no other work."""
SEEING: tuple[Action, ...] = tuple(
    dict.fromkeys(needed for kind, needed in ASKING.items() if kind not in ELSEWHERE)
)


def may_ask(access: Access, kind: str) -> Action:
    """The permission under which someone asks for the work; Refused without it."""
    access.require(ASKING[kind], CHECKING)
    return ASKING[kind]


def kinds_for(access: Access) -> tuple[str, ...]:
    """The kinds of work that someone may ask for and cancel."""
    return tuple(kind for kind, needed in ASKING.items() if access.may(needed, CHECKING))
