"""What payors paid on statements comes into the books of capital, and goes out in order (R133)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from payforsuccess.errors import Refusal
from payforsuccess.runs.finance.capital import capital
from payforsuccess.runs.finance.note_payment import due_out, note_paid_out, note_payment
from payforsuccess.runs.folder import open_folder
from tests.lib.capital import a_financed_deal
from tests.lib.folders import a_folder, issued
from tests.lib.open_capital import record_of
from tests.lib.recorded_capital import write_record

CAME = date(2026, 5, 10)
TODAY = date(2026, 5, 20)


@pytest.fixture
def paid(tmp_path: Path) -> Path:
    """A statement of 900.00 is paid; nothing of it is in the books."""
    a_folder(tmp_path, a_financed_deal())
    issued(tmp_path, "9")
    made = {"statement": 1, "on": str(CAME), "amount": "900", "reference": "W-1"}
    (tmp_path / "payments.yaml").write_text(yaml.safe_dump({"payments": [made]}))
    write_record(tmp_path, payments=None, distributions=None, bank=None)
    return tmp_path


def test_a_paid_statement_waits_to_be_entered_then_to_be_paid_out(paid: Path) -> None:
    def waiting() -> list[tuple[str, str, str]]:
        found = capital(paid, as_of=TODAY).waits
        return [(w.what, w.name, w.about) for w in found if w.what in ("enter", "pay-out")]

    assert waiting() == [("enter", "1", "USD 900.00")]
    note_payment(paid, statement=1, amount=400_00, on=CAME, today=TODAY)
    assert waiting()[0] == ("enter", "1", "USD 500.00")
    note_payment(paid, statement=1, amount=500_00, on=CAME, today=TODAY)
    assert waiting() == [("pay-out", "", "")]

    due = due_out(open_folder(paid).history().latest, record_of(paid), on=TODAY)
    assert [(d.kind, d.to, d.amount) for d in due] == [("principal", "loan", 900_00)]
    note_paid_out(paid, on=TODAY, today=TODAY, seen_due=due)

    assert waiting() == []
    status = capital(paid, as_of=TODAY)
    assert (status.tranches[0].repaid, status.held) == (900_00, 2_000_00)
    assert not status.findings


def test_no_more_is_entered_than_was_paid_and_no_day_before_it(paid: Path) -> None:
    for amount, on in ((900_01, CAME), (0, CAME), (1_00, date(2026, 5, 9)), (1_00, date.max)):
        with pytest.raises(Refusal):
            note_payment(paid, statement=1, amount=amount, on=on, today=TODAY)
    with pytest.raises(Refusal, match="not in the books yet"):
        note_payment(paid, statement=2, amount=1_00, on=CAME, today=TODAY)
    assert record_of(paid).payments == ()


def test_nothing_is_noted_as_paid_out_but_what_was_looked_at(paid: Path) -> None:
    note_payment(paid, statement=1, amount=900_00, on=CAME, today=TODAY)

    with pytest.raises(Refusal, match="not what was shown"):
        note_paid_out(paid, on=TODAY, today=TODAY, seen_due=())
    assert record_of(paid).distributions == ()
