"""The fields of an INDIGO project record that are read and written, by the standard's own names.

Source: the INDIGO data standard 4.1.0 (19 October 2023) of the International Network for Data on
Impact and Government Outcomes, by the Government Outcomes Lab, University of Oxford, and Open Data
Services Co-operative. Its schema carries no licence to copy, so this is our own description of the
part that a deal file can state or a comparator can use. Other fields of the standard, such as
the costs of technical assistance, are allowed and passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

INDIGO_VERSION = "4.1.0"
DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
COUNTRY = r"^[A-Z]{2}$"
STATUSES = ("PUBLIC", "PRIVATE", "DISPUTED", "SANDBOX")

SECTORS = (
    "Employment and training",
    "Child and family welfare",
    "Health",
    "Homelessness",
    "Education",
    "Criminal justice",
    "Agriculture and environment",
    "Poverty reduction",
)
STAGES = ("Contracted", "Implementation", "Service delivery complete", "Complete")
TRANSACTIONS = (
    "Debt",
    "Grant",
    "Equity",
    "Debt and Equity",
    "Interest Payment",
    "Capital Repayment",
    "Capital Repayment and Interest",
    "Outcome Payment",
    "Other",
)


@dataclass(frozen=True)
class Leaf:
    """One value. Most stand as `{"value": ...}`, with a status and sources; plain ones do not.

    words: the standard's list. has_others: records that were published hold words beside it, such
    as “senior loan”; they are taken as they stand.
    """

    kind: Literal["text", "number", "date", "country"] = "text"
    words: tuple[str, ...] = ()
    is_plain: bool = False
    has_others: bool = False


@dataclass(frozen=True)
class Rows:
    """A list of parts that look alike."""

    of: Mapping[str, Described]


Described: TypeAlias = "Leaf | Rows | Mapping[str, Described]"


def _words(*words: str) -> Leaf:
    return Leaf(words=words)


_TEXT, _NUMBER, _DATE = Leaf(), Leaf("number"), Leaf("date")
_PLAIN = Leaf(is_plain=True)
_MONEY: Mapping[str, Described] = {"currency": _TEXT, "amount": _NUMBER}
_RANGE: Mapping[str, Described] = {
    "currency": _TEXT,
    "amount": {"min": _NUMBER, "exact": _NUMBER, "max": _NUMBER},
}
_PERIOD: Mapping[str, Described] = {"start_date": _DATE, "end_date": _DATE}
_CHANGED: Mapping[str, Described] = {"description": _TEXT, "reason": _TEXT}

PROJECT: Mapping[str, Described] = {
    "name": _TEXT,
    "stage_development": _words(*STAGES),
    "dates": {
        "outcomes_contract_signed": _DATE,
        "anticipated_completion_date": _DATE,
        "actual_completion_date": _DATE,
        "start_date_of_service_provision": _DATE,
        "anticipated_end_date_of_service_provision": _DATE,
        "actual_end_date_of_service_provision": _DATE,
        "notes": _PLAIN,
    },
    "jurisdiction": {"jurisdiction": Leaf("country"), "notes": _PLAIN},
    "overall_project_finance": {
        "total_investment_commitment": _RANGE,
        "maximum_potential_outcome_payment_v2": _MONEY,
        "total_outcome_payments_made": _MONEY,
        "notes": _PLAIN,
    },
    "purpose_and_classifications": {
        "social_challenge": _TEXT,
        "intervention": _TEXT,
        "policy_sector": _words(*SECTORS),
        "notes": _PLAIN,
    },
    "service_and_beneficiaries": {
        "target_population": _TEXT,
        "targeted_number_service_users_or_beneficiaries_total": _NUMBER,
        "unit_type_targeted_service_users_or_beneficiaries": _words("Individual", "Other"),
        "actual_number_service_users_or_beneficiaries_total": _NUMBER,
        "notes": _PLAIN,
    },
    "changes_to_project_due_to_covid19": _words(
        "Pause project",
        "Continue on outcomes contract without variations",
        "Continue on outcomes contract with variations",
        "Switch to grant payments based on medium scenarios",
    ),
    "notes": _TEXT,
    "delivery_locations": Rows({"location_name": _TEXT, "location_country": Leaf("country")}),
    "sources": Rows(
        {
            "id": _PLAIN,
            "name": _TEXT,
            "type": Leaf(words=("Contract", "Report", "Website"), has_others=True),
            "url": _TEXT,
            "publication_date": _TEXT,
            "notes": _PLAIN,
        }
    ),
    "service_provisions": Rows(
        {"id": _PLAIN, "organisation_id": _TEXT, "alterations": _CHANGED, "notes": _PLAIN}
    ),
    "outcome_payment_commitments": Rows(
        {
            "organisation_id": _TEXT,
            "maximum_potential_outcome_payment": _MONEY,
            "period": _PERIOD,
            "alterations": _CHANGED,
            "notes": _PLAIN,
        }
    ),
    "investments": Rows(
        {
            "id": _PLAIN,
            "organisation_id": _TEXT,
            "investment_commitment": _RANGE,
            "investment_type": Leaf(words=("Debt", "Equity", "Combination"), has_others=True),
            "notes": _PLAIN,
        }
    ),
    "intermediary_services": Rows(
        {"organisation_id": _TEXT, "other_role_description": _TEXT, "notes": _PLAIN}
    ),
    "outcome_metrics": Rows(
        {
            "id": _PLAIN,
            "definition": _TEXT,
            "outcome_metric_target": _TEXT,
            "outcome_validation_method": _TEXT,
            "data_source_for_outcome_validation": _TEXT,
            "notes": _PLAIN,
        }
    ),
    "outcome_pricings": Rows(
        {
            "outcome_metric_id": _TEXT,
            "currency": _TEXT,
            "price_per_unit": {"amount": _NUMBER},
            "maximum_price_if_all_targets_achieved": {"amount": _TEXT},
            "price_description": _TEXT,
            "notes": _PLAIN,
        }
    ),
    "transactions": Rows(
        {
            "investment_id": _TEXT,
            "date": _DATE,
            "transaction_type": _words(*TRANSACTIONS),
            "money": _MONEY,
            "notes": _PLAIN,
        }
    ),
    "results": Rows(
        {
            "outcome_metric_id": _TEXT,
            "result_level": _words("Project level", "Outcome level"),
            "result_type": _words("Interim", "Final"),
            "period": _PERIOD,
            "outcomes_achieved": _TEXT,
            "number_engaged_in_impact_bond": _NUMBER,
            "outcomes_validator_organisation_ids": _TEXT,
            "notes": _PLAIN,
        }
    ),
    "open_contracting_datas": Rows({"ocid": _PLAIN, "notes": _PLAIN}),
    "outcome_payments": Rows(
        {
            "period": _PERIOD,
            "payer_organisation_id": _TEXT,
            "type": _words("Planned", "Actual"),
            "money": _MONEY,
            "notes": _PLAIN,
        }
    ),
}


def json_schema() -> dict[str, object]:
    """This description as a JSON Schema (draft 7), for whoever checks a record without us."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"The part of an INDIGO {INDIGO_VERSION} project record that is read and written",
        **_schema_of(PROJECT),
    }


def _schema_of(described: Described) -> dict[str, object]:
    if isinstance(described, Rows):
        return {"type": "array", "items": _schema_of(described.of)}
    if isinstance(described, Leaf):
        value = _value_schema(described)
        if described.is_plain:
            return value
        status = {"enum": list(STATUSES)}
        return {"type": "object", "properties": {"value": value, "status": status}}
    keys: dict[str, object] = {name: _schema_of(part) for name, part in described.items()}
    return {"type": "object", "properties": {"status": {"enum": list(STATUSES)}, **keys}}


def _value_schema(leaf: Leaf) -> dict[str, object]:
    if leaf.words and not leaf.has_others:
        return {"enum": list(leaf.words)}
    if leaf.kind == "number":
        return {"type": "number"}
    pattern = {"date": DATE, "country": COUNTRY}.get(leaf.kind)
    return {"type": "string", **({"pattern": pattern} if pattern else {})}
