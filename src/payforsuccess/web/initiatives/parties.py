"""For whom someone speaks: the organisations of the roles that allow an action, and their parties.

Whoever works for two organisations speaks for each in the role held there, and in no other.
"""

from __future__ import annotations

from collections.abc import Collection

from payforsuccess.deal import parties
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.models import Organisation


def organisations_for(by: Access, action: Action) -> list[Organisation]:
    """Those in which the person holds a role that may do it, each once."""
    held = {
        m.organisation_id: m.organisation for m in by.memberships if action in ROLES[m.role].may
    }
    return list(held.values())


def parties_for(by: Access, action: Action) -> set[str]:
    """The parties among them."""
    return {organisation.party for organisation in organisations_for(by, action)} - {""}


def party_for(by: Access, action: Action, among: Collection[str]) -> str:
    """The one party among some for which the person may do it; refuses none and several."""
    found = sorted(parties_for(by, action) & set(among))
    if len(found) == 1:
        return found[0]
    what = sentence("The organisation you work for is no party of the deal that may do this.")
    if found:
        what = sentence("You work for more than one party of the deal that may do this.")
    raise Refusal(
        Problem(
            what,
            sentence("Ask the coordinator to correct your role here, or the party's in the deal."),
        )
    )


def parties_being(by: Access, *roles: parties.Role) -> set[str]:
    """The parties that hold one of the roles in the deal in force."""
    return {party.name for party in by.initiative.deal.parties if set(roles) & set(party.roles)}
