"""One deal of the library on a page: every statement ends with its standing and its sources."""

from __future__ import annotations

import re

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.library.library import library
from payforsuccess.runs.library.show import library_show


def test_the_page_names_every_source_with_its_address() -> None:
    page = str(library_show("denver-sib"))
    assert "nhp38: NHP Foundation publication" in page
    assert "https://resources.nhpfoundation.org/view/679239/38/" in page
    assert "five lenders repaid from the jail-day outcome" in " ".join(page.split())


def test_what_is_not_published_is_on_the_page() -> None:
    assert "What is not published" in str(library_show("cuyahoga-pfs"))


def test_lessons_carry_their_sources() -> None:
    page = " ".join(str(library_show("massachusetts-roca")).split())
    assert "Enrolment and the sample fell short of plan" in page
    assert re.search(r"difference-in-differences\. \[nospin\]", page)


def test_a_project_of_the_series_has_a_page_too() -> None:
    assert "indigo: GO Lab" in str(library_show("mhep-enfield"))


def test_an_unknown_deal_is_refused() -> None:
    with pytest.raises(Refusal, match="holds no deal"):
        library_show("no-such-deal")


@pytest.mark.parametrize("name", [row.id for row in library().comparators])
def test_every_deal_has_a_page(name: str) -> None:
    page = library_show(name)
    assert str(page).startswith(page.record.name)
    assert page.sources
