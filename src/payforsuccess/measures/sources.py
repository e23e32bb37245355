"""Where rows come from, as text: `feed:row`, or `feed/file:row` where a feed has several files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from payforsuccess.measures.lazily import ibis, ir

_DAY = 10  # letters of a day, 2024-01-31


def source_of(table: ir.Table) -> ir.StringValue:
    """The source of each row of a canonical table."""
    file = ibis.ifelse(table.file.isnull(), ibis.literal(""), "/" + table.file)
    return table.feed + file + ":" + table.row.cast("string")


def joined_sources(
    on: ir.DateValue, source: ir.StringValue, where: ir.BooleanValue | None = None
) -> ir.StringValue:
    """An aggregate: the sources by day and then by text, each once, with `;` between.

    By a text that begins with the day, since not every engine orders inside an aggregate.
    """
    keys = (on.cast("string") + source).collect(where=where).unique().sort()
    return keys.map(lambda key: key.substr(_DAY)).join(";")


def names(sources: ir.StringValue, source: ir.StringValue) -> ir.BooleanValue:
    """Whether a source is one of those that a text of sources names."""
    return (";" + sources + ";").contains(";" + source + ";")


def with_sources(own: ir.StringValue, *more: ir.StringValue) -> ir.StringValue:
    """Sources one after the other; what is missing, empty or named before is left out.

    Each of `more` is one source, or several of which none is named before.
    """
    text = own
    for part in more:
        is_new = (part != "") & ~names(text, part)  # missing where the part is: then left out
        text = text + ibis.ifelse(is_new, ";" + part, ibis.literal(""))
    return text


def sources_text(own: Iterable[str], dated: Iterable[tuple[date, str]]) -> str:
    """The same in plain Python: first the own ones, then others by day and text, each once."""
    return ";".join(dict.fromkeys([*own, *(source for _, source in sorted(set(dated)))]))
