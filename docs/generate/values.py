"""What a key of the deal file takes, in words a reader knows."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator

from pydantic import BaseModel

from payforsuccess.deal import fields

Link = Callable[[type[BaseModel]], str]

# The types of single values, most of them told apart by what reads them.
WORDS = {
    "Amount": "amount of money",
    "CountedDay": "day",
    "Currency": "currency",
    "Day": "day",
    "DaysFromOne": "number of days, 1 or more",
    "Exact": "number",
    "ExactAboveZero": "number above 0",
    "ExactFromZero": "number, 0 or more",
    "Fingerprint": "fingerprint",
    "Flag": "`true` or `false`",
    "Length": "length of time",
    "Name": "name",
    "Rate": "rate",
    "Share": "share",
    "SignedAmount": "amount of money of any sign",
    "Text": "text",
    "Whole": "whole number",
    "WholeFromOne": "whole number, 1 or more",
    "WholeFromZero": "whole number, 0 or more",
    "YearlyDay": "day of the year",
}


def takes(hint: object, link: Link) -> str:
    """What values of this type look like in a deal file; `link` makes a link to a model."""
    for name, words in WORDS.items():
        if hint == getattr(fields, name):
            return words
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return takes(inner[0], link)
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (typing.Union, types.UnionType):
        kinds = dict.fromkeys(takes(part, link) for part in inner if part is not type(None))
        return " or ".join(kinds)
    if origin is tuple:
        return f"list of {takes(inner[0], link)}"
    if origin is dict:
        return f"names, each with {takes(inner[1], link)}"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return link(hint)
    raise TypeError(f"the reference has no words for {hint}")


def models_in(hint: object) -> Iterator[type[BaseModel]]:
    """Every model that a type speaks of."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for part in typing.get_args(hint):
        yield from models_in(part)
