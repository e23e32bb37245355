"""Money on record: on approved statements alone, never twice, never more than is open (R129)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.mark_paid import Paid, mark_paid, payable
from tests.lib.approving import approved, certified
from tests.lib.folders import MADE_ON, a_folder, draft, sign

PAID_ON = MADE_ON + timedelta(days=5)


def a_stated_folder(path: Path) -> Path:
    """One statement over 3 homes at 100.00."""
    folder = a_folder(path, certified(), homes=["3"])
    sign(folder)
    draft(folder, period=1)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The statement with both approvals."""
    made = a_stated_folder(tmp_path)
    approved(made, on=MADE_ON)
    return made


def paid(folder: Path, **changes: Any) -> Paid:
    usual: dict[str, Any] = {
        "by": "Wren Teller",
        "on": PAID_ON,
        "reference": "W-1001",
        "today": PAID_ON,
    }
    return mark_paid(folder, 1, **{**usual, **changes})


def problems(folder: Path, **changes: Any) -> str:
    with pytest.raises(Refusal) as refused:
        paid(folder, **changes)
    return "\n".join(f"{p.what} {p.do}" for p in refused.value.problems)


def test_a_payment_stands_in_the_file_with_its_warrant(folder: Path) -> None:
    one = paid(folder)

    (on_record,) = open_folder(folder).paid()
    assert (one.amount, one.still_open) == (300_00, 0)
    assert (on_record.statement, on_record.on, on_record.reference) == (1, PAID_ON, "W-1001")


def test_the_same_call_again_pays_nothing_twice(folder: Path) -> None:
    paid(folder)
    again = paid(folder)

    assert len(open_folder(folder).paid()) == 1
    assert again.still_open == 0


def test_a_number_that_paid_a_part_does_not_pay_the_rest(folder: Path) -> None:
    """Without an amount it would ask for all that is left, which the first payment was not."""
    paid(folder, amount=100_00)

    assert "stands on a payment of" in problems(folder, amount=None)
    assert len(open_folder(folder).paid()) == 1


def test_a_statement_can_be_paid_in_parts_up_to_what_it_asks_for(folder: Path) -> None:
    first = paid(folder, amount=100_00)
    second = paid(folder, amount=200_00, reference="W-1002")

    assert (first.still_open, second.still_open) == (200_00, 0)
    assert payable(folder, 1, on=PAID_ON).amount == 0
    assert "Nothing more can be paid" in problems(folder, reference="W-1003")


def test_a_statement_that_two_people_did_not_approve_is_not_paid(tmp_path: Path) -> None:
    from payforsuccess.runs.statement.statements import issue

    folder = a_stated_folder(tmp_path)
    issue(folder)

    assert "is not approved" in problems(folder)
    assert open_folder(folder).paid() == ()


@pytest.mark.parametrize("by", ["Ash Reed", "Pat Rowan"])
def test_who_approved_or_prepared_does_not_pay(folder: Path, by: str) -> None:
    assert "someone else must mark it as paid" in problems(folder, by=by)


def test_what_cannot_be_is_refused(folder: Path) -> None:
    assert "300.00" in problems(folder, amount=300_01)
    assert "Correct the amount" in problems(folder, amount=0)
    assert "Correct the amount" in problems(folder, amount=-5)
    assert "dated" in problems(folder, on=MADE_ON - timedelta(days=1))
    assert "dated" in problems(folder, on=PAID_ON + timedelta(days=1))
    assert "warrant" in problems(folder, reference='W"}\n  - {x')
    assert open_folder(folder).paid() == ()


def test_a_warrant_number_stands_on_one_payment(folder: Path) -> None:
    paid(folder, amount=100_00)

    assert "already" in problems(folder, amount=50_00)
    assert "already" in problems(folder, amount=50_00, reference="w- 1001")


def test_comments_and_earlier_lines_of_the_file_stay(folder: Path) -> None:
    (folder / "payments.yaml").write_text("# kept by hand\npayments:\n", "utf-8")

    paid(folder, amount=100_00)

    assert (folder / "payments.yaml").read_text("utf-8").startswith("# kept by hand\n")


def test_a_file_in_another_form_is_left_as_it_is(folder: Path) -> None:
    text = "payments: []\n"
    (folder / "payments.yaml").write_text(text, "utf-8")

    assert "no line can be added" in problems(folder)
    assert (folder / "payments.yaml").read_text("utf-8") == text
