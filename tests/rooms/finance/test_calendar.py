"""When cash moves, and in which period people are counted."""

from __future__ import annotations

from datetime import date

import pytest

from payforsuccess.deal.fields import Duration
from payforsuccess.finance.calendar import cash_calendar, counted_in
from tests.lib.assumed import a_cost, assumed
from tests.lib.deals import a_deal


@pytest.mark.parametrize(
    ("of", "days", "paid_on"),
    [
        ("period-end", "30", date(2026, 4, 30)),
        ("period-end", "10", date(2026, 4, 20)),  # not before its results are determined
        ("determination", "30", date(2026, 5, 20)),
        ("statement", "30", date(2026, 5, 25)),
    ],
)
def test_a_period_is_paid_so_many_days_after_what_the_deal_names(
    of: str, days: str, paid_on: date
) -> None:
    deal = a_deal(pays_within_days={"days": days, "of": of})
    late = "0" if of == "period-end" else "5"
    calendar = cash_calendar(deal, assumed(stated_after_days=late))
    assert calendar.paid_on[0] == paid_on


def test_days_are_those_on_which_cash_can_move() -> None:
    once = a_cost("fit_out", "500", kind="once", on="2026-02-03")
    calendar = cash_calendar(a_deal(), assumed(costs=[once]))
    assert len(calendar.periods) == 8
    assert date(2026, 2, 3) in calendar.days
    assert calendar.days == tuple(sorted(set(calendar.days)))
    assert calendar.days[-1] == calendar.paid_on[-1] == date(2028, 1, 30)
    assert calendar.days[calendar.at(date(2026, 2, 3))] == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("after", "place"),
    [(None, 0), (Duration(3, "month"), 1), (Duration(12, "month"), 4), (Duration(45, "day"), 0),
     (Duration(46, "day"), 1), (Duration(24, "month"), None)],
)  # fmt: skip
def test_people_are_counted_where_the_last_day_of_their_window_lies(
    after: Duration | None, place: int | None
) -> None:
    periods = a_deal().schedule.all()
    # the middle of the first quarter of 2026 is 15 February
    assert counted_in(periods, starts=periods[0], after=after) == place
