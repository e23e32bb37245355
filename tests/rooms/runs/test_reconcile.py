"""The county's books against what is on record: lists, differences, explanations (R129)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.reconciliation import ReconciliationRecord
from payforsuccess.errors import Refusal
from payforsuccess.payments.reconciled import payment_code
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.correct_number import correct_number
from payforsuccess.runs.statement.mark_paid import mark_paid
from payforsuccess.runs.statement.reconcile import (
    Reconciliation,
    explain_difference,
    reconciliation,
    take_list,
)
from payforsuccess.runs.statement.reconciliations import read_reconciliations
from tests.lib.approving import approved, certified
from tests.lib.folders import MADE_ON, a_folder, draft, sign
from tests.lib.pfs import pfs
from tests.lib.settling import problems_of

PAID_ON = MADE_ON + timedelta(days=5)
LIST = f"Warrant Number,Payment Date,Amount,Payee,Memo\nW-1001,{PAID_ON},$300.00,Alder Homes,x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A statement over 300.00 that was paid under W-1001."""
    made = a_folder(tmp_path / "deal", certified(), homes=["3"])
    sign(made)
    draft(made, period=1)
    approved(made, on=MADE_ON)
    mark_paid(made, 1, by="Wren Teller", on=PAID_ON, reference="W-1001", today=PAID_ON)
    return made


def taken(folder: Path, text: str = LIST, **changes: Any) -> Reconciliation:
    file = folder.parent / "list.csv"
    file.write_text(text, "utf-8")
    return take_list(folder, file, **{"by": "Wren Teller", "on": PAID_ON, **changes})


def refused(folder: Path, text: str, **changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        taken(folder, text, **changes)
    assert read_reconciliations(open_folder(folder)) == ()
    return problems_of(refusal.value)


def corrected(folder: Path, number: str, **changes: str) -> ReconciliationRecord:
    (payment,) = map(payment_code, open_folder(folder).paid())
    said = {"payment": payment, "reason": "A slip of the pen", "by": "Wren Teller", **changes}
    return correct_number(folder, number=number, on=PAID_ON, **said)


def test_a_corrected_number_is_the_one_held_against_the_books(folder: Path) -> None:
    taken(folder, LIST.replace("W-1001", "W-1002"))
    assert not reconciliation(folder).found.closes

    corrected(folder, "W-1002")

    assert reconciliation(folder).found.closes
    assert [each.reference for each in open_folder(folder).paid()] == ["W-1001"]
    with pytest.raises(Refusal, match="stands on a payment"):
        mark_paid(
            folder, 1, by="Wren Teller", on=PAID_ON, reference="W-1002", amount=1, today=PAID_ON
        )


@pytest.mark.parametrize(
    ("number", "changes", "says"),
    [
        ("W-1001", {}, "has this number already"),
        ("W?", {}, "is missing, too long"),
        ("W-1002", {"reason": " "}, "who corrects the number, and why"),
        ("W-1002", {"by": "Ash Reed"}, "prepared or approved"),
        ("W-1002", {"payment": "sha256:0"}, "no such payment"),
    ],
)
def test_a_number_is_not_corrected_by_anyone_to_anything(
    folder: Path, number: str, changes: dict[str, str], says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        corrected(folder, number, **changes)

    assert read_reconciliations(open_folder(folder)) == ()


def test_a_list_as_the_books_write_it_closes(folder: Path) -> None:
    found = taken(folder)

    assert found.found.closes
    assert [line.standing for line in found.found.lines] == ["matched"]
    assert "It closes." in str(found)


def test_days_and_amounts_are_read_as_counties_write_them(folder: Path) -> None:
    american = f"{PAID_ON.month}/{PAID_ON.day}/{PAID_ON.year}"
    text = f'number,date,amount\nW-1001,{american},"1,300.00"\nW-1001,{american},"(1,000.00)"\n'

    assert taken(folder, text).found.closes


def test_the_same_list_again_adds_nothing(folder: Path) -> None:
    taken(folder)
    taken(folder)

    assert len(read_reconciliations(open_folder(folder))) == 1


def test_a_difference_stays_open_until_it_is_explained(folder: Path) -> None:
    found = taken(folder, LIST.replace("300.00", "299.00")).found
    (line,) = found.open
    assert (line.standing, found.not_explained) == ("different-amount", 100)

    explain_difference(folder, line.code, reason="A fee of the bank", by="Wren", on=PAID_ON)

    again = reconciliation(folder).found
    assert again.closes and again.lines[0].explained is not None


def test_a_code_of_no_difference_is_refused(folder: Path) -> None:
    matched = taken(folder).found.lines[0]

    with pytest.raises(Refusal, match="No difference has this code"):
        explain_difference(folder, matched.code, reason="Why not", by="Wren", on=PAID_ON)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("number,amount\nW-1,3\n", "missing: date"),
        (f"number,date,amount\nW-1,yesterday,3\nW-2,{PAID_ON},much\n", "`amount` is no amount"),
        (f"number,date,amount\nW-1,{PAID_ON},0.001\n", "whole cents"),
        (f"number,date,amount\nW-1,{PAID_ON},\n", "`amount` is empty"),
        (f"number,date,amount\nW-1,{PAID_ON + timedelta(days=1)},3\n", "The payment is of"),
    ],
)
def test_a_faulty_list_is_refused_whole(folder: Path, text: str, says: str) -> None:
    assert says in refused(folder, text)


