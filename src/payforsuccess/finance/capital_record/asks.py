"""What a record of capital asks for: the bank's word, notices of default, votes, tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.capital_record import CapitalRecord, LenderVote
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.capital_record.followed import Followed, follow
from payforsuccess.units import to_minor


@dataclass(frozen=True)
class Reconciled:
    """The book's cash against the bank's on a day; `lacking` are accounts without a balance."""

    on: date
    book: int
    bank: int
    lacking: tuple[str, ...]

    @property
    def difference(self) -> int:
        """Bank less book: 0 where they agree."""
        return self.bank - self.book


@dataclass(frozen=True)
class Overdue:
    """A statement of which something is unpaid after its due day, in minor units."""

    number: int
    due_on: date
    unpaid: int


@dataclass(frozen=True)
class NoticeDue:
    """A default of which notice is to be given; `given_on` where it was."""

    about: str
    to: str
    since: date
    amount: int
    given_on: date | None


@dataclass(frozen=True)
class VoteCount:
    """A matter put to the lenders: principal by vote, in minor units, and whether it carries."""

    matter: str
    on: date
    yes: int
    no: int
    others: int
    carries: bool


@dataclass(frozen=True)
class Reuse:
    """Money that was used again in place of going back: whose it was, and for what.

    `of` is empty where it was no tranche's principal; `to` where it stays with the project.
    """

    on: date
    of: str
    to: str
    says: str
    amount: int


def reused(deal: Deal, record: CapitalRecord, *, as_of: date) -> tuple[Reuse, ...]:
    """Everything that was recycled by a day, in order."""
    found = [
        Reuse(
            each.on,
            each.tranche or "",
            each.to or "",
            each.says or "",
            to_minor(each.amount, deal.currency),
        )
        for each in record.distributions
        if each.kind == "recycle" and each.on <= as_of
    ]
    return tuple(sorted(found, key=lambda each: each.on))


def reconciled(deal: Deal, record: CapitalRecord, *, as_of: date) -> tuple[Reconciled, ...]:
    """The book held against the bank on each day of which the bank's word is on record.

    Cash of the project and of all pools is one sum in the book, and so are the project's accounts.
    """
    accounts = [account.name for account in record.accounts if account.holds == "project"]
    days = sorted({b.on for b in record.bank if b.on <= as_of and b.account in accounts})
    found = []
    for day in days:
        bank = {b.account: to_minor(b.balance, deal.currency) for b in record.bank if b.on == day}
        lacking = tuple(name for name in accounts if name not in bank)
        total = sum(amount for name, amount in bank.items() if name in accounts)
        book = follow(deal, record, as_of=day).held
        found.append(Reconciled(day, book, total, lacking))
    return tuple(found)


def notices_due(
    deal: Deal, record: CapitalRecord, overdue: Sequence[Overdue], *, as_of: date
) -> tuple[NoticeDue, ...]:
    """Calls that were not paid in by their day, then statements unpaid after theirs."""
    return (*_calls(deal, record, as_of), *_statements(deal, record, overdue, as_of))


def _calls(deal: Deal, record: CapitalRecord, as_of: date) -> Iterator[NoticeDue]:
    parties = {tranche.name: tranche.party for tranche in deal.capital}
    for call in record.calls:
        came = call.came(as_of)
        if call.due_on < as_of and came < call.amount and not call.is_refused(as_of):
            missing = to_minor(call.amount - came, deal.currency)
            about = f"call {call.name}"
            given = _given(record, (call.name, about), as_of)
            yield NoticeDue(about, parties[call.tranche], call.due_on, missing, given)


def _statements(
    deal: Deal, record: CapitalRecord, overdue: Sequence[Overdue], as_of: date
) -> Iterator[NoticeDue]:
    payors = ", ".join(payor.party for payor in deal.payors)
    for each in overdue:
        if each.due_on < as_of and each.unpaid > 0:
            about = f"statement {each.number}"
            given = _given(record, (about,), as_of)
            yield NoticeDue(about, payors, each.due_on, each.unpaid, given)


def _given(record: CapitalRecord, about: Sequence[str], as_of: date) -> date | None:
    return min((n.on for n in record.notices if n.about in about and n.on <= as_of), default=None)


def votes_counted(deal: Deal, record: CapitalRecord, *, as_of: date) -> tuple[VoteCount, ...]:
    """Each matter put to the lenders by the day, counted by the principal owed on its own day."""
    return tuple(_count(deal, record, vote) for vote in record.votes if vote.on <= as_of)


def _count(deal: Deal, record: CapitalRecord, vote: LenderVote) -> VoteCount:
    followed: Followed = follow(deal, record, as_of=vote.on)
    owed = {b.tranche.name: int(b.principal) for b in followed.book.balances}
    cast = {ballot.tranche: ballot.vote for ballot in vote.ballots}
    yes = sum(owed[name] for name, each in cast.items() if each == "yes")
    no = sum(owed[name] for name, each in cast.items() if each == "no")
    total = sum(owed.values())
    needed = vote.needs * total
    carries = bool(total) and (yes > needed if vote.more_than else yes >= needed)
    return VoteCount(vote.matter, vote.on, yes, no, total - yes - no, carries)
