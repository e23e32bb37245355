"""Spanish from the first page: each app has every sentence, compiled as it is written."""

from __future__ import annotations

import gettext
import re
import subprocess
from pathlib import Path

import pytest

import payforsuccess.web

WEB = Path(payforsuccess.web.__file__).parent
APPS = sorted(path.parent.name for path in WEB.glob("*/templates"))
ALIKE = {"Capital", "No", "Total", "General", "Error"}
"""Words that are the same in both languages."""


def po_of(app: str) -> Path:
    return WEB / app / "locale" / "es" / "LC_MESSAGES" / "django.po"


def sentences(app: str) -> set[str]:
    """What templates and modules of an app mark for translation, over one line or several."""
    found: set[str] = set()
    for path in (WEB / app).rglob("*.html"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"{%\s*translate\s+\"([^\"]+)\"", text))
        found |= set(re.findall(r"{%\s*translate\s+'([^']+)'", text))
    for path in (WEB / app).rglob("*.py"):
        text = re.sub(r'""".*?"""', "", path.read_text("utf-8"), flags=re.DOTALL)
        for block in re.findall(
            r"\b(?:_|gettext|gettext_lazy)\(\s*((?:\"[^\"]*\"\s*)+),?\s*\)", text
        ):
            found.add("".join(re.findall(r"\"([^\"]*)\"", block)))
    return found


@pytest.mark.parametrize("app", APPS)
def test_every_sentence_of_an_app_has_its_spanish(app: str) -> None:
    everywhere = gettext.NullTranslations()
    for other in (app, "ui"):
        with po_of(other).with_suffix(".mo").open("rb") as file:
            spanish = gettext.GNUTranslations(file)
        spanish.add_fallback(everywhere)
        everywhere = spanish

    said = {
        one for one in sentences(app) - ALIKE if re.search("[a-z]", re.sub(r"%\(.*?\).", "", one))
    }
    assert sorted(one for one in said if everywhere.gettext(one) == one) == []


@pytest.mark.parametrize("app", APPS)
def test_a_speaker_is_asked_to_review_it(app: str) -> None:
    assert "native speaker" in po_of(app).read_text("utf-8")[:600]


@pytest.mark.needs(program="msgfmt", package="gettext")
@pytest.mark.parametrize("app", APPS)
def test_what_is_compiled_is_what_is_written(app: str, tmp_path: Path) -> None:
    made = tmp_path / "django.mo"
    command = ["msgfmt", "--check", "-o", str(made), str(po_of(app))]
    subprocess.run(command, check=True, capture_output=True)

    assert made.read_bytes() == po_of(app).with_suffix(".mo").read_bytes()
