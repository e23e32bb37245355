"""The library of real deals, listed and filtered, with counts by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

from payforsuccess.deal.record import Capital, Design, PolicyArea, Record, ResultKind, State
from payforsuccess.errors import Problem, Refusal
from payforsuccess.runs.library.files import library_records
from payforsuccess.units import grouped

CLOSED_WORDS: dict[str, tuple[str, ...]] = {
    "policy area": get_args(PolicyArea),
    "design": get_args(Design),
    "result": get_args(ResultKind),
    "state": get_args(State),
}
"""The filters that take a word of a closed list, and the words."""

_HEADS = ("deal", "place", "years", "policy area", "state", "result")
_WIDTHS = (34, 28, 9, 26, 12, 19)


@dataclass(frozen=True)
class Comparator:
    """One deal of the list, with what a comparison needs; `sources` are ids of the source list."""

    id: str
    name: str
    place: str
    countries: tuple[str, ...]
    years: str
    policy_areas: tuple[str, ...]
    population: str
    outcomes: tuple[str, ...]
    payment_terms: tuple[str, ...]
    capital: tuple[str, ...]
    designs: tuple[str, ...]
    evaluators: tuple[str, ...]
    state: str
    result_kind: str
    result: str
    lessons: tuple[str, ...]
    gaps: tuple[str, ...]
    sources: tuple[str, ...]
    is_computable: bool
    read_from: str


@dataclass(frozen=True)
class Library:
    """The comparators asked for, in the order of their ids, out of `of_all`."""

    comparators: tuple[Comparator, ...]
    of_all: int

    @property
    def by_state(self) -> dict[str, int]:
        """How many stand in each state, the largest number first."""
        return dict(Counter(row.state for row in self.comparators).most_common())

    def as_plain(self) -> dict[str, object]:
        """The list as text, numbers and lists, ready for JSON."""
        return {
            "comparators": [asdict(row) for row in self.comparators],
            "by_state": self.by_state,
            "of_all": self.of_all,
        }

    def __str__(self) -> str:
        """A table for a terminal; `*` marks what can be computed, `+` what was imported."""
        lines = [_aligned(_HEADS)] if self.comparators else []
        for row in self.comparators:
            mark = "*" if row.is_computable else "+" if row.read_from else ""
            areas = ", ".join(row.policy_areas)
            cells = (row.id + mark, row.place, row.years, areas, row.state, row.result_kind)
            lines.append(_aligned(cells))
        states = ", ".join(f"{count} {state}" for state, count in self.by_state.items())
        shown = f"{len(self.comparators)} of {self.of_all} deals"
        lines += ["", f"{shown}: {states}." if states else f"{shown}."]
        if any(row.is_computable for row in self.comparators):
            lines.append("* payments can be computed; `pfs library check` shows how they close.")
        if any(row.read_from for row in self.comparators):
            lines.append("+ imported from an open record; not held against its sources.")
        return "\n".join(lines)

    __repr__ = __str__


def library(
    *,
    place: str | None = None,
    year: int | None = None,
    policy_area: str | None = None,
    population: str | None = None,
    outcome: str | None = None,
    design: str | None = None,
    evaluator: str | None = None,
    result: str | None = None,
    state: str | None = None,
    capital: str | None = None,
    source: str | None = None,
    own: Path | None = None,
) -> Library:
    """The comparators that fit every filter given.

    `place` (a country too), `population`, `outcome` (what is paid for it too), `evaluator`,
    `capital` (who put it in, and in what form) and `source` (an id of the list of sources, or of
    INDIGO) match any part of the text, in small or capital letters; `year` is a year of delivery;
    the others are words of a closed list, or a part of one that is no word of it; anything else is
    refused. `own` is a folder of the reader's own records beside ours.
    """
    closed = {"policy area": policy_area, "design": design, "result": result, "state": state}
    _refuse_other_words(closed)
    areas, designs, results, states = (_meant(name, word) for name, word in closed.items())
    records = library_records(own=own)
    kept = [
        _row(record, is_computable=has_terms)
        for record, has_terms in records
        if _holds(place, (record.place, *record.countries))
        and _delivered_in(record, year)
        and areas & set(record.policy_areas)
        and _holds(population, (record.population,))
        and _holds(outcome, (*record.outcomes, *(term.says for term in record.payment_terms)))
        and designs & set(record.designs)
        and _holds(evaluator, record.parties_as("evaluator"))
        and record.result.kind in results
        and record.state in states
        and _holds(capital, _capital(record))
        and _holds(source, _cited(record))
    ]
    return Library(tuple(kept), of_all=len(records))


def _refuse_other_words(given: dict[str, str | None]) -> None:
    problems = [
        Problem(
            f"The library knows no {name} “{(word or '')[:40]}”.",
            f"Use one of: {', '.join(CLOSED_WORDS[name])}.",
        )
        for name, word in given.items()
        if not _meant(name, word)
    ]
    if problems:
        raise Refusal(problems)


def _meant(name: str, word: str | None) -> set[str]:
    """The words of a closed list that a filter means: the word itself, or all that hold it."""
    known = CLOSED_WORDS[name]
    if word is None or word in known:
        return set(known) if word is None else {word}
    part = word.strip().casefold()
    return {one for one in known if part and part in one}


def _holds(part: str | None, texts: Iterable[str]) -> bool:
    return part is None or any(part.casefold() in text.casefold() for text in texts)


def _delivered_in(record: Record, year: int | None) -> bool:
    first, last = record.years.from_, record.years.to
    return year is None or (first <= year and (last is None or year <= last))


def _row(record: Record, *, is_computable: bool) -> Comparator:
    return Comparator(
        id=record.id,
        name=record.name,
        place=record.place,
        countries=record.countries,
        years=str(record.years),
        policy_areas=record.policy_areas,
        population=record.population,
        outcomes=record.outcomes,
        payment_terms=tuple(f"{term.kind}: {term.says}" for term in record.payment_terms),
        capital=_capital(record),
        designs=record.designs,
        evaluators=record.parties_as("evaluator"),
        state=record.state,
        result_kind=record.result.kind,
        result=record.result.says,
        lessons=tuple(lesson.says for lesson in record.lessons),
        gaps=record.gaps,
        sources=_cited(record),
        is_computable=is_computable,
        read_from=record.read_from or "",
    )


def _cited(record: Record) -> tuple[str, ...]:
    """Every source that the record cites, once."""
    figures = (*record.facts, *record.capital, *record.payment_terms, *record.figures)
    cited = [source for figure in figures for source in figure.sources]
    cited += [source for lesson in record.lessons for source in lesson.sources]
    return tuple(dict.fromkeys(cited))


def _capital(record: Record) -> tuple[str, ...]:
    return tuple(_said(capital, record.currency) for capital in record.capital)


def _said(capital: Capital, currency: str) -> str:
    amount = "" if capital.amount is None else f", {grouped(capital.amount)} {currency}"
    kind = "" if capital.kind is None else f", {capital.kind}"
    return f"{capital.party}{kind}{amount}"


def _aligned(cells: Iterable[str]) -> str:
    clipped = [
        (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)
        for cell, width in zip(cells, _WIDTHS, strict=True)
    ]
    return "  ".join(clipped).rstrip()
