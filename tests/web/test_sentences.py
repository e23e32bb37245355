"""What rules and runs say has its Spanish, and pages in Spanish say it so."""

from __future__ import annotations

import ast
import gettext
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import payforsuccess
from payforsuccess.web.ui.told import CATALOGUES, DOMAIN

ROOMS = Path(payforsuccess.__file__).parent
PO = CATALOGUES / "es" / "LC_MESSAGES" / f"{DOMAIN}.po"
ALIKE = {"Auditor-Controller", "no"}
"""Words that are the same in both languages."""


@cache
def templates() -> dict[str, str]:
    """Each template that a module hands to `sentence`, with the module."""
    return {text: name for path in ROOMS.rglob("*.py") for text, name in _in(path)}


def _in(path: Path) -> Iterator[tuple[str, str]]:
    text = path.read_text("utf-8")
    if "sentence" not in text:
        return
    tree = ast.parse(text)
    ours = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "payforsuccess.errors"
        and any(each.name == "sentence" for each in node.names)
        for node in ast.walk(tree)
    )
    if not ours and path.name != "sentence.py":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sentence":
            said = node.args[0]
            assert isinstance(said, ast.Constant), f"{path}:{node.lineno} is not written out"
            yield str(said.value), str(path.relative_to(ROOMS))


@cache
def spanish() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, ["es"])


def fields(template: str) -> set[str]:
    return set(re.findall(r"{(\w+)", template))


def test_every_sentence_has_its_spanish() -> None:
    lacking = [
        f"{where}: {said}"
        for said, where in templates().items()
        if re.search("[a-z]", re.sub(r"{.*?}", "", said))
        and said not in ALIKE
        and spanish().gettext(said) == said
    ]

    assert len(templates()) > 200
    assert sorted(lacking) == []


def test_the_spanish_fills_in_what_the_english_does() -> None:
    wrong = [said for said in templates() if fields(said) != fields(spanish().gettext(said))]

    assert wrong == []


def test_a_speaker_is_asked_to_review_it() -> None:
    assert "native speaker" in PO.read_text("utf-8")[:600]


@pytest.mark.needs(program="msgfmt", package="gettext")
def test_what_is_compiled_is_what_is_written(tmp_path: Path) -> None:
    made = tmp_path / "sentences.mo"
    subprocess.run(["msgfmt", "--check", "-o", made, PO], check=True, capture_output=True)

    assert made.read_bytes() == PO.with_suffix(".mo").read_bytes()
