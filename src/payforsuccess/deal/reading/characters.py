"""Bytes to text: UTF-8 only, and no character that a reader of the file cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from payforsuccess.errors import Place, Problem

MOST_BYTES = 2_000_000
"""A longer file is refused unread; whoever opens one need read no more than one byte beyond."""

_MOST_SHOWN = 20

# Control characters, hidden line breaks, lone surrogates, marks of no width, and marks that turn
# the direction of text round so that a line reads otherwise than it is (CVE-2021-42574).
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_NAMES = {
    "\x00": "a NUL character",
    "\x0b": "a vertical tab",
    "\x0c": "a form feed",
    "\x1b": "an escape character",
    "\x85": "a hidden line break",
    "\u2028": "a hidden line break",
    "\u2029": "a hidden line break",
    "\u200b": "a space of no width",
    "\u2060": "a joiner of no width",
    "\ufeff": "a byte order mark in the middle of the file",
}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def decoded(data: bytes | str, file: str) -> str | tuple[Problem, ...]:
    """The text of a file, without its byte order mark, or what stops it from being read."""
    if len(data) > MOST_BYTES:
        return (_too_long(file),)
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return (_not_utf8(data, error.start, file),)
    else:
        text = data
        if len(text) > MOST_BYTES // 4 and _size(text) > MOST_BYTES:
            return (_too_long(file),)
    text = text.removeprefix("\ufeff")
    return tuple(_hidden_in(text, file)) or text


def hidden_name(text: str) -> str:
    """What the first character in `text` that cannot be seen is called, or nothing."""
    found = _HIDDEN.search(text)
    return _name(found[0]) if found else ""


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _too_long(file: str) -> Problem:
    return Problem(
        f"The file is longer than {MOST_BYTES // 1_000_000} MB. A deal file is far smaller.",
        "Check that this is the deal file and not a file of data.",
        Place(file),
    )


def _not_utf8(data: bytes, at: int, file: str) -> Problem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(
            "The file is saved as UTF-16.",
            "Save it again as UTF-8 (in most editors: Save as, encoding UTF-8).",
            Place(file, 1, 1),
        )
    line = data.count(b"\n", 0, at) + 1
    begins = data.rfind(b"\n", 0, at) + 1
    column = len(data[begins:at].decode("utf-8", "replace")) + 1
    return Problem(
        f"Character {column} of this line is not UTF-8 text. It is often a curly quote, a dash or "
        "an accented letter from an older program.",
        "Type the character again, or save the whole file as UTF-8.",
        Place(file, line, column),
    )


def _hidden_in(text: str, file: str) -> Iterator[Problem]:
    """The first such character of each line, for the first twenty lines that have one."""
    line, counted, start = 1, 0, 0
    for _ in range(_MOST_SHOWN):
        found = _HIDDEN.search(text, start)
        if found is None:
            return
        line += text.count("\n", counted, found.start())
        counted = found.start()
        column = found.start() - text.rfind("\n", 0, found.start())
        yield Problem(
            f"Character {column} of this line is {_name(found[0])}, which nobody can see.",
            "Delete it, or type the line again.",
            Place(file, line, column),
        )
        start = text.find("\n", found.end())
        if start < 0:
            return


def _name(character: str) -> str:
    if character in _TURNING:
        return "a mark that reverses the direction of text"
    return _NAMES.get(character, f"a control character (U+{ord(character):04X})")
