"""The terms of a deal on a few pages, for people who negotiate or approve it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import counted, day, listed, money, named, percent
from payforsuccess.deal.words.plans import plan_in_words
from payforsuccess.deal.words.sections import sections_of_contract
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.notices import FOR_COUNSEL, deal_notices
from payforsuccess.reports.payment_lines import payment_lines
from payforsuccess.reports.table import Column, Row, Table, cell

# Of the contract's sections, those that a table of the sheet does not show already.
_IN_SENTENCES = (
    "Corrections and overpayment",
    "Disputes",
    "How it can change",
    "How it can end early",
    "Limits the government sets",
)


def term_sheet_document(deal: Deal) -> Document:
    """Parties, people, outcomes, payment, capital, evaluation, changes and end of a deal."""
    notes = NoteBook()
    blocks = tuple(_blocks(deal, notes))
    return Document(
        title=f"Term sheet: {deal.deal}",
        language="en",
        subtitle=f"The version in force from {day(deal.in_force_from)}",
        notices=(FOR_COUNSEL, *deal_notices(deal.standing, is_certified=deal.is_certified)),
        blocks=blocks,
        notes=notes.notes,
    )


def _blocks(deal: Deal, notes: NoteBook) -> Iterator[Block]:
    yield paragraph(
        "The sheet is made from the deal file, by the rules that compute payments. It binds nobody."
    )
    yield Heading(2, "The deal", "deal")
    yield Particulars(tuple(_particulars(deal)))
    yield Heading(2, "Parties", "parties")
    yield _table(
        "Who takes part",
        ("Party", "Roles", "Level of government"),
        [
            (
                party.name,
                listed([role.replace("-", " ") for role in party.roles]),
                (party.level or "not a government").replace("-", " "),
            )
            for party in deal.parties
        ],
    )
    yield Heading(2, "Payment", "payment")
    yield from payment_lines(deal, notes)
    yield _table(
        "Who pays",
        ("Payor", "Share of each line", "At most", "From"),
        [
            (
                payor.party,
                percent(payor.share),
                "no limit of its own"
                if payor.ceiling is None
                else money(payor.ceiling, deal.currency),
                payor.fund or "not stated",
            )
            for payor in deal.payors
        ],
    )
    yield from _capital(deal)
    yield Heading(2, "How effects are shown", "evaluation")
    yield from _evaluation(deal)
    for section in sections_of_contract(deal):
        if section.title in _IN_SENTENCES:
            yield Heading(2, section.title)
            said = [text for entry in section.entries for text in entry.sentences]
            yield ItemList(tuple((text,) for text in said))


def _particulars(deal: Deal) -> Iterator[Particular]:
    if deal.says is not None:
        yield Particular("About", (deal.says,))
    yield Particular("Government", (deal.jurisdiction.name,))
    yield Particular("For whom", (deal.people.says,))
    count = deal.people.head_count
    if count is not None:
        yield Particular("People", (f"{count.least:,} to {count.most:,}",))
    yield Particular("Runs", (f"{day(deal.in_force_from)} to {day(deal.ends_on)}",))
    periods = counted(deal.schedule.count, deal.periods.every)
    yield Particular("Periods", (f"{periods}, from {day(deal.periods.from_)}",))
    event = deal.pays_within_days.of.replace("-", " ")
    within = counted(deal.pays_within_days.days, "day")
    yield Particular("Payment falls due", (f"within {within} of the {event}",))
    most = "no limit stated" if deal.ceiling is None else money(deal.ceiling, deal.currency)
    yield Particular("At most, in all", (most,))
    yield Particular("Currency", (deal.currency,))


def _capital(deal: Deal) -> Iterator[Block]:
    yield Heading(2, "Up-front money", "capital")
    if not deal.capital:
        yield paragraph("No investor takes part; there is no up-front money.")
        return
    yield _table(
        "Who gives it, and in which order it is repaid",
        ("Party", "Form", "At most", "Rate a year", "Order", "Repaid from"),
        [
            (
                tranche.party,
                tranche.kind.replace("-", " "),
                money(tranche.amount, deal.currency),
                "none stated" if tranche.rate is None else percent(tranche.rate),
                "not stated" if tranche.order is None else str(tranche.order),
                listed([named(name) for name in tranche.repaid_from])
                if tranche.repaid_from
                else "all payment lines",
            )
            for tranche in deal.capital
        ],
    )


def _evaluation(deal: Deal) -> Iterator[Block]:
    if not deal.evaluation:
        yield paragraph("No evaluation plan is stated.")
    for name, plan in deal.evaluation.items():
        yield Heading(3, named(name))
        yield ItemList(tuple((text,) for text in plan_in_words(plan)))


def _table(caption: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    written: list[Row] = [tuple(cell(text) for text in row) for row in rows]
    return Table(caption, tuple(Column(title) for title in titles), tuple(written))
