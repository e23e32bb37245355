"""Who plays in tests of the web: one person a role in one initiative, and the same in another.

county.sign_in("payor")          a client signed in as the county's payor
county.access("case-manager")    what that person may see and do
county.someone()                 a referral of the jail, by its liaison
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.access import Access, access_to
from payforsuccess.web.accounts.actions import add_member, add_organisation, add_user
from payforsuccess.web.accounts.models import Organisation, User
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.initiatives.actions import open_initiative
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.referrals.actions import Circumstances, Person, refer
from payforsuccess.web.referrals.models import Referral
from tests.lib.deals import COUNTY, EVALUATOR, INVESTOR, PROVIDER, a_deal
from tests.lib.folders import a_folder

EMPLOYERS = {
    "case-manager": PROVIDER,
    "provider": PROVIDER,
    "jail-liaison": "Alder Jail",
    "court-contact": "Alder Court",
    "evaluator": EVALUATOR,
    "validator": "Fern Auditors",
    "monitoring-board": "Gorse Board",
    "payor": COUNTY,
    "investor": INVESTOR,
    "coordinator": COUNTY,
    "project-manager": "Hazel Backbone",
    "auditor-controller": "Alder Auditor-Controller",
    "counsel": "Alder Counsel",
    "board-office": "Alder Board",
    "data-steward": "Ivy Data Desk",
    "link-reviewer": "Juniper Reviewers",
    "participant-representative": "Kale Voices",
    "public": "Nobody in particular",
}
"""Each role's employer; every role of `governance` is played."""
PASSWORD = "a long enough password"


@dataclass(frozen=True)
class Cast:
    """One initiative with one person a role."""

    initiative: Initiative
    users: dict[str, User]
    organisations: dict[str, Organisation]

    @property
    def slug(self) -> str:
        """The initiative in addresses."""
        return self.initiative.slug

    def access(self, role: str) -> Access:
        """What the person of a role may see and do."""
        return access_to(self.users[role], self.slug)

    def sign_in(self, role: str, *, fresh: bool = False) -> Client:
        """A browser in which the person of a role is signed in, a moment ago or long since."""
        client = Client()
        if fresh:
            entered = {"login": self.users[role].username, "password": PASSWORD}
            client.post(reverse("account_login"), entered)
        else:
            client.force_login(
                self.users[role], "allauth.account.auth_backends.AuthenticationBackend"
            )
        return client

    def someone(self, *, role: str = "jail-liaison", name: str = "Rowan", **facts: str) -> Referral:
        """A new referral by the office of a role."""
        return refer(
            by=self.access(role),
            office=self.organisations[EMPLOYERS[role]],
            person=Person("Sam", name, date(1990, 2, 3)),
            circumstances=Circumstances(
                "jail" if role == "jail-liaison" else "court",
                release_expected_on=timezone.localdate() + timedelta(days=5),
                facts=facts,
            ),
        )


def make_cast(slug: str, name: str, folder: Path | None = None) -> Cast:
    """An initiative on the small deal (or the one in a folder), and everybody who works in it."""
    home = Path(settings.DEALS) / slug
    if folder is None and not home.exists():
        a_folder(home, a_deal())
    initiative = open_initiative(by=SYSTEM, slug=slug, name=name, folder=slug, is_synthetic=True)
    organisations = {
        party: Organisation.objects.filter(name=f"{party} of {slug}").first()
        or add_organisation(
            by=SYSTEM,
            name=f"{party} of {slug}",
            party=party,
            is_law_enforcement=party in ("Alder Jail", "Alder Court"),
        )
        for party in dict.fromkeys(EMPLOYERS.values())
    }
    users = {}
    for role in ROLES:
        users[role] = add_user(
            by=SYSTEM,
            username=f"{role}-{slug}",
            full_name=f"{role} of {slug}",
            password=PASSWORD,
        )
        add_member(
            by=SYSTEM,
            user=users[role],
            organisation=organisations[EMPLOYERS[role]],
            initiative=initiative,
            role=role,
            from_on=date(2020, 1, 1),
            site="north",
        )
    return Cast(initiative, users, organisations)


def another(cast: Cast, role: str, *, party: str = "") -> str:
    """A second person of a role, under the name that is returned; of another party if one is said.

    `cast.sign_in` takes the name as it takes a role.
    """
    name = f"second-{role}"
    organisation = cast.organisations[EMPLOYERS[role]]
    if party:
        organisation = add_organisation(by=SYSTEM, name=f"{party} of {cast.slug}", party=party)
    cast.users[name] = add_user(
        by=SYSTEM,
        username=f"{name}-{cast.slug}",
        full_name=f"{name} of {cast.slug}",
        password=PASSWORD,
    )
    add_member(
        by=SYSTEM,
        user=cast.users[name],
        organisation=organisation,
        initiative=cast.initiative,
        role=role,
        from_on=date(2020, 1, 1),
    )
    return name
