"""The parts of an explanation: headed lists of sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Sentences, under a heading of their own or none."""

    sentences: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the explanation with its title."""

    title: str
    entries: tuple[Entry, ...]
