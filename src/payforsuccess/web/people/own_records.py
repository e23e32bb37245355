"""Who keeps and reads people's records by name in an initiative: by the roles that are held."""

from __future__ import annotations

from django.db.models import Q

from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.reports.rights import Named, OwnRecords
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.models import Membership

READS: tuple[tuple[Action, Named], ...] = (
    ("see-identifiers", "name"),
    ("see-contact-details", "contact"),
    ("see-notes-and-health", "notes"),
)


def own_records(access: Access) -> OwnRecords:
    """What the page of rights tells of this application's own records, in one query."""
    held = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=access.on),
        initiative=access.initiative,
        from_on__lte=access.on,
        confirmed_at__isnull=False,
    )
    rows = held.order_by("organisation__name").values_list("organisation__name", "role")
    may: dict[str, set[Action]] = {}
    roles: dict[str, set[str]] = {}
    for name, role in rows.distinct():
        may[name] = may.get(name, set()) | set(ROLES[role].may)
        roles.setdefault(role, set()).add(name)
    reads = {
        name: tuple(part for action, part in READS if action in allowed)
        for name, allowed in may.items()
    }
    return OwnRecords(
        keeps=tuple(sorted(roles.get("case-manager", ()))),
        reads={name: parts for name, parts in reads.items() if parts},
        offices=tuple(
            name
            for name, allowed in may.items()
            if "see-own-referrals" in allowed and not reads[name]
        ),
        complain=tuple(sorted(roles.get("participant-representative", ()))),
    )
