"""A run whose only results belong to a period that is not over says which, and from which day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.run.run import run
from tests.lib.watched import END, a_watched_deal


def test_a_point_in_a_period_to_come_is_named_with_the_day_it_is_over(tmp_path: Path) -> None:
    deal = a_watched_deal(tmp_path / "deal", through=END)
    with pytest.raises(Refusal) as refusal:
        run(deal)

    (problem,) = refusal.value.problems
    assert problem.what == (
        "There are results, and they are paid at the point final in period 2, which is not over "
        "before 2025-12-31; as of 2025-02-01 nothing can be stated."
    )
    assert "as of 2025-12-31" in problem.do
    assert run(deal, as_of=date(2025, 12, 31)).statement.period == 2
