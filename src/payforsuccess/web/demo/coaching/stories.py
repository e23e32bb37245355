"""Who asks for a coach, and what the jail wrote of them: from a seed, the same each time.

Nobody's story knows the draw: it says what happens with a coach and what happens without.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.units.calendar import add_months
from payforsuccess.web.demo.stories import FAMILY, GIVEN

BOOKED_WITH, BOOKED_WITHOUT = 0.22, 0.45
MISWRITTEN = ("Larkspur", "Meadowlark", "", "Bluebell", "Foxglove", "Honeysuckle")
"""What the jail wrote for some of those whose 90 days end in the last quarter that is over."""
LAST_DRAW = 4
"""The last referrals wait for the draw, so that a newcomer can ask for it."""


@dataclass(frozen=True)
class Asks:
    """One person who asks for a coach.

    booked_with, booked_without: days from the draw to being booked again, with a coach and without
    one. miswritten: the family name that the jail then wrote, or nothing where it wrote an initial;
    those are booked again either way, so that money hangs on whether they are one person.
    """

    number: int
    given_name: str
    family_name: str
    born_on: date
    sex: str
    race: str
    language: str
    referred_on: date
    release_on: date
    booked_with: int | None
    booked_without: int | None
    miswritten: str | None

    @property
    def drawn_on(self) -> date:
        """The day of the draw: the first one outside."""
        return self.release_on + timedelta(1)


def who_asks(*, first: date, today: date, people: int, seed: int = 137) -> Iterator[Asks]:
    """Everybody in the order of referral, from the first day until today."""
    rng = random.Random(seed)
    names = rng.sample([(g, f) for g in GIVEN.split() for f in FAMILY.split()], people)
    early = people - LAST_DRAW
    days = sorted(rng.randrange((today - first).days - 16) for _ in range(early))
    days += [(today - first).days - 14 + at for at in range(LAST_DRAW)]
    last = [at for at in days if add_months(first, 6) <= first + timedelta(at) < _end(first)]
    written = dict(zip(last, MISWRITTEN, strict=False))
    for number, ((given, family), after) in enumerate(zip(names, days, strict=True), 1):
        referred_on = first + timedelta(after)
        miswritten = written.pop(after, None)
        with_, without = (
            rng.randint(12, 85) if rng.random() < chance or miswritten is not None else None
            for chance in (BOOKED_WITH, BOOKED_WITHOUT)
        )
        yield Asks(
            number=number,
            given_name=given,
            family_name=family,
            born_on=date(rng.randint(1965, 2004), rng.randint(1, 12), rng.randint(1, 12)),
            sex=rng.choice(("male", "male", "female")),
            race=rng.choice(("black", "hispanic", "white")),
            language=rng.choice(("english", "english", "spanish")),
            referred_on=referred_on,
            release_on=referred_on + timedelta(rng.randint(2, 9)),
            booked_with=with_,
            booked_without=without,
            miswritten=miswritten,
        )


def _end(first: date) -> date:
    """The first day of the last quarter in which the windows of what is measured end."""
    return add_months(first, 9)
