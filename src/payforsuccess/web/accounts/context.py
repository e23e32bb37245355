"""What every page shows around its own content: initiative, navigation, labels."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.cases import Case
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.ui.told import told

OWN = Case(
    is_own=True,
    legal_basis="for the list alone",
    counsel_approved="for the list alone",
    is_planned_look=True,
    is_locked=True,
    determined_by=("for the list alone",),
    prepared_by=("for the list alone",),
)


@dataclass(frozen=True)
class Link:
    """A line of the navigation."""

    label: str | Promise
    url: str
    is_current: bool


ENTRIES: tuple[tuple[str | Promise, str, tuple[Action, ...]], ...] = (
    (_("Overview"), "initiatives:overview", ("see-public-summary",)),
    (_("Today"), "people:today", ("see-own-caseload",)),
    (_("Referrals"), "referrals:list", ("see-own-referrals", "answer-referrals")),
    (_("How referrals flow"), "referrals:flow", ("see-totals",)),
    (_("One person or two?"), "referrals:same", ("review-links",)),
    (_("Our sites"), "people:numbers", ("change-practice",)),
    (_("Safety"), "people:harm", ("see-harm-log", "report-harm")),
    (_("Extracts"), "people:extracts", ("release-extracts", "change-practice")),
    (_("Payments"), "payments:list", ("see-terms-and-statements",)),
    (_("Amendments"), "amendments:list", ("see-terms-and-statements",)),
    (_("Outcomes by arm"), "initiatives:arms", ("see-outcomes-by-arm",)),
    (_("Capital"), "investor:capital", ("see-investor-pack",)),
    (_("Accounts"), "accounts:members", ("manage-accounts",)),
    (
        _("Disclosures"),
        "accounts:disclosures",
        ("disclose-to-law-enforcement", "approve-disclosure"),
    ),
    (_("Roles to confirm"), "accounts:roles", ("confirm-roles",)),
    (_("Emergencies"), "accounts:openings", ("approve-disclosure",)),
    (_("Data"), "desk:feeds", ("load-feeds", "plan-evaluation")),
    (_("Uncertain matches"), "desk:links", ("review-links",)),
    (_("Checks"), "desk:checks", ("validate-determinations",)),
    (_("Dollars at risk"), "desk:risk", ("see-dollars-at-risk",)),
    (_("Audit"), "audit:log", ("see-audit-log",)),
)
"""The pages of the navigation, each with the permissions of which one opens it."""


def page(request: HttpRequest) -> dict[str, object]:
    """The context of `ui/base.html`."""
    access: Access | None = getattr(request, "access", None)
    if access is None:
        return {"navigation": (), "access": None, **_made_up_accounts(request)}
    slug = access.initiative.slug
    links = [
        (label, reverse(name, args=[slug]))
        for label, name, actions in ENTRIES
        if any(access.may(action, OWN) for action in actions)
    ]
    here = max((url for _, url in links if request.path.startswith(url)), key=len, default="")
    return {
        "access": access,
        "initiative": access.initiative,
        "is_synthetic": access.initiative.is_synthetic,
        "navigation": tuple(Link(label, url, url == here) for label, url in links),
    }


def _made_up_accounts(request: HttpRequest) -> dict[str, object]:
    """The accounts of the made-up county, for its sign-in page; nothing in any other mode."""
    if not settings.IS_DEMO or request.user.is_authenticated:
        return {}
    from payforsuccess.web.demo.cast import MEMBERS, PASSWORD

    accounts = [(each.username, each.full_name, told(ROLES[each.role].title)) for each in MEMBERS]
    return {"demo_accounts": accounts, "demo_password": PASSWORD, "is_synthetic": True}
