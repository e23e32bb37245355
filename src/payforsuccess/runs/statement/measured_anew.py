"""Which signed results the newest measurement of a deal finds otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from payforsuccess.deal.reading.reader import read_as
from payforsuccess.deal.results import Results
from payforsuccess.errors import Refusal
from payforsuccess.payments.measured_anew import Differs, differing
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.people_csv import PEOPLE_FILE
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.runs.statement.run_behind import RESULTS, newest_run

Slots = Mapping[tuple[str, int], str]
"""The fingerprint of the rows by person of each outcome and period."""


def measured_otherwise(folder: DealFolder) -> tuple[Differs, ...]:
    """The signed results that the newest run does not bear out, by period; none without a run.

    A run of a day before a signature was there when someone signed, and says nothing against it.
    A run that cannot be read says nothing either.
    """
    run = newest_run(folder)
    if run is None:
        return ()
    try:
        found = read_as(Results, read_bytes(run / RESULTS), file=str(run / RESULTS))
        slots = _slots_of(run)
    except Refusal:
        return ()
    run_on = read_record(run / RECORD).started_at[:10]
    differs = differing(
        folder.history().latest,
        found,
        lambda outcome, period: slots.get((outcome, period)),
        signed := folder.determinations(),
    )
    signed_on = {record.number: record.on.isoformat() for record in signed}
    return tuple(each for each in differs if signed_on[each.determination] <= run_on)


def _slots_of(run: Path) -> Slots:
    """The rows by person that a run left, read once for each state of the file."""
    path = run / PEOPLE_FILE
    if not path.is_file():
        return {}
    stat = path.stat()
    return _read_slots(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _read_slots(path: Path, _changed: int, _size: int) -> Slots:
    people, _fingerprint = read_people(path)
    return {at: people.fingerprint(*at) for at in people.slots}
