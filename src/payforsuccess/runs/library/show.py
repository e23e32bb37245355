"""One deal of the library as a page of text: what is known, from where, and what is not."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.indigo.comparator import IMPORTED
from payforsuccess.deal.record import Capital, Record, Source, Sourced
from payforsuccess.runs.library.files import library_deal, library_sources
from payforsuccess.units import grouped

_WIDTH = 98
_IMPORTED = Source(
    id=IMPORTED,
    title="The open record that was brought in, which nobody has held against other sources",
    url="indigo.json, beside the comparator",
)


@dataclass(frozen=True)
class LibraryPage:
    """A record with the sources it cites, ready to print."""

    record: Record
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        """The page for a terminal; each statement ends with its standing and sources."""
        record = self.record
        lines = [record.name, _where_and_when(record), ""]
        lines += _wrapped(record.result.says)
        lines += _part("Read from", [record.read_from or ""])
        lines += _part("People", [record.population])
        lines += _part("Policy areas", [", ".join(record.policy_areas)])
        lines += _part("Outcomes", record.outcomes)
        lines += _part("Evaluation", [", ".join(record.designs), record.design_says or ""])
        parties = [f"{party.name}: {', '.join(party.roles)}" for party in record.parties]
        lines += _part("Parties", parties)
        terms = [f"{term.kind}: {term.says} {_cited(term)}" for term in record.payment_terms]
        lines += _part("Payment terms", terms)
        lines += _part("Capital", [_said(one, record.currency) for one in record.capital])
        facts = [f"{fact.label}: {fact.value} {_cited(fact)}" for fact in record.facts]
        lines += _part("What is known", facts)
        lessons = [f"{one.says} [{', '.join(one.sources)}]" for one in record.lessons]
        lines += _part("Lessons", lessons)
        lines += _part("What is not published", record.gaps)
        sources = [f"{source.id}: {source.title}. {source.url}" for source in self.sources]
        lines += _part("Sources", sources)
        return "\n".join(lines)

    __repr__ = __str__


def library_show(name: str, *, own: Path | None = None) -> LibraryPage:
    """All that the library knows of the deal with this id; refuses an id it does not hold."""
    record = library_deal(name, own=own).record
    parts = (*record.facts, *record.capital, *record.payment_terms, *record.figures)
    cited = {source for part in parts for source in part.sources}
    cited |= {source for lesson in record.lessons for source in lesson.sources}
    ids = {source.partition(":")[0] for source in cited}
    listed = (*library_sources(own=own).sources, _IMPORTED)
    return LibraryPage(record, tuple(source for source in listed if source.id in ids))


def _where_and_when(record: Record) -> str:
    parts = (record.place, " and ".join(record.countries), str(record.years))
    return ", ".join(part for part in parts if part)


def _part(head: str, items: Iterable[str]) -> list[str]:
    given = [item for item in items if item]
    if not given:
        return []
    return ["", head, *(line for item in given for line in _wrapped(item, mark="- "))]


def _wrapped(text: str, *, mark: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cited(part: Sourced) -> str:
    return f"[{'; '.join((part.standing, *part.sources))}]"


def _said(capital: Capital, currency: str) -> str:
    amount = "" if capital.amount is None else f", {grouped(capital.amount)} {currency}"
    kind = "" if capital.kind is None else f", {capital.kind}"
    repaid = "" if capital.repaid_from is None else f", repaid from {capital.repaid_from}"
    return f"{capital.party}{kind}{amount}{repaid} {_cited(capital)}"
