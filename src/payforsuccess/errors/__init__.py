"""What people are told when input cannot be used: problems, findings, and the exit codes.

A `Problem` is a value, never an exception to be caught one by one: gather them all, show them
together. `Refusal` carries gathered problems up to the edge, where the command line prints them.
"""

from __future__ import annotations

from payforsuccess.errors.problem import (
    EXIT_BUG,
    EXIT_FINE,
    EXIT_PROBLEMS,
    EXIT_USAGE,
    Finding,
    Place,
    Problem,
    Proved,
    Refusal,
)
from payforsuccess.errors.sentence import (
    Sentence,
    in_a_row,
    listed,
    plain_of,
    sentence,
    text_of,
    with_and,
)

__all__ = [
    "EXIT_BUG",
    "EXIT_FINE",
    "EXIT_PROBLEMS",
    "EXIT_USAGE",
    "Finding",
    "Place",
    "Problem",
    "Proved",
    "Refusal",
    "Sentence",
    "in_a_row",
    "listed",
    "plain_of",
    "sentence",
    "text_of",
    "with_and",
]
