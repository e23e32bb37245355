"""Put on record how a trigger was tested, and that notice of a default was given."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from payforsuccess.deal.capital_record import NoticeGiven, TriggerTest
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.finance.capital_record.asks import notices_due
from payforsuccess.finance.capital_record.noting import why_not_given, why_not_tested
from payforsuccess.runs.finance.capital import overdue_statements
from payforsuccess.runs.finance.open_books import made, open_books
from payforsuccess.runs.folder import DealPath


def note_test(
    path: DealPath,
    trigger: str,
    *,
    met: bool,
    party: str,
    on: date,
    today: date,
    value: Fraction | None = None,
) -> TriggerTest:
    """Put on record whether a trigger of the deal was met; what follows is the deal's.

    party: who tested it. value: what was found, which must agree with `met`. Refuses a trigger that
    was tested, a day before the deal's, and one after `today`.
    """
    with open_books(path) as books:
        test = made(TriggerTest, trigger=trigger, on=on, met=met, by=party, value=value)
        problems = why_not_tested(books.deal, books.record, test, today=today)
        if problems:
            raise Refusal(problems)
        books.add(("tests",), test)
        return test


def give_notice(
    path: DealPath, about: str, *, by: str, to: str, says: str, on: date, today: date
) -> NoticeGiven:
    """Put on record that one party gave another notice of a default that is open.

    about: `call NAME` or `statement N`, as `pfs capital` lists it. Refuses what is no default on
    the day, one of which notice was given, and a notice to another than who is late.
    """
    with open_books(path) as books:
        if not by.strip():
            raise Refusal(
                Problem(sentence("Nobody is named as giving notice."), sentence("Name the party."))
            )
        overdue = overdue_statements(books.folder, today)
        due = notices_due(books.deal, books.record, overdue, as_of=today)
        notice = made(NoticeGiven, about=about, on=on, by=by, to=to, says=says.strip() or None)
        problems = why_not_given(books.record, due, notice, today=today)
        if problems:
            raise Refusal(problems)
        books.add(("notices",), notice)
        return notice
