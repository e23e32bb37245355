"""Where a measurement is not what was signed before it: a proposal, until someone signs it anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, Result, Results
from payforsuccess.payments.book import Slot, signed_rows

RowsOf = Callable[[str, int], str | None]
"""The fingerprint of the measured rows by person of an outcome and period; None without rows."""


@dataclass(frozen=True)
class Differs:
    """A signed result that the measurement finds otherwise, or finds with other people.

    determination: the number of the record that signed it. measured: what is found now; where
    nobody's time is over in the period any more, nothing.
    """

    determination: int
    signed: Result
    measured: Result

    @property
    def at(self) -> tuple[int, Slot]:
        """The determination, and the slot of its result."""
        return self.determination, self.signed.slot

    @property
    def outcome(self) -> str:
        """The outcome of both."""
        return self.signed.outcome

    @property
    def period(self) -> int:
        """The period of both."""
        assert self.signed.period is not None
        return self.signed.period


def differing(
    deal: Deal, found: Results, rows_of: RowsOf, determinations: Sequence[Determination]
) -> tuple[Differs, ...]:
    """The standing results of periods that a measurement does not bear out, in order.

    A total that was signed without rows by person differs where the total does. Results that were
    made elsewhere and estimates are left alone, as is what is not measured at all.
    """
    measured = {result.slot: result for result in found.results}
    gone = {record.supersedes for record in determinations}
    out = [
        Differs(record.number, signed, now)
        for record in determinations
        if record.number not in gone and record.elsewhere is None
        for signed in record.results
        if (now := _otherwise(deal, signed, record, measured.get(signed.slot), rows_of)) is not None
    ]
    return tuple(sorted(out, key=lambda each: (each.period, each.outcome, each.signed.slot)))


def _otherwise(
    deal: Deal, signed: Result, record: Determination, now: Result | None, rows_of: RowsOf
) -> Result | None:
    """What is found in place of a signed result; None where it is found as it was signed."""
    outcome = deal.outcomes.get(signed.outcome)
    if signed.period is None or outcome is None or outcome.estimate is not None:
        return None
    rows = signed_rows(signed, record)
    if now is None:
        if rows is None or signed.cohort is not None:
            return None
        now = Result(outcome=signed.outcome, period=signed.period, value=Fraction(0), people=0)
    same_rows = rows is None or rows == rows_of(signed.outcome, signed.period)
    if same_rows and (now.value, now.groups) == (signed.value, signed.groups):
        return None
    return now


def with_nothing_found(found: Results, differs: Sequence[Differs]) -> Results:
    """The measured results, and a nothing where a signed result has none any more."""
    slots = {result.slot for result in found.results}
    missing = [each.measured for each in differs if each.measured.slot not in slots]
    return found if not missing else Results(results=(*found.results, *missing))
