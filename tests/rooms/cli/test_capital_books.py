"""The subcommands of `pfs capital` put facts on record (R133), and say what stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lib.capital import a_financed_deal, a_trigger
from tests.lib.deals import INVESTOR, PROVIDER
from tests.lib.open_capital import KEEPER, LENDER, books, record_of
from tests.lib.pfs import pfs

ON = ("--on", "2026-06-10")


def test_each_step_of_a_call_is_recorded(tmp_path: Path) -> None:
    books(tmp_path, draw_conditions=[{"name": "calm", "says": "Calm", "certified_by": INVESTOR}])
    due = ("--due", "2026-07-01")
    made = pfs("capital", "call", tmp_path, "loan", "--amount", "2,000", *due, "--by", KEEPER, *ON)
    assert (made.code, "It lacks the certificate `calm`" in made.out) == (0, True)
    by = ("--party", INVESTOR, "--by", LENDER)
    pfs("capital", "certify", tmp_path, "call-2", "calm", *by, *ON)
    said = pfs("capital", "answer", tmp_path, "call-2", "consents", *by, *ON, "--json")
    assert json.loads(said.out)["stands"] == "to-pay"
    came = pfs("capital", "received", tmp_path, "call-2", "--amount", "2000", "--on", "2026-06-20")
    assert "All of it came." in came.out
    cost = ("--to", PROVIDER, "--amount", "500.50", "--says", "Rent")
    assert "USD 500.50 was paid" in pfs("capital", "spent", tmp_path, *cost, *ON).out

    bank = pfs("capital", "bank", tmp_path, "project", "--balance", "1499.50", *ON)
    assert (bank.code, "Bank and book agree" in bank.out) == (0, True)
    differs = pfs("capital", "bank", tmp_path, "project", "--balance", "1", "--on", "2026-06-30")
    assert differs.code == 10
    assert pfs("capital", tmp_path, "--as-of", "2026-06-30").code == 10
    assert record_of(tmp_path).calls[1].answer is not None


def test_a_refusal_is_told_and_ends_with_10(tmp_path: Path) -> None:
    books(tmp_path)
    words = ("--party", INVESTOR, "--by", LENDER, *ON)
    answer = pfs("capital", "answer", tmp_path, "first", "refuses", *words)
    assert answer.code == 10
    assert "capital.yaml:" in answer.err and "Nothing says why the call is refused." in answer.err


def test_a_test_and_a_notice_are_recorded(tmp_path: Path) -> None:
    books(
        tmp_path,
        deal=a_financed_deal(triggers=[a_trigger(on="2026-06-01")]),
        calls=[
            {
                "name": "first",
                "tranche": "loan",
                "asked_on": "2026-01-01",
                "due_on": "2026-02-01",
                "amount": "8000",
            }
        ],
        disbursements=None,
        distributions=None,
        payments=None,
        bank=None,
    )
    met = pfs("capital", "test", tmp_path, "on_track", "met", "--party", PROVIDER, *ON)
    assert met.out == f"`on_track` was tested on 2026-06-10 by {PROVIDER}: met.\n"
    words = ("--by", PROVIDER, "--to", INVESTOR, "--says", "Pay")
    told = pfs("capital", "notice", tmp_path, "call first", *words, *ON)
    assert told.out == f"Notice on call first was given to {INVESTOR} on 2026-06-10.\n"


@pytest.mark.parametrize("amount", ["much", "1.001"])
def test_an_amount_is_a_number_of_whole_minor_units(tmp_path: Path, amount: str) -> None:
    books(tmp_path)
    found = pfs("capital", "received", tmp_path, "first", "--amount", amount, *ON)
    assert found.code == 2


def test_a_matter_is_put_to_the_lenders_and_voted_on(tmp_path: Path) -> None:
    """R66: by the principal owed, once for each tranche."""
    books(tmp_path)
    asked = pfs("capital", "put", tmp_path, "Waive the test", "--needs", "51%", *ON)
    assert asked.code == 0, asked.err
    assert "Matter 1 of 2026-06-10: Waive the test" in asked.out
    words = ("--party", INVESTOR, "--by", LENDER)
    said = pfs("capital", "vote", tmp_path, "1", "loan", "yes", *words)
    again = pfs("capital", "vote", tmp_path, "1", "loan", "no", *words, "--json")

    assert "it carries" in said.out
    assert again.code == 10 and "has voted on this matter" in again.out + again.err
    assert record_of(tmp_path).votes[0].ballots[0].person == LENDER


@pytest.mark.parametrize("needs", ["most", "0", "101%", "4/3"])
def test_a_share_of_lenders_is_above_0_and_no_more_than_all(tmp_path: Path, needs: str) -> None:
    books(tmp_path)
    assert pfs("capital", "put", tmp_path, "Waive it", "--needs", needs, *ON).code == 2
