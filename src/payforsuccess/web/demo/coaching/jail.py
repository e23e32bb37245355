"""The jail's extract for Coaching by Lot: bookings, with the names as a tired clerk wrote them.

Someone booked again is written down under a new number and another name now and then, as after a
marriage: near the threshold, where only people can tell.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from payforsuccess.web.demo.coaching.stories import Asks
from payforsuccess.web.demo.stories import FAMILY, GIVEN

COLUMNS = (
    "booking_id",
    "person_ref",
    "booked_at",
    "released_at",
    "release_type",
    "given_name",
    "family_name",
    "born_on",
    "sex",
)
OTHERS = 60
"""People of the jail who never asked for a coach."""
Row = tuple[str, ...]


def write_bookings(
    to: Path, asked: Sequence[Asks], arms: Mapping[int, str], *, treated: str, through: date
) -> int:
    """The file of bookings up to a day. arms: by number of the story, of those who were drawn."""
    rows = [*_of_the_asking(asked, arms, treated), *_of_others(through)]
    known = [row for row in rows if row[2] <= through.isoformat()]
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row if row[3] <= through.isoformat() else _held(row) for row in known)
    return len(known)


def _held(row: Row) -> Row:
    return (*row[:3], "", "", *row[5:])


def _of_the_asking(asked: Sequence[Asks], arms: Mapping[int, str], treated: str) -> Iterator[Row]:
    for one in asked:
        name = (one.given_name, one.family_name, one.born_on)
        before = one.referred_on - timedelta(30)
        yield _row(f"b{one.number}", f"j{one.number}", before, one.release_on, name, one.sex)
        arm = arms.get(one.number)
        after = one.booked_with if arm == treated else one.booked_without
        if arm is None or after is None:
            continue
        booked_on = one.drawn_on + timedelta(after)
        again, number = f"b{one.number}-2", f"j{one.number}"
        if one.miswritten is not None:
            name, number = _miswritten(one, one.miswritten), f"j{one.number}-2"
        yield _row(again, number, booked_on, booked_on + timedelta(6), name, one.sex)


def _miswritten(one: Asks, family: str) -> tuple[str, str, date]:
    """A new family name, or an initial alone in the place of the first."""
    if family:
        return one.given_name, family, one.born_on
    return one.given_name[0], one.family_name, one.born_on


def _of_others(through: date) -> Iterator[Row]:
    rng = random.Random(52)
    for number in range(1, OTHERS + 1):
        name = (
            rng.choice(GIVEN.split()),
            rng.choice(FAMILY.split()),
            date(rng.randint(1960, 2004), rng.randint(1, 12), rng.randint(1, 28)),
        )
        booked_on = through - timedelta(rng.randint(5, 400))
        sex = rng.choice(("male", "female"))
        stay = timedelta(rng.randint(1, 4))
        yield _row(f"c{number}", f"k{number}", booked_on, booked_on + stay, name, sex)


def _row(
    booking: str, person: str, on: date, until: date, name: tuple[str, str, date], sex: str
) -> Row:
    given, family, born = name
    return (
        booking,
        person,
        on.isoformat(),
        until.isoformat(),
        "actual",
        given,
        family,
        born.isoformat(),
        sex,
    )
