"""`eligible` judges each record, and says what is wrong with a file without repeating it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.track.eligible import Eligible, eligible
from tests.lib.deals import a_deal
from tests.lib.pfs import pfs

RULE = [
    {"field": "age", "test": "at-least", "value": "18", "clause": "Section 2"},
    {"field": "age", "test": "at-most", "value": "25", "clause": "Section 2"},
    {"field": "in-work", "test": "is", "value": "no"},
    {"field": "referred-on", "test": "at-least", "value": "2026-01-01"},
]


def the_deal(rule: Any = RULE) -> Deal:
    people = {"says": "Young adults out of work", "start_event": "Referral", "eligible": rule}
    return a_deal(people=people)


def judged(folder: Path, text: str | bytes) -> Eligible:
    file = folder / "people.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return eligible(the_deal(), file)


def problems(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        judged(folder, text)
    return [f"{problem.where.line}: {problem.what}" for problem in refusal.value.problems]


def test_each_record_comes_out_with_the_clauses_that_stand_against_it(tmp_path: Path) -> None:
    found = judged(
        tmp_path,
        "age,in-work,referred-on,name\n"
        "18,no,2026-01-01,x\n"
        "26,yes,2026-01-01,x\n"
        ",no,2026-05-05,x\n"
        "17,,2025-12-31,x\n",
    )

    assert [(row.row, row.verdict, row.failed, row.untold) for row in found.rows] == [
        (1, "yes", (), ()),
        (2, "no", ("“age” is at most 25 (Section 2)", "“in work” is no"), ()),
        (
            3,
            "unknown",
            (),
            ("“age” is at least 18 (Section 2)", "“age” is at most 25 (Section 2)"),
        ),
        (
            4,
            "no",
            ("“age” is at least 18 (Section 2)", "“referred on” is at least 2026-01-01"),
            ("“in work” is no",),
        ),
    ]
    assert (found.eligible, found.not_eligible, found.cannot_be_told) == (1, 2, 1)
    assert found.columns_not_used == 1


def test_a_row_of_which_nothing_is_known_is_a_record_and_an_empty_line_is_none(
    tmp_path: Path,
) -> None:
    assert judged(tmp_path, "age,in-work,referred-on\n,,\n\n").cannot_be_told == 1


def test_a_file_of_a_spreadsheet_with_a_mark_at_its_head_is_read(tmp_path: Path) -> None:
    assert judged(tmp_path, "\ufeffage, in-work ,referred-on\n20,no,2026-02-01\n").eligible == 1


def test_columns_that_are_missing_or_there_twice_are_named(tmp_path: Path) -> None:
    assert problems(tmp_path, "age,age,Jo Secret\n") == [
        "1: The columns are not those that the eligibility rule reads "
        "(missing: in-work, referred-on; twice: age)."
    ]


def test_every_value_that_cannot_be_compared_is_told_once_by_row_and_never_repeated(
    tmp_path: Path,
) -> None:
    found = problems(
        tmp_path,
        'age,in-work,referred-on\nSecret,no,Jan 1\n20,no,2026-01-01\n"2\n1",no\n',
    )

    assert found == [
        "2: Row 1, age: the value is not a number in digits.",
        "2: Row 1, referred-on: the value is not a day such as 2026-07-01.",
        "5: Row 3 has 2 cells; the header has 3.",
    ]


def test_a_file_that_is_no_text_or_empty_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, b"age\n\xff\n") == ["2: The file is not UTF-8 text."]
    assert problems(tmp_path, "") == ["0: The file is empty."]


def test_a_deal_without_a_rule_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="states no rule"):
        eligible(the_deal(rule=[]), tmp_path / "none.csv")


def test_the_command_prints_lines_or_json(tmp_path: Path) -> None:
    pfs("new", tmp_path / "deal", "--template", "rate-card")
    file = tmp_path / "people.csv"
    file.write_text("age,in-work\n19,no\n")

    said = pfs("eligible", tmp_path / "deal", file)
    assert (said.code, said.out.splitlines()[0]) == (0, "Row 1: eligible")
    plain = pfs("eligible", tmp_path / "deal", file, "--json").plain
    assert isinstance(plain, dict) and plain["eligible"] == 1

    file.write_text("age\n19\n")
    assert pfs("eligible", tmp_path / "deal", file).code == 10
