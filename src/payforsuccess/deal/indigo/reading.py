"""An INDIGO file: JSON as the Government Outcomes Lab's data store gives it, or as `pfs` writes it.

Read are `{"project": {"id", "data"}}`, `{"projects": [...]}` of the same, a list of them, and the
names in `organisations` beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from payforsuccess.deal.indigo.fields import COUNTRY, DATE, PROJECT, STATUSES, Described, Leaf, Rows
from payforsuccess.deal.indigo.json_text import Strange, parsed
from payforsuccess.deal.indigo.parts import IndigoPart, IndigoRecord
from payforsuccess.errors import Finding, Place, Problem, Refusal

MOST_RECORDS = 2_000
MOST_PROBLEMS = 100
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_OPEN = ("PRIVATE", "DISPUTED", "SANDBOX")
_ORGANISATION_NAME = {"name": Leaf()}


@dataclass(frozen=True)
class IndigoFile:
    """The records of a file, and what in it is not part of the standard as it is read here.

    problems: of the records that were left out.
    """

    records: tuple[IndigoRecord, ...]
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_indigo(content: bytes, *, file: str, leaves_out: bool = False) -> IndigoFile:
    """Every record of a file; raises Refusal with all problems, each with its place.

    leaves_out: records with problems are left out and their problems come with the others, as long
    as one record is left; what is wrong with the file itself is refused all the same.
    """
    return read_plain(parsed(content, file=file), file=file, leaves_out=leaves_out)


def read_plain(top: object, *, file: str, leaves_out: bool = False) -> IndigoFile:
    """The same from what the JSON of a file holds, its numbers as fractions."""
    reading = _Reading(file)
    names = reading.organisations(top)
    projects = reading.projects(top)
    of_file = len(reading.problems)
    found: list[IndigoRecord] = []
    for place, one in projects:
        before = len(reading.problems)
        record = reading.record(place, one, names)
        if record is not None and (not leaves_out or len(reading.problems) == before):
            found.append(record)
    of_records = len(reading.problems)
    reading.refuse_twice([record.id for record in found])
    is_refused = of_file or len(reading.problems) > of_records or not found
    if reading.problems and (is_refused or not leaves_out):
        raise Refusal(reading.problems[:MOST_PROBLEMS])
    return IndigoFile(tuple(found), reading.findings(), tuple(reading.problems))


@dataclass
class _Reading:
    """Gathers what is wrong while the parts of one file are read."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)

    def projects(self, top: object) -> list[tuple[str, object]]:
        """Every project with its place in the file."""
        if isinstance(top, Mapping) and "project" in top:
            return [("project", top["project"])]
        start = "projects" if isinstance(top, Mapping) else ""
        listed = top.get("projects") if isinstance(top, Mapping) else top
        if not isinstance(listed, list | tuple) or not listed:
            self.problem(
                "There is no project in this file.",
                'Give one as {"project": {"id": ..., "data": {...}}}, or a list of such.',
                start,
            )
            return []
        if len(listed) > MOST_RECORDS:
            self.problem(f"The file has more than {MOST_RECORDS:,} projects.", "Split it.", start)
            return []
        places = [f"{start}[{at}]" for at in range(len(listed))]
        return [
            (f"{place}.project", one["project"])
            if isinstance(one, Mapping) and "project" in one
            else (place, one)
            for place, one in zip(places, listed, strict=True)
        ]

    def organisations(self, top: object) -> dict[str, str]:
        """The names of organisations by their id, where the file gives them."""
        listed = top.get("organisations", []) if isinstance(top, Mapping) else []
        if not isinstance(listed, list | tuple):
            self.problem("A list belongs here.", "List the organisations.", "organisations")
            return {}
        names: dict[str, str] = {}
        for at, one in enumerate(listed):
            place = f"organisations[{at}]"
            data = one.get("data") if isinstance(one, Mapping) else None
            name = self.part(_ORGANISATION_NAME, data, f"{place}.data", tell=False)
            id_ = one.get("id") if isinstance(one, Mapping) else None
            if name is None or not isinstance(id_, str) or _SURROGATE.search(id_):
                self.problem(
                    "This is no organisation of the standard.",
                    'Give it as {"id": ..., "data": {"name": {"value": ...}}}.',
                    place,
                )
            elif shown := IndigoPart(name).text("name"):
                names[id_] = shown
        return names

    def record(self, place: str, one: object, names: Mapping[str, str]) -> IndigoRecord | None:
        """One project, or nothing where it has no id or no data."""
        if not isinstance(one, Mapping):
            self.problem("A project belongs here.", "Give its `id` and its `data`.", place)
            return None
        id_ = one.get("id")
        if not isinstance(id_, str) or not _ID.fullmatch(id_):
            self.problem(
                "The project has no id that can be read.",
                "Give one such as INDIGO-POJ-0099: letters, digits, points and dashes.",
                f"{place}.id",
            )
            return None
        if not isinstance(one.get("data"), Mapping):
            do = "Fetch the project itself: a list of projects holds only their ids."
            self.problem("The project has no data.", do, f"{place}.data")
            return None
        self.left_out = []
        data = self.part(PROJECT, one["data"], f"{place}.data")
        if data is None:
            self.problem("The project is not public.", "Leave it out.", f"{place}.data")
            return None
        return IndigoRecord(id_, IndigoPart(data), names, tuple(self.left_out))

    def part(
        self, described: Mapping[str, Described], found: object, place: str, *, tell: bool = True
    ) -> dict[str, object] | None:
        """What the description knows of a part; nothing where it is not public."""
        if not isinstance(found, Mapping):
            self.problem("A part with named fields belongs here.", _SHAPE, place)
            return None
        if not self.is_open(found, place):
            return None
        kept: dict[str, object] = {}
        for name, value in found.items():
            inner = described.get(name)
            if inner is None:
                if tell and name not in ("status", "source_ids", "sandboxes"):
                    self.unread.add(re.sub(r"^projects?(\[\d+\])?(\.project)?\.data\.?", "", place))
                continue
            read = self.value(inner, value, f"{place}.{name}", tell=tell)
            if read is not None:
                kept[name] = read
        return kept

    def value(self, described: Described, found: object, place: str, *, tell: bool) -> object:
        """One field by its description; None where nothing is said or may be read."""
        if found is None:
            return None
        if isinstance(described, Rows):
            if not isinstance(found, list | tuple):
                self.problem("A list belongs here.", _SHAPE, place)
                return None
            rows = [
                self.part(described.of, row, f"{place}[{at}]", tell=tell)
                for at, row in enumerate(found)
            ]
            return tuple(row for row in rows if row is not None)
        if not isinstance(described, Leaf):
            return self.part(described, found, place, tell=tell)
        if described.is_plain:
            return self.leaf(described, found, place)
        if not isinstance(found, Mapping):
            self.problem("The value stands by itself.", 'Write {"value": ...}.', place)
            return None
        if not self.is_open(found, place) or found.get("value") is None:
            return None
        read = self.leaf(described, found["value"], f"{place}.value")
        return None if read is None else {"value": read}

    def leaf(self, leaf: Leaf, found: object, place: str) -> object:
        """A single value of the right kind."""
        if leaf.kind == "number":
            if isinstance(found, Fraction):
                return found
            self.problem("A number belongs here, without quotes or commas.", _SHAPE, place)
            return None
        if not isinstance(found, str) or isinstance(found, Strange):
            self.problem("A text belongs here, in quotes.", _SHAPE, place)
            return None
        if _SURROGATE.search(found):
            self.problem("This text holds half a character.", "Export the record again.", place)
            return None
        found = found.strip()
        if not found:
            return None
        if leaf.words and not leaf.has_others and found not in leaf.words:
            words = "; ".join(leaf.words)
            self.problem("This is no word of the standard's list.", f"Use one of: {words}.", place)
        elif leaf.kind == "date" and not re.fullmatch(DATE, found, re.ASCII):
            self.problem("This is not a date.", "Write YYYY, YYYY-MM or YYYY-MM-DD.", place)
        elif leaf.kind == "country" and not re.fullmatch(COUNTRY, found, re.ASCII):
            self.problem("This is not a country.", "Write the two letters of ISO 3166.", place)
        else:
            return found
        return None

    def is_open(self, found: Mapping[str, object], place: str) -> bool:
        """Whether a part may be read; what is private or disputed is remembered by its place."""
        status = found.get("status")
        if status is not None and status not in STATUSES:
            known = ", ".join(STATUSES)
            self.problem("This is no status.", f"Use one of: {known}.", f"{place}.status")
        if status in _NOT_OPEN:
            self.left_out.append(place)
            return False
        return True

    def refuse_twice(self, ids: list[str]) -> None:
        """Two records of one id would overwrite one another."""
        for name in sorted({one for one in ids if ids.count(one) > 1}):
            self.problem(f"The id {name} stands twice.", "Keep one of the records.", "")

    def problem(self, what: str, do: str, at: str) -> None:
        """Remember a problem at a place of the file."""
        self.problems.append(Problem(what, do, Place(self.file, field=at)))

    def findings(self) -> tuple[Finding, ...]:
        """What the reader passed over."""
        if not self.unread:
            return ()
        parts = ", ".join(sorted(name or "the project itself" for name in self.unread))
        return (
            Finding(
                "fields",
                f"Fields that are not read here were passed over, in: {parts}.",
                Place(self.file),
            ),
        )


_SHAPE = "The reference of the open formats lists each field and its form."
