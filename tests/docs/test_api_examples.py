"""The page of the Python API shows an example of each function; others run them."""

from __future__ import annotations

from pathlib import Path

import payforsuccess
from docs.generate.api import api_page
from docs.generate.api_examples import EXAMPLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "python-api.md"


def test_each_function_has_an_example() -> None:
    functions = [name for name in payforsuccess.__all__ if name.islower()]

    assert list(EXAMPLES) == functions


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == api_page(), "run `make generated`"
