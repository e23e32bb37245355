"""The eligibility rule on one person's facts: yes, no, or unknown, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from payforsuccess.deal.people import Criterion, number_or_day
from payforsuccess.units import exact

Verdict = Literal["yes", "no", "unknown"]
NOT_KNOWN = ("", "unknown")
"""How a fact that is not known is written: as nothing, or as the word."""


@dataclass(frozen=True)
class Judged:
    """One person: the verdict, and the clauses that failed or that cannot be told, by number.

    Clauses count from 0, in the order of the deal.
    """

    verdict: Verdict
    failed: tuple[int, ...]
    untold: tuple[int, ...]


def judge(rule: Sequence[Criterion], facts: Mapping[str, str]) -> Judged:
    """Whether a person is eligible, by the facts of each field as text; a lacking one is unknown.

    All clauses must hold. One that fails decides, whatever else is unknown; unknown is never yes,
    and never no. ValueError where a fact cannot be compared with its threshold, see `verdict_of`.
    """
    verdicts = [verdict_of(criterion, facts.get(criterion.field, "")) for criterion in rule]
    failed = tuple(at for at, verdict in enumerate(verdicts) if verdict == "no")
    untold = tuple(at for at, verdict in enumerate(verdicts) if verdict == "unknown")
    return Judged("no" if failed else "unknown" if untold else "yes", failed, untold)


def verdict_of(criterion: Criterion, fact: str) -> Verdict:
    """One clause on one fact.

    A threshold itself is in: 18 is at least 18, and a day is at most itself. Numbers are compared
    exactly, 3 and 3.0 being the same; words without regard to capitals and to spaces around them.
    Whether a fact is known is always told. ValueError for a fact that is not a number where the
    threshold is one, or not a day where that is a day; the message does not repeat it.
    """
    said = fact.strip()
    is_known = said.casefold() not in NOT_KNOWN
    if criterion.test in ("known", "unknown"):
        return _answer(is_known == (criterion.test == "known"))
    if not is_known:
        return "unknown"
    if criterion.test == "one-of":
        return _answer(any(_same(said, value) for value in criterion.values))
    stated = criterion.value or ""
    if criterion.test in ("is", "is-not"):
        return _answer(_same(said, stated) == (criterion.test == "is"))
    return _answer(_reaches(said, stated, least=criterion.test == "at-least"))


def _answer(holds: bool) -> Verdict:
    return "yes" if holds else "no"


def _same(said: str, stated: str) -> bool:
    try:
        return exact(said) == exact(stated)
    except ValueError:
        return said.casefold() == stated.strip().casefold()


def _reaches(said: str, stated: str, *, least: bool) -> bool:
    threshold = number_or_day(stated)
    try:
        found = number_or_day(said)
    except ValueError:
        raise ValueError(f"not {_kind(threshold)}") from None
    if isinstance(found, Fraction) and isinstance(threshold, Fraction):
        return found >= threshold if least else found <= threshold
    if isinstance(found, Fraction) or isinstance(threshold, Fraction):
        raise ValueError(f"not {_kind(threshold)}")
    return found >= threshold if least else found <= threshold


def _kind(threshold: object) -> str:
    return "a number in digits" if isinstance(threshold, Fraction) else "a day such as 2026-07-01"
