"""Disputes put on record and settled: with line, clause, amount and clock (R124)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.results import Statement
from payforsuccess.errors import Refusal
from payforsuccess.governance.initiative.voice import Dispute
from payforsuccess.runs.finance.capital import overdue_statements
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.initiative.disputes import Objection, open_dispute, settle_dispute
from payforsuccess.runs.statement.mark_paid import mark_paid, payable
from tests.lib.approving import approved, certified
from tests.lib.deals import COUNTY, PROVIDER
from tests.lib.folders import MADE_ON, a_folder, draft, sign
from tests.lib.sealed import INITIATIVE

LATER = MADE_ON + timedelta(days=5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An approved statement over 3 homes at 100.00, and an initiative's file with a comment."""
    made = a_folder(tmp_path, certified(), homes=["3"])
    (made / "initiative.yaml").write_text(f"# kept by the coordinator\n{INITIATIVE}", "utf-8")
    sign(made)
    draft(made, period=1)
    approved(made, on=MADE_ON)
    return made


def opened(folder: Path, **changes: Any) -> Dispute:
    usual: dict[str, Any] = {"lines": (the_line(folder),), "clause": "Section 3", "amount": 100_00}
    when = {key: changes.pop(key) for key in ("raised_by", "on") if key in changes}
    objection = Objection(**{**usual, **changes})
    return open_dispute(folder, 1, objection, **{"raised_by": COUNTY, "on": LATER, **when})


def the_line(folder: Path) -> str:
    from payforsuccess.runs.statement.statements import show

    statement: Statement = show(folder, 1).statement
    return statement.lines[0].term


def problems(folder: Path, **changes: Any) -> str:
    with pytest.raises(Refusal) as refused:
        opened(folder, **changes)
    return " ".join(f"{p.what} {p.do}" for p in refused.value.problems)


def test_what_a_payor_disputes_is_held_back_and_the_rest_is_paid(folder: Path) -> None:
    opened(folder)

    assert payable(folder, 1, on=LATER).amount == 200_00
    mark_paid(folder, 1, by="Wren Teller", on=LATER, reference="W-1", today=LATER)
    assert payable(folder, 1, on=LATER).amount == 0


def test_what_is_disputed_is_no_default(folder: Path) -> None:
    late = MADE_ON + timedelta(days=365)
    opened_folder = open_folder(folder)
    assert [each.unpaid for each in overdue_statements(opened_folder, late)] == [300_00]

    opened(folder)

    assert [each.unpaid for each in overdue_statements(opened_folder, late)] == [200_00]


def test_a_settled_dispute_holds_nothing_back(folder: Path) -> None:
    one = opened(folder)

    settle_dispute(folder, one.name, says="The count was right.", on=LATER)

    assert payable(folder, 1, on=LATER).amount == 300_00


def test_other_lines_of_the_file_stay_as_they_are(folder: Path) -> None:
    before = (folder / "initiative.yaml").read_text("utf-8")
    one = opened(folder)
    opened(folder, amount=50_00)
    settle_dispute(folder, one.name, says="It was: right {as} stated #1.", on=LATER)

    after = (folder / "initiative.yaml").read_text("utf-8")

    assert after.startswith(before)
    assert after.count("statement-1-") == 2


def test_what_cannot_be_disputed_is_refused(folder: Path) -> None:
    assert "no party" in problems(folder, raised_by="Somebody")
    assert "does not have" in problems(folder, lines=("other",))
    assert "does not have" in problems(folder, lines=())
    assert "clause" in problems(folder, clause=" ")
    assert "300.00" in problems(folder, amount=300_01)
    assert "correction" in problems(folder, on=date(2029, 1, 1))


def test_who_is_owed_the_money_holds_nothing_back(folder: Path) -> None:
    opened(folder, raised_by=PROVIDER)

    assert payable(folder, 1, on=LATER).amount == 300_00


def test_without_a_register_it_is_said_where_disputes_are_kept(folder: Path) -> None:
    (folder / "initiative.yaml").unlink()

    assert "initiative.yaml" in problems(folder)


def test_a_dispute_is_settled_once_and_in_words(folder: Path) -> None:
    one = opened(folder)
    for says, on in ((" ", LATER), ("It was right.", MADE_ON)):
        with pytest.raises(Refusal):
            settle_dispute(folder, one.name, says=says, on=on)
    settle_dispute(folder, one.name, says="It was right.", on=LATER)

    with pytest.raises(Refusal, match="settled on"):
        settle_dispute(folder, one.name, says="Again.", on=LATER)
