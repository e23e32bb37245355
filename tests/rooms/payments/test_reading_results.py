"""To date, at measurement points, netted, indexed: how a term reads its results."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.deal.results import Results
from payforsuccess.errors import Refusal
from payforsuccess.payments.book import open_book
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import (
    a_result,
    a_statement,
    an_amendment,
    columns,
    determined,
    history_of,
    paid,
    problems_of,
    replayed,
    rows,
)

FALLS = {"below": "20", "pays": "0"}, {"from": "20", "pays": "3200"}


def to_date(**keys: Any) -> Any:
    term = a_term("schedule", bands=list(FALLS), reads="to-date", **keys)
    return a_deal(
        payments=[term], outcomes={"reduction": an_outcome("reduction", reported_as="to-date")}
    )


def test_a_term_read_to_date_pays_what_it_comes_to_less_what_it_earned() -> None:
    assert paid(to_date(), {"reduction": ["19", "25", "25"]}) == [0, 3_200_00, 0]


def test_a_fall_to_date_takes_nothing_back() -> None:
    assert paid(to_date(), {"reduction": ["25", "19", "25"]}) == [3_200_00, 0, 0]


def test_a_fall_to_date_takes_back_where_the_term_says_so() -> None:
    found = paid(to_date(claws_back="true"), {"reduction": ["25", "19", "25"]})
    assert found == [3_200_00, -3_200_00, 3_200_00]


def test_a_term_read_to_date_adds_up_results_of_periods() -> None:
    """A third of a dollar each: 0.33, 0.67 and 1.00 to date."""
    deal = a_deal(payments=[a_term(price="1/3", reads="to-date")])
    assert paid(deal, {"homes": ["1", "1", "1"]}) == [33, 34, 33]


def test_a_term_read_by_the_period_takes_the_growth_of_a_count_to_date() -> None:
    deal = a_deal(
        payments=[a_term(price="10")], outcomes={"homes": an_outcome(reported_as="to-date")}
    )
    assert paid(deal, {"homes": ["3", "5", "5"]}) == [30_00, 20_00, 0]


def test_a_missing_result_is_not_0() -> None:
    with pytest.raises(Refusal) as refusal:
        paid(a_deal(), {"homes": ["3", None, "1"]})
    said = problems_of(refusal.value)
    assert "There is no result for `homes` in period 2." in said
    assert "a measured zero must be stated as 0" in said


def test_a_missing_result_of_a_period_is_not_skipped_by_a_term_read_to_date() -> None:
    deal = a_deal(payments=[a_term(reads="to-date")])
    with pytest.raises(Refusal, match=r"no result for `homes` in period 2"):
        paid(deal, {"homes": ["3", None]}, through=2)


@pytest.mark.parametrize(
    ("index", "cents"),
    [
        ({"yearly": "1.02"}, [100_00, 102_00]),
        ({"yearly": "1.0255"}, [100_00, 102_55]),
        (
            {"factors": [{"year": "1", "factor": "1"}, {"year": "2", "factor": "4/3"}]},
            [100_00, 133_33],
        ),
        ({"factors": [{"year": "2", "factor": "0.9"}]}, [100_00, 90_00]),
    ],
)
def test_prices_grow_from_year_to_year_of_the_deal(index: dict[str, Any], cents: list[int]) -> None:
    """Quarters 1 to 4 are the first year, quarter 5 is the second."""
    deal = a_deal(payments=[a_term(index=index)])
    found = paid(deal, {"homes": ["1"] * 5})
    assert [found[3], found[4]] == cents


def test_the_year_of_an_index_runs_from_the_deals_first_period() -> None:
    deal = a_deal(
        payments=[a_term(index={"yearly": "1.5"})],
        in_force_from="2026-04-01",
        periods={"every": "quarter", "from": "2026-04-01"},
    )
    assert paid(deal, {"homes": ["1"] * 5}) == [100_00] * 4 + [150_00]


@pytest.mark.parametrize(("saved", "cents"), [("0", 300_00), ("120.55", 179_45), ("400", 0)])
def test_another_income_is_taken_off_and_never_below_0(saved: str, cents: int) -> None:
    deal = a_deal(payments=[a_term(net_of="saved")])
    assert paid(deal, {"homes": ["3"], "saved": [saved]}) == [cents]


def test_one_income_is_not_taken_off_two_points_that_fall_due_together() -> None:
    points = [
        {"name": "one", "determined_by": "2026-03-01"},
        {"name": "other", "determined_by": "2026-03-31"},
    ]
    deal = a_deal(
        payments=[a_term("schedule", reads="points", points=points, net_of="saved")],
        outcomes={"reduction": an_outcome("reduction", reported_as="point")},
    )
    effects = [a_result("reduction", "25", point=name) for name in ("one", "other")]
    with pytest.raises(Refusal) as refusal:
        paid(deal, columns({"saved": ["100"]}, *effects))
    assert "`saved` would be taken off `schedule` twice" in problems_of(refusal.value)


POINTS = [
    {"name": "year-one", "determined_by": "2026-12-31"},
    {"name": "year-two", "determined_by": "2027-12-31"},
]


def at_points(**keys: Any) -> Any:
    term = a_term("schedule", reads="points", points=keys.pop("points", POINTS), **keys)
    return term, {"reduction": an_outcome("reduction", reported_as="point")}


def points_deal(**keys: Any) -> Any:
    term, outcomes = at_points(**keys)
    return a_deal(payments=[term], outcomes=outcomes)


def test_an_effect_is_due_once_in_the_period_that_holds_its_last_day() -> None:
    results = columns(
        {},
        a_result("reduction", "25", point="year-one"),
        a_result("reduction", "70", point="year-two"),
    )
    found = paid(points_deal(), results, through=8)
    assert found == [0, 0, 0, 4_000_00, 0, 0, 0, 6_130_00]


def test_two_points_may_fall_in_one_period() -> None:
    points = [{**POINTS[0]}, {**POINTS[1], "determined_by": "2026-11-30"}]
    results = columns(
        {},
        a_result("reduction", "25", point="year-one"),
        a_result("reduction", "70", point="year-two"),
    )
    assert paid(points_deal(points=points), results, through=4)[3] == 10_130_00


def test_a_later_estimate_of_a_determined_point_changes_nothing() -> None:
    deal = points_deal()
    signed = determined(1, a_result("reduction", "25", point="year-one"), on=date(2026, 12, 1))
    later = columns({}, a_result("reduction", "70", point="year-one"))
    statement = a_statement(deal, later, period=4, determinations=(signed,))
    assert statement.total == 4_000_00
    assert any("the determined value is used" in note for note in statement.refused)


def test_a_point_without_a_result_is_asked_for_until_its_last_day() -> None:
    with pytest.raises(Refusal, match="no result for `reduction` in point year-one"):
        a_statement(points_deal(), None, period=4, as_of=date(2026, 12, 31))


def test_after_its_last_day_nothing_is_due_on_a_point_nobody_determined() -> None:
    """R80: results after the window earn nothing; the other lines can still be stated."""
    statement = a_statement(points_deal(), None, period=4, as_of=date(2027, 1, 1))
    assert statement.total == 0
    assert statement.refused == (
        "Nothing is due on `schedule` at the point year-one: no result was determined by its last "
        "day.",
    )


def test_a_result_determined_after_the_last_day_earns_nothing() -> None:
    late = determined(1, a_result("reduction", "25", point="year-one"), on=date(2027, 1, 5))
    statement = a_statement(
        points_deal(), None, period=4, as_of=date(2027, 1, 9), determinations=(late,)
    )
    assert statement.total == 0


def moved_to(day: str) -> Any:
    points = [{**POINTS[0], "determined_by": day}, POINTS[1]]
    term, outcomes = at_points(points=points)
    return an_amendment(payments=[term], outcomes=outcomes, in_force_from="2027-01-01")


def test_an_amendment_may_move_the_last_day_of_a_point_that_was_missed() -> None:
    """Nothing in period 4; due in period 5, once."""
    late = determined(1, a_result("reduction", "25", point="year-one"), on=date(2027, 2, 5))
    found = replayed_with([points_deal(), moved_to("2027-03-31")], late)
    assert found == [0, 0, 0, 0, 4_000_00, 0]


def test_a_point_that_was_paid_is_not_paid_again_when_its_day_is_moved() -> None:
    timely = determined(1, a_result("reduction", "25", point="year-one"), on=date(2026, 12, 5))
    found = replayed_with([points_deal(), moved_to("2027-03-31")], timely)
    assert found == [0, 0, 0, 4_000_00, 0, 0]


def replayed_with(versions: list[Any], record: Any) -> list[int]:
    from payforsuccess.payments.replay import replay

    found = replay(
        history_of(versions), open_book(None, (record,)), through=6, as_of=date(2028, 1, 1)
    )
    return [found.amount(number, "schedule") for number in range(1, 7)]


def test_a_correction_of_a_timely_determination_counts_from_the_first_day() -> None:
    first = determined(1, a_result("reduction", "25", point="year-one"), on=date(2026, 12, 5))
    second = determined(
        2, a_result("reduction", "26", point="year-one"), on=date(2027, 6, 1), supersedes=1
    )
    book = open_book(None, (first, second))
    entry = book.get("reduction", "point year-one")
    assert entry is not None
    assert (entry.determination, entry.on) == (2, date(2026, 12, 5))


def test_results_and_rows_by_person_must_agree() -> None:
    with pytest.raises(Refusal) as refusal:
        paid(a_deal(), {"homes": ["4"]}, people=rows("homes 1 a 3"))
    said = problems_of(refusal.value)
    assert "the result is 4, but the rows by person add up to 3" in said


def test_a_value_finer_than_the_step_is_refused_or_rounded_as_the_outcome_says() -> None:
    deal = a_deal(payments=[a_term(price="10")], outcomes={"homes": an_outcome()})
    with pytest.raises(Refusal) as refusal:
        paid(deal, {"homes": ["2.5"]})
    assert "is finer than its smallest step, 1" in problems_of(refusal.value)
    for rule, cents in (("half-up", 30_00), ("down", 20_00)):
        outcome = an_outcome(rounding=rule)
        deal = a_deal(payments=[a_term(price="10")], outcomes={"homes": outcome})
        assert paid(deal, {"homes": ["2.5"]}) == [cents]


@pytest.mark.parametrize("value", ["-1", "41"])
@pytest.mark.parametrize("by_person", [False, True])
def test_a_value_outside_the_bounds_is_refused(value: str, by_person: bool) -> None:
    people = rows(f"homes 1 a {value}") if by_person else None
    with pytest.raises(Refusal) as refusal:
        paid(a_deal(), None if by_person else {"homes": [value]}, people=people)
    assert "lies outside the bounds of the deal, 0 to 40" in problems_of(refusal.value)


def test_a_quantity_off_the_step_names_no_person() -> None:
    with pytest.raises(Refusal) as refusal:
        paid(a_deal(), people=rows("homes 1 secret 0.5"))
    assert "not a whole number of its smallest step" in problems_of(refusal.value)
    assert "secret" not in problems_of(refusal.value)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (a_result("home", "1"), "The deal has no outcome `home`"),
        (a_result("homes", "1", period=9), "is for period 9; the deal has periods 1 to 8"),
        (a_result("homes", "1", point="final"), "the measurement point `final`, which the deal"),
    ],
)
def test_a_result_without_a_place_in_the_deal_is_refused(result: Any, said: str) -> None:
    results = Results(results=(a_result("homes", "1"), result))
    with pytest.raises(Refusal) as refusal:
        a_statement(a_deal(), results)
    assert said in problems_of(refusal.value)


def test_a_result_for_a_cohort_that_is_not_there_is_refused() -> None:
    cohorts = [{"name": "First", "from": "2026-01-01", "to": "2026-06-30"}]
    deal = a_deal(people={"says": "Adults", "start_event": "release", "cohorts": cohorts})
    with pytest.raises(Refusal) as refusal:
        a_statement(deal, Results(results=(a_result("homes", "1", cohort="Frist"),)))
    assert "the cohort Frist, which the deal does not have" in problems_of(refusal.value)
    assert "Did you mean `First`?" in problems_of(refusal.value)


def test_cohorts_read_to_date_each_keep_their_own_sum() -> None:
    cohorts = [
        {"name": "First", "from": "2026-01-01", "to": "2026-06-30"},
        {"name": "Second", "from": "2026-07-01", "to": "2026-12-31"},
    ]
    deal = a_deal(
        payments=[a_term(price="10", reads="to-date", limit_each_person="3")],
        people={"says": "Adults", "start_event": "release", "cohorts": cohorts},
    )
    people = rows(
        """homes 1 a 2 - First
           homes 1 b 1 - Second
           homes 2 a 4 - First
           homes 2 b 1 - Second"""
    )
    results = columns(
        {},
        *(
            a_result("homes", value, period=period, cohort=cohort)
            for value, period, cohort in (
                ("2", 1, "First"),
                ("1", 1, "Second"),
                ("4", 2, "First"),
                ("1", 2, "Second"),
            )
        ),
    )
    assert paid(deal, results, people=people) == [30_00, 20_00]


@pytest.mark.parametrize(
    ("price", "rule", "first", "second", "cents"),
    [
        ("0.125", "half-up", "1", "1", 25),  # 12.5 + 12.5 cents, not 13 + 13
        ("0.001", "half-up", "4", "4", 1),  # 0.4 + 0.4, not 0 + 0
        ("0.129", "down", "1", "1", 25),  # 12.9 + 12.9 = 25.8, not 12 + 12
        ("10", "half-up", "1", "2", 30_00),
    ],
)
def test_a_line_of_several_cohorts_is_rounded_once(
    price: str, rule: str, first: str, second: str, cents: int
) -> None:
    cohorts = [
        {"name": "First", "from": "2026-01-01", "to": "2026-06-30"},
        {"name": "Second", "from": "2026-07-01", "to": "2026-12-31"},
    ]
    deal = a_deal(
        payments=[a_term(price=price, rounding=rule)],
        people={"says": "Adults", "start_event": "release", "cohorts": cohorts},
    )
    results = columns(
        {},
        a_result(value=first, cohort="First"),
        a_result(value=second, cohort="Second"),
    )
    found = replayed(deal, results).lines[(1, "unit-price")]
    assert found.amount == cents
    assert sum(run.amount for run in found.parts) == cents
    assert ("rounded once" in found.steps()[0].says) is (price != "10")


def test_what_was_read_is_listed_once() -> None:
    found = replayed(a_deal(payments=[a_term(reads="to-date")]), {"homes": ["1", "2"]})
    used = found.lines[(2, "unit-price")].used
    assert [(item.when, item.value) for item in used] == [("period 1", 1), ("period 2", 2)]
