"""For whom someone speaks in matters of capital, and which books they mean."""

from __future__ import annotations

from collections.abc import Collection

from payforsuccess.errors import Problem, Refusal
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.investor.packs import CAPITAL


def parties_of(by: Access) -> set[str]:
    """The parties of the deal for which someone speaks."""
    return {organisation.party for organisation in by.organisations} - {""}


def own_party(by: Access, among: Collection[str], *, or_name: bool = False) -> str:
    """The one party among some for which someone speaks; or the organisation's own name."""
    found = sorted(parties_of(by) & set(among))
    if len(found) == 1:
        return found[0]
    if not found and or_name:
        return by.organisations[0].name
    what = "no party" if not found else "more than one party"
    raise Refusal(
        Problem(
            f"The organisation you work for is {what} of the deal that may do this.",
            "Ask the coordinator to correct your role here, or the party's in the deal.",
        )
    )


def books_of(initiative: Initiative) -> str:
    """The checksum of the books as they are; empty without any."""
    file = initiative.path / CAPITAL
    return fingerprint_bytes(file.read_bytes()) if file.is_file() else ""
