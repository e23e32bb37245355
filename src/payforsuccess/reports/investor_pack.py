"""The investors' page of a quarter: results to date, capital, a new forecast, the simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.results import Result
from payforsuccess.disclosure import HIDDEN, LEAST_THRESHOLD, tells_of_few
from payforsuccess.errors import Finding
from payforsuccess.finance.capital_record.asks import NoticeDue, Reconciled, Reuse
from payforsuccess.finance.capital_record.draws import TrancheState
from payforsuccess.finance.summary import Summary
from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.forecast_tables import Lines, as_table, side_by_side
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.reports.numbers import amount_text, day_text, name_text
from payforsuccess.units import grouped

MADE_UP = Notice(
    "Illustrative record",
    "The record of capital was made up to show the method. No money moved as it says.",
)


@dataclass(frozen=True)
class PackFacts:
    """What the page is made from. `simulated` are rows with a heading row; `drawn_by` says which
    draws they rest on, so that the payor can hold them against its own."""

    summary: Summary
    as_of: date
    is_made_up: bool
    results: tuple[Result, ...]
    held: int
    tranches: tuple[TrancheState, ...]
    bank: tuple[Reconciled, ...]
    notices: tuple[NoticeDue, ...]
    findings: tuple[Finding, ...]
    simulated: tuple[tuple[str, Lines], ...]
    drawn_by: str
    recycled: tuple[Reuse, ...] = ()


def investor_pack(facts: PackFacts) -> Document:
    """The page; every amount in full, every look ahead with what it rests on."""
    deal = facts.summary.forecast.deal
    return Document(
        title=f"{deal.deal}: for investors",
        language="en",
        subtitle=f"On {day_text(facts.as_of)}, in {deal.currency}",
        notices=(
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *((MADE_UP,) if facts.is_made_up else ()),
            *assumed_notices(firmness_text(facts.summary.forecast.assumptions)),
        ),
        blocks=(
            *_results(facts),
            *_capital(facts),
            Heading(2, "The forecast made new", "forecast"),
            paragraph(
                "Results that are determined stand in place of what was assumed; everything else "
                "is as assumed."
            ),
            as_table("Figures of each case", side_by_side(facts.summary)),
            Heading(2, "Simulation", "simulation"),
            paragraph(facts.drawn_by),
            *(as_table(caption, rows) for caption, rows in facts.simulated),
            *_findings(facts),
        ),
    )


def _results(facts: PackFacts) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Results to date", "results")]
    if not facts.results:
        return [*blocks, paragraph("No result is determined yet.")]
    rows: Lines = [("outcome", "for", "value")]
    rows += [
        (
            name_text(each.outcome),
            each.slot[1] + (f", {each.cohort}" if each.cohort else ""),
            HIDDEN if _is_small(facts, each) else grouped(each.value),
        )
        for each in facts.results
    ]
    blocks.append(as_table("Results as determined", rows, texts=(0, 1)))
    if any(_is_small(facts, each) for each in facts.results):
        blocks.append(
            paragraph(
                f"“{HIDDEN}”: {LEAST_THRESHOLD} people or fewer stand behind the result. How many "
                "is for those who determine, approve or pay by it."
            )
        )
    return blocks


def _is_small(facts: PackFacts, result: Result) -> bool:
    outcome = facts.summary.forecast.deal.outcomes[result.outcome]
    return tells_of_few(result.value, outcome.unit, result.people)


def _capital(facts: PackFacts) -> list[Block]:
    deal = facts.summary.forecast.deal

    def money(minor: int) -> str:
        return amount_text(minor, deal.currency)

    recycled = ("recycled",) if any(one.recycled for one in facts.tranches) else ()
    rows: Lines = [
        (
            *("tranche", "drawn", "undrawn", "principal", "interest accrued", "repaid"),
            "interest paid",
            *recycled,
        )
    ]
    rows += [
        (
            one.name,
            *map(money, (one.drawn, one.undrawn, one.principal, one.interest)),
            *map(money, (one.repaid, one.interest_paid, one.recycled)[: 2 + len(recycled)]),
        )
        for one in facts.tranches
    ]
    blocks: list[Block] = [Heading(2, "Capital", "capital")]
    if facts.tranches:
        blocks.append(as_table("Each tranche, on actual days", rows))
    blocks.append(paragraph(f"The project holds {money(facts.held)}."))
    for one in facts.bank[-1:]:
        said = (
            "agree."
            if not one.difference
            else f"do not agree: the bank holds {money(abs(one.difference))} "
            f"{'more' if one.difference > 0 else 'less'} than the book."
        )
        blocks.append(paragraph(f"On {day_text(one.on)} bank and book {said}"))
    if facts.recycled:
        uses: Lines = [("on", "principal of", "used by", "for", "amount")]
        uses += [
            (
                day_text(each.on),
                each.of or "no tranche",
                each.to or "the project",
                each.says or "not said",
                money(each.amount),
            )
            for each in facts.recycled
        ]
        blocks.append(as_table("Used again in place of going back", uses, texts=range(4)))
    drawable = [
        with_names(f"{one.name}: {'; '.join(one.in_the_way) or 'the next draw is allowed'}")
        for one in facts.tranches
    ]
    if drawable:
        blocks += [Heading(3, "Next draw", "next-draw"), ItemList(tuple(drawable))]
    if facts.notices:
        late = tuple((_notice(each, money(each.amount)),) for each in facts.notices)
        blocks += [Heading(3, "Defaults", "defaults"), ItemList(late)]
    return blocks


def _notice(each: NoticeDue, amount: str) -> str:
    given = "" if each.given_on is None else f"; notice was given on {day_text(each.given_on)}"
    return f"{each.about}: {amount} due from {each.to} since {day_text(each.since)}{given}"


def _findings(facts: PackFacts) -> Sequence[Block]:
    told = (*facts.findings, *facts.summary.findings)
    if not told and not facts.summary.stopped:
        return ()
    said = [f"{each.what} {each.do}" for each in facts.summary.stopped]
    said += [each.what for each in told]
    texts = ItemList(tuple(with_names(text) for text in dict.fromkeys(said)))
    return (Heading(2, "What to know", "findings"), texts)
