"""The rules of a layout as expressions: each column typed, each rule true where a row breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import whitespace

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from payforsuccess.records.bench import quoted
from payforsuccess.records.feed import FeedColumn, FeedFile

TYPES: dict[str, dt.DataType] = {
    "text": dt.string,
    "whole": dt.int64,
    "decimal": dt.Decimal(38, 9),
    "day": dt.date,
}
ISO = "%Y-%m-%d"


@dataclass(frozen=True)
class Check:
    """One rule of one file: what a row did that breaks it, and what to do.

    `column` is empty for rules over several columns. `what` begins a sentence that goes on with
    the rows: "The column x holds no value in 2 rows: rows 1, 2."
    """

    rule: str
    column: str
    what: str
    do: str


@dataclass(frozen=True)
class RowCheck:
    """A check that can be decided in one row: `broken` is never missing."""

    check: Check
    broken: ir.BooleanValue


@dataclass(frozen=True)
class CheckedColumn:
    """A column's typed values, whether each was a code for unknown, and the rules it may break."""

    value: ir.Value
    was_unknown: ir.BooleanValue | None
    checks: tuple[RowCheck, ...]


@ibis.udf.scalar.builtin
def try_strptime(text: str, form: str) -> dt.timestamp:  # type: ignore[empty-body, valid-type]
    """The engine's own: an instant from a text of a form, missing where it is none."""


def clean_text(raw: str, codes: Mapping[str, str]) -> str:
    """SQL for a text without spaces around it, in the layout's codes; missing where none is left.

    raw: SQL for the text as it stands in the file.
    """
    # Most texts have none, and looking at their ends costs a tenth of cutting them.
    has_space = f"({raw} < '!' OR right({raw}, 1) < '!')"
    trimmed = f"trim({raw}, {quoted(whitespace)})"
    text = f"nullif(CASE WHEN {has_space} THEN {trimmed} ELSE {raw} END, '')"
    if not codes:
        return text
    cases = (f"WHEN {quoted(theirs)} THEN {quoted(ours)}" for theirs, ours in codes.items())
    return f"CASE {text} {' '.join(cases)} ELSE {text} END"


def checked_column(
    column: FeedColumn, text: ir.StringValue, *, days: str, complete_through: date
) -> CheckedColumn:
    """One column of cleaned texts, typed, with every rule it must keep; one row breaks one first.

    days: how they are written. A day after the one through which the extract is complete cannot
    be known yet, unless the column may lie ahead.
    """
    name = column.name
    checks = []
    if not column.may_be_missing:
        no_value = Check(
            "required", name, f"The column {name} holds no value", "Give a value in each row."
        )
        checks.append(RowCheck(no_value, text.isnull()))
    was_unknown = text.isin(column.unknown).fill_null(False) if column.unknown else None
    given = text if was_unknown is None else ibis.ifelse(was_unknown, ibis.null(), text)
    value = _typed(column, given, days)
    if column.codes:
        odd = ~given.isin(column.codes)
        checks.append(
            RowCheck(
                Check(
                    "code",
                    name,
                    f"The column {name} holds a code the layout does not know",
                    f"The layout knows these codes: {', '.join((*column.codes, *column.unknown))}.",
                ),
                odd.fill_null(False),
            )
        )
    elif column.type != "text":
        checks.append(RowCheck(_of_type(column, days), given.notnull() & value.isnull()))
    if column.pattern is not None:
        odd = ~given.re_search(f"^(?:{column.pattern})$")
        checks.append(
            RowCheck(
                Check(
                    "pattern",
                    name,
                    f"The column {name} holds a value that is not of its form",
                    f"The form is {column.pattern}.",
                ),
                odd.fill_null(False),
            )
        )
    checks += _bounds(column, value, complete_through)
    return CheckedColumn(value, was_unknown, tuple(checks))


def rule_checks(file: FeedFile, rows: ir.Table) -> tuple[RowCheck, ...]:
    """The rules over several columns whose columns were all read."""
    return tuple(
        RowCheck(
            Check(
                rule.name,
                "",
                f"The rule {rule.name} ({_bare(rule.says)}) is broken",
                f"Look at {', '.join(rule.columns)} in these rows.",
            ),
            rule.broken(rows).fill_null(False),
        )
        for rule in file.rules
        if set(rule.columns) <= set(rows.columns)
    )


def _typed(column: FeedColumn, text: ir.StringValue, days: str) -> ir.Value:
    if column.type == "text":
        return text
    if column.type == "whole":
        return ibis.ifelse(text.re_search(r"^-?[0-9]{1,18}$"), text, ibis.null("string")).try_cast(
            dt.int64
        )
    if column.type == "decimal":
        return ibis.ifelse(
            text.re_search(r"^-?[0-9]{1,20}(?:\.[0-9]{1,9})?$"), text, ibis.null("string")
        ).try_cast(TYPES["decimal"])
    if days != ISO:
        return try_strptime(text, days).date()
    first = text[:10]
    is_day = first.like("____-__-__") & ((text.length() == 10) | _has_time(text))
    return ibis.ifelse(is_day, first, ibis.null("string")).try_cast(dt.date)


def _has_time(text: ir.StringValue) -> ir.BooleanValue:
    """Whether a time of day follows the day, which is then left out."""
    return text[10:11].isin((" ", "T")) & text.try_cast(dt.timestamp).notnull()


def _of_type(column: FeedColumn, days: str) -> Check:
    name = column.name
    noun, do = {
        "whole": ("a whole number", "Write digits only."),
        "decimal": (
            "a number",
            "Write digits, a point and at most nine digits after it; no commas, no sign of money.",
        ),
        "day": (
            "a day of the calendar",
            "Write year-month-day, or state the form under `written.days`."
            if days == ISO
            else f"The feed says that days are written {days}.",
        ),
    }[column.type]
    return Check("type", name, f"The column {name} holds a value that is not {noun}", do)


def _bounds(column: FeedColumn, value: ir.Value, complete_through: date) -> list[RowCheck]:
    name = column.name
    checks = []
    if column.type in ("whole", "decimal") and not (column.least is column.most is None):
        least, most = column.least, column.most
        low = value < least if least is not None else ibis.literal(False)
        high = value > most if most is not None else ibis.literal(False)
        stated = f"{f' from {least}' if least is not None else ''}" + (
            f" to {most}" if most is not None else ""
        )
        kind = "whole numbers" if column.type == "whole" else "numbers"
        check = Check(
            "range",
            name,
            f"The column {name} holds a number out of range",
            f"The layout allows {kind}{stated}.",
        )
        checks.append(RowCheck(check, (low | high).fill_null(False)))
    if column.type == "day":
        check = Check(
            "earliest",
            name,
            f"The column {name} holds a day before {column.earliest}",
            "Correct the day; the agency's century may be wrong.",
        )
        checks.append(RowCheck(check, (value < column.earliest).fill_null(False)))
        if not column.may_lie_ahead:
            check = Check(
                "future",
                name,
                f"The column {name} holds a day after {complete_through}, the last that the feed "
                "says it covers",
                "Correct the day, or `complete_through` under `data`.",
            )
            checks.append(RowCheck(check, (value > complete_through).fill_null(False)))
    return checks


def _bare(sentence: str) -> str:
    return sentence.rstrip(".")
