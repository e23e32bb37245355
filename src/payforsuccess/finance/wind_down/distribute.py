"""Money held and the sum due go down the deal's own waterfall, for the last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from payforsuccess.deal.capital import OWED_BACK, WaterfallStep
from payforsuccess.finance.capital_record import Followed
from payforsuccess.finance.moves import PROJECT, Flows, Move, party, tranche
from payforsuccess.finance.waterfall.arrive import arrive, funded_by
from payforsuccess.finance.waterfall.balances import Balance
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.needs import Needs
from payforsuccess.finance.waterfall.order import steps_of
from payforsuccess.finance.waterfall.owed import pay_owed
from payforsuccess.finance.waterfall.plan import Plan, PlannedStep
from payforsuccess.finance.waterfall.project import call_guarantees, give_back_unspent
from payforsuccess.finance.waterfall.steps import pay_out
from payforsuccess.finance.wind_down.due import SumDue
from payforsuccess.units import split_by_largest_remainder

POOL = "pool:termination"
NOT_MADE_WHOLE = ("deferred-fee", "provider-equity", "recyclable-grant")


@dataclass(frozen=True)
class Distributed:
    """The moves of the last day, in order, and the book after them.

    `left` is what nobody is named for; `unfunded` is what was due and passed the payors' ceilings.
    """

    moves: tuple[Move, ...]
    book: Book
    left: int
    unfunded: int

    def paid_to(self, name: str, *kinds: str) -> int:
        """What a tranche gets on the day, as some kinds or as any."""
        return sum(
            int(move.amount)
            for move in self.moves
            if move.target == tranche(name) and (not kinds or move.kind in kinds)
        )


def investors_unpaid(book: Book) -> Mapping[str, Balance]:
    """The tranches that an ending can make whole and that are still owed something."""
    return {
        each.tranche.name: each
        for each in book.balances
        if each.tranche.kind in OWED_BACK
        and each.tranche.kind not in NOT_MADE_WHOLE
        and not each.tranche.recyclable
        and each.principal + each.interest > 0
    }


def distribute(
    followed: Followed, due: SumDue, *, by_term: Mapping[str, int], calls_guarantees: bool = True
) -> Distributed:
    """Pay out all that is held and due.

    Capital drawn and not used goes back first, in proportion to what each tranche has out. Then
    the steps pay out what is in the pools, what was earned (`by_term`), and what is due under no
    term, which every step may use. What makes investors whole goes to them alone, in the order of
    the steps; then the premium, by their principal. At last guarantees are called. What winding up
    costs goes to the provider.
    """
    book = deepcopy(followed.book)
    book.moves = []
    book.plan = _with_pool(book.plan)
    book.pools, book.held = [*book.pools, 0], [*book.held, 0]
    for balance in book.balances:
        balance.accrue(followed.as_of, book.numbers)
    give_back_unspent(book, Needs((), (), (), (followed.spent,)))
    deal, credit = book.plan.deal, int(book.credit)
    payors = {party(payor.party) for payor in deal.payors}
    terms = [(deal.term(name), amount) for name, amount in by_term.items() if amount]
    arrive(book, terms)
    _into(book, due.amount("early", "stated-sum"), why="termination")
    pay_out(book, followed.met, is_last=True)
    principal = {name: int(each.principal) for name, each in investors_unpaid(book).items()}
    _make_whole(book, due.amount("make-whole"))
    _premium(book, due.amount("premium"), principal)
    _wind_up(book, due.amount("wind-up"))
    came = sum(int(move.amount) for move in book.moves if move.source in payors)
    if calls_guarantees:
        call_guarantees(book)
    netted = credit - int(book.credit)
    left = int(book.cash) + sum(int(each) for each in book.pools)
    return Distributed(tuple(book.moves), book, left, max(due.total - came - netted, 0))


def closes(before: Followed, after: Distributed) -> bool:
    """Whether what was held and what came in is what went out and what is left."""
    flows = Flows(after.moves)
    accounts = {PROJECT, *after.book.plan.pools}
    net: int = sum(flows.balance(account) for account in accounts)
    return before.held + net == after.left


def _with_pool(plan: Plan) -> Plan:
    """The plan with one more pool, of money that belongs to no payment term."""
    new = len(plan.pools)
    everyone = tuple((payor, payor.share) for payor in plan.deal.payors)
    return replace(
        plan,
        pools=(*plan.pools, POOL),
        steps=tuple(_open_to(step, new) for step in plan.steps),
        payors={**plan.payors, POOL: everyone},
    )


def _open_to(step: PlannedStep, pool: int) -> PlannedStep:
    everyone = tuple(dict.fromkeys(place for each in step.tranches.values() for place in each))
    return replace(step, pools=(*step.pools, pool), tranches={**step.tranches, pool: everyone})


def _into(book: Book, amount: int, *, why: str) -> None:
    """The payors pay into the pool of the ending, by their shares."""
    for payor, part in _shares(book, amount):
        book.add("success-payment", party(payor), POOL, part, why)
        book.pools[-1] += part


def _shares(book: Book, amount: int) -> Iterator[tuple[str, int]]:
    """Each payor's part of an amount, within its own ceiling."""
    if amount:
        yield from ((name, int(part)) for name, part in funded_by(book, POOL, amount) if part)


def _make_whole(book: Book, amount: int) -> None:
    """What makes investors whole, in the order in which the steps repay them."""
    wanting = investors_unpaid(book)
    if not amount or not wanting:
        return
    before = [*book.pools]
    book.pools = [0] * len(before)
    book.held = [0] * len(before)
    _into(book, amount, why="make-whole")
    places = {each.tranche.name: at for at, each in enumerate(book.balances)}
    steps = [step for step in steps_of(book.plan.deal) if step.pays in ("interest", "principal")]
    for pays in ("interest", "principal"):
        rest = [name for name in wanting if not any(_pays(s, pays, name) for s in steps)]
        steps += [WaterfallStep(pays=pays, to=(name,)) for name in rest]
    planned = []
    for step in steps:
        names = tuple(places[name] for name in step.to if name in wanting)
        if names:
            pool = len(before) - 1
            one = PlannedStep(step, "make-whole", (pool,), {pool: names}, (), (), None, 0)
            planned.append(one)
    plan = book.plan
    book.plan = replace(plan, steps=tuple(planned))
    for number in range(len(planned)):
        pay_owed(book, number, True)
    book.plan = plan
    book.pools = [was + now for was, now in zip(before, book.pools, strict=True)]


def _pays(step: WaterfallStep, pays: str, name: str) -> bool:
    return step.pays == pays and name in step.to


def _premium(book: Book, amount: int, principal: Mapping[str, int]) -> None:
    if not amount or not any(principal.values()):
        return
    for payor, part in _shares(book, amount):
        shared = split_by_largest_remainder(part, list(principal.values()))
        for name, each in zip(principal, shared, strict=True):
            book.add("return", party(payor), tranche(name), each, "premium")


def _wind_up(book: Book, amount: int) -> None:
    providers = [each.name for each in book.plan.deal.parties if "provider" in each.roles]
    if providers:
        for payor, part in _shares(book, amount):
            book.add("cost", party(payor), party(providers[0]), part, "winding up")
