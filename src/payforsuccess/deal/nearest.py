"""The known word that a mistyped one most likely meant, and lists of words for sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from payforsuccess.errors import Place, Problem

_LONGEST = 60


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word closest to `word`, or nothing when none is close."""
    by_bare = {_bare(other): other for other in reversed(list(known))}
    bare = _bare(word[:_LONGEST])
    if bare in by_bare:
        return by_bare[bare]
    found = get_close_matches(bare, list(by_bare), n=1, cutoff=0.65)
    return by_bare[found[0]] if found else ""


def ticked(words: Iterable[str], last: str = "or") -> str:
    """`` `a`, `b` or `c` ``, for the middle of a sentence."""
    marked = [f"`{word}`" for word in words]
    if len(marked) < 2:
        return "".join(marked)
    return f"{', '.join(marked[:-1])} {last} {marked[-1]}"


def a(word: str) -> str:
    """The word with its article."""
    return f"{'an' if word.startswith(('a', 'e', 'i', 'o')) else 'a'} {word}"


def shown(text: str, *, most: int = 40) -> str:
    """A found value in quotes, on one line, shortened when it is long."""
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= most else f"“{text[: most - 1]}…”"


def words_in(expected: str) -> list[str]:
    """The words out of `'a', 'b' or 'c'`, as pydantic lists them."""
    return re.findall(r"'([^']*)'", expected)


def _bare(word: str) -> str:
    """Without what is easily mistaken: capitals, hyphens, underscores, and spaces."""
    return word.lower().replace("-", "").replace("_", "").replace(" ", "")


def no_such(name: str, kind: str, known: Iterable[str], where: Place) -> Problem:
    """The problem of a name that names nothing, with the nearest name that does."""
    there = sorted(known)
    close = nearest(name, there)
    if close:
        do = f"Did you mean `{close}`?"
    elif there:
        do = f"Write one of: {ticked(there)}."
    else:
        do = f"The deal has no {kind} at all: add it, or take the name away."
    return Problem(f"`{name}` is not the name of {a(kind)} of this deal.", do, where)
