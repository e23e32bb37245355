"""The tables of a run report: data used, what the run read, what it made."""

from __future__ import annotations

from collections import Counter
from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.measures.attrition import RULES
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.run_facts import AttritionShown, DataUsed, RunFacts
from payforsuccess.reports.table import Cell, Column, Table, cell
from payforsuccess.trail import RunInput, RunOutput, RunRecord

AGREEMENT_NAMES = {
    "mou": "Memorandum of understanding",
    "dsa": "Data sharing agreement",
    "dul": "Data use licence",
    "letter": "Letter of commitment",
}


def data_table(facts: RunFacts) -> Table:
    """The records of a run."""
    return records_table(facts.data, facts.as_of)


def records_table(data: tuple[DataUsed, ...], as_of: date) -> Table:
    """One row a file: the feed, its source, its licence or agreement, and how many rows.

    Of a feed in several files the first row says what it is, and each names its file.
    """
    several = Counter(used.source.feed for used in data)
    first: set[str] = set()

    def records(used: DataUsed) -> Cell:
        is_first = used.source.feed not in first
        first.add(used.source.feed)
        if several[used.source.feed] == 1 or not used.file:
            return cell(used.source.says)
        name = Exactly(used.file.rpartition("/")[2])
        return Cell((f"{used.source.says}: ", name) if is_first else (name,))

    return Table(
        caption=f"Records used, as of {day_text(as_of)}",
        columns=(
            Column("Records"),
            Column("Source"),
            Column("Licence or agreement"),
            Column("Complete through"),
            Column("Rows", is_number=True),
        ),
        rows=tuple(
            (
                records(used),
                cell(_origin(used.source)),
                cell(_terms(used.source)),
                cell(day_text(used.source.complete_through)),
                cell(f"{used.rows:,}"),
            )
            for used in data
        ),
    )


def _origin(source: DataSource) -> str:
    holder = source.held_by[-1].name
    return f"{holder}: {source.public.source}" if source.public else holder


def _terms(source: DataSource) -> str:
    """The licence, or the agreement with its law and its last day."""
    if source.public is not None:
        return source.public.licence
    if source.agreement is None:
        return "none"
    agreement = source.agreement
    name = AGREEMENT_NAMES[agreement.kind]
    return f"{name} under {agreement.regime}, until {day_text(agreement.expires_on)}"


def attrition_table(shown: AttritionShown) -> Table:
    """From everyone enrolled to those with a known result: who left at which rule, by arm."""
    everyone, *arms = shown.of
    rules = [rule for rule in RULES if any(rule in dict(counts.left) for counts in shown.of)]
    counted = (everyone, *arms)
    return Table(
        caption=f"{shown.title}: who is counted",
        columns=(
            Column("Step"),
            Column("Everyone", is_number=True),
            *(Column(f"Arm “{counts.arm}”", is_number=True) for counts in arms),
        ),
        rows=(
            (cell("Enrolled"), *(cell(f"{counts.enrolled:,}") for counts in counted)),
            *(
                (
                    cell(f"Left: {RULES[rule]}"),
                    *(cell(f"{dict(counts.left).get(rule, 0):,}") for counts in counted),
                )
                for rule in rules
            ),
        ),
        footer=((cell("With a known result"), *(cell(f"{counts.known:,}") for counts in counted)),),
    )


def read_table(record: RunRecord) -> tuple[Table, ...]:
    """What the run read, with fingerprints."""
    return _files("What the run read", record.inputs)


def made_table(record: RunRecord) -> tuple[Table, ...]:
    """What the run made, with fingerprints."""
    return _files("What the run made", record.outputs)


def _files(caption: str, files: tuple[RunInput, ...] | tuple[RunOutput, ...]) -> tuple[Table, ...]:
    if not files:
        return ()
    rows = tuple(
        (cell(file.name), _where(file.path), Cell((Exactly(file.fingerprint),))) for file in files
    )
    columns = (Column("What"), Column("Where"), Column("Checksum"))
    return (Table(caption, columns, rows),)


def _where(path: str) -> Cell:
    return Cell((Exactly(path),)) if path else cell("not a file")
