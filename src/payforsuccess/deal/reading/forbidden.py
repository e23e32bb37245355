"""The parts of YAML that a deal file may not use, and the sizes it may not pass, as problems."""

from __future__ import annotations

from typing import Final

from payforsuccess.errors import Place, Problem

MOST_NESTED: Final = 30
MOST_NODES: Final = 50_000
LONGEST_SCALAR: Final = 20_000
LONGEST_KEY: Final = 100

_IN_FULL = "Write the part out here in full, so that each clause can be read where it stands."
_NOT_DATA = "Check that this is the deal file and not a file of data."


def nothing(place: Place) -> Problem:
    """A file without a word in it."""
    return Problem(
        "There is nothing in this file.",
        "Begin with `format: 1`; the reference shows every key of each file, and `pfs new` starts "
        "a deal from a template.",
        place,
    )


def no_keys(place: Place, *, is_list: bool) -> Problem:
    """A file that is a list or a single value as a whole."""
    return Problem(
        f"The file is {'a list' if is_list else 'a single value'}, where keys with values belong.",
        "Begin each line at the left edge with a key and a colon, such as `format: 1`.",
        place,
    )


def second_document(place: Place) -> Problem:
    """A line `---` with more below it."""
    return Problem(
        "A second document begins here, after the line `---`.",
        "Keep one deal in one file: take the line `---` out, or move the rest to another file.",
        place,
    )


def alias(place: Place, name: str) -> Problem:
    """A part that stands for another, which could explode."""
    return Problem(f"`*{short(name)}` repeats another part of the file.", _IN_FULL, place)


def anchor(place: Place, name: str) -> Problem:
    """A name for a part, of use only to an alias."""
    return Problem(
        f"`&{short(name)}` gives this part of the file a name, to repeat it.",
        f"Take `&{short(name)}` out, and write the part out in full wherever it is needed.",
        place,
    )


def merge(place: Place) -> Problem:
    """The merge key."""
    return Problem("`<<` copies keys from another part of the file.", _IN_FULL, place)


def tag(place: Place, name: str) -> Problem:
    """A tag of any sort; some make other programs run code."""
    shown = short(name.replace("tag:yaml.org,2002:", "!!"))
    return Problem(
        f"`{shown}` tells a program what kind of value this is.",
        f"Take `{shown}` out: each key knows what kind of value it holds.",
        place,
    )


def not_a_word(place: Place) -> Problem:
    """A key that is itself a list or a mapping."""
    return Problem(
        "A key must be a single word or name; here a list or a set of keys stands before the "
        "colon.",
        "Write a name before the colon. If braces or brackets belong to a text, put the text in "
        "quotes.",
        place,
    )


def no_name(place: Place) -> Problem:
    """A colon with nothing before it."""
    return Problem("A key has no name here.", "Write a name before the colon.", place)


def twice(place: Place, key: str, first: int) -> Problem:
    """A key that is given again in the same mapping."""
    return Problem(
        f"`{short(key)}` is written twice, here and on line {first}.", "Keep one of the two.", place
    )


def long_key(place: Place, length: int) -> Problem:
    """A key that is too long to be one."""
    return Problem(
        f"This key is {length:,} characters long; {LONGEST_KEY} is the most.",
        "A key is a short name before a colon. If this is a text, put it in quotes.",
        place,
    )


def long_value(place: Place, length: int) -> Problem:
    """A text that is too long."""
    return Problem(
        f"This value is {length:,} characters long; {LONGEST_SCALAR:,} is the most.",
        "Shorten it. If it was not meant to be so long, look for a quote that is not closed.",
        place,
    )


def hidden(place: Place, name: str) -> Problem:
    """A character that a code in a quoted text stands for, and that cannot be seen."""
    return Problem(
        f"This value holds {name}, which nobody can see.",
        "Take the backslash and the code after it out of the quotes.",
        place,
    )


def too_many(place: Place) -> Problem:
    """More values than any deal has."""
    return Problem(
        f"The file holds more than {MOST_NODES:,} values. A deal file is far smaller.",
        _NOT_DATA,
        place,
    )


def too_deep(place: Place) -> Problem:
    """Brackets in brackets in brackets."""
    return Problem(
        f"Keys and lists lie more than {MOST_NESTED} deep here.",
        "Check the brackets and the indentation; no deal needs so many levels.",
        place,
    )


def short(text: str) -> str:
    """A word from the file, cut so that a sentence can hold it."""
    return text if len(text) <= 40 else f"{text[:39]}…"
