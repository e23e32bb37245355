"""The extract specification: what one agency is asked to send, for the person who writes it."""

from __future__ import annotations

from payforsuccess.deal.data import DataSource
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.inline import Content, Exactly
from payforsuccess.reports.notices import FOR_COUNSEL, deal_notices
from payforsuccess.reports.numbers import day_text, listed, number_text
from payforsuccess.reports.request_facts import (
    ColumnAsked,
    FeedAsked,
    FileAsked,
    RequestFacts,
)
from payforsuccess.reports.table import Cell, Column, Row, Table, cell

_DELIMITERS = {",": "a comma", ";": "a semicolon", "|": "a vertical bar", "tab": "a tab"}
_CHARACTERS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "latin-1": "Latin-1"}


def specification_document(facts: RequestFacts, asked: FeedAsked) -> Document:
    """What to send, file by file and column by column, and how to write it."""
    blocks: list[Block] = [
        Heading(2, "What is asked for", "asked"),
        paragraph(
            f"{asked.says} Send the files and columns below and no others: what is not listed is "
            "not needed, and columns that the agreement does not permit are never read."
        ),
        Heading(2, "How to send it", "how"),
        _how(facts, asked),
    ]
    for file in asked.files:
        blocks += _file(file)
    blocks += [
        Heading(2, "What is checked", "checked"),
        paragraph(_refusal(asked.source)),
        *_pledge(asked),
    ]
    return Document(
        title=f"Extract specification: {asked.source.feed}",
        language="en",
        subtitle=f"For {_holder(facts, asked)}, from {facts.deal}, as of {day_text(facts.as_of)}",
        notices=(FOR_COUNSEL, *deal_notices(facts.standing, is_certified=facts.is_certified)),
        blocks=tuple(blocks),
    )


def _holder(facts: RequestFacts, asked: FeedAsked) -> str:
    return facts.access(asked.source.feed).holder or "its holder"


def _how(facts: RequestFacts, asked: FeedAsked) -> Particulars:
    source = asked.source
    written = source.written
    delimiter = _DELIMITERS.get(written.delimiter, written.delimiter)
    often = (
        "once" if source.refreshed == "once" else f"each {source.refreshed}, the whole extract anew"
    )
    return Particulars(
        (
            Particular("For", (source.says,)),
            Particular("How often", (often,)),
            Particular(
                "Reaching to",
                (
                    f"every record up to {day_text(source.complete_through)} at least; say with "
                    "each extract which day it is complete through",
                ),
            ),
            Particular("Files", _names(asked)),
            Particular(
                "Written as",
                (
                    f"CSV with a header row, {delimiter} between values, "
                    f"{_CHARACTERS[written.encoding]}; quotation marks around values that hold "
                    "the delimiter. XLSX and Parquet with the same columns are read too.",
                ),
            ),
            Particular(
                "Empty values",
                ("nothing between the delimiters; never a 0, a dash or a made-up day",),
            ),
            Particular(
                "Sample",
                (
                    "the files in ",
                    Exactly("sample/"),
                    " are written just so; their rows are made up. ",
                    Exactly("sample/datapackage.json"),
                    " says the same for a program.",
                ),
            ),
        )
    )


def _names(asked: FeedAsked) -> Content:
    parts: list[str | Exactly] = []
    for file in asked.files:
        parts += [", " if parts else "", Exactly(file.path)]
    return tuple(part for part in parts if part)


def _file(file: FileAsked) -> list[Block]:
    blocks: list[Block] = [
        Heading(2, f"File {file.path}"),
        paragraph(
            f"{file.says[:1].upper()}{file.says[1:]}."
            + (" The file may be left out if there is none." if file.may_be_left_out else "")
        ),
        Table(
            caption=f"Columns of {file.path}",
            columns=(
                Column("Column"),
                Column("What it says"),
                Column("Written as"),
                Column("May be empty"),
                Column("Needed for"),
            ),
            rows=tuple(_column(column) for column in file.columns),
        ),
    ]
    rules = list(file.rules)
    if file.key:
        rules.insert(0, f"no two rows have the same {listed(list(file.key))}")
    if rules:
        blocks += [
            paragraph("Every row is held to these rules:"),
            ItemList(tuple((f"{rule[:1].upper()}{rule[1:]}.",) for rule in rules)),
        ]
    return blocks


def _column(column: ColumnAsked) -> Row:
    return (
        cell(column.name),
        cell(column.says),
        Cell(_form(column)),
        cell("yes" if column.may_be_empty else "no"),
        cell("; ".join(column.reasons)),
    )


def _form(column: ColumnAsked) -> Content:
    if not column.values:
        return (f"{column.kind}; {column.limits}" if column.limits else column.kind,)
    parts: list[str | Exactly] = ["one of "]
    for at, value in enumerate(column.values):
        parts += [", " if at else "", Exactly(value)]
    for at, value in enumerate(column.unknown):
        parts += [", " if at else "; if not known ", Exactly(value)]
    return tuple(part for part in parts if part)


def _refusal(source: DataSource) -> str:
    share = source.refused_at_most
    if not share:
        return (
            "Each row is checked as it is read. One row that breaks a rule stops the whole "
            "extract, and the answer names rows and rules, never a value."
        )
    return (
        "Each row is checked as it is read. Rows that break a rule are refused and listed by "
        f"number and rule, never by value; if more than {number_text(share * 100)} percent "
        "are, the whole extract is."
    )


def _pledge(asked: FeedAsked) -> list[Block]:
    if asked.match_method == "keyed-hash":
        return [
            Heading(2, "Identifiers stay with you", "identifiers"),
            paragraph(
                "Names, birth dates and numbers are not asked for. You turn them into keyed "
                "filters on your own machine and send those; the key comes from the linking party "
                "apart from this request."
            ),
        ]
    if not asked.linked_with:
        return []
    return [
        Heading(2, "What becomes of identifiers", "identifiers"),
        paragraph(
            "Names, birth dates and numbers are used only to match people with "
            f"{listed(list(asked.linked_with))}. They are kept apart from everything that is "
            "measured, and your numbers for people are replaced by random keys."
        ),
    ]
