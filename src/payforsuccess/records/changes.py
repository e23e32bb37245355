"""What changed between two loads of a feed: its columns, how full they are, and whose numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.errors import Place, Problem
from payforsuccess.records.quality import FileQuality
from payforsuccess.trail import fingerprint

GONE_AT_MOST = Fraction(1, 2)
MISSING_MORE_AT_MOST = Fraction(1, 4)
FEWEST_ROWS, FEWEST_PEOPLE = 20, 10
_SAMPLE = 8192
_LETTERS = 32


@dataclass(frozen=True)
class LoadProfile:
    """What is remembered of a load of one feed: no value, and of its people no key.

    files: by file, the columns with their types, and for each column that was read the share of
    rows without it, in thousandths. `sample` are fingerprints of the keys that start with `depth`
    letters `a`: keys are random, so these are a fair sample of the people.
    """

    files: Mapping[str, FileProfile]
    depth: int
    sample: tuple[str, ...]

    def as_plain(self) -> dict[str, object]:
        """The profile as lists and mappings, ready for JSON."""
        return {
            "files": {name: file.as_plain() for name, file in self.files.items()},
            "people": {"depth": self.depth, "sample": list(self.sample)},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> LoadProfile:
        """The profile that `as_plain` wrote."""
        return cls(
            {
                name: FileProfile(int(file["rows"]), dict(file["header"]), dict(file["missing"]))
                for name, file in plain["files"].items()
            },
            int(plain["people"]["depth"]),
            tuple(plain["people"]["sample"]),
        )


@dataclass(frozen=True)
class FileProfile:
    """One file of a load: rows, the header with types, and missing thousandths by column."""

    rows: int
    header: Mapping[str, str]
    missing: Mapping[str, int]

    def as_plain(self) -> dict[str, object]:
        """The profile as mappings, ready for JSON."""
        return {"rows": self.rows, "header": dict(self.header), "missing": dict(self.missing)}


def profile_of(files: Sequence[FileQuality], people: pa.Array) -> LoadProfile:
    """What to remember of a load; `people` are the keys of those in it."""
    depth = 0
    while len(people) > _SAMPLE * _LETTERS**depth:
        depth += 1
    return LoadProfile(
        {
            file.name: FileProfile(
                file.rows,
                file.header,
                {
                    column.name: (file.kept - column.given) * 1000 // file.kept if file.kept else 0
                    for column in file.columns
                },
            )
            for file in files
        },
        depth,
        _sample(people, depth),
    )


def changes(
    feed: str, before: LoadProfile, now: LoadProfile, people: pa.Array, *, where: Place
) -> tuple[Problem, ...]:
    """What stands in this load otherwise than in the last, as problems that a person may accept.

    Told are columns that came, went or changed type; columns that are missing in a share of rows
    more than a quarter higher or lower than before; and that more than half of the people are
    gone, which happens when an agency gives its people new numbers. Files of fewer than 20 rows,
    and fewer than 10 people, are no ground for shares.
    """
    found = []
    for name, file in now.files.items():
        if name in before.files:
            found += _of_file(name, before.files[name], file)
    found += [f"the file {name} is gone" for name in before.files if name not in now.files]
    found += [f"the file {name} is new" for name in now.files if name not in before.files]
    problems = []
    do = f"Ask its holder why; if the change is right, ingest with --accept-changes {feed}."
    if found:
        problems.append(
            Problem(f"The feed {feed} changed since its last load: {'; '.join(found)}.", do, where)
        )
    gone = set(before.sample) - set(_sample(people, before.depth))
    if len(before.sample) >= FEWEST_PEOPLE and len(gone) > GONE_AT_MOST * len(before.sample):
        share = round(100 * len(gone) / len(before.sample))
        problems.append(
            Problem(
                f"Of the people in the last load of the feed {feed}, {share}% are not in this one: "
                "its agency may have given them new numbers.",
                do,
                where,
            )
        )
    return tuple(problems)


def _of_file(name: str, before: FileProfile, now: FileProfile) -> list[str]:
    found = []
    gone = [column for column in before.header if column not in now.header]
    new = [column for column in now.header if column not in before.header]
    if gone:
        found.append(f"{name} lacks {', '.join(gone)}")
    if new:
        found.append(f"{name} has the new {', '.join(new)}")
    for column, kind in now.header.items():
        was = before.header.get(column, kind)
        if was != kind:
            found.append(f"{name}.{column} is {kind} and was {was}")
    if min(before.rows, now.rows) >= FEWEST_ROWS:
        for column, missing in now.missing.items():
            was_missing = before.missing.get(column, missing)
            if abs(missing - was_missing) > MISSING_MORE_AT_MOST * 1000:
                found.append(
                    f"{name}.{column} is empty in {missing // 10}% of rows and was in "
                    f"{was_missing // 10}%"
                )
    return found


def _sample(people: pa.Array, depth: int) -> tuple[str, ...]:
    chosen = people.filter(pc.starts_with(people, "a" * depth)) if depth else people
    return tuple(sorted(fingerprint(key) for key in chosen.to_pylist()))
