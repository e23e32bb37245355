"""The published schema of a set of tables: a Frictionless Data Package descriptor.

Source: the Data Package and Table Schema specifications of Frictionless Data (version 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from payforsuccess.reports.open_data.tables import OpenTable

FORMATS: dict[str, str] = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def descriptor(
    tables: Iterable[OpenTable],
    *,
    name: str,
    title: str,
    says: str,
    form: Literal["csv", "parquet"],
) -> dict[str, object]:
    """`datapackage.json`: each file with its columns, their types and what they hold."""
    return {
        "profile": "data-package",
        "name": name,
        "title": title,
        "description": says,
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.{form}",
                "description": table.says,
                "format": form,
                "mediatype": FORMATS[form],
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {
                            "name": column.name,
                            "type": column.type,
                            "description": column.says,
                            "constraints": {"required": column.is_required},
                        }
                        for column in table.columns
                    ],
                    "missingValues": [""],
                },
            }
            for table in tables
        ],
    }
