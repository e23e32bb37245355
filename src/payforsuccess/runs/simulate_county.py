"""A county that does not exist, in the agencies' own files, with the truth beside them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal

LEAST_PEOPLE, MOST_PEOPLE = 1_000, 10_000_000
LEAST_SEED, MOST_SEED = 0, 2**63 - 1
FIRST_START, LAST_START = date(1990, 1, 1), date(2100, 12, 31)
ENROLS_FROM = date(2017, 10, 1)
EFFECT, RETENTION = 0.30, 0.82

Count = Callable[[str, int, int], None]


@dataclass(frozen=True, repr=False)
class SimulatedCounty:
    """The folder that was written: its files with their rows, and what was planted."""

    folder: str
    people: int
    seed: int
    enrolled: int
    records_begin_on: date
    records_end_before: date
    extracted_on: date
    files: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        width = max(len(name) for name, _ in self.files)
        lines = [
            f"SYNTHETIC: a simulated county of {self.people:,} people, seed {self.seed}, in "
            f"{self.folder}",
            f"Records from {self.records_begin_on} to before {self.records_end_before}, extracted "
            f"on {self.extracted_on}; {self.enrolled:,} offered the programme and as many not.",
            *(f"  {name:<{width}}  {rows:>11,} rows" for name, rows in self.files),
            "The truth lies in truth/, for checking; no step of a deal reads it.",
        ]
        return "\n".join(lines)

    __repr__ = __str__


def simulate_county(
    folder: str | os.PathLike[str],
    *,
    people: int,
    seed: int,
    enrolled: int | None = None,
    effect: float = EFFECT,
    retention: float = RETENTION,
    starts: date = ENROLS_FROM,
    as_of: date | None = None,
    count: Count | None = None,
) -> SimulatedCounty:
    """Write `feeds/` and `truth/` of a simulated county into a folder, which may hold a deal.

    `enrolled` people are offered the programme from `starts` on for two years, and as many again
    are the comparison; one in forty people unless given. The programme prevents the share `effect`
    of jail stays; of those it houses the share `retention` still holds the home after 12 months.
    `as_of` is the day of the extracts: half a year after the records' end unless given, so that
    nothing is late. Equal arguments give equal files, byte for byte. Refuses a folder that has
    feeds or a truth already, and sizes that it cannot make.
    """
    offered = max(people // 40, 1) if enrolled is None else enrolled
    target = Path(folder)
    problems = [
        *_wrong_numbers(people, seed, offered, effect, retention),
        *_wrong_days(starts, as_of),
        *_what_is_there(target),
    ]
    if problems:
        raise Refusal(problems)
    from payforsuccess.records.simulate.plan import CountyPlan
    from payforsuccess.records.simulate.writing import write_county

    plan = CountyPlan(
        people=people,
        seed=seed,
        enrolled=offered,
        effect=effect,
        retention=retention,
        enrols_from=starts,
        as_of=as_of,
    )

    def told(done: int, of: int) -> None:
        if count:
            count("Simulating people", min(done * plan.block, people), people)

    try:
        target.mkdir(parents=True, exist_ok=True)
        files = write_county(plan, target, told=told)
    except OSError as error:
        raise Refusal(
            Problem(
                f"The county cannot be written: {error.strerror}.",
                f"Check the rights to the folder and the room on it ({_free(target)} free), or "
                "name another; nothing was left half-written.",
                Place(str(folder)),
            )
        ) from None
    return SimulatedCounty(
        folder=str(folder),
        people=people,
        seed=seed,
        enrolled=offered,
        records_begin_on=plan.begins_on,
        records_end_before=plan.ends_on,
        extracted_on=plan.extracted_on,
        files=tuple(sorted(files.items())),
    )


def _wrong_numbers(
    people: int, seed: int, enrolled: int, effect: float, retention: float
) -> list[Problem]:
    found = []
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        found.append(
            Problem(
                f"A county of {people:,} people cannot be simulated.",
                f"Ask for {LEAST_PEOPLE:,} to {MOST_PEOPLE:,} people.",
            )
        )
    elif not 1 <= enrolled <= people // 10:
        found.append(
            Problem(
                f"{enrolled:,} of {people:,} people cannot be offered the programme.",
                f"Ask for 1 to {people // 10:,}, a tenth, or for more people.",
            )
        )
    if not LEAST_SEED <= seed <= MOST_SEED:
        found.append(Problem("The seed is out of range.", "Take a whole number from 0 on."))
    if not 0 <= effect <= 1:
        found.append(
            Problem("The effect is a share of jail stays prevented.", "Take one from 0 to 1.")
        )
    if not 0 < retention <= 1:
        found.append(
            Problem(
                "The retention is the share still housed after 12 months.",
                "Take one above 0, up to 1.",
            )
        )
    return found


def _wrong_days(starts: date, as_of: date | None) -> list[Problem]:
    if not FIRST_START <= starts <= LAST_START:
        return [
            Problem(
                f"A programme cannot start on {starts} here.",
                f"Take a day from {FIRST_START} to {LAST_START}.",
            )
        ]
    if as_of is not None and as_of <= starts:
        return [
            Problem(
                f"An extract of {as_of} comes before the programme starts on {starts}.",
                "Take a later day.",
            )
        ]
    return []


def _what_is_there(target: Path) -> list[Problem]:
    if target.exists() and not target.is_dir():
        return [Problem("This is a file.", "Name a folder.", Place(str(target)))]
    return [
        Problem(
            "This is there already, and nothing is overwritten.",
            "Take it away, or name another folder.",
            Place(str(target / name)),
        )
        for name in ("feeds", "truth")
        if (target / name).exists()
    ]


def _free(target: Path) -> str:
    try:
        return f"{shutil.disk_usage(target).free // 10**6:,} MB"
    except OSError:
        return "an unknown amount"
