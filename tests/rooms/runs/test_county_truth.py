"""The examples on a simulated county whose people are numbered alike: measures find the truth.

What is expected is computed here from the true days alone, day by day, in plain Python.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from payforsuccess.deal.results import Result
from payforsuccess.runs.run.deliver import measure
from payforsuccess.runs.simulate_county import simulate_county
from payforsuccess.units import add_months
from tests.lib.perfect_linkage import number_truly_without_linkage

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lived:
    """What one person in the lottery really lived."""

    arm: str
    assigned_on: date
    homes: tuple[tuple[date, date], ...]
    jail: tuple[tuple[date, date], ...]
    died_on: date

    def is_housed(self, day: date) -> bool:
        """Whether the day was one in a home."""
        return any(start <= day < end for start, end in self.homes)

    def is_jailed(self, day: date) -> bool:
        """Whether the day was one in jail."""
        return any(start <= day < end for start, end in self.jail)

    def is_booked(self, day: date) -> bool:
        """Whether a stay in jail began on the day."""
        return any(start == day for start, _ in self.jail)


def lived_in(folder: Path) -> Iterator[Lived]:
    """Everyone in the lottery of the county in a folder."""
    stays: dict[str, list[tuple[date, date]]] = {}
    for row in rows_of(folder / "truth" / "jail.csv"):
        stays.setdefault(row["person"], []).append(
            (date.fromisoformat(row["booked_on"]), date.fromisoformat(row["released_on"]))
        )
    for row in rows_of(folder / "truth" / "programme.csv"):
        homes = [("moved_in_on", "moved_out_on"), ("again_in_on", "again_out_on")]
        yield Lived(
            arm=row["arm"],
            assigned_on=date.fromisoformat(row["assigned_on"]),
            homes=tuple(
                (date.fromisoformat(row[start]), day_or_never(row[end]))
                for start, end in homes
                if row[start]
            ),
            jail=tuple(stays.get(row["person"], ())),
            died_on=day_or_never(row["died_on"]),
        )


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def day_or_never(text: str) -> date:
    return date.fromisoformat(text) if text else date.max


def days(start: date, end: date) -> Iterator[date]:
    """The days of `[start, end)`."""
    return (start + DAY * at for at in range((end - start).days))


@dataclass(frozen=True)
class Count:
    """A total and the people whose results are known."""

    value: int = 0
    people: int = 0

    def plus(self, value: int | None) -> Count:
        """With one person more; unknown is nobody."""
        return self if value is None else Count(self.value + value, self.people + 1)


# Just in Reach

LAST = date(2022, 9, 30)


@pytest.fixture(scope="module")
def just_in_reach(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("just-in-reach")
    shutil.copy(EXAMPLES / "just-in-reach" / "deal.yaml", folder)
    simulate_county(folder, people=1_000, seed=5, enrolled=100)
    number_truly_without_linkage(folder)
    return folder


def kept_home(person: Lived, months: int) -> int | None:
    """1 if a lease was held, with at most one gap of at most 30 days between two leases.

    None after a death. Who has none on the last day does not hold one.
    """
    start = person.homes[0][0]
    end = add_months(start, months)
    if end > LAST + DAY or person.died_on < end:
        return None
    gaps, run = [], 0
    for day in days(start, end):
        if person.is_housed(day):
            gaps, run = ([*gaps, run] if run else gaps), 0
        else:
            run += 1
    return int(not run and len(gaps) <= 1 and all(gap <= 30 for gap in gaps))


def has_no_return(person: Lived) -> int | None:
    """1 without a booking in 24 months; one before a death decides."""
    start = person.homes[0][0]
    end = add_months(start, 24)
    booked = any(
        person.is_booked(day) for day in days(start, min(end, LAST + DAY)) if day <= person.died_on
    )
    if booked and end <= LAST + DAY:
        return 0
    return None if end > LAST + DAY or person.died_on < end else 1


def returns(person: Lived) -> int | None:
    """Bookings in as many days at liberty as 24 months have."""
    start = person.homes[0][0]
    left, found, day = (add_months(start, 24) - start).days, 0, start
    while left:
        if day > LAST or day >= person.died_on:
            return None
        found += person.is_booked(day)
        left -= not person.is_jailed(day)
        day += DAY
    return found


def test_homes_kept_and_returns_to_jail_are_found_exactly(just_in_reach: Path) -> None:
    housed = [person for person in lived_in(just_in_reach) if person.homes]
    expected = dict.fromkeys(("home_6_months", "home_12_months", "no_return", "returns"), Count())
    for person in housed:
        for outcome, value in (
            ("home_6_months", kept_home(person, 6)),
            ("home_12_months", kept_home(person, 12)),
            ("no_return", has_no_return(person)),
            ("returns", returns(person)),
        ):
            expected[outcome] = expected[outcome].plus(value)

    found = dict.fromkeys(expected, Count())
    for result in measure(just_in_reach).results:
        before = found[result.outcome]
        found[result.outcome] = Count(
            before.value + int(result.value), before.people + (result.people or 0)
        )

    assert found == expected
    assert expected["home_12_months"].people > 80


# Denver's rule


@pytest.fixture(scope="module")
def denver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("denver")
    shutil.copy(EXAMPLES / "denver-supportive-housing" / "deal.yaml", folder)
    simulate_county(folder, people=1_000, seed=6, enrolled=100, starts=date(2016, 1, 1))
    number_truly_without_linkage(folder)
    return folder


@pytest.fixture(scope="module")
def denver_results(denver: Path) -> tuple[Result, ...]:
    return measure(denver).results


def stable_days(person: Lived, last: date) -> list[date]:
    """The day on which each stable day is earned: its own, or the one that fills the first year."""
    if not person.homes:
        return []
    fills = [
        add_months(start, 12) - DAY
        for start, end in person.homes
        if add_months(start, 12) <= min(end, last + DAY)
    ]
    if not fills:
        return []
    start = person.homes[0][0]
    stable = [
        day
        for day in days(start, last + DAY)
        if person.is_housed(day) and not person.is_jailed(day)
    ]
    return [max(day, min(fills)) for day in stable]


def test_stable_days_fall_into_the_quarters_that_earn_them(
    denver: Path, denver_results: tuple[Result, ...]
) -> None:
    last = date(2020, 12, 31)
    expected = dict.fromkeys(range(1, 21), 0)
    for person in lived_in(denver):
        if person.arm == "programme":
            for day in stable_days(person, last):
                expected[(day.year - 2016) * 4 + (day.month - 1) // 3 + 1] += 1

    found = {
        int(result.period): int(result.value)
        for result in denver_results
        if result.outcome == "stable_days" and result.period is not None
    }

    assert found == expected
    assert sum(expected.values()) > 30_000


def test_the_fall_in_jail_days_is_that_of_the_two_groups_means(
    denver: Path, denver_results: tuple[Result, ...]
) -> None:
    jailed: dict[str, int] = {"programme": 0, "comparison": 0}
    for person in lived_in(denver):
        end = add_months(person.assigned_on, 24)
        jailed[person.arm] += sum(person.is_jailed(day) for day in days(person.assigned_on, end))

    (result,) = [one for one in denver_results if one.outcome == "jail_reduction"]

    control, treated = jailed["comparison"], jailed["programme"]
    assert result.value == Fraction(100 * (control - treated), control)
