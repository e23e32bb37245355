"""The jail's files: bookings and their charges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.records.simulate.draws import Flags, Whole
from payforsuccess.records.simulate.extract import Desk, Extract, chosen, only_where
from payforsuccess.records.simulate.lives import Lives
from payforsuccess.records.simulate.plan import SSN_MISSING_OFTEN
from payforsuccess.records.simulate.written import days, numbered

_BOOKED_TWICE = 0.04
_NO_ARREST = 0.12
_UNDER_ALIAS = 0.4
FACILITIES = ("Central jail", "North jail")
WOMENS_FACILITY = "Women's centre"


@dataclass(frozen=True)
class Arrests:
    """The arrests behind bookings, as the courts learn of them: who, when, and the case."""

    who: Whole
    booked: Whole
    case: pa.Array


def write_jail(desk: Desk, lives: Lives) -> tuple[Extract, Arrests]:
    """Bookings and charges. Some stays have two bookings on one day, some people two numbers."""
    stays, people, rng = lives.jail, lives.people, desk.rng
    twice = np.flatnonzero(rng.random(len(stays)) < _BOOKED_TWICE)
    order = np.sort(np.concatenate([np.arange(len(stays)), twice]), kind="stable")
    is_second = np.concatenate([[False], order[1:] == order[:-1]]) if len(order) else order == 1
    who, start, end = stays.who[order], stays.start[order], stays.end[order]
    # The second booking of a day, on another case, is over first.
    end = np.where(is_second, start + (end - start) // 2, end)
    has_alias = rng.random(len(people)) < desk.plan.errors.alias
    under_alias = has_alias[who] & (rng.random(len(who)) < _UNDER_ALIAS)
    files = who * 2 + under_alias

    no_arrest = rng.random(len(who)) < _NO_ARREST
    case = desk.row_numbers(1, len(who))
    arrest_day = start - (rng.random(len(who)) < 0.1)
    known = desk.is_known(start)
    released = desk.is_known(end) & known
    expected = ~released & (rng.random(len(who)) < 0.3)
    release_type = np.where(
        released,
        np.where(rng.random(len(who)) < 0.08, "inferred", "actual"),
        np.where(expected, "projected", ""),
    )
    on_file, place = np.unique(files, return_inverse=True)
    written = desk.write_down(people, on_file, ssn_missing=SSN_MISSING_OFTEN)
    booking = desk.row_numbers(0, len(who))
    bookings = pa.table(
        {
            "booking_id": booking,
            "person_ref": desk.person_numbers(people, files),
            "booked_at": days(start),
            "released_at": days(
                np.where(released, end, np.maximum(end, desk.day + 1)),
                missing=~(released | expected),
            ),
            "release_type": only_where(pa.array(release_type), released | expected),
            "facility": pc.if_else(
                pa.array(people.is_female[who]),
                WOMENS_FACILITY,
                chosen(rng, len(who), FACILITIES, (0.6, 0.4)),
            ),
            "arresting_agency": chosen(rng, len(who), ("Sheriff", "City police"), (0.4, 0.6)),
            "arrest_date": days(arrest_day, missing=no_arrest),
            "case_no": only_where(case, ~no_arrest),
            **written.of(place),
        }
    ).filter(pa.array(known))
    seen = np.unique(files[known])
    arrested = ~no_arrest & ~is_second
    return (
        Extract(
            files={"bookings": bookings, "charges": _charges(desk, booking, known)},
            records=desk.records_of(people, on_file, written).filter(
                pa.array(np.isin(on_file, seen))
            ),
        ),
        Arrests(who[arrested], start[arrested], case.filter(pa.array(arrested))),
    )


def _charges(desk: Desk, booking: pa.Array, known: Flags) -> pa.Table:
    each = 1 + np.floor(desk.rng.random(len(booking)) ** 2 * 3).astype(np.int64)
    of = np.repeat(np.arange(len(booking)), each)
    statute = np.floor(desk.rng.random(len(of)) * 40).astype(np.int64)
    made = pa.table(
        {
            "booking_id": booking.take(pa.array(of)),
            "statute": numbered("Made-up code ", 100 + statute, 3),
            "level": chosen(
                desk.rng,
                len(of),
                ("felony", "misdemeanor", "infraction", "unknown"),
                (0.3, 0.6, 0.07, 0.03),
            ),
            "disposition": chosen(
                desk.rng, len(of), ("pending", "dismissed", "convicted"), (0.2, 0.4, 0.4)
            ),
        }
    )
    return made.filter(pa.array(known[of]))
