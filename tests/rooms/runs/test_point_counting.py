"""An outcome that a term reads at a measurement point: one result, of everyone counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from payforsuccess.deal.reading import read_deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.data.ingest import ingest_feeds
from payforsuccess.runs.measure.measure import Measured, measure_outcomes
from payforsuccess.store import Store, open_store

EXAMPLE = Path(__file__).parents[3] / "examples" / "maryland-reentry"
TEXT = (EXAMPLE / "deal.yaml").read_text()
YEARS = """\
  - name: years_without_arrest
    kind: unit-price
    pays_for: year_without_arrest
    price: 500
"""
AT_A_POINT = """\
    reads: points
    points:
      - {name: whole-year, determined_by: 1975-12-31}
"""
POINT = (
    "    bounds: {value: {least: 0, most: 216}",
    "    reported_as: point\n    bounds: {value: {least: 0, most: 216}",
)
SUCCEED = ("      on_custody: fail\n", "      on_custody: succeed\n")
OF_EACH = """\
      kind: event-absent
      event: arrest
      population: {says: Men offered aid, arms: [aid]}
      starts_at: enrolment
      window: 52 weeks
      on_death: censor
      on_move: censor
      on_custody: fail
      feeds: [rossi]
"""
AS_SHARE = (
    POINT,
    (
        OF_EACH,
        "      kind: share-of-cohort\n      at_least: 1\n      of:\n"
        + "".join(f"    {line}\n" for line in OF_EACH.splitlines()).replace("      ", "        "),
    ),
    (
        "    unit: person\n    better: higher\n",
        "    unit: percent\n    tick: 0.1\n    rounding: half-up\n    better: higher\n",
    ),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        yield opened


def measured(store: Store, folder: Path, *changes: tuple[str, str]) -> Measured:
    """What the example's records come to, its first line read at a point."""
    text = TEXT
    for old, new in ((YEARS, YEARS + AT_A_POINT), *changes):
        assert old in text, old
        text = text.replace(old, new)
    deal = read_deal(text.encode(), file="deal.yaml")
    ingested = ingest_feeds(deal, EXAMPLE, snapshots=folder, as_of=date(1976, 3, 1))
    return measure_outcomes(deal, ingested.snapshot, store=store)


def test_everyone_counted_gives_one_result_at_the_point(store: Store, tmp_path: Path) -> None:
    found = measured(store, tmp_path, POINT)

    (result,) = found.results
    assert (result.point, result.period, result.value, result.people) == (
        "whole-year",
        None,
        168,
        216,
    )
    assert found.person_rows.num_rows == 0


def test_a_window_not_seen_to_its_end_leaves_the_point_open(store: Store, tmp_path: Path) -> None:
    early = ("complete_through: 1975-12-30", "complete_through: 1975-12-29")
    found = measured(store, tmp_path, POINT, early)

    assert found.results == ()
    assert any("the point has no result" in finding.what for finding in found.findings)


def test_who_is_unknown_counts_neither_way_and_is_told(store: Store, tmp_path: Path) -> None:
    """Arrests have no amount, so a sum of amounts is unknown for the 48 who were arrested."""
    found = measured(
        store,
        tmp_path,
        POINT,
        (
            "      kind: event-absent\n      event: arrest\n      population: {says: Men offered",
            "      kind: money-sum\n      amounts_of: arrest\n      population: {says: Men offered",
        ),
        SUCCEED,
    )

    (result,) = found.results
    assert (result.value, result.people) == (0, 168)
    assert any("48 people without a result" in finding.what for finding in found.findings)


def test_a_share_at_a_point_is_of_all_who_are_known(store: Store, tmp_path: Path) -> None:
    found = measured(store, tmp_path, *AS_SHARE)

    (result,) = found.results
    assert (result.value, result.people) == (Fraction(168 * 100, 216), 216)


def test_what_is_earned_as_it_happens_belongs_to_no_point(store: Store, tmp_path: Path) -> None:
    summed = (
        "      kind: event-absent\n      event: arrest\n      population: {says: Men offered",
        "      kind: money-sum\n      amounts_of: arrest\n      population: {says: Men offered",
    )
    with pytest.raises(Refusal) as refusal:
        measured(
            store,
            tmp_path,
            POINT,
            summed,
            (SUCCEED[0], SUCCEED[1] + "      earned: as-it-happens\n"),
        )

    (problem,) = refusal.value.problems
    assert "belongs to the period in which it did" in problem.what
