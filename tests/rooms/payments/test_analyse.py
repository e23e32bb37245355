"""Bounds, falls, cliffs and gaps of single trees, each at its exact place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from payforsuccess.payments.analyse import (
    ANY,
    Direction,
    Interval,
    Question,
    Range,
    Scope,
    Search,
    Stretch,
    bounds_of,
    monotone_in,
    steepest,
    stretches_of,
    trend_of,
)
from payforsuccess.payments.analyse.interval import ZERO
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.nodes import (
    Bands,
    CarryForward,
    Ceiling,
    Condition,
    Fixed,
    Floor,
    Least,
    Node,
    Outcome,
    Piece,
    Price,
    Round,
    Sum,
    Times,
    ToDate,
)
from payforsuccess.payments.nodes import Test as Comparison

DAYS = Outcome("days", Fraction(1), "day")
PEOPLE = Outcome("people", Fraction(1), "person")
EFFECT = Outcome("effect", Fraction(1, 10), "percent")


def number(value: int | str) -> Fraction:
    """An exact number."""
    return Fraction(value)


def between(least: int | str, most: int | str) -> Interval:
    """An interval with both ends."""
    return Interval(number(least), number(most))


def scope(periods: int = 1, **ranges: tuple[int | None, int | None]) -> Scope:
    """Inputs by name with their ends in ticks."""
    return Scope({name: Range(*ends) for name, ends in ranges.items()}, periods)


def piece(
    low: int | str | None,
    high: int | str | None,
    base: int,
    slope: int = 0,
    *,
    from_low: bool = True,
    to_high: bool = False,
) -> Piece:
    """A band from `low` up to `high`; includes the low edge and not the high one by default."""
    return Piece(
        None if low is None else number(low),
        from_low and low is not None,
        None if high is None else number(high),
        to_high,
        Fraction(base),
        Fraction(slope),
    )


BOUNDS: dict[str, tuple[Node, Scope, Interval]] = {
    "an outcome is its range in ticks": (EFFECT, scope(effect=(-10, 25)), between(-1, "2.5")),
    "a price scales": (Price(DAYS, number("15.12")), scope(days=(0, 10)), between(0, "151.2")),
    "a negative price turns the ends": (
        Price(DAYS, number(-2)),
        scope(days=(1, 3)),
        between(-6, -2),
    ),
    "a product takes the corners": (
        Times(DAYS, PEOPLE),
        scope(days=(-2, 3), people=(-4, 5)),
        between(-12, 15),
    ),
    "nothing times anything is nothing": (
        Times(DAYS, PEOPLE),
        scope(days=(0, 0), people=(None, None)),
        ZERO,
    ),
    "a product without end has none": (
        Times(DAYS, PEOPLE),
        scope(days=(0, 5), people=(0, None)),
        Interval(Fraction(0), None),
    ),
    "a sum adds": (Sum((DAYS, PEOPLE)), scope(days=(0, 2), people=(1, 5)), between(1, 7)),
    "the smaller of two": (Least(DAYS, Fixed(number(4))), scope(days=(0, 9)), between(0, 4)),
    "a ceiling bounds what has no bound": (
        Ceiling(DAYS, number(7), "", "k"),
        scope(days=(0, None)),
        between(0, 7),
    ),
    "a floor lifts": (Floor(DAYS, number(3)), scope(days=(0, 9)), between(3, 9)),
    "half up is away from zero": (
        Round(Price(DAYS, number("0.5")), "half-up"),
        scope(days=(-1, 1)),
        between(-1, 1),
    ),
    "bands are cut to what can occur": (
        Bands(DAYS, (piece(None, 5, 0), piece(5, 10, 100, 2), piece(10, None, 9)), "days"),
        scope(days=(6, 8)),
        between(102, 106),
    ),
    "a slope without end has none": (
        Bands(DAYS, (piece(None, 5, 0), piece(5, None, 100, 2)), "days"),
        scope(days=(0, None)),
        Interval(Fraction(0), None),
    ),
    "a condition never met gives nothing": (
        Condition(DAYS, (Comparison(PEOPLE, ">=", number(10)),), "c"),
        scope(days=(1, 9), people=(0, 9)),
        ZERO,
    ),
    "a condition always met changes nothing": (
        Condition(DAYS, (Comparison(PEOPLE, ">=", number(0)),), "c"),
        scope(days=(1, 9), people=(0, 9)),
        between(1, 9),
    ),
    "an unknown input has no bounds": (DAYS, scope(), ANY),
}


@pytest.mark.parametrize("rule", BOUNDS)
def test_bounds(rule: str) -> None:
    node, within, expected = BOUNDS[rule]
    assert bounds_of(node, within).now == expected


def test_a_lifetime_ceiling_bounds_the_sum_of_any_number_of_periods() -> None:
    node = Ceiling(Price(DAYS, number(100)), number(5_000), "the ceiling", "line.ceiling")
    bounds = bounds_of(node, scope(40, days=(0, 30)))
    assert bounds.now == between(0, 3_000)
    assert bounds.total == between(0, 5_000)


def test_money_paid_back_gives_room_in_one_period_but_never_in_all() -> None:
    node = Ceiling(DAYS, number(10), "the ceiling", "k")
    bounds = bounds_of(node, scope(3, days=(-5, 40)))
    assert bounds.now == between(-5, 20)
    assert bounds.total.most == 10


def test_what_is_read_to_date_never_sums_to_more_than_it_says() -> None:
    assert bounds_of(ToDate(DAYS, "k"), scope(12, days=(0, 9))).total == between(0, 9)


def test_carry_forward_pays_at_most_its_ceiling_in_each_period() -> None:
    bounds = bounds_of(CarryForward(DAYS, number(4), "k", True), scope(3, days=(0, 9)))
    assert bounds.now == between(0, 4)
    assert bounds.total.most == 12


DENVER = Bands(
    EFFECT,
    (
        piece(None, 20, 0),
        piece(20, 30, 320_000_000, 16_000_000),
        piece(30, 65, 480_000_000, 3_800_000),
        piece(65, None, 613_000_000),
    ),
    "effect",
)


def test_the_denver_schedule_jumps_once_at_20_percent() -> None:
    step = steepest(Search(DENVER, scope(effect=(-1000, 1000)).domain), "effect")
    assert step is not None
    assert (step.at, step.to, step.change) == (199, 200, step.pays_to)
    assert step.pays_at == 0 and step.pays_to * unit_of(DENVER) == 320_000_000


def test_a_slope_and_a_ceiling_are_no_cliffs() -> None:
    node = Ceiling(Round(Price(DAYS, number("15.12")), "half-up"), number(600), "a ceiling")
    assert steepest(Search(node, scope(days=(0, 1_000)).domain), "days") is None


def test_a_jump_across_a_gap_is_a_cliff() -> None:
    node = Bands(DAYS, (piece(None, 8, 0), piece(10, None, 900)), "days")
    step = steepest(Search(node, scope(days=(0, 20)).domain), "days")
    assert step is not None
    assert (step.at, step.to) == (7, 10)


def test_a_cliff_is_found_however_far_away_it_lies() -> None:
    node = Bands(DAYS, (piece(None, 123_456_789, 0), piece(123_456_789, None, 900)), "days")
    step = steepest(Search(node, {}), "days")
    assert step is not None
    assert (step.at, step.to) == (123_456_788, 123_456_789)


def test_a_volume_discount_for_all_units_can_fall() -> None:
    cheaper = Bands(DAYS, (piece(None, 100, 10), piece(100, None, 8)), "days")
    node = Times(cheaper, DAYS)
    within = scope(days=(0, 500))
    found = monotone_in(node, "days", within, better="higher")
    assert found.verdict == "falls" and found.fall is not None
    assert (found.fall.worse, found.fall.better) == (99, 100)
    assert (found.fall.pays_worse, found.fall.pays_better) == (495, 400)


def test_lower_can_be_better() -> None:
    node = Bands(DAYS, (piece(None, 10, 100), piece(10, None, 0)), "days")
    within = scope(days=(0, 20))
    assert monotone_in(node, "days", within, better="lower").verdict == "never falls"
    assert monotone_in(node, "days", within, better="higher").verdict == "falls"


def test_a_period_ceiling_on_a_to_date_line_can_lose_money_over_time() -> None:
    node = Ceiling(ToDate(DAYS, "k"), number(10), "the ceiling of the period")
    found = monotone_in(node, "days", scope(2, days=(0, 20)), better="higher")
    assert found.verdict == "falls"
    assert found.fall is not None and len(found.fall.inputs) == 2


def test_a_lifetime_ceiling_never_makes_the_sum_fall() -> None:
    node = Ceiling(DAYS, number(10), "the ceiling", "k")
    trend = trend_of(node, Question("days", scope(5, days=(0, 20))))
    assert trend.total is Direction.UP
    assert trend.now is Direction.UNKNOWN


def test_a_condition_on_a_better_result_is_monotone_only_where_nothing_is_negative() -> None:
    test = (Comparison(PEOPLE, ">=", number(5)),)
    rising = Condition(DAYS, test, "c")
    assert trend_of(rising, Question("people", scope(days=(0, 9)))).now is Direction.UP
    assert trend_of(rising, Question("people", scope(days=(-1, 9)))).now is Direction.UNKNOWN


def test_what_cannot_be_proved_is_not_called_false() -> None:
    # x - x is always 0, which the rules for single nodes cannot see.
    node = Sum((DAYS, Price(DAYS, number(-1))))
    found = monotone_in(node, "days", scope(days=(0, 9)), better="higher")
    assert found.verdict == "not proved" and found.fall is None


DC_WATER_PRESS = (
    piece(None, "18.6", -1),
    piece("18.6", "41.3", 0),
    piece("41.3", None, 1, from_low=False),
)


def test_exactly_the_edge_that_no_band_holds_is_a_gap() -> None:
    found = stretches_of(Bands(EFFECT, DC_WATER_PRESS, "effect"), scope(effect=(-1000, 1000)))
    assert found == (Stretch("gap", "effect", number("41.3"), number("41.3")),)
    assert str(found[0]) == "exactly 41.3"


def test_bands_that_include_their_edges_once_have_no_gap() -> None:
    pieces = (piece(None, "41.3", 0), piece("41.3", None, 1))
    assert stretches_of(Bands(EFFECT, pieces, "effect"), scope()) == ()


def test_a_gap_between_two_steps_holds_no_result() -> None:
    pieces = (piece(None, 5, 0, to_high=True), piece(6, None, 1))
    assert stretches_of(Bands(DAYS, pieces, "days"), scope()) == ()


def test_results_below_the_first_band_are_a_gap_where_they_can_occur() -> None:
    bands = Bands(DAYS, (piece(0, None, 5),), "days")
    assert [str(s) for s in stretches_of(bands, scope())] == ["-1 and less"]
    assert [str(s) for s in stretches_of(bands, scope(days=(-3, 9)))] == ["from -3 to -1"]
    assert stretches_of(bands, scope(days=(0, 9))) == ()


def test_values_in_two_bands_are_an_overlap() -> None:
    pieces = (piece(None, 5, 0, to_high=True), piece(5, None, 1))
    found = stretches_of(Bands(DAYS, pieces, "days"), scope())
    assert found == (Stretch("overlap", "days", number(5), number(5)),)
