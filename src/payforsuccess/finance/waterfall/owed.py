"""Interest, principal and deferred fees: what is owed to tranches is paid from the pools."""

from __future__ import annotations

from typing import Any

from payforsuccess.finance.moves import PROJECT, Kind
from payforsuccess.finance.waterfall.arithmetic import minus, total
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.plan import PlannedStep


def pay_owed(book: Book, number: int, if_met: Any) -> None:
    """Pay what a step's tranches are owed, pool by pool in the order of the payment terms.

    Where cash does not reach for all who may be paid from a pool, they share in proportion to what
    each is owed. If cash is then left in another pool for a tranche that took from this one, it
    takes from the other instead, and those tied to this pool are paid from what it frees: no cash
    is left over while one more exchange would pay somebody who is owed.
    """
    planned = book.plan.steps[number]
    is_interest = planned.step.pays == "interest"
    owed = {
        place: book.balances[place].interest if is_interest else book.balances[place].principal
        for places in planned.tranches.values()
        for place in places
    }
    before, room = dict(owed), book.room_of(number)
    took: dict[tuple[int, int], Any] = {}
    left: dict[int, Any] = {}
    for pool in planned.pools:
        places, free = planned.tranches[pool], book.free(pool, if_met)
        claims = [owed[place] for place in places]
        paid = book.numbers.least(free, total(claims))
        if room is not None:
            paid = book.numbers.least(paid, room)
            room = room - paid
        if isinstance(paid, int) and not paid:
            left[pool] = free
            continue
        for place, part in zip(places, book.numbers.in_proportion(paid, claims), strict=True):
            took[place, pool] = part
            owed[place] = minus(owed[place], part)
        left[pool] = minus(free, paid) if planned.exchanges else 0
    if planned.exchanges:
        _exchange(book, planned, owed, took, left, room)
    for (place, pool), part in took.items():
        _write(book, number, pool, place, part, is_interest=is_interest)
    for place, rest in owed.items():
        if rest is before[place]:
            continue
        if is_interest:
            book.balances[place].interest = rest
        else:
            book.balances[place].principal = rest


def _exchange(
    book: Book,
    planned: PlannedStep,
    owed: dict[int, Any],
    took: dict[tuple[int, int], Any],
    left: dict[int, Any],
    room: Any,
) -> None:
    for each in planned.exchanges:
        unmet = [owed[place] for place in each.tied]
        freed = book.numbers.least(took.get((each.tranche, each.shared), 0), left[each.other])
        freed = book.numbers.least(freed, total(unmet))
        if room is not None:
            freed = book.numbers.least(freed, room)
            room = room - freed
        if book.numbers.is_nothing(freed):
            continue
        left[each.other] = left[each.other] - freed
        took[each.tranche, each.shared] = took[each.tranche, each.shared] - freed
        took[each.tranche, each.other] = took.get((each.tranche, each.other), 0) + freed
        for place, part in zip(each.tied, book.numbers.in_proportion(freed, unmet), strict=True):
            took[place, each.shared] = took.get((place, each.shared), 0) + part
            owed[place] = owed[place] - part


def _write(book: Book, number: int, pool: int, place: int, part: Any, *, is_interest: bool) -> None:
    balance = book.balances[place]
    if balance.recycles and not is_interest:
        book.pay("recycle", number, pool, PROJECT, part, balance.tranche.name)
        book.put_in(part)
        return
    kind: Kind = "interest" if is_interest else "principal"
    if balance.tranche.kind == "deferred-fee":
        kind = "deferred-fee"
    book.pay(kind, number, pool, balance.account, part)
