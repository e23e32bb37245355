"""The documents about a deal or an initiative, by kind."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.reports import ItemList, Table
from payforsuccess.reports.inline import plain_text
from payforsuccess.runs.documents.document import document, kinds
from payforsuccess.runs.documents.kinds import KINDS, Asked
from payforsuccess.runs.explain import explain
from payforsuccess.runs.folder import read_deal

EXAMPLES = Path(__file__).parents[3] / "examples"
ON = date(2026, 6, 1)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_has_a_module_that_makes_it(name: str) -> None:
    assert callable(import_module(KINDS[name].module).document)
    assert KINDS[name].says in str(kinds())


def test_a_kind_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal, match="Did you mean `exhibit`"):
        document("exibit", Asked(Path("."), ON))


def test_a_language_it_is_not_written_in_is_refused() -> None:
    with pytest.raises(Refusal, match="not written in the language `fr`"):
        document("exhibit", Asked(Path("."), ON, language="fr"))


def test_the_exhibit_holds_every_sentence_of_the_explanation(tmp_path: Path) -> None:
    made = document("exhibit", Asked(EXAMPLES / "denver-supportive-housing", ON))
    said = {
        plain_text(item)
        for block in made.document.blocks
        if isinstance(block, ItemList)
        for item in block.items
    }
    explained = explain(EXAMPLES / "denver-supportive-housing")
    assert said == {
        sentence
        for section in explained.sections
        for entry in section.entries
        for sentence in entry.sentences
    }
    assert "Draft: Counsel must review" in [each.title for each in made.document.notices]


def test_nothing_is_written_where_an_ending_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be written"):
        document("exhibit", Asked(EXAMPLES, ON), to=(tmp_path / "a.odt",))


def test_a_term_sheet_shows_every_payment_line_with_its_clause() -> None:
    """R24: every payment line names its outcome."""
    made = document("term-sheet", Asked(EXAMPLES / "just-in-reach", ON)).document
    tables = {block.caption: block for block in made.blocks if isinstance(block, Table)}
    deal = read_deal(EXAMPLES / "just-in-reach")
    lines = next(table for caption, table in tables.items() if caption.startswith("Payment lines"))
    assert len(lines.rows) == len(deal.payments)
    assert {each.clause for each in made.notes if each.clause} == {
        term.clause for term in deal.payments
    }
    capital = tables["Who gives it, and in which order it is repaid"]
    assert [plain_text(row[0].parts) for row in capital.rows] == [
        tranche.party for tranche in deal.capital
    ]


def test_a_term_sheet_says_that_its_terms_are_made_up() -> None:
    made = document("term-sheet", Asked(EXAMPLES / "just-in-reach", ON)).document
    assert "Illustrative payment terms" in [each.title for each in made.notices]
    assert "Not certified" in [each.title for each in made.notices]
