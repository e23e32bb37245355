"""A layout as a Data Package: the open form in which other programs read what a feed must be."""

from __future__ import annotations

from typing import TypeAlias

from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain]"
_TYPES = {"text": "string", "whole": "integer", "decimal": "number", "day": "date"}


def package_descriptor(layout: FeedLayout) -> dict[str, Plain]:
    """The layout as a Data Package of Frictionless (version 1), one resource a file.

    It says names, types, codes, ranges, forms, keys and references, which any tool for Data
    Packages can check. Rules over several columns, and the last day, which depends on the deal, it
    only tells in words (`payforsuccess:rules`).
    """
    return {
        "profile": "data-package",
        "name": layout.name,
        "title": layout.says.rstrip("."),
        "resources": [_resource(file) for file in layout.files],
    }


def table_schema(file: FeedFile) -> dict[str, Plain]:
    """One file as a Table Schema of Frictionless."""
    schema: dict[str, Plain] = {
        "fields": [_field(column) for column in file.columns],
        "missingValues": [""],
    }
    if file.key:
        schema["primaryKey"] = list(file.key)
    if file.references:
        schema["foreignKeys"] = [
            {
                "fields": [reference.column],
                "reference": {"resource": _named(reference.file), "fields": [reference.to_column]},
            }
            for reference in file.references
        ]
    orders: list[Plain] = [
        {
            "name": order.name,
            "says": order.says,
            "day": order.day,
            "noEarlierThan": {"resource": _named(reference.file), "field": order.after},
        }
        for reference in file.references
        for order in reference.order
    ]
    if orders:
        schema["payforsuccess:order"] = orders
    if file.rules:
        schema["payforsuccess:rules"] = [
            {"name": rule.name, "says": rule.says, "columns": list(rule.columns)}
            for rule in file.rules
        ]
    return schema


def _resource(file: FeedFile) -> dict[str, Plain]:
    return {
        "profile": "tabular-data-resource",
        "name": _named(file.name),
        "title": file.says.rstrip("."),
        "path": f"{file.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table_schema(file),
    }


def _field(column: FeedColumn) -> dict[str, Plain]:
    constraints: dict[str, Plain] = {}
    if not column.may_be_missing:
        constraints["required"] = True
    if column.codes:
        codes = (*column.codes, *(code for code in column.unknown if code not in column.codes))
        whole = column.type == "whole"
        constraints["enum"] = [int(code) if whole else code for code in codes]
    if column.pattern is not None:
        constraints["pattern"] = column.pattern
    if column.least is not None:
        constraints["minimum"] = column.least
    if column.most is not None:
        constraints["maximum"] = column.most
    if column.type == "day":
        constraints["minimum"] = column.earliest.isoformat()
    field: dict[str, Plain] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.says,
        "payforsuccess:sensitivity": column.sensitivity,
    }
    if column.type == "day":
        field["format"] = "%Y-%m-%d"
    if column.unknown:
        field["payforsuccess:unknown"] = list(column.unknown)
    if constraints:
        field["constraints"] = constraints
    return field


def _named(file: str) -> str:
    """The file's name in the small letters that a Data Package asks for."""
    return file.lower()
