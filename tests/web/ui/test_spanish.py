"""Spanish: every sentence of the shared pages has its own, compiled as it is written."""

from __future__ import annotations

import gettext
import re
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

import payforsuccess.web.ui

UI = Path(payforsuccess.web.ui.__file__).parent
PO = UI / "locale" / "es" / "LC_MESSAGES" / "django.po"
# The same word in both languages.
ALIKE = {"No", "g:i a T"}


def sentences() -> set[str]:
    """Every sentence that a template or a module marks for translation."""
    found: set[str] = set()
    for path in UI.rglob("*.html"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"{%\s*translate\s+\"([^\"]+)\"", text))
        found |= set(re.findall(r"{%\s*translate\s+'([^']+)'", text))
    for path in UI.glob("*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"\b(?:_|gettext_lazy)\(\"([^\"]+)\"\)", text))
    return found


def test_every_sentence_has_its_spanish() -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        spanish = gettext.GNUTranslations(file)
    said = sentences()

    assert len(said) > 70
    assert sorted(s for s in said - ALIKE if spanish.gettext(s) == s) == []


def test_a_speaker_is_asked_to_review_it() -> None:
    assert "native speaker" in PO.read_text("utf-8")[:400]


@pytest.mark.needs(program="msgfmt", package="gettext")
def test_what_is_compiled_is_what_is_written(tmp_path: Path) -> None:
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "-o", made, PO], check=True, capture_output=True)

    assert made.read_bytes() == PO.with_suffix(".mo").read_bytes()


def test_a_page_in_spanish_says_nothing_of_the_frame_in_english() -> None:
    html = Client(headers={"accept-language": "es"}).get("/all").content.decode()
    english = sentences() - ALIKE
    words = set(re.findall(r">\s*([^<>]+?)\s*<", html))

    with translation.override("es"):
        assert {s for s in english & words if translation.gettext(s) != s} == set()
