"""Days on a line: numbered in order, told in words, and never drawn over each other."""

from __future__ import annotations

import re
from datetime import date

import pytest

from payforsuccess.reports.charts.timeline import APART, Happened, timeline_figure
from payforsuccess.reports.figure import Svg
from payforsuccess.reports.inline import plain_text


def happened(*days: date) -> list[Happened]:
    return [Happened(f"Thing {at}", day, day) for at, day in enumerate(days)]


def numbers_of(image: object) -> list[tuple[float, float, str]]:
    """Where each number stands: across, down, and which."""
    assert isinstance(image, Svg)
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(\d{1,2})</text>', image.text)
    return [(float(x), float(y), said) for x, y, said in found]


def test_events_stand_in_the_order_of_their_days_with_a_table_of_the_same() -> None:
    figure = timeline_figure("Days", happened(date(2017, 6, 20), date(2014, 11, 18)))
    assert figure.table is not None
    rows = [[plain_text(each.parts) for each in row] for row in figure.table.rows]
    assert rows == [
        ["1", "18 November 2014", "Thing 1", "no paper on file"],
        ["2", "20 June 2017", "Thing 0", "no paper on file"],
    ]
    assert "2 events" in figure.alternative
    assert [said for _, _, said in numbers_of(figure.image)] == ["1", "2"]


def test_a_day_that_is_not_known_is_told_by_its_bounds() -> None:
    one = Happened("The motion", date(2013, 10, 1), date(2013, 10, 31), "A paper")
    figure = timeline_figure("Days", [one])
    assert "between 1 October 2013 and 31 October 2013" in figure.alternative


def test_numbers_near_each_other_stand_one_above_the_other() -> None:
    figure = timeline_figure("Days", happened(*(date(2020, 1, day) for day in range(1, 9))))
    at = numbers_of(figure.image)
    for one in at:
        for other in at:
            assert one == other or one[1] != other[1] or abs(one[0] - other[0]) >= APART


@pytest.mark.parametrize("days", [[date(1, 1, 1), date(9999, 12, 31)], [date(9999, 12, 31)]])
def test_far_days_can_be_drawn(days: list[date]) -> None:
    assert timeline_figure("Days", happened(*days))


def test_an_empty_line_is_refused() -> None:
    with pytest.raises(ValueError, match="needs something"):
        timeline_figure("Days", [])
