"""Spanish: every sentence of people's pages has its own, compiled as it is written."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

import payforsuccess.web.people
from tests.web.cast import Cast
from tests.web.people.cases import ago, consented, housed, spoken_with

HERE = Path(payforsuccess.web.people.__file__).parent
PO = HERE / "locale" / "es" / "LC_MESSAGES" / "django.po"
# The same word in both languages, or a name.
ALIKE = {"No"}


def sentences() -> set[str]:
    """Every sentence that a template or a module marks for translation, whole in one string."""
    found: set[str] = set()
    for path in HERE.rglob("*.html"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"{%\s*translate\s+\"([^\"]+)\"", text))
        found |= set(re.findall(r"{%\s*translate\s+'([^']+)'", text))
    for path in HERE.rglob("*.py"):
        found |= set(re.findall(r"\b(?:_|gettext_lazy)\(\s*\"([^\"]+)\"", path.read_text("utf-8")))
    return found


def test_every_sentence_has_its_spanish() -> None:
    said = sentences()
    with translation.override("es"):
        english = {each for each in said - ALIKE if translation.gettext(each) == each}

    assert len(said) > 250
    assert english == set()


@pytest.mark.needs(program="msgfmt", package="gettext")
def test_what_is_compiled_is_what_is_written(tmp_path: Path) -> None:
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "-o", made, PO], check=True, capture_output=True)

    assert made.read_bytes() == PO.with_suffix(".mo").read_bytes()


@pytest.mark.django_db
def test_the_pages_of_a_case_manager_say_nothing_in_english(county: Cast) -> None:
    row = housed(county)
    spoken_with(county, row, ago(40))
    consented(county, row)
    client = county.sign_in("case-manager")
    client.cookies["django_language"] = "es"
    pages = [reverse("people:today", args=[county.slug])]
    pages += [
        reverse(f"people:{name}", args=[county.slug, row.public_id])
        for name in ("one", "contact", "consent", "leave", "correct", "wrong", "reach")
    ]
    english = sentences() - ALIKE
    left = set()
    for page in pages:
        html = client.get(page).content.decode().partition("<main")[2]
        words = {part.strip() for part in re.findall(r">\s*([^<>]+?)\s*<", html)}
        with translation.override("es"):
            left |= {each for each in english & words if translation.gettext(each) != each}

    assert left == set()
