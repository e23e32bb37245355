"""Pictures of a look ahead: drawn within the house's rules, told in words, refused if nonsense."""

from __future__ import annotations

from dataclasses import replace

import pytest

from payforsuccess.reports.charts.cash import CashByPeriod, Layer, cash_figure
from payforsuccess.reports.charts.liability import LiabilityByYear, Year, liability_figure
from payforsuccess.reports.charts.tornado import Bar, Tornado, tornado_figure
from payforsuccess.reports.figure import Svg
from payforsuccess.reports.notices import assumed_notices
from payforsuccess.reports.table import Column, Table, cell

TABLE = Table("The numbers", (Column("Period"), Column("Left")), ((cell("1"), cell("0")),))
CASH = CashByPeriod(
    "Cash by period",
    "USD",
    ("1", "2"),
    (Layer("capital drawn", (1_000_00, 0)), Layer("success payments", (0, 1_200_00))),
    (Layer("costs", (1_000_00, 0)), Layer("principal", (0, 1_000_00))),
    (0, 200_00),
)
YEARS = LiabilityByYear(
    "By fiscal year",
    "USD",
    (Year("2026", 1_00, 2_00, 3_00, 9_00, 5_00), Year("2027", 0, 0, 0, None, 0)),
)
TORNADO = Tornado("What moves it", "Payments", 100.0, (Bar("enrolment", "0.8", "1", 80.0, 100.0),))


def test_cash_is_told_in_words_with_its_totals_and_what_is_left() -> None:
    figure = cash_figure(CASH, TABLE)
    assert isinstance(figure.image, Svg)
    assert figure.alternative == (
        "In: capital drawn 1,000.00, most in 1 and success payments 1,200.00, most in 2. "
        "Out: costs 1,000.00, most in 1 and principal 1,000.00, most in 2. "
        "Left in the end: 200.00."
    )
    assert figure.table is TABLE


def test_a_year_that_nothing_bounds_is_said_to_be_unbounded() -> None:
    words = liability_figure(YEARS, TABLE).alternative
    assert "Fiscal year 2026: 2.00 in the base case (1.00 low, 3.00 high), at most 9.00" in words
    assert "unbounded at most" in words


def test_what_is_provided_is_neither_told_nor_drawn_where_nothing_is_said_of_it() -> None:
    years = tuple(replace(year, provided=None) for year in YEARS.years)
    figure = liability_figure(replace(YEARS, years=years), TABLE)
    assert isinstance(figure.image, Svg)
    assert "provided" not in figure.image.text + figure.alternative
    drawn = liability_figure(YEARS, TABLE)
    assert isinstance(drawn.image, Svg)
    assert "provided" in drawn.image.text
    assert "5.00 provided" in drawn.alternative


def test_where_all_that_is_provided_is_nothing_the_legend_says_so() -> None:
    years = tuple(replace(year, provided=0) for year in YEARS.years)
    figure = liability_figure(replace(YEARS, years=years), TABLE)
    assert isinstance(figure.image, Svg)
    assert "provided: nothing" in figure.image.text


def test_a_tornado_shows_twelve_bars_at_most_and_its_table_all() -> None:
    bars = tuple(replace(TORNADO.bars[0], says=f"number {at}") for at in range(15))
    figure = tornado_figure(replace(TORNADO, bars=bars))
    assert isinstance(figure.image, Svg)
    assert "number 11" in figure.image.text
    assert "number 12" not in figure.image.text
    assert figure.table is not None
    assert len(figure.table.rows) == 15


@pytest.mark.parametrize("figure", [tornado_figure(TORNADO), cash_figure(CASH, TABLE)])
def test_the_same_numbers_draw_the_same_bytes(figure: object) -> None:
    again = tornado_figure(TORNADO), cash_figure(CASH, TABLE)
    assert figure in again


def test_amounts_that_do_not_fit_the_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="one amount of each kind"):
        replace(CASH, left=(0,))
    with pytest.raises(ValueError, match="at most three layers"):
        replace(CASH, comes_in=(CASH.comes_in[0],) * 4)
    with pytest.raises(ValueError, match="needs periods"):
        replace(CASH, periods=(), comes_in=(), goes_out=(), left=())
    with pytest.raises(ValueError, match="needs years"):
        replace(YEARS, years=())
    with pytest.raises(ValueError, match="needs bars"):
        replace(TORNADO, bars=())


def test_a_look_ahead_always_says_that_it_rests_on_assumptions() -> None:
    made_up, estimated = assumed_notices("illustrative, estimate"), assumed_notices("estimate")
    assert made_up[0].title == "Illustrative assumptions"
    assert estimated[0].title == "Assumptions"
    assert "No one knows what will happen" in estimated[0].says
