"""`pfs check` on each library deal says what a lawyer would find true of the published terms."""

from __future__ import annotations

import pytest

from payforsuccess.runs.check import CheckResult, check
from payforsuccess.runs.library.files import library_deals

DEALS = {held.record.id: held.deal for held in library_deals() if held.deal is not None}
CHECKED: dict[str, CheckResult] = {}


def checked(name: str) -> CheckResult:
    """The check of a library deal, made once."""
    if name not in CHECKED:
        CHECKED[name] = check(DEALS[name])
    return CHECKED[name]


def said(name: str, topic: str) -> str:
    """All that the check says on one topic."""
    result = checked(name)
    found = [one for one in (*result.proofs, *result.findings) if one.topic == topic]
    return " ".join(one.what for one in found)


@pytest.mark.parametrize("name", DEALS)
def test_nothing_is_due_without_success(name: str) -> None:
    """R6, proved for every deal."""
    assert any(proof.topic == "no-success" for proof in checked(name).proofs)


@pytest.mark.parametrize("name", DEALS)
def test_each_deal_is_marked_as_published_terms_and_not_certified(name: str) -> None:
    assert "not the contract" in said(name, "standing")
    assert "Not certified" in said(name, "certification")
    for assumption in DEALS[name].assumptions:
        assert assumption in said(name, "assumption")


@pytest.mark.parametrize("name", DEALS)
def test_no_library_deal_pays_less_for_better_results(name: str) -> None:
    assert any(proof.topic == "monotone" for proof in checked(name).proofs)
    assert not any(finding.topic == "monotone" for finding in checked(name).findings)


@pytest.mark.parametrize(
    ("name", "topic", "parts"),
    [
        ("denver-sib", "cliff", ["3,200,000.00", "20 percent", "19.9 pays nothing"]),
        ("denver-sib", "ceiling", ["5,290,000.00", "11,420,000.00"]),
        ("denver-sib", "bands", ["exactly one band"]),
        ("dc-water-eib", "bands", ["exactly 41.3 percent", "no band"]),
        ("dc-water-eib", "liability", ["Goldman Sachs and Calvert Foundation can owe DC Water"]),
        ("dc-water-eib", "liability", ["at most USD 3,300,000.00"]),
        ("dc-water-eib", "evidence", ["not independent"]),
        ("nyc-able", "bands", ["8.5 to 9.9 percent", "11 to 19.9 percent"]),
        ("nyc-able", "cliff", ["9,600,000.00", "10 percent"]),
        ("chicago-cpc", "ceiling", ["500,000.00 in one year", "the rest is lost"]),
        ("cambodia-sanitation-dib", "liability", ["at most USD 9,999,999.00"]),
        ("cambodia-sanitation-dib", "evidence", ["No party is evaluator or validator"]),
        ("dwp-innovation-fund-round-1", "ceiling", ["8,200.00 together for one person"]),
        ("dwp-innovation-fund-round-2", "ceiling", ["11,700.00 together for one person"]),
        ("fair-chance-fund", "ceiling", ["no ceiling over all its lines"]),
        ("project-apollo", "liability", ["unbounded"]),
        ("reboot-west", "liability", ["at most GBP 2,250,000.00"]),
        ("skill-mill", "liability", ["at most GBP 3,241,776.00"]),
    ],
)
def test_the_check_finds_what_is_true_of_the_deal(name: str, topic: str, parts: list[str]) -> None:
    for part in parts:
        assert part in said(name, topic)
