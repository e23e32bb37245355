"""A report of harm that stops service: no new placement until it is settled (R121)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import HarmReport


def stops(initiative: Initiative) -> QuerySet[HarmReport]:
    """The stops in force, the oldest first; one without a site holds everywhere."""
    found = HarmReport.objects.filter(initiative=initiative, stops_service=True, settled_on=None)
    return found.order_by("reported_on", "pk")


def stopped(initiative: Initiative, site: str = "") -> list[Problem]:
    """Why nobody is placed now: a stop in force there, or, without a site, everywhere."""
    return stopped_at(initiative, (site,))[:1]


def stopped_at(initiative: Initiative, sites: Collection[str]) -> list[Problem]:
    """One for each stop in force everywhere or at one of the sites, the oldest first."""
    return [
        Problem(
            sentence(
                "New placements are stopped until report {number} is settled.", number=each.number
            ),
            sentence("Ask the provider’s manager or the coordinator how it stands."),
        )
        for each in stops(initiative).filter(Q(site="") | Q(site__in=sites))
    ]


def refuse_stopped(initiative: Initiative, site: str = "") -> None:
    """Refusal of a new placement while a stop is in force there; without a site, everywhere."""
    problems = stopped(initiative, site)
    if problems:
        raise Refusal(problems)
