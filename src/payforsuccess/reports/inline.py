"""What can stand inside a line of text: plain, strong and exact words, links, note marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

# A target is an anchor of this document, a web or mail address, or a path beside the document.
# Anything else with a scheme (script, data, file) is refused: a reader's click must be harmless.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE_SCHEMES = ("https:", "http:", "mailto:")
ANCHOR = re.compile(r"[a-z][a-z0-9-]*")


def required(text: str, what: str) -> None:
    """Refuse (ValueError) a text that is empty or only spaces."""
    if not text.strip():
        raise ValueError(f"{what} must say something")


@dataclass(frozen=True)
class Strong:
    """Words that matter more than those around them."""

    text: str

    def __post_init__(self) -> None:
        required(self.text, "strong text")


@dataclass(frozen=True)
class Exactly:
    """Text to be read letter by letter: a fingerprint, a file name, a command."""

    text: str

    def __post_init__(self) -> None:
        required(self.text, "exact text")


@dataclass(frozen=True)
class Link:
    """Words that lead to `to`: `#anchor` in this document, an address, or a path beside it."""

    text: str
    to: str

    def __post_init__(self) -> None:
        required(self.text, "a link's text")
        required(self.to, "a link's target")
        if any(ord(letter) <= 32 for letter in self.to):
            raise ValueError("a link's target holds no spaces or control characters")
        if self.to.startswith("#"):
            if not ANCHOR.fullmatch(self.to[1:]):
                raise ValueError("an anchor is small letters, digits and hyphens")
        elif self.to.startswith(("//", "\\")) or (
            _SCHEME.match(self.to) and not self.to.lower().startswith(_SAFE_SCHEMES)
        ):
            raise ValueError("a link leads to https:, http:, mailto:, an anchor or a path")


@dataclass(frozen=True)
class NoteReference:
    """A mark that leads to the note of this key; notes are numbered as they are first met."""

    note: str

    def __post_init__(self) -> None:
        required(self.note, "a note reference")


Inline: TypeAlias = str | Strong | Exactly | Link | NoteReference
Content: TypeAlias = tuple[Inline, ...]


def content(*parts: Inline | None) -> Content:
    """The parts as one line of text, leaving out those that are None."""
    return tuple(part for part in parts if part is not None)


def with_names(text: str) -> Content:
    """A sentence in which names stand between backticks, as on a terminal, with those names marked.

    A backtick that none closes stays as it is.
    """
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return (text,)
    return tuple(Exactly(piece) if at % 2 else piece for at, piece in enumerate(pieces) if piece)


def plain_text(parts: Content) -> str:
    """The words a reader hears, without marks and addresses."""
    return "".join(
        part if isinstance(part, str) else "" if isinstance(part, NoteReference) else part.text
        for part in parts
    )
