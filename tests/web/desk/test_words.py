"""Every sentence of the desk and of jobs has its Spanish, compiled as it is written."""

from __future__ import annotations

import gettext
import re
import subprocess
from pathlib import Path

import pytest

from payforsuccess import web

WEB = Path(web.__file__).parent
APPS = ("desk", "jobs")
ALIKE = {"No"}


def sentences(app: str) -> set[str]:
    found: set[str] = set()
    for path in (WEB / app).rglob("*.html"):
        found |= set(re.findall(r"{%\s*translate\s+\"([^\"]+)\"", path.read_text("utf-8")))
    for path in (WEB / app).rglob("*.py"):
        text = path.read_text("utf-8")
        for block in re.findall(r"\b(?:_|gettext_lazy)\(\s*((?:\"[^\"]*\"\s*)+)\)", text):
            found.add("".join(re.findall(r"\"([^\"]*)\"", block)))
    return found


def spanish(app: str) -> gettext.GNUTranslations:
    with (WEB / app / "locale/es/LC_MESSAGES/django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.mark.parametrize("app", APPS)
def test_every_sentence_has_its_spanish(app: str) -> None:
    said, words = sentences(app), spanish(app)

    assert len(said) > 30
    assert sorted(s for s in said - ALIKE if words.gettext(s) == s) == []


@pytest.mark.needs(program="msgfmt", package="gettext")
@pytest.mark.parametrize("app", APPS)
def test_what_is_compiled_is_what_is_written(app: str, tmp_path: Path) -> None:
    po = WEB / app / "locale/es/LC_MESSAGES/django.po"
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "-o", made, po], check=True, capture_output=True)

    assert made.read_bytes() == po.with_suffix(".mo").read_bytes()
