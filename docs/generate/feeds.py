"""The reference page of the feeds, from their layouts: each file, column, code and rule."""

from __future__ import annotations

from docs.generate.deal_pages import MADE
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.layouts import LAYOUTS

OPENING = """\
# Feeds

What each layout expects of an agency's files, column by column. A feed of the deal names one
under `layout`. Where an agency has other names, codes, days or delimiters, the deal maps them:
[](../how-to/map-columns.md). A layout that is not here takes a folder of its own:
[](../how-to/add-a-feed.md).

A column that need not be there may be absent from the file, left out of the agreement, or empty
in a row. *Sensitivity* says how protected a column is: an identifier says who someone is and is
read by linkage alone; protected is health, victimisation and the like. A code for *not known*
becomes a missing value, never a no. Every column of days refuses a day before the one stated,
and, unless it may lie ahead, a day after the one that the deal says the extract is complete
through.
"""


def feeds_page() -> str:
    """The page, in the order of the layouts' names."""
    listed = "\n".join(
        f"| [`{name}`](#{name}) | {layout.says} |" for name, layout in sorted(LAYOUTS.items())
    )
    parts = [f"{MADE}\n\n{OPENING}\n| layout | what it is |\n|---|---|\n{listed}\n"]
    parts += [_section(layout) for _, layout in sorted(LAYOUTS.items())]
    return "\n".join(parts)


def _section(layout: FeedLayout) -> str:
    reports = ", ".join(f"`{word}`" for word in layout.reports) or "nothing; it is read at the door"
    lines = [f"## {layout.name}", "", layout.says, "", f"It reports: {reports}.", ""]
    for note in layout.notes:
        lines += [note, ""]
    for file in layout.files:
        lines += _file(file, is_only=len(layout.files) == 1)
    return "\n".join(lines)


def _file(file: FeedFile, *, is_only: bool) -> list[str]:
    lines = [] if is_only else [f"### {file.name}".replace("_", " "), ""]
    optional = " It need not be there." if file.may_be_missing else ""
    lines += [f"{_sentence(file.says)}{optional}", ""]
    lines += ["| column | type | must be there | values | sensitivity | what it is |"]
    lines += ["|---|---|---|---|---|---|"]
    lines += [_column(column) for column in file.columns]
    lines.append("")
    if file.key:
        lines.append(f"- A row is named by {_named(file.key)}; a second row of one key is refused.")
    lines += [
        f"- Each `{reference.column}` stands in `{reference.to_column}` of `{reference.file}`."
        for reference in file.references
    ]
    if file.deleted:
        lines.append(f"- Rows with a `{file.deleted}` were withdrawn: counted and left out.")
    lines += [
        f"- `{order.name}`: {order.says}."
        for reference in file.references
        for order in reference.order
    ]
    lines += [f"- `{rule.name}`: {rule.says}." for rule in file.rules]
    return [*lines, ""] if lines[-1] else lines


def _column(column: FeedColumn) -> str:
    cells = (
        f"`{column.name}`",
        column.type,
        "" if column.may_be_missing else "yes",
        _values(column),
        column.sensitivity,
        column.says,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _values(column: FeedColumn) -> str:
    said = []
    if column.codes:
        said.append(", ".join(f"`{code}`" for code in column.codes))
    if column.unknown:
        said.append("not known: " + ", ".join(f"`{code}`" for code in column.unknown))
    if column.least is not None:
        said.append(f"from {column.least}")
    if column.most is not None:
        said.append(f"to {column.most}")
    if column.pattern is not None:
        said.append(f"`{column.pattern}`")
    if column.type == "day":
        said.append(f"from {column.earliest}")
        if column.may_lie_ahead:
            said.append("may lie ahead")
    return "; ".join(said)


def _named(names: tuple[str, ...]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
