"""Put a matter to the lenders, and count each one's vote by the principal it is owed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.capital_record import Ballot, LenderVote
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.finance.capital_record.asks import VoteCount, votes_counted
from payforsuccess.finance.capital_record.noting import why_no_ballot, why_not_put
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.finance.open_books import Books, made, open_books
from payforsuccess.runs.folder import DealPath, open_folder


def put_to_lenders(
    path: DealPath, matter: str, *, needs: Fraction, more_than: bool, on: date, today: date
) -> VoteCount:
    """Put a matter on record on which the lenders vote; nobody has voted on it yet.

    needs: the share of all principal owed on the day that must vote yes, or more than it. Refuses
    a matter that was put on the same day, and a day after `today`.
    """
    with open_books(path) as books:
        if not matter.strip():
            raise Refusal(
                Problem(
                    sentence("Nothing says what is decided."), sentence("Write it in a sentence.")
                )
            )
        vote = made(LenderVote, matter=matter, on=on, needs=needs, more_than=more_than, ballots=())
        problems = why_not_put(books.record, vote, today=today)
        if problems:
            raise Refusal(problems)
        return _count(books.add(("votes",), vote, tall=True), len(books.record.votes))


def cast_ballot(
    path: DealPath,
    number: int,
    *,
    tranche: str,
    vote: Literal["yes", "no", "abstains"],
    party: str,
    by: str,
) -> VoteCount:
    """Put on record how a lender votes on a matter, counted from 1 in the order of the file.

    by: the person who votes for the party. Refuses a tranche of another party, and a second vote.
    """
    with open_books(path) as books:
        at = number - 1
        problems = why_no_ballot(books.deal, books.record, at, tranche=tranche, by=party)
        if not by.strip():
            problems = (
                *problems,
                Problem(sentence("Nobody is named as voting."), sentence("Name the person.")),
            )
        if problems:
            raise Refusal(problems)
        ballot = made(Ballot, tranche=tranche, vote=vote, person=by)
        return _count(books.add(("votes", at, "ballots"), ballot), at)


def number_of_matter(path: DealPath, count: VoteCount) -> int:
    """The number under which lenders vote on a matter: from 1, in the order of the file."""
    folder = open_folder(path)
    record, _ = capital_record_of(folder, folder.history().latest, needed=True)
    return 1 + [(each.matter, each.on) for each in record.votes].index((count.matter, count.on))


def _count(books: Books, at: int) -> VoteCount:
    vote = books.record.votes[at]
    counted = votes_counted(books.deal, books.record, as_of=vote.on)
    earlier = sum(each.on <= vote.on for each in books.record.votes[:at])
    return counted[earlier]
