"""The project's own money: capital comes in, costs go out, and what lacks is borne by someone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from payforsuccess.deal.assumptions import PlannedDraw
from payforsuccess.finance.moves import PROJECT
from payforsuccess.finance.waterfall.arithmetic import minus, total
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.needs import Needs
from payforsuccess.finance.waterfall.plan import has_been_met

Draws = Literal["as-needed"] | Sequence[PlannedDraw]


def draw(book: Book, needs: Needs, draws: Draws, met: Mapping[str, Any]) -> None:
    """Draw capital on the day: what the project lacks, or what is planned for the day.

    What it lacks comes from all tranches that can be drawn, in proportion to what each still has.
    """
    if draws == "as-needed":
        wanted = needs.wanted[book.at]
        if isinstance(wanted, int) and not wanted:
            return
        lacking = book.numbers.above_zero(minus(wanted, book.cash))
        if book.numbers.is_nothing(lacking):
            return
        open_now = [
            book.numbers.where(_may_be_drawn(book, at, met, planned=False), balance.room)
            if balance.gives_cash
            else 0
            for at, balance in enumerate(book.balances)
        ]
        asked = book.numbers.least(lacking, total(open_now))
        for at, part in enumerate(book.numbers.in_proportion(asked, open_now)):
            book.draw(at, part)
        book.put_in(asked)
        return
    for planned in draws:
        if planned.on == book.day:
            at = [balance.tranche.name for balance in book.balances].index(planned.tranche)
            amount = book.numbers.least(
                book.numbers.amount(book.plan.minor(planned.amount)), book.balances[at].room
            )
            amount = book.numbers.where(_may_be_drawn(book, at, met, planned=True), amount)
            book.draw(at, amount)
            book.put_in(amount)


def _may_be_drawn(book: Book, at: int, met: Mapping[str, Any], *, planned: bool) -> Any:
    """Whether a tranche is open: its own trigger met, and none missed that stops draws.

    The end of services stops planned draws too; drawn as needed, capital still covers what
    winding down costs.
    """
    deal, own = book.plan.deal, book.balances[at].tranche.draws_if
    is_open: Any = True if own is None else has_been_met(deal, own, on=book.day, met=met)
    for trigger in deal.triggers:
        stops = trigger.not_met == "stops-draws" or (planned and trigger.not_met == "ends-services")
        if stops and trigger.on <= book.day:
            is_open = is_open & met[trigger.name]
    return is_open


def pay_costs(book: Book, needs: Needs) -> None:
    """Pay the costs of the day; what lacks falls on those listed last, who bear it themselves."""
    due = needs.totals[book.at]
    if isinstance(due, int) and not due:
        return
    missing = book.numbers.above_zero(minus(due, book.cash))
    if not book.numbers.is_nothing(missing):
        for cost in reversed(needs.costs[book.at]):
            part = book.numbers.least(cost.amount, missing)
            missing = missing - part
            book.add("shortfall", cost.target, PROJECT, part, cost.why)
            book.put_in(part)
    for cost in needs.costs[book.at]:
        book.pass_on(cost)
    book.take_out(due)


def other_needs(book: Book, needs: Needs) -> None:
    """Base pay, costs that somebody else bears, and costs that are put off."""
    for move in needs.others[book.at]:
        book.pass_on(move)
        if move.kind == "deferred-cost":
            book.put_off(move)
        if move.target == PROJECT:
            book.put_in(move.amount)
        if move.source == PROJECT:
            book.take_out(move.amount)


def give_back_unspent(book: Book, needs: Needs) -> None:
    """On the last day: drawn money that no cost used goes back, as a share of what is still out.

    Costs count as paid from capital before anything else, so that base pay or recycled money never
    comes back in its place.
    """
    if book.numbers.is_nothing(book.cash):
        return
    drawn = [
        book.numbers.amount(amount) - each.room if each.gives_cash else 0
        for amount, each in zip(book.plan.amounts, book.balances, strict=True)
    ]
    over = minus(total(drawn), total(needs.totals))
    unspent = book.numbers.least(book.cash, book.numbers.above_zero(over))
    still_out = [
        0 if not each.gives_cash else each.principal if each.is_owed_back else gave
        for gave, each in zip(drawn, book.balances, strict=True)
    ]
    unspent = book.numbers.least(unspent, total(still_out))
    if book.numbers.is_nothing(unspent):
        return
    for at, part in enumerate(book.numbers.in_proportion(unspent, still_out)):
        balance = book.balances[at]
        book.add("principal", PROJECT, balance.account, part, "unspent")
        book.take_out(part)
        if balance.is_owed_back:
            balance.principal = balance.principal - part


def call_guarantees(book: Book) -> None:
    """On the last day: guarantors make good their share of principal that was never repaid."""
    balances = {each.tranche.name: each for each in book.balances}
    still_lost = {name: each.not_repaid(book.numbers) for name, each in balances.items()}
    lost = dict(still_lost)
    for guarantee in book.balances:
        names = guarantee.tranche.guarantees
        if guarantee.tranche.kind != "guarantee" or not names:
            continue
        losses = [lost[name] for name in names]
        covers = guarantee.tranche.covers
        called = total(losses)
        if covers is not None and covers != 1:
            called = book.numbers.part(called, covers)
        still = [still_lost[name] for name in names]
        called = book.numbers.least(called, guarantee.room)
        called = book.numbers.least(called, total(still))
        if book.numbers.is_nothing(called):
            continue
        guarantee.room = guarantee.room - called
        for name, part in zip(names, book.numbers.in_proportion(called, still), strict=True):
            book.add("guarantee", guarantee.account, balances[name].account, part, "guarantee")
            balances[name].principal = balances[name].principal - part
            still_lost[name] = still_lost[name] - part