def test_a_list_of_days_to_come_is_refused(folder: Path) -> None:
    said = refused(folder, LIST, through=PAID_ON + timedelta(days=1))

    assert "which are to come" in said


def test_a_record_that_was_changed_is_found(folder: Path) -> None:
    taken(folder)
    (path,) = (open_folder(folder).out / "reconciliation").glob("0*.json")
    path.write_text(path.read_text("utf-8").replace("30000", "40000"), "utf-8")

    with pytest.raises(Refusal, match="changed after it was written"):
        reconciliation(folder)


def test_the_command_shows_what_does_not_close_and_says_so_by_its_code(folder: Path) -> None:
    file = folder.parent / "books.csv"
    file.write_text(LIST.replace("W-1001", "W-1002"), "utf-8")
    day = str(PAID_ON)
    brought = ("--list", file, "--on", day, "--by", "Wren")

    done = pfs("statement", "reconcile", folder, *brought)
    assert done.code == 10
    assert "not in the books (perhaps W-1002)" in done.out and "It does not close." in done.out

    plain = json.loads(pfs("statement", "reconcile", folder, "--json").out)
    code = next(line["code"] for line in plain["lines"] if line["number"] == "W-1001")
    other = next(line["code"] for line in plain["lines"] if line["number"] == "W-1002")
    for each in (code, other):
        said = ("--explain", each, "--reason", "A slip in the books", "--by", "Wren", "--on", day)
        done = pfs("statement", "reconcile", folder, *said)
    assert done.code == 0 and "It closes." in done.out


def test_rows_of_other_vendors_are_counted_and_not_kept(folder: Path, tmp_path: Path) -> None:
    from payforsuccess.runs.statement.payments_list import read_payments_list

    file = tmp_path / "books.csv"
    file.write_text(LIST + f"W-5,{PAID_ON},12.00,A Person,private\n", "utf-8")

    found = read_payments_list(
        file, currency="USD", through=PAID_ON, vendors=("Alder Homes",), numbers=()
    )

    assert found.left_out == 1 and [row.number for row in found.rows] == ["W-1001"]
    assert "A Person" not in found.model_dump_json()


def test_a_payment_is_recorded_by_the_command(folder: Path) -> None:
    again = ("--by", "Wren Teller", "--warrant", "W-1001", "--on", str(PAID_ON))

    done = pfs("statement", "paid", folder, "1", *again)
    assert done.code == 0 and "USD 300.00 was paid on statement 1" in done.out

    more = pfs("statement", "paid", folder, "1", *again[:3], "W-9", "--amount", "1,000.00")
    assert more.code == 10 and "Nothing more can be paid" in more.err
