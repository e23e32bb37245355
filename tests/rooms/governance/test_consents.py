"""Consents to a proposed amendment: whose, by whom, and what they come to (R125)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.checks.amendments import NeededConsent
from payforsuccess.deal.contract import RecordedConsent
from payforsuccess.governance.consents import (
    SIGNATORY,
    Answer,
    Said,
    consents,
    speaks_for,
    spoke_for_others,
)
from payforsuccess.governance.roles.cases import Case
from payforsuccess.governance.roles.may import may
from payforsuccess.governance.roles.roles import ROLES

ON = date(2026, 6, 1)
PAYOR = NeededConsent("payor", "money")
BANK = NeededConsent("lender", "money", "Elm Bank")
FUND = NeededConsent("lender", "money", "Fir Fund")
BOARD = NeededConsent("board", "money", above=Fraction(50_000))
NEEDED = (PAYOR, BANK, FUND, BOARD)
HOLDS = {"Alder County": ("payor",), "Elm Bank": ("investor",), "Fir Fund": ("investor",)}


def yes(one: NeededConsent, party: str, by: str = "Ada", said: Said = "consented") -> Answer:
    return Answer(one.of, party, said, by, ON)


ALL = (
    yes(PAYOR, "Alder County", "Ada"),
    yes(BANK, "Elm Bank", "Bo"),
    yes(FUND, "Fir Fund", "Cy"),
    yes(BOARD, "Board of Supervisors", "Di"),
)


def test_it_is_complete_with_every_consent_and_not_before() -> None:
    """R125: each consent in the deal's matrix, each lender for itself."""
    assert consents(NEEDED, ALL).is_complete
    for left_out in ALL:
        found = consents(NEEDED, [each for each in ALL if each is not left_out])
        assert not found.is_complete
        assert len(found.waiting) == 1


@given(st.lists(st.sampled_from(ALL), max_size=6), st.randoms())
def test_whoever_refused_keeps_it_out_until_they_consent(said: list[Answer], _: object) -> None:
    """R125: the last answer of each party counts."""
    refusal = Answer("lender", "Elm Bank", "refused", "Bo", ON, "Too dear.")
    found = consents(NEEDED, [*said, *ALL, refusal])
    assert not found.is_complete
    assert [one.answer for one in found.refused] == [refusal]
    assert consents(NEEDED, [*said, refusal, *ALL]).is_complete


def test_one_lender_never_consents_for_another() -> None:
    """R125: each lender class."""
    said = [each for each in ALL if each.party != "Fir Fund"]
    found = consents(NEEDED, [*said, yes(BANK, "Elm Bank"), yes(BANK, "Elm Bank")])
    assert [str(one.consent) for one in found.waiting] == ["the lender Fir Fund"]


def test_not_needed_is_an_answer_only_where_it_hangs_on_an_amount() -> None:
    """R125: the Board above the delegated amount."""
    less = yes(BOARD, "Board of Supervisors", "Di", "not-needed")
    found = consents(NEEDED, [*ALL[:3], less])
    assert found.is_complete
    assert {one.of for one in found.recorded} == {"payor", "lender"}

    never = yes(PAYOR, "Alder County", "Ada", "not-needed")
    assert not consents(NEEDED, [*ALL[1:], never]).is_complete


def test_what_is_recorded_names_capacity_party_and_day() -> None:
    """R125."""
    recorded = consents(NEEDED, ALL).recorded
    assert recorded[0] == RecordedConsent(of="payor", party="Alder County", on=ON)
    assert len(recorded) == 4


@pytest.mark.parametrize(
    ("consent", "held", "party"),
    [
        (PAYOR, [("payor", "Alder County")], "Alder County"),
        (PAYOR, [("coordinator", "Alder County")], ""),
        (PAYOR, [("payor", "Elm Bank")], ""),
        (PAYOR, [("payor", "")], ""),
        (BANK, [("investor", "Elm Bank")], "Elm Bank"),
        (BANK, [("investor", "Fir Fund")], ""),
        (BOARD, [("board-office", "Board of Supervisors")], "Board of Supervisors"),
        (BOARD, [("payor", "Alder County")], ""),
    ],
)
def test_only_the_partys_signatory_speaks_for_it(
    consent: NeededConsent, held: list[tuple[str, str]], party: str
) -> None:
    """R125: by the role that commits the party, of an employer that is that party."""
    assert speaks_for(consent, held, HOLDS) == party


def test_every_capacity_has_a_signatory_who_may_answer() -> None:
    for role in SIGNATORY.values():
        assert "answer-amendments" in ROLES[role].may


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (Case(person="Ada", prepared_by=("Bo",)), "another party's"),
        (Case(person="Ada", is_own=True), "Nobody is on record"),
        (Case(person="Ada", is_own=True, prepared_by=("ADA",)), "You proposed it"),
        (
            Case(person="Ada", is_own=True, prepared_by=("Bo",), decided_by=("Ada",)),
            "one person speaks for one",
        ),
    ],
)
def test_whoever_has_a_conflict_may_not_answer(case: Case, reason: str) -> None:
    """R125."""
    answer = may([ROLES["payor"]], "answer-amendments", case)
    assert not answer
    assert reason in answer.reason


def test_whoever_spoke_for_another_party_is_found_under_any_spelling() -> None:
    assert spoke_for_others(ALL, "Alder County") == ("Bo", "Cy", "Di")
