"""INDIGO files for tests: a whole record in a few lines, with fields changed or taken out."""

from __future__ import annotations

import json
from collections.abc import Mapping


def said(value: object, **more: object) -> dict[str, object]:
    """A value as the standard writes it."""
    return {"value": value, **more}


def a_project(**changes: object) -> dict[str, object]:
    """The fields of a project that a comparator can be made of; None leaves one out."""
    money = {"currency": said("GBP"), "amount": said(500_000)}
    data: dict[str, object] = {
        "name": said("Alder Homes"),
        "stage_development": said("Implementation"),
        "dates": {"start_date_of_service_provision": said("2021-04")},
        "jurisdiction": {"jurisdiction": said("GB")},
        "overall_project_finance": {"maximum_potential_outcome_payment_v2": money},
        "purpose_and_classifications": {"policy_sector": said("Homelessness")},
        "service_and_beneficiaries": {"target_population": said("Adults without a home")},
        "delivery_locations": [{"location_name": said("Alder"), "location_country": said("GB")}],
        "outcome_payment_commitments": [{"organisation_id": said("INDIGO-ORG-0001")}],
        "service_provisions": [{"id": "s1", "organisation_id": said("INDIGO-ORG-0002")}],
        "outcome_metrics": [{"id": "homes", "definition": said("Homes kept for a year")}],
        **changes,
    }
    return {key: value for key, value in data.items() if value is not None}


def a_file(data: Mapping[str, object] | None = None, id_: str = "INDIGO-POJ-9001") -> bytes:
    """One project and the names of its organisations."""
    return as_json(
        {
            "project": {"id": id_, "data": a_project() if data is None else data},
            "organisations": [
                {"id": "INDIGO-ORG-0001", "data": {"name": said("Alder County")}},
                {"id": "INDIGO-ORG-0002", "data": {"name": said("Cedar Homes")}},
            ],
        }
    )


def as_json(value: object) -> bytes:
    """JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False).encode()
