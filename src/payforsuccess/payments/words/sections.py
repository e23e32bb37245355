"""The money of a deal as sections of an explanation."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.deal.words.phrases import money, named, percent
from payforsuccess.deal.words.section import Entry, Section
from payforsuccess.payments.words.kinds import kind_in_words
from payforsuccess.payments.words.modifiers import modifiers_in_words
from payforsuccess.payments.words.speaker import Speaker
from payforsuccess.units import grouped


def sentences_of(term: PaymentTerm, deal: Deal) -> tuple[str, ...]:
    """What the term pays and when, one sentence an item; its clause comes last."""
    speaker = Speaker(deal, term)
    return (
        *kind_in_words(speaker),
        *modifiers_in_words(speaker),
        f"Clause: {term.clause.rstrip('.')}.",
    )


def sections_of_money(deal: Deal) -> tuple[Section, ...]:
    """What is paid for, line by line; limits over several lines; who pays."""
    return (
        Section(
            "What is paid",
            tuple(Entry(sentences_of(term, deal), named(term.name)) for term in deal.payments),
        ),
        Section("Limits over all lines", _entry(_limits(deal))),
        Section("Who pays", _entry(_payors(deal))),
    )


def _entry(sentences: Iterator[str]) -> tuple[Entry, ...]:
    said = tuple(sentences)
    return (Entry(said),) if said else ()


def _limits(deal: Deal) -> Iterator[str]:
    every, currency, ceilings = deal.periods.every, deal.currency, deal.ceilings
    if ceilings.each_person is not None:
        yield (
            f"For one person all lines together never pay more than "
            f"{money(ceilings.each_person, currency)}."
        )
    if ceilings.each_cohort is not None:
        yield (
            f"For one cohort all lines together never pay more than "
            f"{money(ceilings.each_cohort, currency)}."
        )
    if ceilings.each_period is not None:
        yield (
            f"In one {every} all lines together pay at most "
            f"{money(ceilings.each_period, currency)}."
        )
    back = ceilings.return_on_capital
    if back is not None and back.multiple is not None:
        yield f"Payments stop at {grouped(back.multiple)} times the capital drawn."
    if back is not None and back.rate is not None:
        yield (
            f"Payments stop when the capital drawn is repaid with {percent(back.rate)} a year, "
            f"compounded by the {every} and rounded down."
        )
    if deal.ceiling is not None:
        yield f"In all, all lines together never pay more than {money(deal.ceiling, currency)}."
    if deal.ceiling is not None or ceilings.each_period is not None or back is not None:
        yield (
            "Where such a limit cuts, the line listed last is cut first."
            if ceilings.cut == "last-first"
            else "Where such a limit cuts, all lines are cut in proportion."
        )


def _payors(deal: Deal) -> Iterator[str]:
    for payor in deal.payors:
        text = f"{payor.party} pays {percent(payor.share)} of each line"
        if payor.fund is not None:
            text += f", from {payor.fund}"
        if payor.federal_money:
            text += " (federal money)"
        if payor.ceiling is not None:
            text += f", at most {money(payor.ceiling, deal.currency)} in all"
            text += (
                f"; {payor.steps_in} pays what passes that"
                if payor.steps_in is not None
                else "; what passes that is shown as unfunded"
            )
        yield f"{text}."
    if len(deal.payors) > 1:
        yield (
            "Each line is split alone, to the smallest unit of money; what is left over goes to "
            "the largest fractions, and on a tie to the payor listed first."
        )
