"""A deal as a project record of the INDIGO data standard, with the organisations it names.

What a deal file does not state, such as the Sustainable Development Goals, is not in the record.
The reference of the open formats says which key becomes which field.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.indigo import INDIGO_VERSION
from payforsuccess.deal.indigo.comparator import sector_of
from payforsuccess.reports.open_data.indigo_money import investments, payments_made, transactions
from payforsuccess.reports.open_data.indigo_outcomes import metrics, pricings, results
from payforsuccess.reports.open_data.indigo_words import (
    Organisations,
    money,
    period,
    said,
    without_empty,
)
from payforsuccess.reports.open_data.shown import Opened
from payforsuccess.reports.open_data.standing import marked, standing_of
from payforsuccess.units import exact_text


def indigo_file(shown: Opened, *, id_: str, ocid: str | None = None) -> dict[str, object]:
    """The whole file: the standard and its version, the project, and the organisations.

    `standing` beside them tells a program whether the terms are those of a contract.
    """
    organisations = Organisations(shown.deal.parties)
    file = {
        "standard": "INDIGO",
        "version": INDIGO_VERSION,
        "standing": shown.deal.standing,
        "project": {"id": id_, "data": _project(shown, organisations, ocid)},
        "organisations": [
            {"id": one, "data": {"name": said(name)}} for name, one in organisations.items()
        ],
    }
    return marked(file, shown.deal)


def _project(shown: Opened, of: Organisations, ocid: str | None) -> Mapping[str, object]:
    deal = shown.deal
    return without_empty(
        {
            "name": said(deal.deal),
            "stage_development": said(_stage(shown)),
            "dates": _dates(deal),
            "jurisdiction": {
                "jurisdiction": said(deal.jurisdiction.country),
                "notes": deal.jurisdiction.name,
            },
            "overall_project_finance": _finance(shown),
            "purpose_and_classifications": {
                "social_challenge": said(deal.governance.goal),
                "intervention": said(deal.says),
                "policy_sector": said(sector_of(deal.policy_areas)),
            },
            "service_and_beneficiaries": _served(deal),
            "notes": said(_notes(shown)),
            "sources": _sources(deal),
            "service_provisions": [
                {"id": f"service-{at}", "organisation_id": said(of.id_of(name))}
                for at, name in enumerate(of.holding("provider"), 1)
            ],
            "outcome_payment_commitments": _commitments(deal, of),
            "investments": investments(deal, of),
            "intermediary_services": [
                {
                    "organisation_id": said(of.id_of(name)),
                    "other_role_description": said("Intermediary"),
                }
                for name in of.holding("intermediary")
            ],
            "outcome_metrics": metrics(deal),
            "outcome_pricings": pricings(deal),
            "transactions": transactions(deal),
            "results": results(shown, of),
            "open_contracting_datas": [{"ocid": ocid}] if ocid else [],
            "outcome_payments": payments_made(shown, of),
        }
    )


def _stage(shown: Opened) -> str | None:
    """Where a signed deal stands on the day; nothing for terms that are no contract."""
    deal = shown.deal
    if deal.executed is None:
        return None
    if shown.on < deal.periods.from_:
        return "Contracted"
    return "Implementation" if shown.on <= deal.ends_on else "Complete"


def _dates(deal: Deal) -> dict[str, object]:
    signed = None if deal.executed is None else deal.executed.signed_on.isoformat()
    return {
        "outcomes_contract_signed": said(signed),
        "anticipated_completion_date": said(deal.ends_on.isoformat()),
        "start_date_of_service_provision": said(deal.periods.from_.isoformat()),
        "notes": f"In force from {deal.in_force_from}. The start of service is given as the first "
        "day of the first payment period.",
    }


def _finance(shown: Opened) -> dict[str, object]:
    deal = shown.deal
    lent = [one.amount for one in deal.capital if one.kind != "guarantee"]
    invested = deal.capital_in_all
    if invested is None and lent:
        invested = sum(lent, Fraction(0))
    return {
        "total_investment_commitment": None
        if invested is None
        else {"currency": said(deal.currency), "amount": {"exact": said(invested)}},
        "maximum_potential_outcome_payment_v2": money(deal.ceiling, deal.currency),
        "total_outcome_payments_made": money(shown.total_paid, deal.currency),
    }


def _served(deal: Deal) -> dict[str, object]:
    most = None if deal.people.head_count is None else deal.people.head_count.most
    return {
        "target_population": said(deal.people.says),
        "targeted_number_service_users_or_beneficiaries_total": said(most),
        "unit_type_targeted_service_users_or_beneficiaries": said(
            None if most is None else "Individual"
        ),
        "notes": f"Counted from: {deal.people.start_event}",
    }


def _notes(shown: Opened) -> str:
    """The standing of the terms, every party with its roles, and what is not shown and why."""
    deal = shown.deal
    parties = "; ".join(f"{one.name} ({', '.join(one.roles)})" for one in deal.parties)
    left_out = "; ".join(f"{one.what}: {one.because}" for one in shown.redactions)
    parts = [standing_of(deal), f"Parties: {parties}.", f"Not shown: {left_out}"]
    return " ".join(part for part in parts if part)


def _sources(deal: Deal) -> list[object]:
    if deal.executed is None:
        return []
    return [
        {
            "id": "source1",
            "name": said(deal.executed.title or "The signed contract"),
            "type": said("Contract"),
            "notes": f"SHA-256 of the signed document: {deal.executed.contract}",
        }
    ]


def _commitments(deal: Deal, of: Organisations) -> list[object]:
    return [
        {
            "organisation_id": said(of.id_of(payor.party)),
            "maximum_potential_outcome_payment": money(payor.ceiling, deal.currency),
            "period": period(deal.in_force_from, deal.ends_on),
            "notes": f"Share of each line: {exact_text(payor.share)}",
        }
        for payor in deal.payors
    ]
