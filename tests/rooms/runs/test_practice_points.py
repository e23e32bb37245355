"""A run for practice pays at a measurement point whose last day its records go beyond."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from payforsuccess import run
from payforsuccess.runs.run.run import Run

EXAMPLE = Path(__file__).parents[3] / "examples" / "job-training"
DUE = 497_929_35


def at_a_point(folder: Path, *, determined_by: str, ends_on: str = "1978-12-31") -> Path:
    """The example with its line paid at one point; its records end on 1978-12-31."""
    deal = folder / "deal"
    shutil.copytree(EXAMPLE, deal, ignore=shutil.ignore_patterns("out", "expected"))
    text = (deal / "deal.yaml").read_text("utf-8")
    point = f"{{name: one-year, says: A year on, determined_by: {determined_by}}}"
    for before, after in (
        (
            "    treated: offered_a_job\n",
            f"    treated: offered_a_job\n    reads: points\n    points:\n      - {point}\n",
        ),
        ("    estimate: earnings\n", "    estimate: earnings\n    reported_as: point\n"),
        ("ends_on: 1978-12-31", f"ends_on: {ends_on}"),
    ):
        assert before in text
        text = text.replace(before, after)
    (deal / "deal.yaml").write_text(text, "utf-8")
    return deal


def paid(made: Run) -> dict[str, int]:
    return {line.term: line.amount for line in made.statement.lines}


def test_a_result_known_by_the_last_day_of_its_point_is_put_down_as_of_that_day(
    tmp_path: Path,
) -> None:
    """The windows end on the point's last day, and the run is made on the day after."""
    made = run(at_a_point(tmp_path, determined_by="1978-12-31"))

    assert made.statement.as_of == date(1979, 1, 1)
    assert paid(made) == {"more_earned": DUE}
    assert "no result was determined by its last day" not in str(made)


def test_a_result_that_could_not_be_known_in_time_is_not_due(tmp_path: Path) -> None:
    made = run(at_a_point(tmp_path, determined_by="1978-12-30"))

    assert paid(made) == {}
    assert "no result was determined by its last day" in str(made)


def test_a_point_whose_period_is_not_over_waits_for_it(tmp_path: Path) -> None:
    """The last period that is over is stated, and the later one once it is asked for."""
    deal = at_a_point(tmp_path, determined_by="1979-06-30", ends_on="1979-12-31")

    early, late = run(deal), run(deal, as_of=date(1980, 1, 15))

    assert (early.statement.period, paid(early)) == (1, {})
    assert (late.statement.period, late.statement.total) == (2, DUE)
