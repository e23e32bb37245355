"""Costs, balances, tests, notices and votes on record (R133), and what the books wait for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.finance.capital import capital
from payforsuccess.runs.finance.give_notice import give_notice, note_test
from payforsuccess.runs.finance.lender_votes import cast_ballot, put_to_lenders
from payforsuccess.runs.finance.note_balance import note_balance
from payforsuccess.runs.finance.note_money import note_disbursement
from tests.lib.capital import SECOND, a_financed_deal, a_tranche, a_trigger
from tests.lib.deals import COUNTY, INVESTOR, PROVIDER
from tests.lib.open_capital import LENDER, TODAY, books, call, called, record_of
from tests.lib.recorded_capital import CALL

LATE = date(2026, 7, 2)


def spend(folder: Path, **changes: Any) -> object:
    words: dict[str, Any] = {"to": PROVIDER, "amount": 500_00, "on": TODAY, "says": "Rent"}
    return note_disbursement(folder, today=TODAY, **{**words, **changes})


def test_a_cost_leaves_the_rest_with_the_project(tmp_path: Path) -> None:
    found = note_disbursement(
        books(tmp_path), to=PROVIDER, amount=500_00, on=TODAY, says="Rent", today=TODAY
    )

    assert str(found) == (
        f"USD 500.00 was paid to {PROVIDER} on 2026-06-10. The project holds USD 1,500.00."
    )
    assert record_of(tmp_path).disbursements[1].says == "Rent"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"to": "Nobody"}, "Nobody is no party of the deal"),
        ({"amount": 2_000_01}, r"at most USD 2,000\.00, which the project held from"),
        ({"on": date(2026, 6, 11)}, "2026-06-11 lies ahead"),
        ({"on": date(2026, 1, 10), "amount": 2_000_01}, "which the project held"),
    ],
)
def test_a_doubtful_cost_is_refused(tmp_path: Path, changes: dict[str, Any], what: str) -> None:
    books(tmp_path)
    with pytest.raises(Refusal, match=what):
        spend(tmp_path, **changes)


def test_a_payment_entered_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    spend(books(tmp_path))
    with pytest.raises(Refusal, match="The same payment is on record") as refused:
        spend(tmp_path)
    assert refused.value.problems[0].where.field == "disbursements[1]"
    spend(tmp_path, says="Rent of the second home")


def test_a_balance_is_held_against_the_book(tmp_path: Path) -> None:
    books(tmp_path)
    good = note_balance(tmp_path, account="project", balance=2_000_00, on=TODAY, today=TODAY)
    assert good.is_closed and str(good) == "Bank and book agree on 2026-06-10: USD 2,000.00."
    bad = note_balance(tmp_path, account="project", balance=1_900_00, on=LATE, today=LATE)
    assert not bad.is_closed and "USD -100.00 to find" in str(bad)
    other = note_balance(tmp_path, account="trust", balance=-1_00, on=LATE, today=LATE)
    assert other.found is not None  # the project's own balance of that day
    waiting = capital(tmp_path, as_of=LATE).waits
    assert [(each.what, each.by) for each in waiting] == [("differs", LATE)]


@pytest.mark.parametrize(
    ("account", "on", "what"),
    [
        ("safe", TODAY, "There is no account `safe`"),
        ("project", date(2026, 5, 1), "is on record"),
        ("project", LATE, "lies ahead"),
    ],
)
def test_a_doubtful_balance_is_refused(tmp_path: Path, account: str, on: date, what: str) -> None:
    books(tmp_path)
    with pytest.raises(Refusal, match=what):
        note_balance(tmp_path, account=account, balance=1_00, on=on, today=TODAY)


def tried(folder: Path, **changes: Any) -> object:
    words: dict[str, Any] = {"met": False, "party": PROVIDER, "on": TODAY, "value": Fraction(3)}
    return note_test(folder, "on_track", today=TODAY, **{**words, **changes})


def test_a_trigger_that_is_missed_stops_calls_from_then_on(tmp_path: Path) -> None:
    deal = a_financed_deal(triggers=[a_trigger(on="2026-06-01", not_met="stops-draws")])
    books(tmp_path, deal=deal)
    assert capital(tmp_path, as_of=TODAY).waits[0].what == "test"

    tried(tmp_path)

    assert "test" not in [each.what for each in capital(tmp_path, as_of=TODAY).waits]
    with pytest.raises(Refusal, match="was not met, which stops draws"):
        call(tmp_path)
    with pytest.raises(Refusal, match="was tested on 2026-06-10 and was not met"):
        tried(tmp_path, met=True, value=None)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"met": True}, "By what was found, `on_track` was not met"),
        ({"value": Fraction(5)}, "By what was found, `on_track` was met"),
        ({"on": date(2026, 5, 31)}, "is tested on 2026-06-01, and 2026-05-31 is before"),
        ({"on": LATE}, "lies ahead"),
        ({"party": "Nobody"}, "no party of the deal"),
    ],
)
def test_a_doubtful_test_is_refused(tmp_path: Path, changes: dict[str, Any], what: str) -> None:
    books(tmp_path, deal=a_financed_deal(triggers=[a_trigger(on="2026-06-01")]))
    with pytest.raises(Refusal, match=what):
        tried(tmp_path, **changes)


def notify(folder: Path, **changes: Any) -> object:
    words: dict[str, Any] = {"by": PROVIDER, "to": INVESTOR, "says": "Pay now", "on": LATE}
    words |= {"about": "call second", **changes}
    return give_notice(folder, words.pop("about"), today=LATE, **words)


def test_notice_of_a_default_is_given_once(tmp_path: Path) -> None:
    called(tmp_path)
    assert capital(tmp_path, as_of=LATE).waits[0].what == "notice"

    notify(tmp_path)

    assert capital(tmp_path, as_of=LATE).notices[0].given_on == LATE
    with pytest.raises(Refusal, match="Notice of it was given on 2026-07-02"):
        notify(tmp_path)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"about": "call first"}, "No default is open on “call first”"),
        ({"to": SECOND}, f"The notice goes to {INVESTOR}"),
        ({"on": date(2026, 7, 1)}, "is not after 2026-07-01, the last day to pay"),
        ({"by": " "}, "Nobody is named"),
    ],
)
def test_a_doubtful_notice_is_refused(tmp_path: Path, changes: dict[str, Any], what: str) -> None:
    called(tmp_path)
    with pytest.raises(Refusal, match=what):
        notify(tmp_path, **changes)


def two_lenders(folder: Path) -> Path:
    calls = [
        {
            **CALL,
            "name": name,
            "tranche": name,
            "amount": amount,
            "received": [{"on": "2026-01-01", "amount": amount}],
        }
        for name, amount in (("big", "6000"), ("small", "3000"))
    ]
    deal = a_financed_deal(a_tranche(name="big"), a_tranche(name="small", party=SECOND))
    return books(folder, deal=deal, calls=calls, payments=None, distributions=None, bank=None)


def put(folder: Path) -> Callable[[], object]:
    def again() -> object:
        return put_to_lenders(
            folder,
            "Waive the trigger",
            needs=Fraction(2, 3),
            more_than=False,
            on=TODAY,
            today=TODAY,
        )

    again()
    return again


def test_lenders_vote_by_the_principal_owed_and_each_once(tmp_path: Path) -> None:
    again = put(two_lenders(tmp_path))
    waiting = [(w.who, w.name) for w in capital(tmp_path, as_of=TODAY).waits if w.what == "vote"]
    assert waiting == [(INVESTOR, "big"), (SECOND, "small")]

    first = cast_ballot(tmp_path, 1, tranche="small", vote="no", party=SECOND, by="Fen")
    found = cast_ballot(tmp_path, 1, tranche="big", vote="yes", party=INVESTOR, by=LENDER)

    assert (first.carries, first.others) == (False, 6_000_00)
    assert (found.yes, found.no, found.carries) == (6_000_00, 3_000_00, True)
    for refused, what in (
        (again, "was put to the lenders on the same day"),
        (
            lambda: cast_ballot(tmp_path, 1, tranche="big", vote="no", party=INVESTOR, by=LENDER),
            "has voted on this matter",
        ),
        (
            lambda: cast_ballot(tmp_path, 1, tranche="big", vote="no", party=COUNTY, by="Ada"),
            f"is not given by {COUNTY}",
        ),
        (
            lambda: cast_ballot(tmp_path, 2, tranche="big", vote="no", party=INVESTOR, by=LENDER),
            "No such matter",
        ),
    ):
        with pytest.raises(Refusal, match=what):
            refused()


def test_the_bank_is_asked_again_after_a_month(tmp_path: Path) -> None:
    books(tmp_path)
    assert capital(tmp_path, as_of=date(2026, 6, 5)).waits == ()
    asked = capital(tmp_path, as_of=date(2026, 6, 6)).waits
    assert [(each.what, each.name, each.by) for each in asked] == [
        ("reconcile", "project", date(2026, 6, 5))
    ]
