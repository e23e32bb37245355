"""The deal's eligibility rule on sample records, and what stands against each."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.people import Criterion
from payforsuccess.deal.words.eligibility import rule_of
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.measures.eligibility import Judged, Verdict, judge, verdict_of
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealPath, open_folder

if TYPE_CHECKING:
    from _csv import Reader

_SAID: dict[Verdict, str] = {"yes": "eligible", "no": "not eligible", "unknown": "cannot be told"}
_MOST_PROBLEMS = 50


@dataclass(frozen=True)
class JudgedRow:
    """One record: its row (the first below the header is 1), and which clauses stand against it."""

    row: int
    verdict: Verdict
    failed: tuple[str, ...]
    untold: tuple[str, ...]

    def __str__(self) -> str:
        if self.verdict == "yes":
            return f"Row {self.row}: eligible"
        if self.verdict == "unknown":
            return f"Row {self.row}: cannot be told whether {'; '.join(self.untold)}"
        not_told = f"; cannot be told whether {'; '.join(self.untold)}" if self.untold else ""
        return f"Row {self.row}: not eligible, fails: {'; '.join(self.failed)}{not_told}"


@dataclass(frozen=True, repr=False)
class Eligible:
    """Every record judged, in the file's order, and how many came to what."""

    rows: tuple[JudgedRow, ...]
    eligible: int
    not_eligible: int
    cannot_be_told: int
    columns_not_used: int

    def __str__(self) -> str:
        lines = [str(row) for row in self.rows]
        lines.append(
            f"Of {len(self.rows):,}: {self.eligible:,} eligible, {self.not_eligible:,} not "
            f"eligible, {self.cannot_be_told:,} cannot be told"
        )
        if self.columns_not_used:
            lines.append(f"Columns that no clause reads, passed over: {self.columns_not_used:,}")
        return "\n".join(lines)

    __repr__ = __str__


def eligible(deal: Deal | DealPath, records: Path | str) -> Eligible:
    """Judge the records of a CSV file, one a row, by the version of the deal in force last.

    Columns are named as the fields of the rule; an empty cell and `unknown` are not known. Refuses
    a deal without a rule, a file that is no CSV in UTF-8, columns that are missing or there twice,
    and values that cannot be compared with a clause's threshold, each with its row; a value itself
    is never repeated.
    """
    of = deal if isinstance(deal, Deal) else open_folder(deal).history().latest
    rule = of.people.eligible
    if not rule:
        raise Refusal(
            Problem(
                "The deal states no rule by which people are eligible.",
                "List its clauses under `people`, `eligible`.",
                of.place_of("people"),
            )
        )
    path = Path(records)
    header, rows = _read(read_bytes(path), str(path))
    fields = list(dict.fromkeys(criterion.field for criterion in rule))
    _refuse_columns(header, fields, str(path))
    problems: list[Problem] = []
    judged: list[JudgedRow] = []
    for number, (line, cells) in enumerate(rows, 1):
        place = Place(str(path), line)
        if len(cells) != len(header):
            problems.append(
                Problem(
                    f"Row {number} has {len(cells)} cells; the header has {len(header)}.",
                    "Quote cells that hold commas.",
                    place,
                )
            )
        else:
            facts = dict(zip(header, cells, strict=True))
            faults = _faults(rule, facts, number, place)
            problems += faults
            if not faults:
                judged.append(_in_words(rule, number, judge(rule, facts)))
        if len(problems) >= _MOST_PROBLEMS:
            break
    if problems:
        raise Refusal(problems)
    counts = Counter(row.verdict for row in judged)
    return Eligible(
        tuple(judged),
        counts["yes"],
        counts["no"],
        counts["unknown"],
        len(set(header) - set(fields)),
    )


def _in_words(rule: Sequence[Criterion], number: int, judged: Judged) -> JudgedRow:
    return JudgedRow(
        number,
        judged.verdict,
        tuple(rule_of(rule[at]) for at in judged.failed),
        tuple(rule_of(rule[at]) for at in judged.untold),
    )


def _faults(
    rule: Sequence[Criterion], facts: dict[str, str], number: int, place: Place
) -> list[Problem]:
    """A problem for each field whose value cannot be compared."""
    found: dict[str, Problem] = {}
    for criterion in rule:
        try:
            verdict_of(criterion, facts[criterion.field])
        except ValueError as error:
            found.setdefault(
                criterion.field,
                Problem(
                    f"Row {number}, {criterion.field}: the value is {error}.",
                    "Write it so, or leave the cell empty where it is not known.",
                    Place(place.file, place.line, field=criterion.field),
                ),
            )
    return list(found.values())


def _read(content: bytes, file: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal(
            Problem("The file is not UTF-8 text.", "Save it as UTF-8.", Place(file, line))
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    lines = list(_readable(reader, file))
    if not lines:
        raise Refusal(
            Problem("The file is empty.", "Give a header and a row for each record.", Place(file))
        )
    (_, header), *rows = lines
    return [name.strip() for name in header], rows


def _readable(reader: Reader, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not an empty line, with its line; refuses what is no CSV."""
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error:
        raise Refusal(
            Problem(
                "The row cannot be read as CSV.",
                "Check its quotes, and that no cell is longer than 131,072 characters.",
                Place(file, reader.line_num),
            )
        ) from None


def _refuse_columns(header: list[str], fields: list[str], file: str) -> None:
    # A file without a header has a person's row here: what a cell holds is never repeated.
    missing = [name for name in fields if name not in header]
    twice = [name for name in fields if header.count(name) > 1]
    said = "; ".join(
        f"{what}: {', '.join(names)}"
        for what, names in (("missing", missing), ("twice", twice))
        if names
    )
    if said:
        raise Refusal(
            Problem(
                f"The columns are not those that the eligibility rule reads ({said}).",
                f"Give each of these once: {', '.join(fields)}.",
                Place(file, 1),
            )
        )
