"""From records to results: what is known goes to its period, what is not is told or refused."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.data.ingest import ingest_feeds
from payforsuccess.runs.measure import counting
from payforsuccess.runs.measure.evaluate import Evaluated, evaluate_plans
from payforsuccess.runs.measure.measure import Measured, measure_outcomes
from payforsuccess.store import Store, open_store

EXAMPLE = Path(__file__).parents[3] / "examples" / "maryland-reentry"
TEXT = (EXAMPLE / "deal.yaml").read_text()
AS_OF = date(1976, 3, 1)


@dataclass(frozen=True)
class Bench:
    """The example's records, and what a changed deal makes of them."""

    store: Store
    snapshots: Path
    folder: Path = EXAMPLE

    def measured(self, deal: Deal) -> Measured:
        ingested = ingest_feeds(deal, self.folder, snapshots=self.snapshots, as_of=AS_OF)
        return measure_outcomes(deal, ingested.snapshot, store=self.store)

    def evaluated(self, deal: Deal) -> Evaluated:
        ingested = ingest_feeds(deal, self.folder, snapshots=self.snapshots, as_of=AS_OF)
        return evaluate_plans(deal, ingested.snapshot, store=self.store)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with open_store() as store:
        yield Bench(store, tmp_path_factory.mktemp("snapshots"))


def a_deal(*changes: tuple[str, str], add: str = "") -> Deal:
    """The example's deal with texts in it exchanged."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read_deal((text + add).encode(), file="deal.yaml")


def excused(first: str, last: str, effect: str) -> str:
    return (
        f"excused:\n  - {{from: {first}, to: {last}, effect: {effect}, says: A flood, "
        "decision: 'The board, on record'}\n"
    )


def values(measured: Measured | Evaluated) -> list[tuple[int | str | None, Fraction, int | None]]:
    return [(r.period or r.point, r.value, r.people) for r in measured.results]


def test_a_window_counts_in_the_period_of_its_last_day(bench: Bench) -> None:
    assert values(bench.measured(a_deal())) == [(1, 0, 0), (2, 168, 216)]


def test_to_date_adds_up_over_periods(bench: Bench) -> None:
    deal = a_deal(
        (
            "    unit: person\n",
            "    unit: person\n    reported_as: to-date\n",
        ),
        ("    price: 500\n", "    price: 500\n    reads: to-date\n"),
        (
            "periods: {every: half-year, from: 1975-01-01}",
            "periods: {every: quarter, from: 1975-01-01}",
        ),
    )

    assert values(bench.measured(deal)) == [
        *((period, 0, 0) for period in range(1, 4)),
        (4, 168, 216),
    ]


def test_a_period_not_seen_to_its_end_has_no_result_and_is_told(bench: Bench) -> None:
    measured = bench.measured(
        a_deal(("complete_through: 1975-12-30", "complete_through: 1975-12-29"))
    )

    assert values(measured) == [(1, 0, 0)]
    assert measured.person_rows.num_rows == 0
    (told,) = [f for f in measured.findings if f.topic == "not-yet-observed"]
    assert "216 windows are not yet seen to their end" in told.what


def test_findings_speak_of_one_person_and_of_several() -> None:
    deal = a_deal()
    period = deal.schedule.all()[0]

    one, several = (
        counting.unknown_results(deal, "year_without_arrest", period, count).what
        for count in (1, 1200)
    )

    assert "the result of 1 person is unknown by the measure's rules; this one counts" in one
    assert "the result of 1,200 people is unknown by the measure's rules; they count" in several


def test_an_estimate_before_all_windows_are_seen_is_refused(bench: Bench) -> None:
    deal = a_deal(("complete_through: 1975-12-30", "complete_through: 1975-12-29"))

    with pytest.raises(Refusal, match="432 of 432 windows are not yet seen"):
        bench.evaluated(deal)


def test_excused_days_that_do_not_count_hide_their_events(bench: Bench) -> None:
    """R134: by a recorded decision, as a dated part of the deal."""
    whole_year = excused("1975-01-01", "1975-12-31", "days-not-counted")
    half_year = excused("1975-01-01", "1975-07-01", "days-not-counted")

    assert values(bench.measured(a_deal(add=whole_year)))[-1] == (2, 216, 216)
    some = values(bench.measured(a_deal(add=half_year)))[-1][1]
    assert 168 < some < 216


def test_excused_days_touch_the_plan_of_an_outcome_they_name(bench: Bench) -> None:
    fact = excused("1975-01-01", "1975-07-01", "days-not-counted")
    named = fact.replace("effect", "outcomes: [arrest_reduction], effect")
    other = fact.replace("effect", "outcomes: [year_without_arrest], effect")

    (hidden,) = bench.evaluated(a_deal(add=named)).estimates
    (seen,) = bench.evaluated(a_deal(add=other)).estimates

    assert [arm.total for arm in seen.arms] == [48, 66]
    assert all(arm.total < total for arm, total in zip(hidden.arms, (48, 66), strict=True))


def test_an_extended_window_waits_for_records_that_reach_as_far(bench: Bench) -> None:
    fact = excused("1975-02-01", "1975-02-28", "window-extended")

    measured = bench.measured(a_deal(add=fact))

    assert values(measured) == [(1, 0, 0)]


def test_a_measure_across_arms_gives_one_exact_value(bench: Bench) -> None:
    measure = """    measure:
      kind: percent-reduction
      treated: aid
      control: no-aid
      of:
        kind: event-count
        event: arrest
        counts: days
        at_most_each_person: 1
        population: {says: Everyone}
        starts_at: enrolment
        window: 52 weeks
        on_death: censor
        on_move: censor
        on_custody: succeed
        feeds: [rossi]
