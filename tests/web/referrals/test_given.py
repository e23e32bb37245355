"""Two months of the flow of referrals tell nothing of a few people (R71, R140)."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from payforsuccess.disclosure import Cell, Facts
from payforsuccess.web.referrals.flowing import flowing
from payforsuccess.web.referrals.given import register_of, released
from tests.web.cast import Cast
from tests.web.referrals.counties import by_answer, referred
from tests.web.referrals.test_flow import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db: None) -> Cast:
    return by_answer()


def months(county: Cast, *counts: int) -> list[int | None]:
    """What is shown of one count, month by month."""
    shown = []
    for number, count in enumerate(counts, 1):
        cells = {"referred": Cell(count, is_people=True)}
        as_of = date(2026, number, 28)
        release = released(county.initiative, partial(Facts, cells), as_of=as_of, threshold=10)
        shown.append(release.shown.get("referred"))
    return shown


def test_a_change_of_a_few_is_hidden_from_month_to_month(county: Cast) -> None:
    """R140: 30 and then 33 would tell of three people."""
    assert months(county, 30, 33, 45, 45) == [30, None, 45, 45]


def test_it_is_hidden_however_many_months_lie_between(county: Cast) -> None:
    """R140."""
    shown = months(county, 30, 45, 60, 75, 90, 33)
    assert shown == [30, 45, 60, 75, 90, None]


def test_what_a_month_showed_it_shows_again(county: Cast) -> None:
    """Also where a record was corrected since."""
    assert months(county, 30) == [30]
    assert months(county, 29) == [30]


def test_a_register_that_was_changed_shows_nothing(county: Cast) -> None:
    months(county, 30)
    (file,) = register_of(county.initiative).glob("[0-9]*.json")
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(file.read_text("utf-8").replace("30", "31", 1), "utf-8")
    assert months(county, 30, 50) == [None, None]


def test_pages_of_two_months_differ_by_nothing_or_by_many(county: Cast) -> None:
    """R140: three more referrals between two months change no count that both months show."""
    for number in range(25):
        moved(referred(county, family="J" + chr(97 + number)), eligible=1)
    before = flowing(county.initiative, sees_small=False, today=date(2026, 3, 2))
    for number in range(3):
        moved(referred(county, family="K" + chr(97 + number)), eligible=1)
    after = flowing(county.initiative, sees_small=False, today=date(2026, 4, 2))

    assert before.release is not None and after.release is not None
    assert before.release.shown["eligible"] == 25
    both = before.release.shown.keys() & after.release.shown.keys()
    changes = {abs(after.release.shown[n] - before.release.shown[n]) for n in both}
    assert not changes & set(range(1, 11))
    assert "eligible" not in after.release.shown
