"""Share of a cohort: people whose own number reaches a mark, of those with a known result."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from payforsuccess.deal.measures import ShareOfCohort
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.rounding import as_literal
from payforsuccess.measures.tables import PersonResult


def compile_reached(measure: ShareOfCohort, results: ir.Table) -> ir.Table:
    """The results with 1 for a person who reaches the mark and 0 for one who does not.

    Who is unknown stays so. With `compile_by_period`, the total is those who reached it.
    """
    reached = (results.quantity >= as_literal(measure.at_least)).cast("int64")
    return results.mutate(
        quantity=ibis.ifelse(results.quantity.isnull(), ibis.null("int64"), reached)
    )


def share_of_cohort(reached: int, known: int, *, unit: str = "") -> Fraction:
    """The exact share, or 100 times as much in percent; ValueError when no result is known."""
    if not known:
        raise ValueError("no one in the cohort has a known result")
    share = Fraction(reached, known)
    return share * 100 if unit in ("percent", "%") else share


def reference_share_of_cohort(
    measure: ShareOfCohort, results: Iterable[PersonResult]
) -> Fraction | None:
    """The same from plain results; None when no result is known."""
    known = [result.quantity for result in results if result.quantity is not None]
    if not known:
        return None
    return share_of_cohort(sum(quantity >= measure.at_least for quantity in known), len(known))
