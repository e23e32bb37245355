"""The example files of reference pages: each is read, and shows every key of its models."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docs.generate.deal_pages import PAGES, Page, models_below
from docs.generate.examples import example_text, examples_in
from payforsuccess.deal.reading import read_as
from payforsuccess.runs.initiative.gate import gate

WITH_EXAMPLE = [page for page in PAGES if page.example]


@pytest.mark.parametrize("page", WITH_EXAMPLE, ids=lambda page: str(page.example))
def test_the_example_of_a_page_is_read(page: Page) -> None:
    read_as(page.shared[0], example_text(page.example).encode(), file=page.example)


@pytest.mark.parametrize("page", WITH_EXAMPLE, ids=lambda page: str(page.example))
def test_the_example_of_a_page_shows_every_key(page: Page) -> None:
    shown = examples_in(page.example, page.shared[0])
    earlier = PAGES[: PAGES.index(page)]  # a model is explained on the first page that needs it
    told = {m for one in earlier for m in models_below((*one.shared, *one.kinds), set())}
    keys = {(m, name) for m in models_below(page.shared, told) for name in m.model_fields}
    hidden = {f"{model.__name__}.{name}" for model, name in keys - shown.keys()}
    assert hidden == set(page.apart)


def test_the_example_of_an_initiative_breaks_no_rule(tmp_path: Path) -> None:
    (tmp_path / "initiative.yaml").write_text(example_text("initiative.yaml"), "utf-8")
    assert gate(tmp_path, on=date(2027, 3, 1)).problems == ()
