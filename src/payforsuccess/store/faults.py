"""What the engine raises, so that callers can tell a person what went wrong."""

from __future__ import annotations

import duckdb

EngineFault = duckdb.Error
"""Anything the engine could not do: a file it cannot read, a disk that is full."""
