"""The report says what was measured and who left each count at which rule, by arm."""

from __future__ import annotations

import pytest

from payforsuccess.measures.attrition import Attrition
from payforsuccess.reports import write_html
from payforsuccess.reports.inline import plain_text
from payforsuccess.reports.run import run_document
from payforsuccess.reports.run_facts import AttritionShown
from payforsuccess.reports.run_tables import attrition_table
from tests.rooms.reports.statements import run_facts

AID = Attrition("aid", 6, (("death", 1),), 5)
NO_AID = Attrition("no-aid", 4, (("move", 2),), 2)
EVERYONE = Attrition(None, 10, (("death", 1), ("move", 2)), 7)
SHOWN = AttritionShown(
    "jail_days", ("Days that a person spends “jailed”.",), (EVERYONE, AID, NO_AID)
)


def test_every_step_has_its_count_for_everyone_and_each_arm() -> None:
    table = attrition_table(SHOWN)

    assert table.caption == "Jail days: who is counted"
    assert [[plain_text(cell.parts) for cell in row] for row in (*table.rows, *table.footer)] == [
        ["Enrolled", "10", "6", "4"],
        ["Left: died, and the result is unknown by the measure's rule", "1", "1", "0"],
        [
            "Left: moved out of reach, and the result is unknown by the measure's rule",
            "2",
            "0",
            "2",
        ],
        ["With a known result", "7", "5", "2"],
    ]


def test_the_report_shows_it_after_the_participants() -> None:
    page = write_html(run_document(run_facts(attrition=(SHOWN,)))).decode()

    assert page.index("What was measured") > page.index("The participants")
    assert "Days that a person spends “jailed”." in page


def test_the_counts_of_everyone_come_first() -> None:
    with pytest.raises(ValueError, match="everyone come first"):
        AttritionShown("jail_days", (), (AID, NO_AID))
