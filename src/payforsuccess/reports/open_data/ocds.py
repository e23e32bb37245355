"""A deal as a release of the Open Contracting Data Standard 1.1, in a release package.

Source: the standard's release schema and guidance (standard.open-contracting.org, version 1.1). An
`ocid` begins with a prefix that the Open Contracting Partnership gives to each publisher; ours
cannot know one, so that without one given the id says that it is not registered.
"""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.open_data.indigo_words import slug, unlike, without_empty
from payforsuccess.reports.open_data.ocds_contract import contract_of
from payforsuccess.reports.open_data.ocds_words import at_midnight, value_of
from payforsuccess.reports.open_data.shown import Opened
from payforsuccess.reports.open_data.standing import marked, standing_of

VERSION = "1.1"
NO_PUBLISHER = "No publisher: written by a program from a deal file that states no signed contract"
_ROLES = {
    "payor": ("payer",),
    "provider": ("supplier", "payee"),
    "investor": ("funder",),
    "guarantor": ("funder",),
}
"""The words of the standard's list of party roles; all other roles are interested parties."""


def ocds_package(shown: Opened, *, ocid: str | None = None) -> dict[str, object]:
    """A release package with one release, as of the day for which it is made.

    Its publisher is the buyer of a contract, and no government that did not publish: terms that
    are no contract are nobody's. `standing` beside it says so to a program, `contract` if they are.
    """
    deal = shown.deal
    buyer = _buyer(deal)
    release_id = ocid or f"unregistered-{slug(deal.deal)}"
    package = {
        "uri": f"urn:ocid:{release_id}",
        "version": VERSION,
        "publishedDate": at_midnight(shown.on),
        "publisher": {"name": buyer if deal.standing == "contract" else NO_PUBLISHER},
        "releases": [_release(shown, release_id, buyer)],
    }
    return marked(package, deal)


def _release(shown: Opened, ocid: str, buyer: str) -> dict[str, object]:
    deal = shown.deal
    ids = unlike(party.name for party in deal.parties)
    return without_empty(
        {
            "ocid": ocid,
            "id": f"{ocid}-{shown.on.isoformat()}-{len(shown.statements)}",
            "date": at_midnight(shown.on),
            "language": "en",
            "standing": deal.standing,
            "tag": _tags(shown),
            "initiationType": "tender",
            "parties": _parties(deal, ids, buyer),
            "buyer": {"id": ids.get(buyer), "name": buyer},
            "tender": _tender(deal, ocid),
            "awards": [_award(deal, ids)],
            "contracts": [contract_of(shown, ids)],
        }
    )


def _buyer(deal: Deal) -> str:
    """The payor with the largest share; of equal ones the first."""
    return max(deal.payors, key=lambda payor: payor.share).party


def _tags(shown: Opened) -> list[str]:
    if shown.deal.executed is None:
        return ["planning"]
    return ["award", "contract", *(["implementation"] if shown.statements else [])]


def _parties(deal: Deal, ids: dict[str, str], buyer: str) -> list[object]:
    """Every party once, with the standard's roles and, in `details`, the deal's own."""
    roles: dict[str, list[str]] = {}
    for party in deal.parties:
        roles.setdefault(party.name, []).extend(party.roles)
    return [
        {
            "id": ids[name],
            "name": name,
            "roles": list(
                dict.fromkeys(
                    [
                        *(["buyer"] if name == buyer else []),
                        *(word for role in held for word in _ROLES.get(role, ("interestedParty",))),
                    ]
                )
            ),
            "details": {"rolesInTheDeal": list(dict.fromkeys(held))},
        }
        for name, held in roles.items()
    ]


def _tender(deal: Deal, ocid: str) -> dict[str, object]:
    said = [text for text in (standing_of(deal), deal.says) if text]
    return {
        "id": f"{ocid}-tender",
        "title": deal.deal,
        "description": " ".join(said) or None,
        "status": "planning" if deal.executed is None else "complete",
        "mainProcurementCategory": "services",
        "contractPeriod": {
            "startDate": at_midnight(deal.in_force_from),
            "endDate": at_midnight(deal.ends_on),
        },
    }


def _award(deal: Deal, ids: dict[str, str]) -> dict[str, object]:
    signed: date | None = None if deal.executed is None else deal.executed.signed_on
    return {
        "id": "award-1",
        "title": deal.deal,
        "status": "pending" if signed is None else "active",
        "value": value_of(deal.ceiling, deal.currency),
        "suppliers": [
            {"id": ids[party.name], "name": party.name}
            for party in deal.parties
            if "provider" in party.roles
        ],
    }
