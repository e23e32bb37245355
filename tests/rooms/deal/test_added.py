"""A fact goes into a file that people keep by hand, and every other line stays as it is."""

from __future__ import annotations

import pytest

from payforsuccess.deal.reading.added import CannotAdd, flow, with_item, with_key

BOOKS = """\
# The books.
format: 1
calls:
  - name: first  # the bank's
    amount: 8_000
    received: [{on: 2026-01-01, amount: 8_000}]

# What was paid.
disbursements:
- {on: 2026-01-15, to: Birch Homes, amount: 6_000}  # by cheque
bank: []
"""
COST = {"on": "2026-02-01", "to": "Birch Homes", "amount": "12.50"}
LINE = "- {on: 2026-02-01, to: Birch Homes, amount: 12.50}\n"


def test_an_item_goes_below_the_last_and_comments_stay() -> None:
    found = with_item(BOOKS, ("disbursements",), COST)

    assert found == BOOKS.replace("# by cheque\n", f"# by cheque\n{LINE}")


def test_an_item_goes_into_brackets() -> None:
    assert "bank: [{on: 2026-02-01, to: Birch Homes" in with_item(BOOKS, ("bank",), COST)
    found = with_item(BOOKS, ("calls", 0, "received"), {"on": "2026-01-02", "amount": "1"})
    assert "amount: 8_000}, {on: 2026-01-02, amount: 1}]\n" in found


def test_a_list_that_is_missing_is_begun_where_it_belongs() -> None:
    found = with_item(BOOKS, ("notices",), COST)
    assert found == f"{BOOKS}notices:\n  {LINE}"
    tall = with_item(BOOKS, ("votes",), {"matter": "Go on", "needs": "2/3"}, tall=True)
    assert tall == f'{BOOKS}votes:\n  - matter: Go on\n    needs: "2/3"\n'
    inside = with_item(BOOKS, ("calls", 0, "certificates"), {"condition": "calm"})
    assert "amount: 8_000}]\n    certificates: [{condition: calm}]\n\n# What" in inside


def test_a_tall_item_has_a_line_for_each_key() -> None:
    found = with_item(BOOKS, ("calls",), {"name": "second", "amount": "5"}, tall=True)

    assert "8_000}]\n  - name: second\n    amount: 5\n\n# What was paid." in found


def test_a_key_is_added_and_never_replaced() -> None:
    found = with_key(BOOKS, ("calls", 0), "answer", {"says": "refuses", "reason": 'a "b": c'})
    assert '    answer: {says: refuses, reason: "a \\"b\\": c"}\n' in found
    inside = with_key(BOOKS, ("disbursements", 0), "says", "Rent")
    assert "amount: 6_000, says: Rent}  # by cheque" in inside
    with pytest.raises(CannotAdd):
        with_key(BOOKS, ("calls", 0), "amount", "9")


@pytest.mark.parametrize("text", ["- a\n", "calls: none\n", "a: [", "calls: {a: 1}\n"])
def test_what_is_written_otherwise_is_left_alone(text: str) -> None:
    with pytest.raises(CannotAdd):
        with_item(text, ("calls",), COST)


def test_a_file_without_a_last_line_end_gets_one() -> None:
    assert with_item("bank:\n  - {a: 1}", ("bank",), {"a": "2"}) == (
        "bank:\n  - {a: 1}\n  - {a: 2}\n"
    )


def test_values_stand_bare_only_where_they_cannot_be_misread() -> None:
    assert flow({"met": True, "says": "a: b # c", "n": "2/3", "to": ["x", "y z"]}) == (
        '{met: true, says: "a: b # c", n: "2/3", to: [x, y z]}'
    )
