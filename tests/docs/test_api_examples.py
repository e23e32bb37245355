"""The examples of the Python API are run as they stand on its page."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import payforsuccess
from docs.generate.api import api_page
from docs.generate.api_examples import EXAMPLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "python-api.md"


def test_each_function_has_an_example() -> None:
    functions = [name for name in payforsuccess.__all__ if name.islower()]

    assert list(EXAMPLES) == functions


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == api_page(), "run `make generated`"


def test_the_examples_give_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # The closing fence of a block is no part of what is printed.
    text = re.sub(r"^`{3}\w*$", "", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    session = doctest.DocTestParser().get_doctest(text, {}, "python-api", str(PAGE), 0)
    said: list[str] = []
    result = doctest.DocTestRunner().run(session, out=said.append)

    assert result.attempted > 20
    assert result.failed == 0, "".join(said)
