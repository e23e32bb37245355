"""The page of requirements names every id once, and no test names one that is not there."""

from __future__ import annotations

from docs.generate.requirements import named_by_id, requirements, requirements_page
from tests.docs.pages import ROOT


def ids() -> list[str]:
    return [each.id for section in requirements().sections for each in section.requirements]


def test_every_id_stands_once_and_in_order() -> None:
    assert ids() == [f"R{number}" for number in range(1, 153)]


def test_no_test_names_an_id_that_is_not_there() -> None:
    assert set(named_by_id(ROOT)) <= set(ids())


def test_a_row_names_the_rooms_and_the_tests() -> None:
    row = next(line for line in requirements_page(ROOT).splitlines() if line.startswith("| R132 "))
    assert "governance" in row
    assert "rooms/governance/test_votes.py" in row
