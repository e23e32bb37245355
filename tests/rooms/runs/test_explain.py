"""`explain` reads a whole deal aloud, without a word of the workshop."""

from __future__ import annotations

from pathlib import Path

import pytest

import payforsuccess
from payforsuccess.runs.explain import explain
from tests.lib.deals import COUNTY, INVESTOR, PARTIES, TERMS, a_deal, a_term, an_outcome

SOURCE = Path(payforsuccess.__file__).parent
DEALS = sorted(SOURCE.glob("library/*/deal.yaml"))
UNSAID = ("tick", "spell", "trait", "half-open", "fingerprint")


def test_the_parts_of_a_deal_come_in_the_order_in_which_a_reader_asks() -> None:
    titles = [section.title for section in explain(a_deal()).sections]
    assert titles == [
        "The deal",
        "Who takes part",
        "Whom it serves",
        "What it is about",
        "What is paid",
        "Who pays",
        "Up-front money",
        "Corrections and overpayment",
        "Disputes",
        "How it can change",
        "The signed contract",
    ]


def test_all_parts_are_said() -> None:
    deal = a_deal(
        says="A deal about homes",
        payments=[a_term(kind) for kind in TERMS],
        outcomes={
            "homes": an_outcome(clause="section 2"),
            "reduction": an_outcome("reduction", estimate="trial"),
        },
        evaluation={
            "trial": {
                "design": "randomised",
                "says": "People were assigned by chance",
                "assignment": "individual",
                "arms": {"treated": "offered", "control": "usual"},
                "estimand": "itt",
                "estimator": "difference-in-proportions",
                "as": "percent-reduction",
                "standard_errors": "unpooled",
                "confidence": "95%",
                "test": "z-unpooled",
                "decision": {"pays_on": "significance", "level": "5%"},
                "fallback": [
                    {
                        "when": "attrition-above",
                        "limit": "20%",
                        "then": "pay-nothing",
                        "says": "nothing is paid",
                    }
                ],
                "measure": {
                    "kind": "event-count",
                    "event": "arrest",
                    "counts": "days",
                    "population": {"says": "Everyone assigned"},
                    "starts_at": "assignment",
                    "window": "12 months",
                    "on_death": "censor",
                    "on_move": "censor",
                    "on_custody": "stop-the-clock",
                    "feeds": ["jail"],
                },
            }
        },
        ceiling="100000",
        ceilings={"each_period": "50000", "return_on_capital": {"rate": "5%"}},
        parties=[*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        capital=[
            {
                "name": "loan",
                "party": INVESTOR,
                "kind": "senior-loan",
                "amount": "1000",
                "rate": "4%",
                "moved": [{"on": "2026-02-01", "amount": "500", "kind": "drawn"}],
            }
        ],
        overpayment="recover",
        overpayment_paid_by=INVESTOR,
        termination=[
            {
                "name": "no_money",
                "says": "Nothing is appropriated",
                "called_by": [COUNTY],
                "sum_due": "stated",
                "amount": "70",
            }
        ],
        excused=[
            {
                "from": "2026-03-01",
                "to": "2026-06-30",
                "says": "A flood",
                "decision": "The Board, 1 March",
                "effect": "window-extended",
            }
        ],
        budget={"provided": [{"fiscal_year": "2026", "amount": "5", "kind": "set-aside"}]},
        assumptions=["The price is not known"],
    )
    text = " ".join(str(explain(deal)).split())
    for expected in (
        "A deal about homes.",
        "Alder County (county): payor.",
        "Between 0 and 40 people can be served.",
        "Clause: section 2.",
        "Chance decides, person by person, who is in “offered” and who in “usual”.",
        "If more than 20 percent of people are lost: nothing is paid.",
        "Payments read the estimate if the test rejects no effect at 5 percent",
        "days in custody do not count and the time runs on by as many",
        "In all, all lines together never pay more than USD 100,000.00.",
        "with 5 percent a year, compounded by the quarter",
        "Elm Fund: senior loan of up to USD 1,000.00 at 4 percent a year",
        "USD 500.00 was drawn on 1 February 2026",
        "What was paid too much is paid back by Elm Fund.",
        "USD 70.00 is due",
        "From 1 March 2026 to 30 June 2026: the time people are watched grows",
        "For fiscal year 2026, USD 5.00 is set aside",
        "Not certified",
        "The price is not known.",
    ):
        assert expected in text, expected


@pytest.mark.parametrize("file", DEALS, ids=lambda file: file.parent.name)
def test_no_word_of_the_workshop_is_read_aloud(file: Path) -> None:
    text = str(explain(file)).lower()
    for word in UNSAID:
        assert f" {word}" not in text


def test_lines_are_short_enough_for_a_screen() -> None:
    assert all(len(line) <= 96 for line in explain(a_deal()).lines())


def test_a_deal_that_is_no_contract_says_so_at_the_top() -> None:
    assert explain(a_deal()).lines()[2] == "ILLUSTRATIVE"
