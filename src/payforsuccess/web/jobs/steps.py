"""How far a run is, by the sentences it tells on its way."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "writing our own feeds": _("Writing what was recorded here as feeds"),
    "reading the feeds": _("Reading the feeds"),
    "looking at the quality": _("Looking at the quality of the data"),
    "snapshot": _("The records are kept"),
    "matching people": _("Matching people"),
    "measuring outcomes": _("Measuring the outcomes"),
    "estimating effects": _("Estimating the effects"),
    "making the statement": _("Making a draft statement"),
    "paying under other matches": _("Paying again under other matches"),
    "writing the report": _("Writing the report"),
    "telling bookings": _("Telling bookings to case managers"),
    "looking for signs": _("Looking for signs of gaming"),
    "forecasting anew": _("Making the forecast anew"),
    "rating outcomes": _("Rating each outcome against its target"),
    "simulating": _("Simulating what may come"),
    "looking at the gates": _("Looking at the conditions of the next stage"),
    "counting people": _("Counting people so far"),
    "writing the pack": _("Writing the pack"),
    "checking the log": _("Checking the log"),
}
"""How a run's sentence begins, and the words of the page."""
_FIRST = ("writing our own feeds", "reading the feeds")
ORDER: dict[str, tuple[str, ...]] = {
    "load": (*_FIRST, "looking at the quality", "snapshot", "telling bookings"),
    "link": ("reading the feeds", "snapshot", "matching people"),
    "measure": (
        *_FIRST,
        "snapshot",
        "matching people",
        "measuring outcomes",
        "estimating effects",
        "making the statement",
        "paying under other matches",
        "writing the report",
    ),
    "evaluate": ("reading the feeds", "snapshot", "matching people", "estimating effects"),
    "report": ("reading the feeds", "snapshot", "matching people", "writing the report"),
    "checks": ("reading the feeds", "snapshot", "matching people", "looking for signs"),
    "pack": ("forecasting anew", "writing the report"),
    "standing": (
        "rating outcomes",
        "forecasting anew",
        "simulating",
        "looking at the gates",
        "counting people",
    ),
    "audit-pack": ("writing the pack",),
    "log-check": tuple(f"checking the log, part {part} of 10" for part in range(1, 11)),
}
"""The steps of each kind of work, in their order."""


def percent_at(kind: str, sentence: str) -> int | None:
    """How far a run is that tells this sentence; None where it begins no step."""
    steps = ORDER[kind]
    for at, begins in enumerate(steps):
        if sentence.startswith(begins):
            return (at + 1) * 100 // (len(steps) + 1)
    return None


def words_of(sentence: str) -> str | Promise:
    """The step in the reader's language; the sentence itself where it begins no step."""
    for begins, words in WORDS.items():
        if sentence.startswith(begins):
            return words
    return sentence
