"""What keeps a payment from being approved: no signature (R3), no certification (R122)."""

from __future__ import annotations

from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.payments.approval import why_not_approvable
from tests.lib.deals import CITY, COUNTY, a_deal
from tests.lib.settling import a_result, a_statement, determined

CONTRACT = {"contract": "sha256:" + "c" * 64, "signed_on": "2025-12-01"}


def certified(*people: tuple[str, str], terms: str | None = None) -> Deal:
    plain: dict[str, Any] = {"standing": "contract", "executed": CONTRACT}
    own = terms or a_deal(**plain).terms_fingerprint
    by = [
        {"name": name, "party": party, "on": "2025-12-02", "terms": own} for name, party in people
    ]
    return a_deal(**{**plain, "executed": {**CONTRACT, "certified_by": by}})


BOTH = (("Ada Oak", COUNTY), ("Bo Pine", "Cedar Homes"))


def reasons(deal: Deal, *, signed: bool = True) -> tuple[str, ...]:
    records = (determined(1, a_result(value="3")),) if signed else ()
    results = None if signed else {"homes": ["3"]}
    return why_not_approvable(a_statement(deal, results, determinations=records))


def test_a_signed_result_under_a_certified_contract_can_be_approved() -> None:
    assert reasons(certified(*BOTH)) == ()


def test_a_provisional_result_cannot() -> None:
    assert reasons(certified(*BOTH), signed=False) == ("A result it pays on is provisional.",)


def test_a_deal_nobody_certified_cannot() -> None:
    assert any("not certified" in reason for reason in reasons(a_deal(standing="contract")))


def test_two_people_of_two_parties_must_certify_these_very_terms() -> None:
    for deal in (
        certified(BOTH[0]),
        certified(BOTH[0], ("Cy Elm", COUNTY)),
        certified(BOTH[0], ("Ada Oak", CITY)),
        certified(*BOTH, terms="sha256:" + "0" * 64),
    ):
        assert any("not certified" in reason for reason in reasons(deal))


def test_certifying_does_not_change_the_terms() -> None:
    """So a statement may be drafted before the second person has signed."""
    assert certified(*BOTH).terms_fingerprint == certified(BOTH[0]).terms_fingerprint


def test_terms_that_are_no_contract_cannot() -> None:
    assert any("illustrative" in reason for reason in reasons(a_deal()))
