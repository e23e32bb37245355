"""Who works in the made-up county: one account for each role, and three case managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
PARTIES = {
    PROVIDER,
    "Example County",
    "Example State",
    "Example University",
    "Example Auditors",
    "Example Bank",
    "Example Project Office",
}
MEMBERS = (
    Member("jail", "Jordan Vale", "jail-liaison", JAIL),
    Member("court", "Robin Field", "court-contact", COURT),
    Member("case", "Sky Meadow", "case-manager", PROVIDER, "North"),
    Member("case2", "Quinn Hollow", "case-manager", PROVIDER, "South"),
    Member("case3", "Blake Shore", "case-manager", PROVIDER, "Harbor"),
    Member("supervisor", "Morgan Dell", "case-manager", PROVIDER, "North", is_supervisor=True),
    Member("provider", "Drew Glen", "provider", PROVIDER),
    Member("evaluator", "Emery Cliff", "evaluator", "Example University"),
    Member("validator", "Sidney Ford", "validator", "Example Auditors"),
    Member("board", "Taylor Ridge", "monitoring-board", "Example Monitoring Board"),
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
    Member("reviewer", "Kit Harper", "link-reviewer", "Example Review Office"),
    Member("voice", "Noor Rivers", "participant-representative", "Example Participants' Council"),
)


@dataclass(frozen=True)
class Cast:
    """The accounts by name, and their organisations."""

    initiative: Initiative
    users: dict[str, User]
    organisations: dict[str, Organisation]

    def access(self, username: str) -> Access:
        """What an account may do, on the day on which the clock stands."""
        return access_to(self.users[username], self.initiative.slug)


def make_cast(initiative: Initiative, *, from_on: date) -> Cast:
    """Every account with its role."""
    organisations = {
        name: add_organisation(
            by=SYSTEM,
            name=name,
            party=name if name in PARTIES else "",
            is_law_enforcement=name in (JAIL, COURT),
        )
        for name in dict.fromkeys(member.organisation for member in MEMBERS)
    }
    users = {}
    for member in MEMBERS:
        users[member.username] = add_user(
            by=SYSTEM, username=member.username, full_name=member.full_name, password=PASSWORD
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
