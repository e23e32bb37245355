"""The book of a waterfall brought to a day by what is on record, in whole minor units.

Balances and interest are those of the engine that looks ahead; only the moves are facts. On each
day on which something was paid out the deal's own order is asked too, and where the record differs
from it, the difference is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.capital_record import CapitalRecord, Distribution
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import PROJECT, Move, party, tranche
from payforsuccess.finance.waterfall.arithmetic import Exact
from payforsuccess.finance.waterfall.balances import Balance
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.plan import plan_of
from payforsuccess.finance.waterfall.steps import pay_out
from payforsuccess.units import money_text, to_minor

PRINCIPAL = ("principal", "deferred-fee", "recycle")
"""What a distribution takes off principal as."""


@dataclass(frozen=True)
class Difference:
    """What the deal's order pays somebody on a day, and what the record says was paid."""

    on: date
    kind: str
    account: str
    by_the_deal: int
    recorded: int


@dataclass(frozen=True)
class Followed:
    """The book at the end of a day.

    `cash` is what the project's account and all pools hold at the end of each day on which money
    moved. `met` says of each trigger of the deal whether it was tested by then and met.
    `differences` are told for days with distributions. `overdrawn` are days on which more was paid
    out than was there. `spent` is all that costs took.
    """

    deal: Deal
    as_of: date
    book: Book
    met: Mapping[str, bool]
    cash: Mapping[date, int]
    differences: tuple[Difference, ...]
    overdrawn: tuple[date, ...]
    spent: int

    def balance(self, name: str) -> Balance:
        """The state of a tranche."""
        return next(each for each in self.book.balances if each.tranche.name == name)

    def drawn(self, name: str) -> int:
        """What came from a tranche, or was put off as a deferred fee."""
        at = [each.tranche.name for each in self.book.balances].index(name)
        return self.book.plan.amounts[at] - int(self.book.balances[at].room)

    def paid_to(self, name: str, *kinds: str) -> int:
        """What a tranche was paid, as some kinds or as any."""
        return sum(
            int(move.amount)
            for move in self.book.moves
            if move.target == tranche(name) and (not kinds or move.kind in kinds)
        )

    def recycled(self, name: str) -> int:
        """What of a tranche's principal was used again in place of going back."""
        return sum(
            int(move.amount)
            for move in self.book.moves
            if move.kind == "recycle" and move.of == name
        )

    def held_on(self, day: date) -> int:
        """Cash of the project and all pools at the end of a day."""
        days = [each for each in self.cash if each <= day]
        return self.cash[max(days)] if days else 0

    @property
    def held(self) -> int:
        """Cash of the project and all pools."""
        return self.held_on(self.as_of)


def follow(deal: Deal, record: CapitalRecord, *, as_of: date) -> Followed:
    """The book at the end of `as_of`; what is recorded of later days is left out.

    On each day draws come first, then costs, success payments, and what is paid out. Interest is
    counted up to the day. Refuses a record by which a tranche was paid what it was not owed then:
    more principal than it had out, or more interest than had run, but for how banks round.
    """
    return _Follower(deal, record, as_of).followed()


