"""What is recorded here goes out as it stood at the end of the day through which a deal reads."""

from __future__ import annotations

from datetime import date

from payforsuccess.web.jobs.own_feeds import homes_through, own_feeds, register_through
from tests.web.cast import Cast

THROUGH = date(2026, 3, 31)


def referral(**days: str) -> dict[str, str]:
    names = ("referred_on", "assigned_on", "enrolled_on", "exited_on", "eligible_on", "accepted_on")
    return {"person_ref": "a", **{name: days.get(name, "") for name in names}}


def test_who_was_referred_or_placed_later_is_not_there_yet() -> None:
    cut = register_through(THROUGH)

    assert cut(referral(referred_on="2026-04-01")) is None
    assert cut(referral(referred_on="2026-03-30", assigned_on="2026-04-02")) is None
    assert cut(referral(referred_on="2026-03-31", assigned_on="2026-03-31")) is not None


def test_what_happened_later_is_left_out_of_the_row() -> None:
    row = referral(referred_on="2026-03-01", enrolled_on="2026-03-02", exited_on="2026-04-01")

    assert register_through(THROUGH)(row) == {**row, "exited_on": ""}


def test_a_home_that_is_lost_later_is_still_kept() -> None:
    row = {"moved_in_on": "2026-01-01", "moved_out_on": "2026-04-05", "moved_out_to": "jail"}
    cut = homes_through(THROUGH)

    assert cut(row) == {"moved_in_on": "2026-01-01", "moved_out_on": "", "moved_out_to": ""}
    assert cut({**row, "moved_in_on": "2026-04-02"}) is None
    assert cut({**row, "moved_out_on": "2026-03-31"}) == {**row, "moved_out_on": "2026-03-31"}


def test_a_deal_without_such_feeds_has_none_of_our_own(county: Cast) -> None:
    county.someone()

    assert own_feeds(county.initiative) == ()
