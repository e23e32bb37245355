"""The rules of a layout as SQL: each column typed, each rule true where a row breaks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import whitespace

import ibis.expr.datatypes as dt

from payforsuccess.records.bench import quoted
from payforsuccess.records.feed import FeedColumn, FeedFile, Rule
from payforsuccess.store.door import SQL_TYPES

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
    """A check that can be decided in one row: `broken` is SQL, and never missing."""

    check: Check
    broken: str


@dataclass(frozen=True)
class CheckedColumn:
    """SQL for a column: what was given, its value, and the rules it may break.

    `given` is the text without codes for unknown, of the file's text, `text`; `was_unknown` says of
    each whether it was one, and is None where the layout has none. `value` is the typed value of
    `given`, and stands under the column's own name where `checks` are asked.
    """

    text: str
    given: str
    was_unknown: str | None
    value: str
    checks: tuple[RowCheck, ...]


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
    column: FeedColumn, at: int, *, days: str, complete_through: date
) -> CheckedColumn:
    """One column of cleaned texts, typed, with every rule it must keep; one row breaks one first.

    at: a number that no other column of the file has. days: how they are written. A day after the
    one through which the extract is complete cannot be known yet, unless the column may lie ahead.
    """
    name = column.name
    text, value = f"_text{at}", f'"{name}"'
    given = f"_given{at}" if column.unknown else text
    checks = []
    if not column.may_be_missing:
        no_value = Check(
            "required", name, f"The column {name} holds no value", "Give a value in each row."
        )
        checks.append(RowCheck(no_value, f"{text} IS NULL"))
    if column.codes:
        checks.append(
            RowCheck(
                Check(
                    "code",
                    name,
                    f"The column {name} holds a code the layout does not know",
                    f"The layout knows these codes: {', '.join((*column.codes, *column.unknown))}.",
                ),
                f"coalesce({given} NOT IN {_listed(column.codes)}, false)",
            )
        )
    elif column.type != "text":
        broken = f"({given} IS NOT NULL AND {value} IS NULL)"
        checks.append(RowCheck(_of_type(column, days), broken))
    if column.pattern is not None:
        form = quoted(f"^(?:{column.pattern})$")
        checks.append(
            RowCheck(
                Check(
                    "pattern",
                    name,
                    f"The column {name} holds a value that is not of its form",
                    f"The form is {column.pattern}.",
                ),
                f"coalesce(NOT regexp_matches({given}, {form}), false)",
            )
        )
    checks += _bounds(column, value, complete_through)
    was_unknown = f"coalesce({text} IN {_listed(column.unknown)}, false)"
    return CheckedColumn(
        text,
        given,
        was_unknown if column.unknown else None,
        _typed(column, given, days),
        tuple(checks),
    )


def rule_checks(file: FeedFile, columns: Collection[str]) -> tuple[tuple[Check, Rule], ...]:
    """The rules over several columns whose columns were all read."""
    return tuple(
        (
            Check(
                rule.name,
                "",
                f"The rule {rule.name} ({_bare(rule.says)}) is broken",
                f"Look at {', '.join(rule.columns)} in these rows.",
            ),
            rule,
        )
        for rule in file.rules
        if set(rule.columns) <= set(columns)
    )


def _listed(codes: Sequence[str]) -> str:
    return f"({', '.join(map(quoted, codes))})"


def _typed(column: FeedColumn, text: str, days: str) -> str:
    if column.type == "text":
        return text
    if column.type in ("whole", "decimal"):
        form = "^-?[0-9]{1,18}$" if column.type == "whole" else r"^-?[0-9]{1,20}(?:\.[0-9]{1,9})?$"
        is_number = f"regexp_matches({text}, {quoted(form)})"
        return f"TRY_CAST(CASE WHEN {is_number} THEN {text} END AS {SQL_TYPES[column.type]})"
    if days != ISO:
        return f"CAST(try_strptime({text}, {quoted(days)}) AS DATE)"
    first = f"array_slice({text}, 1, 10)"
    is_day = f"{first} LIKE '____-__-__' AND (length({text}) = 10 OR ({_has_time(text)}))"
    return f"TRY_CAST(CASE WHEN {is_day} THEN {first} END AS DATE)"


def _has_time(text: str) -> str:
    """SQL for whether a time of day follows the day, which is then left out."""
    return (
        f"array_slice({text}, 11, 11) IN (' ', 'T') AND TRY_CAST({text} AS TIMESTAMP) IS NOT NULL"
    )


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


def _bounds(column: FeedColumn, value: str, complete_through: date) -> list[RowCheck]:
    name = column.name
    checks = []
    if column.type in ("whole", "decimal") and not (column.least is column.most is None):
        least, most = column.least, column.most
        odd = [f"{value} < {least}"] if least is not None else []
        odd += [f"{value} > {most}"] if most is not None else []
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
        checks.append(RowCheck(check, f"coalesce({' OR '.join(odd)}, false)"))
    if column.type == "day":
        check = Check(
            "earliest",
            name,
            f"The column {name} holds a day before {column.earliest}",
            "Correct the day; the agency's century may be wrong.",
        )
        checks.append(RowCheck(check, f"coalesce({value} < DATE '{column.earliest}', false)"))
        if not column.may_lie_ahead:
            check = Check(
                "future",
                name,
                f"The column {name} holds a day after {complete_through}, the last that the feed "
                "says it covers",
                "Correct the day, or `complete_through` under `data`.",
            )
            checks.append(RowCheck(check, f"coalesce({value} > DATE '{complete_through}', false)"))
    return checks


def _bare(sentence: str) -> str:
    return sentence.rstrip(".")
