"""A backtest kept in a folder of its own, named by what went in, with the record of the run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import payforsuccess
from payforsuccess.deal.deal import Deal
from payforsuccess.runs.files import json_bytes, read_bytes, write_whole
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.record import RECORD, library_versions, machine_text, record_bytes
from payforsuccess.trail import RunInput, RunOutput, RunRecord, fingerprint, fingerprint_bytes

NAME = "backtest.json"


def keep_backtest(
    folder: DealFolder,
    deal: Deal,
    source: RunInput,
    told: dict[str, object],
    settings: tuple[tuple[str, str], ...],
) -> tuple[Path, ...]:
    """Write what was found and what it was made from: deal, records or rows, settings, versions."""
    deal_files = (*folder.amendment_files, folder.deal_file)
    inputs = (
        *(
            RunInput(file.name, file.name, fingerprint_bytes(read_bytes(file)))
            for file in deal_files
        ),
        source,
    )
    went_in = [[item.name, item.fingerprint] for item in inputs]
    name = fingerprint([*went_in, *map(list, settings)])[7:19]
    target = folder.out / "backtest" / name
    content = json_bytes(told)
    record = RunRecord(
        kind="backtest",
        deal_fingerprint=deal.terms_fingerprint,
        code_version=payforsuccess.__version__,
        library_versions=library_versions(),
        settings=settings,
        inputs=inputs,
        outputs=(RunOutput(NAME, NAME, fingerprint_bytes(content)),),
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine_text(),
    )
    write_whole(target / NAME, content)
    write_whole(target / RECORD, record_bytes(record))
    return (target / NAME,)
