"""Releases against the release schema of the Open Contracting Data Standard 1.1.4.

The schema is the Open Contracting Partnership's own; `ocds_release_schema_1_1_4.licence.txt` says
where it comes from and under which licence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import PaymentMade
from payforsuccess.reports.open_data import exact_json, ocds_package, opened
from payforsuccess.runs.folder import read_deal
from tests.lib.deals import TERMS, a_deal, a_term, two_payors
from tests.lib.settling import stated

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((Path(__file__).parent / "ocds_release_schema_1_1_4.json").read_text())
RELEASE = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
EXECUTED = {"contract": "sha256:" + "a" * 64, "signed_on": "2025-12-01"}


def wrong_in(package: Mapping[str, object]) -> list[str]:
    """What the schema says against the releases of a package."""
    plain = json.loads(exact_json(package))
    return [
        f"{list(error.path)}: {error.message}"
        for release in plain["releases"]
        for error in RELEASE.iter_errors(release)
    ]


@pytest.mark.parametrize(
    "folder",
    ["just-in-reach", "denver-supportive-housing", "job-training", "maryland-reentry"],
)
def test_the_examples_make_valid_releases(folder: str) -> None:
    """R104: an Open Contracting release that fits the standard's own schema."""
    deal = read_deal(ROOT / "examples" / folder)

    assert wrong_in(ocds_package(opened(deal, [], [], on=date(2020, 1, 1)))) == []


@pytest.mark.parametrize("kind", sorted(TERMS))
def test_every_kind_of_payment_term_makes_a_valid_release(kind: str) -> None:
    deal = a_deal(payments=[a_term(kind)])

    assert wrong_in(ocds_package(opened(deal, [], [], on=date(2026, 6, 1)))) == []


@pytest.mark.parametrize("changes", [{}, {"executed": EXECUTED}, two_payors()])
def test_statements_and_payments_fit_the_schema(changes: dict[str, object]) -> None:
    """R104: with milestones, transactions and documents of the implementation."""
    deal: Deal = a_deal(**changes)
    statements = stated(deal, [{"homes": ["20"]}, {"homes": ["20", "7"]}])
    payments = [PaymentMade(statement=1, on=date(2026, 5, 1), amount="2000.00")]
    package = ocds_package(opened(deal, statements, payments, on=date(2028, 3, 1)))

    assert wrong_in(package) == []
    (contract,) = package["releases"][0]["contracts"]  # type: ignore[index]
    assert contract["status"] == ("terminated" if "executed" in changes else "pending")
    assert len(contract["implementation"]["transactions"]) == 1
    assert len(contract["implementation"]["documents"]) == 2


def test_the_schema_refuses_a_release_that_is_wrong() -> None:
    package = ocds_package(opened(a_deal(), [], [], on=date(2026, 6, 1)))
    package["releases"][0]["tag"] = ["nonsense"]  # type: ignore[index]

    assert wrong_in(package)
