"""What the YAML parser says about a mistake, in plain words and with the line that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from payforsuccess.errors import Place, Problem


@dataclass(frozen=True)
class _Spot:
    """Where the parser stopped: the line's text and the column, and where the part began.

    began, began_column: the place at which the mapping, list or text began; began_line its text.
    """

    line: str
    number: int
    column: int
    began: int
    began_column: int
    began_line: str

    @property
    def before(self) -> str:
        """What stands on the line before the place."""
        return self.line[: self.column - 1]

    @property
    def found(self) -> str:
        """The character at the place."""
        return self.line[self.column - 1 : self.column]


def mistake(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """The parser's complaint as a Problem that an analyst can act on."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(_ODD, _LOOK, Place(file))
    lines = text.splitlines()
    number = min(mark.line + 1, max(len(lines), 1))
    line = lines[number - 1] if lines else ""
    column = mark.column + 1 if mark.line + 1 == number else len(line) + 1
    start = error.context_mark or mark
    began = min(start.line + 1, max(len(lines), 1))
    began_line = lines[began - 1] if lines else ""
    spot = _Spot(line, number, column, began, start.column + 1, began_line)
    said = f"{error.context or ''}: {error.problem or ''}"
    if "\t" in _indent(line):
        return Problem(
            "This line begins with a tab.",
            "Use spaces instead; most editors can replace every tab at once.",
            Place(file, number, 1),
        )
    if "\t" in line[:column]:
        return Problem(
            "There is a tab on this line.",
            "Use spaces instead; most editors can replace every tab at once.",
            Place(file, number, line.index("\t") + 1),
        )
    if "\u00a0" in line:
        return Problem(
            "This line holds a space that does not break, as copied from a web page or a letter.",
            "Type the spaces of this line again.",
            Place(file, number, line.index("\u00a0") + 1),
        )
    for pattern, told in _TOLD:
        if re.search(pattern, said):
            return told(spot, file)
    return Problem(_ODD, _LOOK, Place(file, number, column))


_ODD = "This line cannot be read as YAML."
_LOOK = "Check its indentation, its colon and its quotes, and those of the line above."


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _colon(spot: _Spot, file: str) -> Problem:
    place = Place(file, spot.number, spot.column)
    if re.search(r":\s", spot.before):
        return Problem(
            "There are two colons on this line, and the second cannot begin a new key.",
            'If it is part of a text, put the text in quotes: `says: "Phase 1: Denver"`.',
            place,
        )
    return Problem(
        "This key cannot begin here: the line above already holds a value, or has no colon.",
        "Begin the line exactly below the key it belongs with, and put a space after each colon.",
        place,
    )


def _key(spot: _Spot, file: str) -> Problem:
    place = Place(file, spot.number, spot.column)
    if spot.found in ("]", "}", ","):
        return _start(spot, file)
    if re.search(r"""["'\]}]\s*\S*\s*$""", spot.before):
        return Problem(
            "Something follows the end of a value that was already closed by a quote or bracket.",
            "Put the whole value inside the quotes, or take the rest away. A quote inside quotes "
            "is written twice: `'the county''s share'`.",
            place,
        )
    if spot.line.lstrip().startswith(":"):
        return Problem("A key has no name here.", "Write a name before the colon.", place)
    if spot.line.lstrip().startswith("- "):
        return Problem(
            "An item of a list begins here, among keys that are not a list.",
            "Indent the item below the key it belongs to, or write a key with a colon.",
            place,
        )
    return _misplaced(spot, file)


def _misplaced(spot: _Spot, file: str) -> Problem:
    return Problem(
        "This line is not indented like any line above that it could belong with.",
        "Begin it exactly below the key it belongs with; keys of one group share one column.",
        Place(file, spot.number, spot.column),
    )


def _list(spot: _Spot, file: str) -> Problem:
    if spot.column > spot.began_column:
        return _misplaced(spot, file)
    return Problem(
        "A list runs up to here, and this line is not an item of it.",
        "Begin it with `- ` if it is one more item; if not, begin it where its own key belongs.",
        Place(file, spot.number, spot.column),
    )


