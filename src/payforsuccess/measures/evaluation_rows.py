"""What an evaluation sees: arm, quantity and traits, one row an enrolment, and no key at all."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.tables import Tables

FIXED = ("arm", "quantity", "status")


def compile_evaluation_rows(
    results: ir.Table, tables: Tables, *, traits: Sequence[str]
) -> ir.Table:
    """The results' arm, quantity and status with a column for each trait, in the results' order.

    A trait that changes is taken as it was last known up to the start day; one never known is
    missing. Enrolments without an arm are left out.
    """
    assigned = results.filter(results.arm.notnull())
    if not traits:
        return assigned.order_by("enrolment").select(*FIXED)
    known = tables.traits.filter(tables.traits.trait.isin(list(traits)))
    joined = assigned.left_join(
        known,
        [
            assigned.person == known.person,
            known.as_of.isnull() | (known.as_of <= assigned.start_on),
        ],
    )
    latest_first = [ibis.desc(joined.as_of.fill_null(ibis.date("0001-01-01"))), joined.value]
    wide = joined.group_by("enrolment", *FIXED).aggregate(
        **{
            name: joined.value.first(where=joined.trait == name, order_by=latest_first)
            for name in traits
        }
    )
    return wide.order_by("enrolment").select(*FIXED, *traits)
