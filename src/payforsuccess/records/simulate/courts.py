"""The court's files: cases that arrests led to, and their hearings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.records.simulate.draws import Flags, Whole
from payforsuccess.records.simulate.extract import Desk, Extract, chosen, only_where
from payforsuccess.records.simulate.jail import Arrests
from payforsuccess.records.simulate.lives import Lives
from payforsuccess.records.simulate.plan import SSN_MISSING_OFTEN
from payforsuccess.records.simulate.written import days

_FILED, _SEALED = 0.7, 0.02
_ENDS = ("convicted", "dismissed", "diverted", "acquitted", "other")
_END_SHARES = (0.45, 0.38, 0.12, 0.02, 0.03)


def write_courts(desk: Desk, lives: Lives, arrests: Arrests) -> Extract:
    """Cases and hearings; a sealed case is there as a tombstone, with the day it was sealed."""
    people, rng = lives.people, desk.rng
    filed = np.flatnonzero(rng.random(len(arrests.who)) < _FILED)
    who, size = arrests.who[filed], len(filed)
    filed_on = arrests.booked[filed] + np.floor(rng.random(size) * 6).astype(np.int64)
    disposed_on = filed_on + 10 + np.floor(rng.random(size) ** 2 * 400).astype(np.int64)
    ending = chosen(rng, size, _ENDS, _END_SHARES)
    sealed_on = disposed_on + 200
    is_sealed = (rng.random(size) < _SEALED) & (sealed_on < desk.covers_to)
    sealed = days(sealed_on, missing=~is_sealed)
    known = desk.is_known(filed_on)
    is_over = desk.is_known(disposed_on) & known
    diverted = np.asarray(pc.equal(ending, "diverted"))
    files = who * 2
    on_file, place = np.unique(files, return_inverse=True)
    written = desk.write_down(people, on_file, ssn_missing=SSN_MISSING_OFTEN)
    case = desk.row_numbers(0, size)
    cases = pa.table(
        {
            "case_id": case,
            "person_ref": desk.person_numbers(people, files),
            "filed_on": days(filed_on),
            "level": chosen(rng, size, ("felony", "misdemeanor"), (0.35, 0.65)),
            "disposition": only_where(ending, is_over),
            "disposed_on": days(disposed_on, missing=~is_over),
            "diversion_granted_on": days(
                (filed_on + disposed_on) // 2, missing=~(is_over & diverted)
            ),
            "sealed_on": sealed,
            **written.of(place),
        }
    ).filter(pa.array(known))
    return Extract(
        files={"cases": cases, "hearings": _hearings(desk, case, filed_on, known, sealed)},
        records=desk.records_of(people, on_file, written).filter(
            pa.array(np.isin(on_file, files[known]))
        ),
    )


def _hearings(
    desk: Desk, case: pa.Array, filed_on: Whole, known: Flags, sealed: pa.Array
) -> pa.Table:
    each = 1 + np.floor(desk.rng.random(len(case)) * 4).astype(np.int64)
    of = np.repeat(np.arange(len(case)), each)
    ordinal = np.arange(len(of)) - np.repeat(np.cumsum(each) - each, each)
    set_for = filed_on[of] + 14 + 30 * ordinal
    outcome = chosen(
        desk.rng, len(of), ("held", "missed", "continued", "vacated"), (0.7, 0.12, 0.13, 0.05)
    )
    is_past = set_for < desk.covers_to
    made = pa.table(
        {
            "hearing_id": desk.row_numbers(1, len(of)),
            "case_id": case.take(pa.array(of)),
            "scheduled_on": days(set_for),
            "outcome": pc.if_else(pa.array(is_past), outcome, "scheduled"),
            "sealed_on": sealed.take(pa.array(of)),
        }
    )
    return made.filter(pa.array(known[of]))
