"""An opening in an emergency and a disclosure, as tests of several apps need them."""

from __future__ import annotations

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.actions import ask_disclosure, open_in_emergency
from payforsuccess.web.accounts.models import Disclosure, Membership, Opening
from tests.web.cast import Cast, another


def a_supervisor(cast: Cast) -> Access:
    """A case manager of another site who supervises there."""
    name = "second-case-manager"
    if name not in cast.users:
        another(cast, "case-manager")
        held = Membership.objects.filter(user=cast.users[name])
        held.update(is_supervisor=True, site="south")
    return cast.access(name)


def opened(cast: Cast, participant: str = "") -> Opening:
    """A record opened in an emergency."""
    participant = participant or cast.someone().participant.public_id
    reason = "A fire in the building tonight"
    return open_in_emergency(by=a_supervisor(cast), participant=participant, reason=reason)


def asked_for(cast: Cast) -> Disclosure:
    """A disclosure that waits for Counsel."""
    return ask_disclosure(
        by=cast.access("data-steward"),
        agency="Alder Police",
        participant=cast.someone().participant.public_id,
        what="The days of enrolment in 2027",
        legal_basis="order of the court of 3 May 2027",
    )
