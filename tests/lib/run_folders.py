"""A run's folder as `pfs run` leaves one, with results and rows by person given as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from payforsuccess.deal.results import Result
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.record import RECORD, record_bytes
from payforsuccess.trail import RunInput, RunOutput, RunRecord, fingerprint, fingerprint_bytes

HEADER = "outcome,period,person,quantity,source"


def a_run(
    deal_folder: Path,
    name: str,
    *lines: str,
    periods: int,
    outcome: str = "homes",
    started_at: str = "2028-01-31T08:00:00+00:00",
    inputs: Sequence[RunInput] = (),
) -> Path:
    """A run that found `lines` (`outcome,period,person,quantity,source`) through `periods`.

    As in a real one the evidence of each result is of all rows together.
    """
    rows = [line.split(",") for line in lines]
    evidence = fingerprint([list(row) for row in rows])
    results = [
        Result.model_validate(
            {
                "outcome": outcome,
                "period": period,
                "value": str(sum(int(row[3]) for row in rows if int(row[1]) == period)),
                "evidence": evidence,
            }
        )
        for period in range(1, periods + 1)
    ]
    files = {
        "results.json": json_bytes({"format": 1, "results": [r.as_plain() for r in results]}),
        "people.csv": ("\n".join([HEADER, *lines]) + "\n").encode(),
    }
    record = RunRecord(
        kind="run",
        deal_fingerprint=fingerprint("a deal"),
        code_version="0",
        library_versions=(),
        settings=(),
        inputs=tuple(inputs),
        outputs=tuple(RunOutput(file, file, fingerprint_bytes(files[file])) for file in files),
        started_at=started_at,
        machine="any",
    )
    home = deal_folder / "out" / "runs" / f"run-{name}"
    home.mkdir(parents=True)
    for file, content in files.items():
        (home / file).write_bytes(content)
    (home / RECORD).write_bytes(record_bytes(record))
    return home
