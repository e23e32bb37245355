"""What goes with a request for programs and for trying out: data package, schedule, sample."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.samples import sample_of
from payforsuccess.records.written import own_codes
from payforsuccess.reports.request_facts import ColumnAsked, FeedAsked, FileAsked
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.request.columns import written_codes

_DELIMITERS = {"tab": "\t", "\\t": "\t"}
_TYPES = {"text": "string", "whole": "integer", "decimal": "number", "day": "date"}


def data_package(asked: FeedAsked, layout: FeedLayout, *, deal: str) -> bytes:
    """The files and columns asked for as a Frictionless data package, with `reasons` beside each.

    A machine can check an extract by it before it is sent. Rules over several columns are in the
    specification for people; `pfs ingest` checks them all.
    """
    source = asked.source
    resources = [
        {
            "name": _package_name(file.name),
            "path": _as_csv(file.path),
            "profile": "tabular-data-resource",
            "title": file.says,
            "encoding": source.written.encoding,
            "dialect": {"delimiter": _delimiter(source)},
            "schema": _schema(asked, file, layout.file(file.name)),
        }
        for file in asked.files
    ]
    return json_bytes(
        {
            "name": _package_name(source.feed),
            "title": f"{source.says.rstrip('.')}: extract for {deal}",
            "profile": "tabular-data-package",
            "resources": resources,
        }
    )


def _schema(asked: FeedAsked, file: FileAsked, layout: FeedFile) -> dict[str, object]:
    names = {column.column: column.name for column in file.columns}
    schema: dict[str, object] = {
        "fields": [
            _field(asked.source, column, layout.column(column.column)) for column in file.columns
        ],
        "missingValues": [""],
    }
    if file.key:
        schema["primaryKey"] = list(file.key)
    there = {each.name: {c.column: c.name for c in each.columns} for each in asked.files}
    joins = [
        {
            "fields": names[reference.column],
            "reference": {
                "resource": _package_name(reference.file),
                "fields": there[reference.file][reference.to_column],
            },
        }
        for reference in layout.references
        if reference.column in names and reference.to_column in there.get(reference.file, {})
    ]
    if joins:
        schema["foreignKeys"] = joins
    return schema


def _field(source: DataSource, column: ColumnAsked, layout: FeedColumn) -> dict[str, object]:
    limits: dict[str, object] = {}
    if not column.may_be_empty:
        limits["required"] = True
    if column.values:
        limits["enum"] = [*column.values, *column.unknown]
    if layout.least is not None:
        limits["minimum"] = layout.least
    if layout.most is not None:
        limits["maximum"] = layout.most
    if layout.pattern is not None:
        limits["pattern"] = layout.pattern
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[layout.type],
        "description": column.says,
        "sensitivity": column.sensitivity,
        "reasons": list(column.reasons),
    }
    if layout.type == "day":
        iso = source.written.days == "%Y-%m-%d"
        field["format"] = "default" if iso else source.written.days
    if limits:
        field["constraints"] = limits
    return field


def _package_name(name: str) -> str:
    """A name as data packages have them: small letters, digits, `.`, `_` and `-`."""
    return name.lower().replace(" ", "-")


def sample_files(asked: FeedAsked, layout: FeedLayout) -> Mapping[str, bytes]:
    """Made-up rows in the form asked for, by file name: names, codes and days as the agency's.

    They are the sample that comes with the layout, with the columns asked for. Its days are moved
    back by whole years where they lie after the day the deal says the extract is complete through,
    so that the sample passes every check of `pfs ingest`.
    """
    sample = sample_of(layout)
    years = _years_too_late(asked.source, layout, sample)
    return {
        _as_csv(file.path): _csv(asked.source, file, layout, sample.get(file.name, ()), years)
        for file in asked.files
    }


def schedule_record(asked: FeedAsked, *, deal: str, holder: str | None) -> bytes:
    """The schedule of the agreement as JSON: purpose, tables, columns, retention, recipients."""
    source = asked.source
    agreement = asked.agreement
    recipients = agreement.recipients or agreement.parties
    return json_bytes(
        {
            "deal": deal,
            "feed": source.feed,
            "says": source.says,
            "holder": holder,
            "holders": [{"name": h.name, "from": _day(h.from_)} for h in source.held_by],
            "kind": agreement.kind,
            "parties": list(agreement.parties),
            "purpose": agreement.purpose,
            "regime": agreement.regime,
            "legal_basis": agreement.legal_basis,
            "consents": agreement.consents,
            "recipients": list(recipients),
            "releases": agreement.releases,
            "linked_with": list(asked.linked_with),
            "match_method": asked.match_method or None,
            "refreshed": source.refreshed,
            "requested_on": _day(agreement.requested_on),
            "signed_on": _day(agreement.signed_on),
            "expires_on": _day(agreement.expires_on),
            "retained_until": _day(agreement.retained_until),
            "keys_destroyed_on": _day(asked.keys_destroyed_on),
            "tables": [
                {
                    "name": file.name,
                    "file": file.path,
                    "says": file.says,
                    "columns": [
                        {
                            "name": column.name,
                            "column": column.column,
                            "says": column.says,
                            "sensitivity": column.sensitivity,
                            "regime": column.law,
                            "reasons": list(column.reasons),
                        }
                        for column in file.columns
                    ],
                }
                for file in asked.files
            ],
            "permitted_and_not_needed": [column.name for column in asked.unasked],
            "needed_and_not_permitted": [
                column.name for column in asked.lacking if column.is_needed
            ],
            "used_if_permitted": [column.name for column in asked.lacking if not column.is_needed],
        }
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _as_csv(path: str) -> str:
    stem, dot, ending = path.rpartition(".")
    return path if ending == "csv" or not dot else f"{stem}.csv"


def _csv(
    source: DataSource,
    file: FileAsked,
    layout: FeedLayout,
    rows: Iterable[Mapping[str, str]],
    years: int,
) -> bytes:
    of = layout.file(file.name)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_delimiter(source), lineterminator="\n")
    writer.writerow(column.name for column in file.columns)
    for row in rows:
        writer.writerow(
            _written(source, of, of.column(column.column), row[column.column], years)
            for column in file.columns
        )
    return text.getvalue().encode(source.written.encoding)


def _written(source: DataSource, file: FeedFile, column: FeedColumn, value: str, years: int) -> str:
    """A value of the sample as the agency writes it."""
    if not value:
        return ""
    if column.type == "day":
        day = date.fromisoformat(value[:10])
        if column.name in file.reaches:
            day = source.complete_through  # as far as the deal says that the extract goes
        elif column.sensitivity != "identifier":
            day = _years_before(day, years)
        return day.strftime(source.written.days)
    return written_codes(own_codes(source, file, column.name), value)[0]


def _years_too_late(
    source: DataSource, layout: FeedLayout, sample: Mapping[str, Iterable[Mapping[str, str]]]
) -> int:
    """By how many whole years the sample's days lie after what the extract is complete through."""
    days = [
        date.fromisoformat(row[column.name][:10])
        for file in layout.files
        for row in sample.get(file.name, ())
        for column in file.columns
        if column.type == "day" and not column.may_lie_ahead and row.get(column.name)
    ]
    latest = max(days, default=date.min)
    years = 0
    while (
        latest > source.complete_through and _years_before(latest, years) > source.complete_through
    ):
        years += 1
    return years


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; 29 February becomes the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - years, day=last) if years else day


def _delimiter(source: DataSource) -> str:
    return _DELIMITERS.get(source.written.delimiter, source.written.delimiter)
