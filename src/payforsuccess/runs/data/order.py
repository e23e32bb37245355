"""How an order to destroy records is named: by its kind and its number or day, and nothing else."""

from __future__ import annotations

import re

from payforsuccess.errors import Problem

_LISTED = """
act agreement amendment and annex appendix article case civil clause code contract court
data decree destruction docket expungement federal file government health in judgment law
letter licence license memorandum no number of on order page paragraph part penal plan
policy probate publication record records regulation request resolution retention rule
schedule sealing section state statute superior supreme the title under use welfare
"""
WORDS = frozenset(_LISTED.split())
"""The words that may stand in it: none is anyone's name."""
_NUMBER = re.compile(r"[A-Za-z]{0,4}-?[0-9][0-9A-Za-z./-]*(?:\([0-9a-z]{1,3}\))*")
_MOST_LETTERS = 6
_LONGEST = 100


def order_problem(order: str) -> Problem | None:
    """Why an order is not named plainly; None where it is.

    It stands for good in the certificate, and in what later commands say: a text of one's own
    could name people there, or be read as a formula by a spreadsheet. Plain are words of `WORDS`,
    with commas, and numbers, days or case numbers, at least one.
    """
    tokens = [token.rstrip(",;") for token in order.split()]
    numbers = [token for token in tokens if _is_number(token)]
    is_plain = all(token.casefold() in WORDS or _is_number(token) for token in tokens)
    if numbers and is_plain and order.isprintable() and len(order) <= _LONGEST:
        return None
    return Problem(
        "The order is not named by its kind and its number or day alone.",
        "Write it like one of these, without names of people: agreement of 2025-01-01, clause 9; "
        "sealing order 12; court order BC-2024/117; Penal Code 851.91.",
    )


def _is_number(token: str) -> bool:
    letters = sum(character.isalpha() for character in token)
    return bool(_NUMBER.fullmatch(token)) and letters <= _MOST_LETTERS
