"""The jail's daily list of releases: which of the office's own referred people are released when.

Nothing of a list is kept but the days of people whom the office referred. A list that is faulty
anywhere is refused whole, with row and reason and without a word of what stands in it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.fields import blind_index
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import visible_to

COLUMNS = ("family_name", "given_name", "born_on", "release_on")
LARGEST = 1024 * 1024
MOST_ROWS = 5000
MOST_TOLD = 20
MOST_DAYS_OFF = 366
LONGEST = 80
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
SAVE = sentence("Save the list as a CSV file (UTF-8) and upload that.")


@dataclass(frozen=True)
class Listed:
    """One row: the mark of the person, and the day."""

    mark: str
    on: date


@dataclass(frozen=True)
class Found:
    """A referral of the office's own that the list names."""

    referral: Referral
    on: date

    @property
    def is_news(self) -> bool:
        """Whether the list says another day than is on record."""
        return self.referral.release_expected_on != self.on


def read_list(content: bytes, *, on: date) -> list[Listed]:
    """The rows of a list; Refusal with every fault by row, and never a cell's content."""
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    problems: list[Problem] = []
    rows: list[Listed] = []
    try:
        head = [name.strip().casefold() for name in next(reader, [])]
        _refuse_head(head)
        for number, cells in enumerate(reader, 2):
            _refuse_more(number)
            if len(cells) != len(head) and any(cell.strip() for cell in cells):
                problems.append(_miscounted(number, len(cells), len(head)))
            elif any(cell.strip() for cell in cells):
                row = {name: cell.strip() for name, cell in zip(head, cells, strict=True)}
                found = list(_faults(row, number, on))
                problems += found
                rows += [] if found else [_listed(row)]
    except csv.Error:
        problems.append(
            _fault(
                reader.line_num, sentence("the row is broken"), sentence("Look for quotation marks")
            )
        )
    if problems:
        raise Refusal(_most(problems))
    return rows


def _listed(row: dict[str, str]) -> Listed:
    """A row without a fault."""
    born, day = day_in(row["born_on"]), day_in(row["release_on"])
    assert born and day
    return Listed(blind_index(row["family_name"], row["given_name"], born.isoformat()), day)


def own_people(access: Access, rows: list[Listed]) -> list[Found]:
    """The active referrals of the office that the list names; the last row of a person counts."""
    days = {row.mark: row.on for row in rows}
    own = (
        visible_to(access)
        .exclude(state__in=("not-eligible", "services-as-usual", "declined", "withdrawn", "left"))
        .filter(released_at=None)
    )
    named = own.filter(name_mark__in=days).order_by("made_at") if days else own.none()
    return [Found(each, days[each.name_mark]) for each in named]


def day_in(text: str) -> date | None:
    """A day written 2027-03-01 or 3/1/2027; None for anything else."""
    iso, american = _ISO.fullmatch(text), _US.fullmatch(text)
    if iso:
        year, month, day = iso.groups()
    elif american:
        month, day, year = american.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Refusal(
            Problem(sentence("The file is larger than 1 MB."), sentence("Upload one day's list."))
        )
    if content[:2] == b"PK" or content[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF"):
        raise Refusal(Problem(sentence("This is no CSV file."), SAVE))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(Problem(sentence("The file is not written in UTF-8."), SAVE)) from None
    if "\x00" in text:
        raise Refusal(Problem(sentence("This is no text file."), SAVE))
    if not text.strip():
        raise Refusal(Problem(sentence("The file is empty."), sentence("Choose the day's list.")))
    return text


def _refuse_head(head: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in head]
    twice = [name for name in COLUMNS if head.count(name) > 1]
    problems = []
    if missing:
        problems.append(
            Problem(
                sentence(
                    "The first row does not name the columns {missing}.", missing=", ".join(missing)
                ),
                sentence(
                    "Write in the first row: {columns}. Other columns are not read.",
                    columns=", ".join(COLUMNS),
                ),
            )
        )
    if twice:
        problems.append(
            Problem(
                sentence("A column is named twice: {twice}.", twice=", ".join(twice)),
                sentence("Name each column once."),
            )
        )
    if problems:
        raise Refusal(problems)


def _refuse_more(number: int) -> None:
    if number > MOST_ROWS + 1:
        raise Refusal(
            Problem(
                sentence("The list has more than {most_rows:,} rows.", most_rows=MOST_ROWS),
                sentence("Upload one day's list."),
            )
        )


def _miscounted(number: int, cells: int, columns: int) -> Problem:
    return _fault(
        number,
        sentence("{cells} cells for {columns} columns", cells=cells, columns=columns),
        sentence("Look for commas"),
    )


def _faults(row: dict[str, str], number: int, on: date) -> Iterator[Problem]:
    for name in COLUMNS:
        if not row[name]:
            yield _fault(
                number,
                sentence("{name} is empty", name=name),
                sentence("Fill it in, or take the row out"),
            )
        elif len(row[name]) > LONGEST or any(ord(letter) < 32 for letter in row[name]):
            yield _fault(
                number, sentence("{name} is no name and no day", name=name), sentence("Correct it")
            )
    for name in ("born_on", "release_on"):
        if row[name] and day_in(row[name]) is None:
            yield _fault(
                number,
                sentence("{name} is no day", name=name),
                sentence("Write one such as 2027-03-01 or 3/1/2027"),
            )
    day = day_in(row["release_on"])
    if day and abs(day - on) > timedelta(days=MOST_DAYS_OFF):
        yield _fault(
            number, sentence("release_on is more than a year off"), sentence("Look at the year")
        )


def _fault(number: int, what: str, do: str) -> Problem:
    return Problem(
        sentence("Row {number}: {what}.", number=number, what=what),
        sentence("{do}.", do=do),
        Place(line=number),
    )


def _most(problems: list[Problem]) -> list[Problem]:
    rest = len(problems) - MOST_TOLD
    if rest <= 0:
        return problems
    return [
        *problems[:MOST_TOLD],
        Problem(sentence("And {rest:,} faults more.", rest=rest), sentence("Correct these first.")),
    ]