class _Follower:
    """One reading of a record."""

    def __init__(self, deal: Deal, record: CapitalRecord, as_of: date) -> None:
        self._deal, self._record, self._as_of = deal, record, as_of
        self._paid_out = {each.on for each in record.distributions} | set(record.payment_dates)
        days = {each.on for call in record.calls for each in call.received} | self._paid_out
        days |= {each.on for each in (*record.disbursements, *record.put_off, *record.payments)}
        past = tuple(sorted({day for day in days if day <= as_of} | {as_of}))
        paid_on = tuple(day for day in past if day in self._paid_out)
        calendar = CashCalendar(deal.schedule.all(), paid_on, past)
        self._book = Book(plan_of(deal, merges_pools=False), calendar, Exact())
        self._met = {trigger.name: False for trigger in deal.triggers}
        self._met |= {test.trigger: test.met for test in record.tests if test.on <= as_of}
        self._differences: list[Difference] = []
        self._overdrawn: list[date] = []
        self._spent = 0
        self._problems: list[Problem] = []

    def followed(self) -> Followed:
        """The book, day by day."""
        book, cash = self._book, {}
        for at, day in enumerate(book.calendar.days):
            book.at = at
            self._comes_and_goes(day)
            if day in self._paid_out:
                self._pays_out(day)
            cash[day] = int(book.cash) + sum(int(each) for each in book.pools)
            if book.cash < 0 or any(each < 0 for each in book.pools):
                self._overdrawn.append(day)
        for balance in book.balances:
            balance.accrue(self._as_of, book.numbers)
        if self._problems:
            raise Refusal(self._problems)
        return Followed(
            self._deal,
            self._as_of,
            book,
            self._met,
            cash,
            tuple(self._differences),
            tuple(self._overdrawn),
            self._spent,
        )

    def _minor(self, amount: Fraction) -> int:
        return to_minor(amount, self._deal.currency)

    def _comes_and_goes(self, day: date) -> None:
        book, record = self._book, self._record
        places = {each.name: at for at, each in enumerate(self._deal.capital)}
        for call in record.calls:
            for came in call.received:
                if came.on == day:
                    book.draw(places[call.tranche], self._minor(came.amount))
                    book.put_in(self._minor(came.amount))
        for later in record.put_off:
            if later.on == day:
                amount = self._minor(later.amount)
                account = tranche(later.tranche)
                move = Move(book.at, "deferred-cost", account, PROJECT, amount, later.tranche)
                book.put_off(move)
        for cost in record.disbursements:
            if cost.on == day:
                amount = self._minor(cost.amount)
                book.add("cost", PROJECT, party(cost.to), amount, cost.says or "")
                book.take_out(amount)
                self._spent += amount
        for payment in record.payments:
            if payment.on == day:
                amount, pool = self._minor(payment.amount), book.plan.pool_of[payment.term]
                source, target = party(payment.from_), book.plan.pools[pool]
                book.add("success-payment", source, target, amount, payment.term)
                book.pools[pool] += amount
                book.stated[payment.from_] = book.stated.get(payment.from_, 0) + amount
                book.overpayable += amount

    def _pays_out(self, day: date) -> None:
        book = self._book
        recorded = [
            (at, each) for at, each in enumerate(self._record.distributions) if each.on == day
        ]
        asked = deepcopy(book)
        asked.moves = []
        pay_out(asked, self._met, is_last=False)
        for balance in book.balances:
            balance.accrue(day, book.numbers)
        before = len(book.moves)
        for at, each in recorded:
            self._refuse_what_is_not_owed(at, each)
            self._pay(each)
        for balance in book.balances:
            balance.close_date()
        made, due = _by_target(book.moves[before:]), _by_target(asked.moves)
        for kind, account in dict.fromkeys((*due, *made)):
            key = kind, account
            if made[key] != due[key]:
                self._differences.append(Difference(day, kind, account, due[key], made[key]))

    def _refuse_what_is_not_owed(self, at: int, paid: Distribution) -> None:
        if paid.tranche is None or paid.kind not in (*PRINCIPAL, "interest"):
            return
        balance = next(b for b in self._book.balances if b.tranche.name == paid.tranche)
        of = "interest" if paid.kind == "interest" else "principal"
        left = int(balance.interest if of == "interest" else balance.principal)
        # A bank may round interest in its own way; the book then goes on from what it was paid.
        slack = self._minor(Fraction(1)) if of == "interest" and balance.tranche.rate else 0
        if self._minor(paid.amount) <= left + slack:
            return
        currency = self._deal.currency
        self._problems.append(
            Problem(
                f"On {paid.on} `{paid.tranche}` is paid "
                f"{money_text(self._minor(paid.amount), currency)} as {paid.kind}, and is owed "
                f"{money_text(max(left, 0), currency)} of {of} by then.",
                "Correct the amount, the day or the kind, or record the draw that is missing.",
                self._record.place_of("distributions", at, "amount"),
            )
        )

    def _pay(self, paid: Distribution) -> None:
        """Take a recorded distribution out of the pools that may pay it, then out of cash."""
        book, amount = self._book, self._minor(paid.amount)
        account, of = self._target(paid)
        only: tuple[str, ...] = ()
        if paid.tranche is not None:
            balance = next(b for b in book.balances if b.tranche.name == paid.tranche)
            only = balance.tranche.repaid_from
            if paid.kind == "interest":
                balance.interest -= amount
            elif paid.kind in PRINCIPAL:
                balance.principal -= amount
        rest = amount
        for term, pool in book.plan.pool_of.items():
            if only and term not in only:
                continue
            part = min(rest, max(int(book.pools[pool]), 0))
            book.add(paid.kind, book.plan.pools[pool], account, part, "on record", of)
            book.pools[pool] -= part
            rest -= part
            if account == PROJECT:
                book.put_in(part)
        book.add(paid.kind, PROJECT, account, rest, "on record", of)
        if account != PROJECT:
            book.take_out(rest)

    @staticmethod
    def _target(paid: Distribution) -> tuple[str, str]:
        """The account it goes to, and the tranche whose principal is recycled by it.

        What is recycled without another use stays with the project.
        """
        if paid.kind == "recycle":
            return (PROJECT if paid.to is None else party(paid.to)), paid.tranche or ""
        return (tranche(paid.tranche) if paid.tranche is not None else party(paid.to or "")), ""


def _by_target(moves: list[Move]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for move in moves:
        if move.kind == "recycle":  # wherever it is used: what counts is whose money it was
            found[move.kind, tranche(move.of) if move.of else PROJECT] += int(move.amount)
        elif move.target != PROJECT:
            found[move.kind, move.target] += int(move.amount)
    return found
