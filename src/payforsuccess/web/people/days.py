"""What every recorded day must be: not ahead, and in its order."""

from __future__ import annotations

from datetime import date

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access


def refuse_before(first: date, on: date, what: str) -> None:
    """Refusal of a day before the one on which something else happened."""
    if on < first:
        raise Refusal(
            Problem(
                sentence("The day is before the person {what}.", what=what),
                sentence("Write {first} or a later day, or correct the earlier one.", first=first),
            )
        )


def refuse_ahead(by: Access, on: date) -> None:
    """Refusal of a day that has not come."""
    if on > by.on:
        raise Refusal(
            Problem(
                sentence("The day has not come yet."),
                sentence("Write {on} or an earlier day.", on=by.on),
            )
        )
