"""What each enrolment adds to an outcome in the period that holds its window's last day."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.tables import PERSON_ROWS
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.tables import KNOWN
from payforsuccess.units import Period


def compile_with_period(results: ir.Table, *, periods: Sequence[Period]) -> ir.Table:
    """The results with `period`: the number of the period that holds the window's last day.

    Missing for a window that ends outside all periods.
    """
    number = ibis.cases(
        *(
            (
                (results.last_day >= period.start) & (results.last_day < period.end),
                ibis.literal(period.number, "int64"),
            )
            for period in periods
        ),
        else_=ibis.null("int64"),
    )
    return results.mutate(period=number)


def compile_by_period(results: ir.Table) -> ir.Table:
    """One row a period and status: people, and the sum of their quantities (0 where unknown)."""
    return (
        results.group_by("period", "status")
        .aggregate(people=results.count(), total=results.quantity.sum().fill_null(0))
        .order_by("period", "status")
    )


def compile_person_rows(results: ir.Table, *, outcome: str) -> ir.Table:
    """The rows of the person ledger: known quantities other than 0, in a period of the deal."""
    earned = results.filter(
        results.status == KNOWN, results.quantity != 0, results.period.notnull()
    )
    return earned.select(
        outcome=ibis.literal(outcome),
        period=earned.period,
        person=earned.person,
        quantity=earned.quantity.cast("decimal(38, 9)"),
        source=earned.source,
    ).order_by(*PERSON_ROWS.sorted_by)


def compile_parts_by_period(parts: ir.Table) -> ir.Table:
    """One row a period in which something was earned: people who did, and how much they did."""
    return (
        parts.group_by("period")
        .aggregate(people=parts.enrolment.nunique(), total=parts.quantity.sum())
        .order_by("period")
    )


def compile_parts_ledger(parts: ir.Table, *, outcome: str) -> ir.Table:
    """The rows of the person ledger of what is earned as it happens."""
    return parts.select(
        outcome=ibis.literal(outcome),
        period=parts.period,
        person=parts.person,
        quantity=parts.quantity.cast("decimal(38, 9)"),
        source=parts.source,
    ).order_by(*PERSON_ROWS.sorted_by)
