"""At the referring office: checksums of identifiers as they stand at referral (R136).

A checksum names nobody without the office's key. It is made over what linkage would look at, so
that a name retyped in capitals has the checksum it had, and one that could match someone else has
another.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from payforsuccess.deal.tables import IDENTITIES
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Place, Problem
from payforsuccess.measures.lazily import ir
from payforsuccess.runs.assign.lottery import read_lottery, refuse
from payforsuccess.runs.assign.referral_key import make_referral_key, read_referral_key
from payforsuccess.runs.assign.referrals import REQUIRED, SHEET, day_in, key_problems
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.table_file import TableRow, read_table
from payforsuccess.store import Store, open_store, typed_table
from payforsuccess.trail import canonical_bytes

_SAYS = "payforsuccess identifiers 1"
WRITTEN = (
    "given_name",
    "middle_name",
    "family_name",
    "name_suffix",
    "born_on",
    "ssn",
    "sex",
    "street",
    "city",
    "postcode",
)
"""The columns that may say who someone is, as in the layout of the deal's own register."""
CLEANED = (
    "given_name",
    "middle_initial",
    "family_name",
    "name_suffix",
    "born_on",
    "ssn",
    "ssn_last4",
    "sex",
    "street",
    "postcode",
)
"""What a checksum is made over, in this order."""


@dataclass(frozen=True, repr=False)
class Checksummed:
    """The file of referrals, with checksums in the place of identifiers."""

    file: Path
    key: Path
    people: int
    without: int
    is_new_key: bool

    def __str__(self) -> str:
        lines = [f"{counted(self.people, 'referral')} in {self.file}, and no name in it."]
        if self.without:
            lines.append(f"  {self.without:,} without a checksum: no identifier can be used")
        lines.append(
            f"{'A new key' if self.is_new_key else 'The key'} is in {self.key}. Keep it with this "
            "office until the study is over: whoever has it and the list can try names."
        )
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs; the key is never in it."""
        return {
            "file": str(self.file),
            "key": str(self.key),
            "people": self.people,
            "without": self.without,
            "is_new_key": self.is_new_key,
        }


def checksum_referrals(path: DealPath, people: Path, *, key: Path, to: Path) -> Checksummed:
    """Write the referrals of a file as `pfs assign draw` takes them.

    people: one row a person: `person`, `referred_on`, the facts that the plan draws by, and the
    identifiers as they stand, under the names of the layout programme-enrolments. The key is made
    the first time. Refuses a key or a file of people in the deal's folder, where others come.
    """
    folder = open_folder(path)
    lottery = read_lottery(folder, on=date.max)
    problems = [
        Problem(
            f"The {what} would lie in the deal's folder, where others come.",
            "Keep it where the referring office alone can read it.",
            Place(str(each)),
        )
        for what, each in (("key", key), ("file of people", people))
        if each.resolve().is_relative_to(folder.root.resolve())
    ]
    refuse(problems)
    facts = lottery.terms.facts
    rows = read_table(people, (*REQUIRED, *facts), sheet=SHEET, problems=problems, optional=WRITTEN)
    identities = [_identity(at, row, problems) for at, row in enumerate(rows)]
    refuse(problems)
    is_new = not key.exists()
    secret = make_referral_key(key) if is_new else read_referral_key(key)
    with open_store() as store:
        table = store.tables_from({"referred_people": _table(identities)})["referred_people"]
        made = checksums_of(table, store=store, key=secret)
    checksums = [next(iter(made.get(str(at), ())), "") for at in range(len(rows))]
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow([*REQUIRED, *facts, "identifiers"])
    for row, checksum in zip(rows, checksums, strict=True):
        writer.writerow([*(row[name] for name in (*REQUIRED, *facts)), checksum])
    write_whole(to, content.getvalue().encode())
    return Checksummed(to, key, len(rows), checksums.count(""), is_new)


def checksums_of(identities: ir.Table, *, store: Store, key: bytes) -> Mapping[str, frozenset[str]]:
    """The checksums of each person's identities, one for each way they are written.

    A way that holds nothing to match by has none. The day it was known decides nothing.
    """
    from payforsuccess.records.link.cleaning import clean_identities

    undated = identities.mutate(known_on=identities.known_on.nullif(identities.known_on))
    cleaned = store.run(clean_identities(undated).select("person", *CLEANED).distinct())
    found: dict[str, set[str]] = {}
    for row in cleaned.to_pylist():
        person = found.setdefault(row["person"], set())
        told = [None if row[name] is None else str(row[name]) for name in CLEANED]
        if any(told):
            person.add(_checksum(told, key))
    return {person: frozenset(made) for person, made in found.items()}


def _checksum(told: Sequence[str | None], key: bytes) -> str:
    content = canonical_bytes([_SAYS, *told])
    return "sha256:" + hmac.new(key, content, hashlib.sha256).hexdigest()


def _identity(at: int, row: TableRow, problems: list[Problem]) -> dict[str, object]:
    if row["person"]:
        problems += key_problems(row["person"], "`person`", row.place)
    for name in ("referred_on", "born_on"):
        if row[name] and day_in(row[name]) is None:
            problems.append(
                Problem(f"`{name}` is not a day.", "Write one such as 2026-07-01.", row.place)
            )
    told: dict[str, object] = {name: row[name] or None for name in WRITTEN if name != "born_on"}
    born = day_in(row["born_on"])
    return {**told, "person": str(at), "born_on": born, "feed": "office", "row": at + 1}


def _table(identities: Sequence[Mapping[str, object]]) -> pa.Table:
    names = ("person", *WRITTEN, "feed", "row")
    return typed_table(IDENTITIES, {name: [each[name] for each in identities] for name in names})
