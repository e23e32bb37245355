"""A report of harm that stops service: no new placement until it is settled (R121)."""

from __future__ import annotations

from django.db.models import Q

from payforsuccess.errors import Problem, Refusal
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import HarmReport


def stops(initiative: Initiative, site: str = "") -> list[HarmReport]:
    """The stops in force, of the whole initiative or of one site."""
    found = HarmReport.objects.filter(
        initiative=initiative, stops_service=True, settled_on=None
    ).order_by("reported_on", "pk")
    return list(found.filter(Q(site="") | Q(site=site)) if site else found)


def refuse_stopped(initiative: Initiative, site: str) -> None:
    """Refusal of a new placement while a stop is in force."""
    found = stops(initiative, site)
    if found:
        raise Refusal(
            Problem(
                f"New placements are stopped until report {found[0].number} is settled.",
                "Ask the provider’s manager or the coordinator how it stands.",
            )
        )