def _dash(spot: _Spot, file: str) -> Problem:
    return Problem(
        "An item of a list cannot begin here.",
        "Begin the list on the line after its key, each item with `- `; a text that begins with "
        "a dash goes in quotes.",
        Place(file, spot.number, spot.column),
    )


def _bracket(closing: str) -> Callable[[_Spot, str], Problem]:
    def told(spot: _Spot, file: str) -> Problem:
        if spot.began == spot.number:
            return Problem(
                f"Inside the brackets, a comma or the closing `{closing}` is missing before this.",
                f"Put commas between the items and close with `{closing}`. A text that holds a "
                "comma, a colon or a bracket goes in quotes.",
                Place(file, spot.number, spot.column),
            )
        return Problem(
            f"The bracket that opens here is not closed before line {spot.number}.",
            f"Close it with `{closing}`.",
            Place(file, spot.began, spot.began_column),
        )

    return told


def _unclosed(spot: _Spot, file: str) -> Problem:
    return Problem(
        "The quote that opens on this line is never closed.",
        "Close it with the same quote. If it is an apostrophe, put the whole text in double "
        "quotes.",
        Place(file, spot.began),
    )


def _no_colon(spot: _Spot, file: str) -> Problem:
    place = Place(file, spot.began, spot.began_column)
    glued = re.match(r"\s*(?:- )?([\w-]+):(?=\S)", spot.began_line)
    if glued:
        return Problem(
            "The space after the colon is missing.",
            f"Write `{glued[1]}: ` and then the value." if len(glued[1]) < 40 else "Add a space.",
            place,
        )
    return Problem(
        "This line has no colon.",
        "Write it as `key: value`, with a space after the colon; if it goes on with the text of "
        "the line above, indent it further than that line.",
        place,
    )


def _plainly(what: str, do: str) -> Callable[[_Spot, str], Problem]:
    def told(spot: _Spot, file: str) -> Problem:
        return Problem(what, do, Place(file, spot.number, spot.column))

    return told


def _start(spot: _Spot, file: str) -> Problem:
    found = spot.found
    if found and found in "]},":
        return Problem(
            f"There is a `{found}` too many here.",
            "Take it away.",
            Place(file, spot.number, spot.column),
        )
    if found and found in "@`%":
        return Problem(
            f"A value cannot begin with `{found}`.",
            "Put the value in quotes.",
            Place(file, spot.number, spot.column),
        )
    return Problem(_ODD, _LOOK, Place(file, spot.number, spot.column))


# In the words of libyaml and of the parser in Python, which differ; the first match counts.
_TOLD: tuple[tuple[str, Callable[[_Spot, str], Problem]], ...] = (
    (r"mapping values are not allowed", _colon),
    (r"sequence entries are not allowed", _dash),
    (r"flow sequence: ", _bracket("]")),
    (r"flow mapping: ", _bracket("}")),
    (r"block mapping: ", _key),
    (r"block collection: ", _list),
    (r"quoted scalar: found unexpected (end of stream|document)", _unclosed),
    (
        r"escape|hexadec?imal|hexdecimal",
        _plainly(
            "The backslash here begins a code that YAML does not know.",
            "Write the backslash twice, or use single quotes, in which it is an ordinary sign.",
        ),
    ),
    (
        r"block scalar: ",
        _plainly(
            "`|` and `>` begin a text on the lines below, and stand alone on their line.",
            "Move the text to the next line and indent it, or take the sign away.",
        ),
    ),
    (r"simple key: ", _no_colon),
    (
        r"tag",
        _plainly(
            "A value that begins with `!` tells a program what kind of value it is.",
            "Take the `!` and its word away, or put the value in quotes if it is a text.",
        ),
    ),
    (
        r"(an? alias|an? anchor): ",
        _plainly("A value cannot begin with `*` or `&`.", "Put the value in quotes."),
    ),
    (
        r"directive|incompatible YAML",
        _plainly(
            "A line that begins with `%` at the top speaks to the YAML program, not of the deal.",
            "Take the line away.",
        ),
    ),
    (r"cannot start any token", _start),
    (r"node: ", _start),
    (
        r"document start",
        lambda spot, file: (
            _start(spot, file)
            if spot.line[spot.column - 1 :].startswith(("]", "}", ","))
            else _misplaced(spot, file)
        ),
    ),
)
