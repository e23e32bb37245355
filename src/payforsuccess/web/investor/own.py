"""For whom someone speaks in matters of capital, and which books they mean."""

from __future__ import annotations

from payforsuccess.governance.roles.actions import Action
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.initiatives.parties import parties_for
from payforsuccess.web.investor.packs import CAPITAL

KEEPS: Action = "call-capital"
"""Whoever may do it keeps the books."""
ANSWERS: Action = "approve-capital-call"
"""Whoever may do it speaks for a lender."""
BOOKS = "books"
"""The field of each event that holds the checksum of the books as they were then."""


def parties_of(by: Access) -> set[str]:
    """The parties for which someone works, in whatever role."""
    return {organisation.party for organisation in by.organisations} - {""}


def signs_for(by: Access) -> set[str]:
    """The parties for which someone certifies here: a lender's person, and who keeps the books."""
    return parties_for(by, ANSWERS) | parties_for(by, KEEPS)


def lenders(by: Access) -> set[str]:
    """The parties whose capital the deal has."""
    return {each.party for each in by.initiative.deal.capital}


def books_of(initiative: Initiative) -> str:
    """The checksum of the books as they are; empty without any."""
    file = initiative.path / CAPITAL
    return fingerprint_bytes(file.read_bytes()) if file.is_file() else ""
