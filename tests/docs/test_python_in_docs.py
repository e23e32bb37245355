"""Every Python example in the documentation runs, and gives what the page says."""

from __future__ import annotations

import contextlib
import doctest
import re
import shutil
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT

# doctest takes what follows an example for what it prints, up to an empty line.
FENCE = re.compile(r"^```.*$", re.MULTILINE)
COPIED = (
    "concept-competition",
    "just-in-reach",
    "los-angeles-blueprint",
    "practice-initiative",
)
PAGES = sorted(page for page in DOCS.rglob("*.md") if "\n>>> " in page.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_give_what_it_says(page: Path, tmp_path: Path) -> None:
    text = FENCE.sub("", page.read_text("utf-8"))
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    said: list[str] = []
    for name in COPIED if "examples/" in text else ():
        shutil.copytree(ROOT / "examples" / name, tmp_path / "examples" / name)

    with contextlib.chdir(tmp_path):
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
        runner.run(examples, out=said.append)

    assert runner.summarize(verbose=False).failed == 0, "".join(said)


def test_some_page_shows_the_python_api() -> None:
    assert "use-from-python.md" in [page.name for page in PAGES]
