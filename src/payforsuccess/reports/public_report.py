"""The public report of a deal: goals, parties, terms, results, payments, and what is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.payments.words.sections import sentences_of
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.inline import Exactly, with_names
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import (
    amount_text,
    counted,
    day_text,
    listed,
    name_text,
    number_text,
    percent_text,
)
from payforsuccess.reports.open_data.shown import Opened, OpenStatement
from payforsuccess.reports.open_data.standing import mark_of
from payforsuccess.reports.table import Cell, Column, Table, cell
from payforsuccess.reports.without_names import Names
from payforsuccess.units import CURRENCY_DIGITS, exact_money_text

NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class PublicFacts:
    """What may be shown, and whether parties are told by name."""

    opened: Opened
    tells_names: bool


def public_report(facts: PublicFacts) -> Document:
    """The report (R106), or without names the example page of the deal (R105).

    No personal data: neither rows of people nor numbers that tell of few. Everything left out is
    listed with its reason.
    """
    opened, deal = facts.opened, facts.opened.deal
    names = Names(deal, are_told=facts.tells_names)
    blocks: list[Block] = [
        _figures(opened),
        *_goals(facts, names),
        *_parties(facts, names),
        *_terms(facts, names),
        *_results(opened),
        *_payments(opened),
        *_left_out(facts, names),
        *_rests_on(facts),
    ]
    title = f"{deal.deal}: public report"
    if not facts.tells_names:
        title = "An outcomes contract: an example"
    return Document(
        title=title + _in_brackets(deal),
        language="en",
        subtitle=f"To {day_text(opened.on)}, in {deal.currency}",
        notices=deal_notices(deal.standing, is_certified=deal.is_certified),
        blocks=tuple(blocks),
    )


def _figures(opened: Opened) -> KeyFigures:
    deal, number = opened.deal, len(opened.statements)
    total = opened.total_paid
    paid = NOT_SHOWN if total is None else _whole(opened, total)
    most = "no ceiling" if deal.ceiling is None else _whole(opened, deal.ceiling)
    return KeyFigures(
        (
            KeyFigure("Statements issued", str(number), (f"to {day_text(opened.on)}",)),
            KeyFigure(
                "Paid, less recovered",
                paid if opened.payments else _money(opened, 0),
                (counted(len(opened.payments), "payment") + " on record",),
            ),
            KeyFigure(
                "At most",
                most,
                (
                    "; ".join(
                        each for each in ("all payment lines together", mark_of(deal)) if each
                    ),
                ),
            ),
        )
    )


def _goals(facts: PublicFacts, names: Names) -> list[Block]:
    deal = facts.opened.deal
    told = [each for each in (deal.governance.goal, deal.says) if each]
    aims = [f"{name_text(name)}: {outcome.says}" for name, outcome in deal.outcomes.items()]
    shown = names.sentences(told)
    return [
        Heading(2, "Goals", "goals"),
        *(paragraph(each) for each in shown),
        paragraph(
            *(names.sentences([f"For whom: {deal.people.says}"]) or ("For whom: not shown.",))
        ),
        *_list(names.sentences(aims)),
    ]


def _in_brackets(deal: Deal) -> str:
    """What stands beside a name or a share that no contract states."""
    mark = mark_of(deal)
    return f" ({mark})" if mark else ""


def _list(texts: tuple[str, ...]) -> list[Block]:
    return [ItemList(tuple((each,) for each in texts))] if texts else []


def _parties(facts: PublicFacts, names: Names) -> list[Block]:
    deal = facts.opened.deal
    shares = {payor.party: payor for payor in deal.payors}
    rows = []
    for party in deal.parties:
        payor = shares.get(party.name)
        rows.append(
            (
                cell(names.of(party.name)),
                cell(listed([role.replace("-", " ") for role in party.roles])),
                cell(party.level or "not public, or not stated"),
                cell(
                    "pays nothing"
                    if payor is None
                    else percent_text(float(payor.share), 2) + _in_brackets(deal)
                ),
            )
        )
    columns = (
        Column("Party"),
        Column("Roles"),
        Column("Level of government"),
        Column("Share of each payment", is_number=True),
    )
    capital = tuple(
        f"{names.of(each.party)}, {each.kind.replace('-', ' ')}: "
        f"{_whole(facts.opened, each.amount)}{_in_brackets(deal)}"
        for each in deal.capital
    )
    blocks: list[Block] = [
        Heading(2, "Parties", "parties"),
        Table(f"Who takes part, in which roles{_in_brackets(deal)}", columns, tuple(rows)),
    ]
    if capital:
        blocks += [paragraph("Money given up front:"), *_list(capital)]
    return blocks


def _terms(facts: PublicFacts, names: Names) -> list[Block]:
    deal = facts.opened.deal
    blocks: list[Block] = [
        Heading(2, "Terms", "terms"),
        paragraph(
            f"From {day_text(deal.in_force_from)} to {day_text(deal.ends_on)}, with a payment "
            f"period each {deal.periods.every}. What is paid is computed by these rules:"
        ),
    ]
    for term in deal.payments:
        blocks.append(Heading(3, name_text(term.name)))
        told = names.sentences(sentences_of(term, deal))
        blocks += _list(told) or [paragraph("Not shown.")]
    return blocks


def _results(opened: Opened) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Results", "results")]
    if not opened.results:
        return [*blocks, paragraph("No statement was issued yet, so no result was stated.")]
    rows = [
        (
            cell(name_text(each.outcome)),
            cell(each.slot + (f", {each.cohort}" if each.cohort else "")),
            cell(
                f"{day_text(each.period_start)} to {day_text(each.period_end)}"
                if each.period_start and each.period_end
                else "at one point"
            ),
            cell(NOT_SHOWN if each.value is None else number_text(each.value)),
            cell(each.unit),
            cell(NOT_SHOWN if each.people is None else f"{each.people:,}"),
            cell(each.standing),
        )
        for each in opened.results
    ]
    numbers = ("Value", "People")
    titles = ("Outcome", "For", "Days", "Value", "Unit", "People", "Standing")
    return [
        *blocks,
        Table(
            "Each result as a statement first used it, or changed it",
            tuple(Column(title, is_number=title in numbers) for title in titles),
            tuple(rows),
        ),
    ]


def _payments(opened: Opened) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Payments", "payments")]
    if not opened.statements:
        return [*blocks, paragraph("Nothing was stated yet.")]
    currency = opened.deal.currency
    columns = (
        Column("Statement"),
        Column("Period"),
        Column("Stated on"),
        Column("Due by"),
        Column(f"Total ({currency})", is_number=True),
    )
    blocks.append(
        Table(
            "What was stated",
            columns,
            tuple(_statement(opened, each) for each in opened.statements),
        )
    )
    if not opened.payments:
        return [*blocks, paragraph("No payment is on record.")]
    paid = tuple(
        (
            cell(day_text(each.on)),
            cell(f"statement {each.statement}"),
            cell(each.kind),
            cell(NOT_SHOWN if each.amount is None else _whole(opened, each.amount)),
        )
        for each in opened.payments
    )
    money = (
        Column("Day"),
        Column("On"),
        Column("What"),
        Column(f"Amount ({currency})", is_number=True),
    )
    return [*blocks, Table("What was paid and recovered", money, paid)]


def _statement(opened: Opened, each: OpenStatement) -> tuple[Cell, ...]:
    return (
        cell(str(each.number)),
        cell(f"{day_text(each.period_start)} to {day_text(each.period_end)}"),
        cell(day_text(each.as_of)),
        cell(day_text(each.due_on) if each.due_on else "not stated"),
        cell(NOT_SHOWN if each.total is None else _money(opened, each.total)),
    )


def _left_out(facts: PublicFacts, names: Names) -> list[Block]:
    rows = [
        (Cell(with_names(each.what)), Cell(with_names(each.because)))
        for each in facts.opened.redactions
    ]
    if not facts.tells_names:
        rows.append((cell("Names of parties"), cell("This page is an example of a deal's form.")))
    if names.left_out:
        said = counted(names.left_out, "sentence")
        rows.append((cell(f"{said} of the deal file"), cell("They name a party, or may do so.")))
    return [
        Heading(2, "What is not shown, and why", "not-shown"),
        Table(
            "Everything that was left out of this page",
            (Column("What is not shown"), Column("Why")),
            tuple(rows),
        ),
    ]


def _rests_on(facts: PublicFacts) -> list[Block]:
    """Checksums by which the page can be held against the records, unless the deal is unnamed."""
    opened = facts.opened
    if not facts.tells_names:
        return []
    rows = [(cell("Deal file"), Cell((Exactly(opened.deal.fingerprint),)))]
    rows += [
        (
            cell(f"Statement {each.number}"),
            Cell((Exactly(each.checksum),)) if each.checksum else cell(NOT_SHOWN),
        )
        for each in opened.statements
    ]
    return [
        Heading(2, "What it rests on", "rests-on"),
        Table("Checksums of what was read", (Column("What"), Column("Checksum")), tuple(rows)),
    ]


def _whole(opened: Opened, amount: Fraction) -> str:
    """An amount as it is on record, also where it is no whole number of cents."""
    currency = opened.deal.currency
    minor = amount * 10 ** CURRENCY_DIGITS[currency]
    text = exact_money_text(minor, currency).removesuffix(f" {currency}")
    return text.replace("-", "\N{MINUS SIGN}")


def _money(opened: Opened, minor: int) -> str:
    return amount_text(minor, opened.deal.currency)
