"""A statement made under format 1 still verifies, and says what it said."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.runs.statement.verify import verify
from tests.known.statement_format_1 import GOLDEN, make


def test_a_statement_of_format_1_verifies() -> None:
    found = verify(GOLDEN)
    assert found.holds, str(found)
    statement = found.statement
    assert (statement.format, statement.number, statement.period) == (1, 2, 2)
    assert [(line.term, line.kind, line.cause, line.amount) for line in statement.lines] == LINES


def test_the_same_facts_come_to_the_same_amounts_today(tmp_path: Path) -> None:
    make(tmp_path / "again.zip")
    again = verify(tmp_path / "again.zip")
    assert again.holds, str(again)
    assert [
        (line.term, line.kind, line.cause, line.amount) for line in again.statement.lines
    ] == LINES


# 12.345; 30 less is carried: 19.98 + 4.30; 3,200 + 7 x 160; 40% of 99.99 and of 1,000.05;
# 100,000 x 1.65% x 91/365; and 100,000 x (1.6% - 1.55%) x 90/365, by a new determination
LINES: list[tuple[str, str, str | None, int]] = [
    ("homes", "line", None, 12_35),
    ("days", "line", None, 24_28),
    ("effect", "line", None, 4_320_00),
    ("savings", "line", None, 40_00),
    ("savings", "released", None, 400_02),
    ("interest", "line", None, 411_37),
    ("interest", "correction", "determination", 12_33),
]
