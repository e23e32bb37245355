"""Comparators of the library as INDIGO project records, with the organisations they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from payforsuccess.deal.indigo import INDIGO_VERSION
from payforsuccess.deal.indigo.comparator import COUNTRIES, sector_of
from payforsuccess.deal.record import Record, Role, Source, State
from payforsuccess.reports.open_data.indigo_words import money, said, slug, unlike, without_empty
from payforsuccess.units import exact_text

_STAGES: dict[State, str] = {
    "in operation": "Implementation",
    "in repayment": "Service delivery complete",
    "ended early": "Complete",
    "complete": "Complete",
}
"""The standard has no stage for a deal that is only explored, and none for an early end."""


def has_stage(record: Record) -> bool:
    """Whether the standard's projects have a stage for where the deal stands."""
    return record.state in _STAGES


_TYPES = ("Debt", "Equity", "Combination")


def indigo_records(records: Iterable[Record], sources: Iterable[Source]) -> dict[str, object]:
    """Every comparator as a project; figures keep their sources' ids in the notes.

    An amount that was derived stands in the notes alone: a reader of the standard would take it for
    a published one.
    """
    listed, known = tuple(records), {source.id: source for source in sources}
    names = [party.name for record in listed for party in record.parties]
    names += [capital.party for record in listed for capital in record.capital]
    ids = {name: f"local-{one}" for name, one in unlike(names).items()}
    return {
        "standard": "INDIGO",
        "version": INDIGO_VERSION,
        "projects": [
            {"id": project_id(record), "data": _project(record, ids, known)} for record in listed
        ],
        "organisations": [{"id": one, "data": {"name": said(name)}} for name, one in ids.items()],
    }


def project_id(record: Record) -> str:
    """Its id in INDIGO where it has exactly one there, else a local one."""
    return record.indigo[0] if len(record.indigo) == 1 else f"local-{slug(record.id)}"


def _project(
    record: Record, ids: Mapping[str, str], sources: Mapping[str, Source]
) -> dict[str, object]:
    end = None if record.years.to is None else str(record.years.to)
    return without_empty(
        {
            "name": said(record.name),
            "stage_development": said(_STAGES.get(record.state)),
            "dates": {
                "start_date_of_service_provision": said(str(record.years.from_)),
                "actual_end_date_of_service_provision": said(end),
            },
            "jurisdiction": {"jurisdiction": said(_code(record.countries[:1]))},
            "overall_project_finance": {
                "total_outcome_payments_made": {"currency": said(record.currency)},
                "notes": record.result.says,
            },
            "purpose_and_classifications": {"policy_sector": said(sector_of(record.policy_areas))},
            "service_and_beneficiaries": {"target_population": said(record.population)},
            "notes": said(_notes(record)),
            "delivery_locations": [
                {
                    "location_name": said(record.place),
                    "location_country": said(_code(record.countries[at : at + 1])),
                }
                for at in range(max(len(record.countries), 1))
            ],
            "sources": [
                {"id": one.id, "name": said(one.title), "url": said(one.url)}
                for name in _cited(record)
                if (one := sources.get(name)) is not None
            ],
            "service_provisions": _of_role(record, ids, "provider"),
            "outcome_payment_commitments": _of_role(record, ids, "payor"),
            "investments": _investments(record, ids),
            "intermediary_services": _of_role(record, ids, "intermediary"),
            "outcome_metrics": [
                {"id": f"outcome-{at}", "definition": said(text)}
                for at, text in enumerate(record.outcomes, 1)
            ],
            "outcome_pricings": [
                {
                    "currency": said(record.currency),
                    "price_description": said(term.says),
                    "notes": f"{term.kind}, {term.standing}: {', '.join(term.sources)}",
                }
                for term in record.payment_terms
            ],
        }
    )


def _code(countries: tuple[str, ...]) -> str | None:
    """The two letters of a country, where they are known."""
    for country in countries:
        for code, name in COUNTRIES.items():
            if country == name:
                return code
        if len(country) == 2 and country.isascii() and country.isupper():
            return country
    return None


def _of_role(record: Record, ids: Mapping[str, str], role: Role) -> list[object]:
    return [{"organisation_id": said(ids[name])} for name in record.parties_as(role)]


def _investments(record: Record, ids: Mapping[str, str]) -> list[object]:
    rows: list[object] = []
    for one in record.capital:
        is_published = one.standing == "published"
        amount = money(one.amount, record.currency) if is_published else None
        reckoned = "" if is_published or one.amount is None else f"{exact_text(one.amount)} "
        rows.append(
            {
                "id": one.name,
                "organisation_id": said(ids[one.party]),
                "investment_commitment": {
                    "currency": said(record.currency),
                    "amount": {} if amount is None else {"exact": amount["amount"]},
                },
                "investment_type": said(one.kind if one.kind in _TYPES else None),
                "notes": f"{one.kind or 'form not published'}, {reckoned}{one.standing}: "
                f"{', '.join(one.sources)}",
            }
        )
    funded = {one.party for one in record.capital}
    rows += [
        {"organisation_id": said(ids[name])}
        for name in record.parties_as("investor")
        if name not in funded
    ]
    return rows


def _notes(record: Record) -> str:
    """Who evaluated and validated, and the lessons, which the standard has no field for."""
    checks = [
        f"{party.name}: {', '.join(party.roles)}."
        for party in record.parties
        if {"evaluator", "validator", "guarantor"} & set(party.roles)
    ]
    lessons = [f"Lesson ({', '.join(one.sources)}): {one.says}" for one in record.lessons]
    return " ".join([*checks, *lessons])


def _cited(record: Record) -> tuple[str, ...]:
    parts = (*record.facts, *record.capital, *record.payment_terms, *record.figures)
    cited = [source for part in parts for source in part.sources]
    cited += [source for lesson in record.lessons for source in lesson.sources]
    return tuple(dict.fromkeys(source.partition(":")[0] for source in cited))
