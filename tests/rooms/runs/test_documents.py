"""The documents about a deal or an initiative, by kind."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.reports import ItemList
from payforsuccess.reports.inline import plain_text
from payforsuccess.runs.documents.document import document, kinds
from payforsuccess.runs.documents.kinds import KINDS, Asked
from payforsuccess.runs.explain import explain

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
