"""Who works in the made-up county: an account for each role, and more where it takes several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from unittest.mock import patch

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from payforsuccess.web.accounts.access import Access, access_to
from payforsuccess.web.accounts.actions import add_member, add_organisation, add_user
from payforsuccess.web.accounts.models import Organisation, User
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.initiatives.models import Initiative

PASSWORD = "made-up county"
"""Of every account of the made-up county; the sign-in page shows it. No other mode has it."""


@dataclass(frozen=True)
class Member:
    """An account: the name to sign in with, the person, and the role for an organisation."""

    username: str
    full_name: str
    role: str
    organisation: str
    site: str = ""
    is_supervisor: bool = False


JAIL = "Example Jail"
COURT = "Example Superior Court"
PROVIDER = "Example Homes"
COACHES = "Example Coaches"
PARTIES = {
    PROVIDER,
    COACHES,
    "Example Monitoring Board",
    "Example Review Office",
    "Example County",
    "Example State",
    "Example University",
    "Example Auditors",
    "Example Bank",
    "Example Project Office",
}
HOMES = (
    Member("jail", "Jordan Vale", "jail-liaison", JAIL),
    Member("court", "Robin Field", "court-contact", COURT),
    Member("case", "Sky Meadow", "case-manager", PROVIDER, "North"),
    Member("case2", "Quinn Hollow", "case-manager", PROVIDER, "South"),
    Member("case3", "Blake Shore", "case-manager", PROVIDER, "Harbor"),
    Member("supervisor", "Morgan Dell", "case-manager", PROVIDER, "North", is_supervisor=True),
    Member("supervisor2", "Ellis Crag", "case-manager", PROVIDER, "South", is_supervisor=True),
    Member("supervisor3", "Marlow Cove", "case-manager", PROVIDER, "Harbor", is_supervisor=True),
    Member("provider", "Drew Glen", "provider", PROVIDER),
    Member("evaluator", "Emery Cliff", "evaluator", "Example University"),
    Member("validator", "Sidney Ford", "validator", "Example Auditors"),
    Member("payor", "Avery Park", "payor", "Example County"),
    Member("payor2", "Reese Grove", "payor", "Example County"),
    Member("state", "Logan Marsh", "payor", "Example State"),
    Member("investor", "Jamie Banks", "investor", "Example Bank"),
    Member("coordinator", "Parker Lane", "coordinator", "Example County"),
    Member("manager", "Rory Heath", "project-manager", "Example Project Office"),
    Member("auditor", "Dakota Stone", "auditor-controller", "Example Auditor-Controller"),
    Member("counsel", "Finley Bridge", "counsel", "Example County Counsel"),
    Member("boardoffice", "Lee Summit", "board-office", "Example Board of Supervisors"),
    Member("data", "Sam Delta", "data-steward", "Example Data Desk"),
    Member("voice", "Noor Rivers", "participant-representative", "Example Participants' Council"),
)
"""Who works in Homes from Jail."""
COACHING = (
    Member("releases", "Ari Brooke", "jail-liaison", JAIL),
    Member("coach", "Jules Meridian", "case-manager", COACHES, "East"),
    Member("researcher", "Wren Heron", "evaluator", "Example University"),
    Member("board", "Taylor Ridge", "monitoring-board", "Example Monitoring Board"),
    Member("reviewer", "Kit Harper", "link-reviewer", "Example Review Office"),
    Member("reviewer2", "Ashby Lane", "link-reviewer", "Example Review Office"),
    Member("manager", "Rory Heath", "project-manager", "Example Project Office"),
    Member("validator", "Sidney Ford", "validator", "Example Auditors"),
    Member("data", "Sam Delta", "data-steward", "Example Data Desk"),
)
"""Who works in Coaching by Lot; the last three work in both."""
MEMBERS = tuple({member.username: member for member in (*HOMES, *COACHING)}.values())
"""Every account, once."""


@dataclass(frozen=True)
class Cast:
    """The accounts by name, and their organisations."""

    initiative: Initiative
    users: dict[str, User]
    organisations: dict[str, Organisation]
    asked: dict[str, Access] = field(default_factory=dict)

    def access(self, username: str) -> Access:
        """What an account may do, on the day on which the clock stands; no role here ever ends."""
        if username not in self.asked:
            self.asked[username] = access_to(self.users[username], self.initiative.slug)
        return replace(self.asked[username], on=timezone.localdate())


def make_cast(
    initiative: Initiative,
    members: Sequence[Member] = HOMES,
    *,
    from_on: date,
    known: Cast | None = None,
) -> Cast:
    """Every account with its role. known: who works in another initiative already."""
    organisations = dict(known.organisations) if known else {}
    for name in dict.fromkeys(member.organisation for member in members):
        if name not in organisations:
            organisations[name] = add_organisation(
                by=SYSTEM,
                name=name,
                party=name if name in PARTIES else "",
                is_law_enforcement=name in (JAIL, COURT),
            )
    users = dict(known.users) if known else {}
    for member in members:
        if member.username not in users:
            with _hashed_once():
                users[member.username] = add_user(
                    by=SYSTEM,
                    username=member.username,
                    full_name=member.full_name,
                    password=PASSWORD,
                )
        add_member(
            by=SYSTEM,
            user=users[member.username],
            organisation=organisations[member.organisation],
            initiative=initiative,
            role=member.role,
            from_on=from_on,
            site=member.site,
            is_supervisor=member.is_supervisor,
        )
    return Cast(initiative, users, organisations)


@lru_cache(1)
def _hashed() -> str:
    return make_password(PASSWORD)


@contextmanager
def _hashed_once() -> Iterator[None]:
    """Let the one password that all know be hashed once, since that is slow on purpose."""
    with patch("django.contrib.auth.base_user.make_password", lambda _: _hashed()):
        yield
