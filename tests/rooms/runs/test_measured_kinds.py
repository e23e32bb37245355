"""What a run makes of shares and of numbers that are not whole, and whom it counts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.rooms.runs.test_results import Bench, a_deal, bench, values

__all__ = ["bench"]

WHOLE = """      kind: event-absent
      event: arrest
      population: {says: Men offered aid, arms: [aid]}
      starts_at: enrolment
      window: 52 weeks
      on_death: censor
      on_move: censor
      on_custody: fail
      feeds: [rossi]
"""
SHARE = """      kind: share-of-cohort
      at_least: 1
      of:
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


@pytest.mark.parametrize(
    ("unit", "value"), [("share", Fraction(7, 9)), ("percent", Fraction(700, 9))]
)
def test_a_share_is_a_result_of_its_period_and_no_ones_part(
    bench: Bench, unit: str, value: Fraction
) -> None:
    measured = bench.measured(
        a_deal((WHOLE, SHARE), ("    unit: person\n    better", f"    unit: {unit}\n    better"))
    )

    assert values(measured) == [(2, value, 216)]
    assert measured.person_rows.num_rows == 0
    assert any("no one has a known result" in finding.what for finding in measured.findings)


def test_whom_an_outcome_counts_adds_up_to_everyone(bench: Bench) -> None:
    (outcome,) = bench.measured(a_deal()).outcomes
    everyone, aid, no_aid = outcome.attrition

    assert (everyone.enrolled, everyone.left, everyone.known) == (432, (("arm", 216),), 216)
    assert (aid.arm, aid.enrolled, aid.left, aid.known) == ("aid", 216, (), 216)
    assert (no_aid.arm, no_aid.left, no_aid.known) == ("no-aid", (("arm", 216),), 0)


def test_a_plans_people_are_counted_too(bench: Bench) -> None:
    (plan,) = bench.evaluated(a_deal()).plans

    assert [(counts.arm, counts.known) for counts in plan.attrition] == [
        (None, 432),
        ("aid", 216),
        ("no-aid", 216),
    ]


def test_the_sql_that_is_filed_says_what_it_computes(bench: Bench) -> None:
    (outcome,) = bench.measured(a_deal()).outcomes

    assert outcome.sql.startswith("-- ")
    assert "-- Counted for: Men offered aid (only “aid”)." in outcome.sql
    assert "SELECT" in outcome.sql
