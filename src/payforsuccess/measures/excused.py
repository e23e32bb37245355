"""Excused days as the measures use them: disjoint, in order, half-open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol


class ExcusedFact(Protocol):
    """The part of the deal's excused period that measures read; both days are included."""

    @property
    def from_(self) -> date:
        """The first excused day."""

    @property
    def to(self) -> date:
        """The last excused day."""

    @property
    def effect(self) -> Literal["days-not-counted", "window-extended", "baseline-reset"]:
        """What the excuse does; a baseline reset is no matter of measurement."""


@dataclass(frozen=True)
class Stretch:
    """The days in `[start, end)`."""

    start: date
    end: date


@dataclass(frozen=True)
class Excused:
    """Days whose events are not counted, and days by which windows are extended."""

    not_counted: tuple[Stretch, ...] = ()
    extends: tuple[Stretch, ...] = ()

    @classmethod
    def of(cls, facts: Iterable[ExcusedFact]) -> Excused:
        """The deal's facts, each sort merged where its stretches touch or overlap."""
        known = tuple(facts)
        return cls(
            _merged(fact for fact in known if fact.effect == "days-not-counted"),
            _merged(fact for fact in known if fact.effect == "window-extended"),
        )


NOTHING_EXCUSED = Excused()


def _merged(facts: Iterable[ExcusedFact]) -> tuple[Stretch, ...]:
    merged: list[Stretch] = []
    for fact in sorted(facts, key=lambda fact: (fact.from_, fact.to)):
        end = fact.to + timedelta(days=1)
        if merged and fact.from_ <= merged[-1].end:
            merged[-1] = Stretch(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Stretch(fact.from_, end))
    return tuple(merged)
