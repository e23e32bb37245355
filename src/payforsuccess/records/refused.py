"""The list of every refused row: file, row, column and rule, and never a value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis

from payforsuccess.records.bench import Bench, quoted
from payforsuccess.records.verdicts import JudgedFile


def write_refused(files: Sequence[JudgedFile], path: Path, bench: Bench) -> bool:
    """Write the refused rows of a feed's files as CSV: one line for each rule that a row broke.

    The engine writes it in the order of files, rows and rules. False, and no file, without any.
    """
    legs = []
    for at, file in enumerate(files):
        if file.refusals is None:
            continue
        rules = ", ".join(
            f"({number}, {quoted(check.rule)}, {quoted(check.column)})"
            for number, check in enumerate(file.checks)
        )
        named = bench.selected(
            'SELECT CAST(a AS BIGINT) AS "check", b AS rule, c AS "column" '
            f"FROM (VALUES {rules}) AS rules(a, b, c)"
        )
        listed = file.refusals.join(named, "check")
        legs.append(
            listed.select(
                _at=ibis.literal(at),
                _check=listed.check.cast("int64"),
                file=ibis.literal(file.staged.found.shown_as),
                row=listed.row,
                column=listed.column,
                rule=listed.rule,
            )
        )
    if not legs:
        return False
    every = ibis.union(*legs) if len(legs) > 1 else legs[0]
    ordered = every.order_by("_at", "row", "_check").select("file", "row", "column", "rule")
    bench.store.backend.to_csv(ordered, str(path))
    return True
