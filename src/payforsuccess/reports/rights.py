"""A participant's rights on one page, in plain words: what is kept, who sees it, how to say no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.rights_details import says_who, tells
from payforsuccess.reports.rights_words import WORDS, RightsWords
from payforsuccess.reports.table import Column, Row, Table, cell

# From what tells least of one person to what tells most.
_LEVELS = ("nothing", "totals", "person-rows")


Named = Literal["name", "contact", "notes"]


@dataclass(frozen=True)
class OwnRecords:
    """The records with names that an application keeps of people, and who reads them there.

    keeps: the organisations that serve people. reads: by organisation what its people may read by
    name. offices: those that read only whom they referred. complain: to whom to complain where the
    deal does not say; nobody where it is empty.
    """

    keeps: tuple[str, ...]
    reads: Mapping[str, tuple[Named, ...]]
    offices: tuple[str, ...]
    complain: tuple[str, ...]


@dataclass(frozen=True)
class RightsFacts:
    """The deal in force, the day, and the language of the page (`en` or `es`).

    columns: what each feed's agreement lets be read, by the feed's name, in the layout's words.
    own: what an application keeps besides; nothing where only the deal's records are read.
    """

    deal: Deal
    on: date
    language: str
    columns: Mapping[str, tuple[str, ...]]
    own: OwnRecords | None = None


def rights_page(facts: RightsFacts) -> Document:
    """The page (R147). English is the text of record, and the page says so in its language.

    It says what the data agreements of the deal say, and what the parties agreed under `rights`;
    what they did not agree stands open. Whether the law asks for more, Counsel says.
    """
    deal, words = facts.deal, WORDS[facts.language]
    name = _own(facts, "programme") or deal.deal
    said = words.published if deal.standing == "published-terms" else words.made_up
    notices = () if deal.standing == "contract" else (Notice(*said),)
    return Document(
        title=words.title,
        language=facts.language,
        subtitle=f"{name} · {_day(words, facts.on)}",
        lists_contents=False,
        notices=notices,
        blocks=(
            paragraph(words.about.format(programme=name)),
            Heading(2, words.kept),
            *_kept(facts, words),
            Heading(2, words.sees),
            ItemList(tuple((line,) for line in _sees(facts, words))),
            Heading(2, words.no),
            *(paragraph(line) for line in _no(facts, words)),
            Heading(2, words.after),
            ItemList(tuple((line,) for line in _after(facts, words))),
            paragraph(words.record_whole if _is_whole(facts) else words.record),
        ),
    )


def _kept(facts: RightsFacts, words: RightsWords) -> Iterator[Block]:
    deal = facts.deal
    if facts.own is not None:
        yield paragraph(words.own_records.format(who=_listed([*facts.own.keeps], words)))
    if deal.data:
        yield Table(
            words.table,
            tuple(Column(title) for title in words.columns),
            tuple(_row(source, facts, words) for source in deal.data),
        )
    yield from _who(facts, words)
    for hold in deal.legal_holds:
        if hold.from_ <= facts.on and (hold.lifted_on is None or hold.lifted_on > facts.on):
            yield paragraph(words.hold.format(reference=hold.reference))


def _who(facts: RightsFacts, words: RightsWords) -> Iterator[Block]:
    """What says who someone is, and until when it is tied to the records."""
    deal, found = facts.deal, says_who(name for each in facts.columns.values() for name in each)
    told = {kind for each in deal.data for kind in tells(each.layout, facts.columns[each.feed])}
    said = _listed([words.details[kind] for kind in found if kind not in told], words)
    sentence = words.read_besides if deal.linkage is None else words.matched
    parts = [sentence.format(details=said)] if said else []
    destroyed = deal.linkage.key_destroyed_on if deal.linkage is not None else None
    if destroyed is not None:
        key = words.key_destroyed if destroyed >= facts.on else words.key_past
        parts.append(key.format(day=_day(words, destroyed)))
    if parts:
        yield paragraph(" ".join(parts))


def _listed(said: list[str], words: RightsWords) -> str:
    """`a, b and c` in the language of the page."""
    return f" {words.and_} ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)


def _row(source: DataSource, facts: RightsFacts, words: RightsWords) -> Row:
    agreement = source.agreement
    why = words.anyone if agreement is None else words.bases[agreement.legal_basis]
    until = agreement.retained_until if agreement is not None else None
    past = until is not None and until < facts.on
    kind = words.kinds.get(source.layout, source.says).rstrip(".")
    found = tells(source.layout, facts.columns[source.feed])
    details = ", ".join(words.details[each] for each in found)
    return (
        cell(kind if not details else words.also.format(kind=kind, details=details)),
        cell(source.holder_on(facts.on) or source.held_by[0].name),
        cell(why),
        cell((words.past if past else words.until).format(day=_day(words, until)))
        if until
        else cell(words.no_day),
    )


def _sees(facts: RightsFacts, words: RightsWords) -> Iterator[str]:
    """Everyone who receives something of the records, with the most that they are given."""
    own = facts.own
    if own is not None:
        for who, parts in own.reads.items():
            yield f"{who}: {_listed([words.by_name[each] for each in parts], words)}"
        for who in own.offices:
            yield words.by_office.format(who=who)
    most: dict[str, int] = {}
    for source in facts.deal.data:
        agreement = source.agreement
        if agreement is None:
            continue
        for who in agreement.recipients or agreement.parties:
            most[who] = max(most.get(who, 0), _LEVELS.index(agreement.releases))
    for who, level in most.items():
        yield words.levels[_LEVELS[level]].format(who=who)
    yield words.nobody_else if own is None else f"{words.others} {words.looks}"


def _own(facts: RightsFacts, name: Literal["programme", "ask", "complain"]) -> str | None:
    """What the parties wrote, in the language of the page where they wrote it in that too."""
    rights = facts.deal.rights
    if rights is None:
        return None
    spanish = rights.spanish if facts.language == "es" else None
    return (spanish and getattr(spanish, name)) or getattr(rights, name)


def _is_whole(facts: RightsFacts) -> bool:
    """Whether the parties wrote all of their own words in Spanish too."""
    rights = facts.deal.rights
    if rights is None or rights.spanish is None:
        return False
    spanish = rights.spanish
    written = (
        (rights.programme, spanish.programme),
        (rights.ask, spanish.ask),
        (rights.complain, spanish.complain),
    )
    return all(own is None or other is not None for own, other in written)


def _no(facts: RightsFacts, words: RightsWords) -> Iterator[str]:
    deal = facts.deal
    bases = {each.agreement.legal_basis for each in deal.data if each.agreement is not None}
    if "consent" in bases:
        yield words.no_by_consent
    if bases - {"consent"}:
        yield words.no_otherwise
    if any(isinstance(plan, Randomised) for plan in deal.evaluation.values()):
        yield words.by_chance
    own = facts.own
    ask, told = _own(facts, "ask"), _own(facts, "complain")
    if own is not None:
        ask = ask or words.ask_worker.format(who=_listed([*own.keeps], words))
        if own.complain:
            who = _listed([*own.complain], words)
            told = told or words.complain_group.format(who=who)
    yield words.tell.format(ask=ask or words.ask_open)
    yield words.complain.format(complain=told) if told else words.complain_open


def _after(facts: RightsFacts, words: RightsWords) -> Iterator[str]:
    """An application tells everyone whom it asks that a no changes nothing about services."""
    deal = facts.deal
    bases = {each.agreement.legal_basis for each in deal.data if each.agreement is not None}
    if "consent" in bases:
        yield words.after_consent
        yield words.after_signed
    if bases - {"consent"}:
        yield words.after_otherwise
    served = deal.rights.served_without if deal.rights else None
    if served is None and facts.own is not None:
        served = True
    yield words.service_open if served is None else words.served if served else words.not_served


def _day(words: RightsWords, day: date) -> str:
    if not words.months:
        return day_text(day)
    return words.day.format(day=day.day, month=words.months[day.month - 1], year=day.year)
