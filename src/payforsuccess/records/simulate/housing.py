"""The files of the housing subsidy: tenants, leases, and rents paid."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from payforsuccess.records.simulate.draws import Flags, Whole
from payforsuccess.records.simulate.extract import Desk, Extract, only_where
from payforsuccess.records.simulate.lives import Lives
from payforsuccess.records.simulate.people import NEVER, day_number
from payforsuccess.records.simulate.plan import SSN_MISSING
from payforsuccess.records.simulate.programme import LEFT_FOR
from payforsuccess.records.simulate.written import days

_RENT_CENTS, _DEPOSIT_CENTS = 135_000, 200_000


def write_housing(desk: Desk, lives: Lives) -> Extract:
    """Every home the programme let, and for each a deposit and a rent every 30 days."""
    programme, people = lives.programme, lives.people
    first = np.flatnonzero(programme.moved_in < NEVER)
    again = np.flatnonzero(programme.again_in < NEVER)
    row = np.concatenate([first, again])
    moved_in = np.concatenate([programme.moved_in[first], programme.again_in[again]])
    moved_out = np.concatenate([programme.moved_out[first], programme.again_out[again]])
    who = programme.who[row]
    leased = np.maximum(moved_in - 3 - row % 12, programme.assigned[row])
    known = desk.is_known(leased)
    is_in = desk.is_known(moved_in) & known
    is_out = desk.is_known(moved_out) & is_in
    left_for = pa.array(LEFT_FOR).take(pa.array(programme.left_for[row]))
    died = moved_out == people.died[who]
    files = who * 2
    on_file = np.unique(files)
    seen = pa.array(np.isin(on_file, files[known]))
    written = desk.write_down(people, on_file, ssn_missing=SSN_MISSING)
    since = np.full(len(people), NEVER)
    np.minimum.at(since, who, leased)
    tenants = pa.table(
        {
            "person_ref": desk.person_numbers(people, on_file),
            "recorded_on": days(since[on_file // 2]),
            **written.columns,
        }
    ).filter(seen)
    lease = desk.row_numbers(0, len(row))
    leases = pa.table(
        {
            "lease_id": lease,
            "person_ref": desk.person_numbers(people, files),
            "leased_on": days(leased),
            "moved_in_on": days(moved_in, missing=~is_in),
            "moved_out_on": days(np.where(is_out, moved_out, 0), missing=~is_out),
            "moved_out_to": only_where(
                pa.array(np.where(died, "died", left_for.to_numpy(zero_copy_only=False))), is_out
            ),
        }
    ).filter(pa.array(known))
    return Extract(
        files={
            "tenants": tenants,
            "leases": leases,
            "payments": _payments(desk, lease, moved_in, moved_out, is_in),
        },
        records=desk.records_of(people, on_file, written).filter(seen),
    )


def _payments(
    desk: Desk, lease: pa.Array, moved_in: Whole, moved_out: Whole, is_in: Flags
) -> pa.Table:
    until = np.minimum(moved_out, day_number(desk.plan.ends_on))
    each = 1 + -(-(until - moved_in).clip(0) // 30)
    of = np.repeat(np.arange(len(lease)), each)
    ordinal = np.arange(len(of)) - np.repeat(np.cumsum(each) - each, each)
    is_deposit = ordinal == 0
    cents = np.where(is_deposit, _DEPOSIT_CENTS, _RENT_CENTS)
    paid_on = moved_in[of] + 30 * (ordinal - 1).clip(0)
    made = pa.table(
        {
            "payment_id": desk.row_numbers(1, len(of)),
            "lease_id": lease.take(pa.array(of)),
            "paid_on": days(paid_on),
            "kind": pa.array(np.where(is_deposit, "deposit", "rent")),
            "amount": pa.array(cents // 100),
        }
    )
    return made.filter(pa.array(desk.is_known(paid_on) & is_in[of]))
