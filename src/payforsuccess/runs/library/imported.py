"""Open records brought into a folder of one's own as comparators, apart from the library's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.indigo import IndigoFile, IndigoRecord, read_form, read_indigo
from payforsuccess.deal.indigo.comparator import comparator_of
from payforsuccess.deal.indigo.form import SHEETS
from payforsuccess.deal.reading import read_as
from payforsuccess.deal.record import Record
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.reports.open_data import exact_json
from payforsuccess.runs.files import folder_at_once, read_bytes
from payforsuccess.runs.library.files import library_records
from payforsuccess.runs.library.record_text import record_text

LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True)
class Imported:
    """The comparators that were written, and what a reader should know of them."""

    folder: Path
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        lines = [f"{record.id}: {record.name}" for record in self.records]
        number = len(self.records)
        said = f"{number} comparator{'' if number == 1 else 's'} written to {self.folder}."
        lines += ["", said, *(finding.what for finding in self.findings)]
        if self.left_out:
            lines += ["", "Records were left out:"]
            lines += [f"- {problem.where}: {problem.what}" for problem in self.left_out]
        return "\n".join(lines)

    __repr__ = __str__


def library_import(file: Path, *, own: Path, leaves_out: bool = False) -> Imported:
    """Read an INDIGO file and write each project as a comparator into `own`, one folder a deal.

    The file is JSON, or the standard's public form as a workbook (.xlsx), which holds one project.
    `record.yaml` is the comparator, to be corrected by hand with a source; `indigo.json` is what
    was read. Values that the publisher marks as private or disputed are not taken. Refuses, and
    writes nothing, when a record lacks what a comparator needs or lies in the folder already.
    leaves_out: such records are left out, each with its problem, and the others are brought in.
    """
    read = _read(file, leaves_out=leaves_out)
    problems: list[Problem] = list(read.problems)
    made: list[tuple[IndigoRecord, Record]] = []
    for record in read.records:
        try:
            made.append((record, _comparator(record, str(file))))
        except Refusal as refusal:
            problems += refusal.problems
    again = _twice(made, own)
    if again or not made or (problems and not leaves_out):
        raise Refusal([*problems, *again])
    own.mkdir(parents=True, exist_ok=True)
    for source, comparator in made:
        with folder_at_once(own / comparator.id) as folder:
            (folder / "record.yaml").write_text(record_text(comparator), encoding="utf-8")
            (folder / "indigo.json").write_text(exact_json(_plain(source)), encoding="utf-8")
    records = tuple(comparator for _, comparator in made)
    findings = (*read.findings, *_known(records), *_left_out(read.records, str(file)))
    return Imported(own, records, findings, tuple(problems))


def _read(file: Path, *, leaves_out: bool) -> IndigoFile:
    """The records of a file: the standard's JSON, or the public form as a workbook."""
    content = read_bytes(file, largest=LARGEST)
    if file.suffix.lower() != ".xlsx":
        return read_indigo(content, file=str(file), leaves_out=leaves_out)
    # Loads what reads workbooks, which JSON does without.
    from payforsuccess.records.form_cells import form_cells

    return read_form(form_cells(content, SHEETS, shown_as=str(file)), file=str(file))


def _comparator(record: IndigoRecord, file: str) -> Record:
    """The comparator, as it will be read again."""
    made = comparator_of(record, file=file)
    return read_as(Record, record_text(made), file=f"{made.id}/record.yaml")


def _twice(made: list[tuple[IndigoRecord, Record]], own: Path) -> list[Problem]:
    ids = [comparator.id for _, comparator in made]
    again = sorted({one for one in ids if ids.count(one) > 1})
    problems = [
        Problem(f"Two projects would both be called {one}.", "Rename one.", Place(str(own)))
        for one in again
    ]
    problems += [
        Problem(
            f"The folder holds {one} already.",
            "Move it away first: what people corrected in it is not overwritten.",
            Place(str(own / one)),
        )
        for one in dict.fromkeys(ids)
        if (own / one).exists()
    ]
    return problems


def _known(records: tuple[Record, ...]) -> list[Finding]:
    """Projects that the library holds already, from its own sources."""
    held = {number: record.id for record, _ in library_records() for number in record.indigo}
    return [
        Finding(
            "library",
            f"The library holds {record.indigo[0]} already as {held[record.indigo[0]]}, from its "
            "own sources.",
        )
        for record in records
        if record.indigo[0] in held
    ]


def _left_out(records: tuple[IndigoRecord, ...], file: str) -> list[Finding]:
    return [
        Finding(
            "private",
            f"Not taken from {record.id}, because its publisher marks it as private or disputed: "
            f"{', '.join(record.left_out)}.",
            Place(file),
        )
        for record in records
        if record.left_out
    ]


def _plain(record: IndigoRecord) -> dict[str, object]:
    names = record.organisations.items()
    return {
        "project": {"id": record.id, "data": record.project.plain},
        "organisations": [{"id": id_, "data": {"name": {"value": name}}} for id_, name in names],
    }