"""
    deal = a_deal(("    estimate: arrests\n", measure))

    found = [r for r in bench.measured(deal).results if r.outcome == "arrest_reduction"]

    assert [(r.point, r.value, r.people) for r in found] == [("one-year", Fraction(300, 11), 432)]


def test_an_estimate_goes_to_its_measurement_point(bench: Bench) -> None:
    assert values(bench.evaluated(a_deal())) == [("one-year", Fraction(300, 11), 432)]


def test_one_plan_cannot_serve_two_points(bench: Bench) -> None:
    two = "{name: later, says: Again, determined_by: 1976-05-31}"
    deal = a_deal(("determined_by: 1975-12-31}\n", f"determined_by: 1975-12-31}}\n      - {two}\n"))

    with pytest.raises(Refusal, match="paid at 2 measurement points"):
        bench.evaluated(deal)


def test_a_measure_that_is_not_computed_is_refused_at_its_line(bench: Bench) -> None:
    deal = a_deal(("event: arrest\n", "event: arrest\n      earned: as-it-happens\n"))

    with pytest.raises(Refusal) as refusal:
        bench.measured(deal)

    (problem,) = refusal.value.problems
    assert problem.where.field == "outcomes.year_without_arrest.measure.earned"
    assert problem.where.line > 1


def test_an_amount_that_is_missing_in_a_sum_by_day_is_told(bench: Bench) -> None:
    deal = a_deal(
        (
            "      kind: event-absent\n      event: arrest\n      population: {says: Men offered",
            "      kind: money-sum\n      amounts_of: arrest\n      earned: as-it-happens\n"
            "      population: {says: Men offered",
        ),
        ("      on_custody: fail\n", "      on_custody: succeed\n"),
    )

    found = bench.measured(deal)

    sums = [r.value for r in found.results if r.outcome == "year_without_arrest"]
    assert sums
    assert set(sums) == {0}
    (told,) = [finding for finding in found.findings if "amount is missing" in finding.what]
    assert told.topic == "unknown"
    assert "for 48 people" in told.what


def test_a_plan_that_is_not_computed_is_refused_at_its_line(bench: Bench) -> None:
    deal = a_deal(("standard_errors: unpooled", "standard_errors: jackknife"))

    with pytest.raises(Refusal) as refusal:
        bench.evaluated(deal)

    (problem,) = refusal.value.problems
    assert problem.where.field == "evaluation.arrests.standard_errors"


def test_the_order_of_the_feeds_rows_is_nothing_to_values(bench: Bench, tmp_path: Path) -> None:
    lines = (EXAMPLE / "feeds" / "rossi.csv").read_text().splitlines()
    rows = lines[1:]
    random.Random(7).shuffle(rows)
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "rossi.csv").write_text("\n".join([lines[0], *rows]) + "\n")
    shuffled = Bench(bench.store, tmp_path / "snapshots", tmp_path)

    here, there = bench.evaluated(a_deal()), shuffled.evaluated(a_deal())

    assert values(there) == values(here)
    assert there.estimates[0].model_copy(update={"evidence": ""}) == here.estimates[0].model_copy(
        update={"evidence": ""}
    )


def test_the_same_records_give_the_same_snapshot_and_evidence(bench: Bench, tmp_path: Path) -> None:
    again = Bench(bench.store, tmp_path)

    here, there = bench.measured(a_deal()), again.measured(a_deal())

    assert [o.fingerprint for o in here.outcomes] == [o.fingerprint for o in there.outcomes]


def test_what_no_feed_reports_is_told(bench: Bench) -> None:
    told = [f.what for f in bench.measured(a_deal()).findings if f.topic == "records"]

    assert told == [
        "No feed of this measure reports death, move or custody, so its rules for them had "
        "nothing to decide."
    ]


def test_a_deal_without_data_has_nothing_to_ingest(tmp_path: Path) -> None:
    deal = a_deal().model_copy(update={"data": ()})

    with pytest.raises(Refusal, match="names no data"):
        ingest_feeds(deal, EXAMPLE, snapshots=tmp_path, as_of=AS_OF)
