"""The words are the architecture: each kind has an entry, and entries can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate.deal_pages import PAGES, heading_of

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "GLOSSARY.md").read_text("utf-8")
WORDS = re.findall(r"^\*\*(.+?)\.?\*\*", GLOSSARY, re.MULTILINE)
KINDS = [heading_of(model, page.key) for page in PAGES for model in page.kinds]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_term_measure_and_design_has_an_entry(kind: str) -> None:
    assert re.search(rf"^\*\*[^*]+\*\* \(`{re.escape(kind)}`\)\.", GLOSSARY, re.MULTILINE), (
        f"GLOSSARY.md has no entry for the kind `{kind}`"
    )


def test_no_entry_names_a_kind_that_is_gone() -> None:
    named = re.findall(
        r"^\*\*[^*]+\*\* \(`([a-z]+(?:-[a-z]+)*)`\)\. A (?:payment|measure|design)",
        GLOSSARY,
        re.MULTILINE,
    )

    assert [kind for kind in named if kind not in KINDS] == []


def test_entries_stand_in_alphabetical_order() -> None:
    assert sorted(WORDS, key=str.lower) == WORDS


def test_no_word_is_defined_twice() -> None:
    lowered = [word.lower() for word in WORDS]

    assert sorted(set(lowered)) == sorted(lowered)


def test_each_entry_is_one_to_three_sentences() -> None:
    entries = GLOSSARY.split("\n\n")[2:]
    long = [entry for entry in entries if len(re.findall(r"[.?!](?:\s|$)", entry)) > 5]

    assert long == []
