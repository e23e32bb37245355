"""Cash by payment period: what came in, what went out, and what is left at the end of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import Flows, Kind, is_inside

COLUMNS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("capital drawn", ("draw",)),
    ("costs paid", ("cost",)),
    ("found by bearers", ("shortfall",)),
    ("success payments", ("success-payment",)),
    ("taken back", ("take-back",)),
    ("fees", ("fee",)),
    ("interest", ("interest",)),
    ("principal", ("principal",)),
    ("deferred fees", ("deferred-fee",)),
    ("returned", ("return",)),
    ("recycled", ("recycle",)),
    ("released to payors", ("release",)),
    ("made good by guarantors", ("guarantee",)),
)


@dataclass(frozen=True)
class PeriodCash:
    """One row: the cash of a payment period, or of the time after the last one.

    `amounts` are in minor units, one for each of `COLUMNS`; `left` is what stands on the project's
    account and in all pools after it.
    """

    says: str
    amounts: tuple[int, ...]
    left: int


def cash_by_period(calendar: CashCalendar, flows: Flows) -> tuple[PeriodCash, ...]:
    """A row for each payment period with cash on its days, and one for what comes after them."""
    rows: list[PeriodCash] = []
    last = calendar.periods[-1].end
    bounds = [(str(period), period.start, period.end) for period in calendar.periods]
    bounds.append((f"after {calendar.periods[-1].last_day}", last, date.max))
    bounds[0] = (bounds[0][0], date.min, bounds[0][2])  # what moves before the first period too
    left = 0
    for says, start, end in bounds:
        within = {at for at, day in enumerate(calendar.days) if start <= day < end}
        amounts = tuple(
            sum(int(move.amount) for move in flows.of(*kinds) if move.day in within)
            for _, kinds in COLUMNS
        )
        for move in flows.moves:
            if move.day in within:
                left += int(move.amount) * (is_inside(move.target) - is_inside(move.source))
        if any(amounts):
            rows.append(PeriodCash(says, amounts, left))
    return tuple(rows)
