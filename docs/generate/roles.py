"""The page of roles: who may see and do what, and who has which part in a decision."""

from __future__ import annotations

from docs.generate.deal_pages import MADE
from payforsuccess.governance.initiative.decisions import PartInDecision
from payforsuccess.governance.roles.actions import ACTIONS, WORDS, Action
from payforsuccess.governance.roles.cases import CASES
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.runs.initiative.rights import shipped_rights

OPENING = """\
Access follows role. A person may hold several roles; what one of them forbids, no other allows.
What hangs on the case, such as a legal basis or a second person, is not allowed where the case
does not say that it is so. The rules stand in `payforsuccess.governance.roles`: `may(roles,
action, case)` answers yes, or no with the reason and who can. Which roles there are, and what
they may, is this program's proposal; laws named in a case are for Counsel to check."""


def roles_page() -> str:
    """Each role with what it may and may never; then the proposed parts in decisions."""
    lines = ["# Roles", "", MADE, "", OPENING, ""]
    for role in ROLES.values():
        lines += [f"## {role.title}", "", role.held_by, ""]
        lines += [f"- may {_told(action)}" for action in role.may]
        if role.never:
            never = ", ".join(WORDS[action] for action in ACTIONS if action in role.never)
            lines += ["", f"Never, by no other role either: {never}."]
        lines.append("")
    rights = shipped_rights()
    lines += ["## Parts in decisions", "", rights.says, ""]
    lines += ["| decision | prepares it | answers for it | is asked before | is told after |"]
    lines += ["|---|---|---|---|---|", *(_row(part) for part in rights.decisions), ""]
    return "\n".join(lines).rstrip() + "\n"


def _told(action: Action) -> str:
    return WORDS[action] + (f": {CASES[action][0]}" if action in CASES else "")


def _row(part: PartInDecision) -> str:
    many = (part.responsible, (part.accountable,), part.consulted, part.informed)
    return f"| {part.decision} | {' | '.join(', '.join(each) or '-' for each in many)} |"
