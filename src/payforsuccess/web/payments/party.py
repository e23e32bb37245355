"""The party of the deal for which someone speaks."""

from __future__ import annotations

from payforsuccess.errors import Problem, Refusal
from payforsuccess.web.accounts.access import Access


def party_of(by: Access, *roles: str) -> str:
    """The party of the deal for which the person speaks in one of the roles."""
    held = {m.organisation.party for m in by.memberships if m.role in roles} - {""}
    parties = {p.name for p in by.initiative.deal.parties if set(roles) & set(p.roles)}
    found = sorted(held & parties)
    if len(found) == 1:
        return found[0]
    named = " or ".join(roles)
    what = f"is no {named} in the deal" if not found else f"is more than one {named} of the deal"
    raise Refusal(
        Problem(
            f"The organisation you work for {what}.",
            "Ask the coordinator to correct your role here, or the party's in the deal.",
        )
    )
