"""Every published figure of the library computed again: deal, vector, published, computed.

A payment goes through the statement engine; everything else is one line of exact arithmetic on
figures that the deal's own files hold (`deal.figure_checks` lists the kinds).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.figure_checks import ReasonedCheck
from payforsuccess.deal.vectors import Vector, Verdict
from payforsuccess.runs.library.figures import computed_by
from payforsuccess.runs.library.files import LibraryDeal, library_deal, library_deals
from payforsuccess.units import (
    CURRENCY_DIGITS,
    exact_text,
    grouped,
    money_text,
    round_exact,
    to_minor,
)

_SHOWN_PLACES = 4
_HEADS = ("deal", "vector", "unit", "published", "computed", "difference", "verdict")
_WIDTHS = (33, 52, 9, 13, 13, 13, 0)
_ON_THE_RIGHT = (3, 4, 5)


@dataclass(frozen=True)
class CheckedVector:
    """One vector: decimal texts, empty where there is no number; `because` explains the verdict."""

    deal: str
    vector: str
    unit: str
    published: str
    computed: str
    difference: str
    verdict: Verdict
    expected: Verdict
    because: str
    sources: tuple[str, ...]

    @property
    def is_as_expected(self) -> bool:
        """Whether the check shows what the library says it shows."""
        return self.verdict == self.expected


@dataclass(frozen=True)
class LibraryCheck:
    """All vectors in the order of the deals and their files."""

    rows: tuple[CheckedVector, ...]

    @property
    def is_as_expected(self) -> bool:
        """Whether every vector shows the verdict that the library states for it."""
        return all(row.is_as_expected for row in self.rows)

    @property
    def by_verdict(self) -> dict[str, int]:
        """How many vectors came to each verdict, the largest number first."""
        return dict(Counter(row.verdict for row in self.rows).most_common())

    def as_plain(self) -> dict[str, object]:
        """The rows as text and lists, ready for JSON."""
        rows = [asdict(row) | {"is_as_expected": row.is_as_expected} for row in self.rows]
        return {"rows": rows, "by_verdict": self.by_verdict}

    def __str__(self) -> str:
        """A table for a terminal; what explains a row stands under it."""
        lines = [_aligned(_HEADS)]
        for row in self.rows:
            verdict = row.verdict + ("" if row.is_as_expected else " (NOT AS EXPECTED)")
            numbers = [
                _shown(text, row.unit) for text in (row.published, row.computed, row.difference)
            ]
            lines.append(_aligned((row.deal, row.vector, row.unit, *numbers, verdict)))
            if row.because:
                lines.append(f"    {row.because}")
        counts = ", ".join(f"{count} {verdict}" for verdict, count in self.by_verdict.items())
        return "\n".join([*lines, "", f"{len(self.rows)} vectors: {counts}."])

    __repr__ = __str__


def library_check(*, deal: str | None = None, own: Path | None = None) -> LibraryCheck:
    """Every vector of the library, or of one deal of it, computed and held against its figure.

    Refuses a deal that the library does not hold; one without published figures gives no rows.
    """
    held_deals = library_deals(own=own) if deal is None else (library_deal(deal, own=own),)
    rows = [
        checked_vector(held, vector)
        for held in held_deals
        for vector in (held.vectors.vectors if held.vectors is not None else ())
    ]
    return LibraryCheck(tuple(rows))


def checked_vector(held: LibraryDeal, vector: Vector) -> CheckedVector:
    """One vector with its verdict; the difference is computed less published."""
    computed = computed_by(held, vector)
    difference = (
        None if computed is None or vector.published is None else computed - vector.published
    )
    return CheckedVector(
        deal=held.record.id,
        vector=vector.name,
        unit=vector.unit,
        published=_text(vector.published),
        computed=_text(computed),
        difference=_text(difference),
        verdict=_verdict(vector, difference),
        expected=vector.verdict,
        because=_because(vector, difference),
        sources=vector.sources,
    )


def _verdict(vector: Vector, difference: Fraction | None) -> Verdict:
    if difference is None:
        reasoned = isinstance(vector.check, ReasonedCheck)
        return "logic only" if reasoned else "nothing published to meet"
    if difference == 0:
        return "logic only" if vector.verdict == "logic only" else "exact"
    if vector.rounding is not None and abs(difference) <= vector.rounding.within:
        return "within rounding"
    return "does not close"


def _because(vector: Vector, difference: Fraction | None) -> str:
    parts: list[str] = []
    if vector.rounding is not None and difference:
        parts.append(f"Rounding: {vector.rounding.because}.")
    if isinstance(vector.check, ReasonedCheck):
        parts.append(vector.check.because)
    if vector.note is not None:
        parts.append(vector.note)
    return " ".join(parts)


def _text(number: Fraction | None) -> str:
    """In full where the decimals end, else to four places."""
    if number is None:
        return ""
    text = exact_text(number)
    if "/" not in text:
        return text
    return exact_text(Fraction(round_exact(number * 10**_SHOWN_PLACES), 10**_SHOWN_PLACES))


def _shown(text: str, unit: str) -> str:
    """Grouped by thousands; money that is not whole shows all its minor units."""
    if not text:
        return "-"
    number = Fraction(text)
    digits = CURRENCY_DIGITS.get(unit, 0)
    if number.denominator == 1 or (number * 10**digits).denominator != 1:
        return grouped(number)
    return money_text(to_minor(number, unit), unit)


def _aligned(cells: tuple[str, ...]) -> str:
    placed = []
    for at, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True)):
        placed.append(cell.rjust(width) if at in _ON_THE_RIGHT else cell.ljust(width))
    return "  ".join(placed).rstrip()
