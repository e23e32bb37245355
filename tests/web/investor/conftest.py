"""The county on a loan, with little to simulate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial

import pytest

from payforsuccess.runs.finance import investor_pack
from payforsuccess.runs.finance.simulate import simulate
from tests.web.cast import Cast
from tests.web.investor.investing import a_call, a_county


@pytest.fixture(autouse=True)
def _few_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(investor_pack, "simulate", partial(simulate, worlds=64, scrambles=2))


@pytest.fixture
def county(db: None) -> Iterator[Cast]:
    """A part of its loan is called and not certified."""
    cast = a_county(a_call())
    yield cast
    shutil.rmtree(cast.initiative.path)
