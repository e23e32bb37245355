"""How to reach someone, and who looked at their page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, record
from payforsuccess.web.people.models import ContactDetails, Participant
from payforsuccess.web.people.opened import refuse_opened

OWN = Case(is_own=True)


@action
def keep_contact_details(
    *, by: Access, participant: Participant, telephone: str, address: str, unit: str
) -> ContactDetails:
    """Where someone lives and how to reach them; the log says that it changed, and not to what."""
    by.require("see-contact-details", OWN)
    refuse_opened(by, participant)
    details, _ = ContactDetails.objects.update_or_create(
        participant=participant,
        defaults={"telephone": telephone, "address": address, "unit": unit},
    )
    record(by.actor("see-contact-details"), "contact-details.kept", participant)
    return details


@action
def look(*, by: Access, participant: Participant, basis: str = "") -> None:
    """Someone opened a page of a person: who, when, on which basis."""
    record(by.actor("see-own-caseload"), "participant.viewed", participant, basis=basis)


@action
def look_through(
    *, by: Access, of: Literal["people", "referrals"], count: int, asked: Iterable[str] = ()
) -> None:
    """Someone was shown a list with names on it: how many, and which filters were set.

    Never what was typed to search for, nor who is on it. A list of nobody is no look.
    """
    if count:
        after = {"count": count, "asked": ", ".join(sorted(asked))}
        record(by.actor("see-own-caseload"), f"{of}.listed", Subject("list", of), after=after)
