"""A backtest as a page: what the terms would have paid where nobody had the programme."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.study.backtest import PERCENTS, Backtested
from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import amount_text
from payforsuccess.reports.study_plan.words import chance, chance_with_error, money_with_error


def paid_lines(paid: Backtested, currency: str) -> Lines:
    """Each term and all of them: mean, chance, percentiles and the most: a heading row first."""
    rows: Lines = [
        ("", "anything is paid", "mean", *(f"{percent}%" for percent in PERCENTS), "most")
    ]
    for one in (*paid.terms, paid.whole):
        mean = amount_text(round(one.mean.value), currency)
        rows.append(
            (
                "in all" if one is paid.whole else one.name,
                chance(one.is_paid),
                money_with_error(one.mean, currency) if one.rests_on_chance else mean,
                *(amount_text(amount, currency) for amount in one.percentiles),
                amount_text(one.most, currency),
            )
        )
    return rows


def chance_lines(paid: Backtested) -> Lines:
    """The chance of each tier of terms that rest on an estimate: a heading row first."""
    rows: Lines = [("tier", "chance")]
    rows += [
        (f"{term.name}: {tier.says}", chance_with_error(tier.chance))
        for term in paid.terms
        if term.rests_on_chance
        for tier in term.tiers
    ]
    return rows


def backtest_document(
    deal: Deal,
    paid: Backtested,
    *,
    cohort: str,
    people: int,
    splits: int,
    seed: int,
    findings: Sequence[str],
) -> Document:
    """The page, with how it is to be read."""
    blocks: list[Block] = [
        Heading(2, "What would have been paid", "paid"),
        paragraph(f"On {people:,} people {cohort}, none of whom had the programme."),
        as_table("By term", paid_lines(paid, deal.currency), first="Term"),
    ]
    chances = chance_lines(paid)
    if len(chances) > 1:
        blocks.append(as_table("Tiers, by chance alone", chances))
    if findings:
        blocks.append(Heading(2, "Findings", "findings"))
        blocks.append(ItemList(tuple(with_names(said) for said in findings)))
    blocks += [
        Heading(2, "How to read this", "reading"),
        paragraph(
            "A count is paid as it was found: what would have happened anyway. For an effect the "
            f"cohort was split at random into two made-up arms {splits:,} times (seed {seed}), the "
            "difference was brought through the plan's decision rule, and the deal's own terms "
            "were paid on it. The true effect is none, so all that is paid on it is chance."
        ),
    ]
    return Document(
        title=f"{deal.deal}: paid without the programme",
        language="en",
        subtitle=f"A backtest, in {deal.currency}",
        notices=deal_notices(deal.standing, is_certified=deal.is_certified),
        blocks=tuple(blocks),
    )
