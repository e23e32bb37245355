"""The money of a deal as sections of an explanation."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.deal.words.phrases import money, named, percent, word
from payforsuccess.deal.words.section import Entry, Section
from payforsuccess.errors import sentence
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
        sentence("Clause: {clause}.", clause=term.clause.rstrip(".")),
    )


def sections_of_money(deal: Deal) -> tuple[Section, ...]:
    """What is paid for, line by line; limits over several lines; who pays."""
    return (
        Section(
            sentence("What is paid"),
            tuple(Entry(sentences_of(term, deal), named(term.name)) for term in deal.payments),
        ),
        Section(sentence("Limits over all lines"), _entry(_limits(deal))),
        Section(sentence("Who pays"), _entry(_payors(deal))),
    )


def _entry(sentences: Iterator[str]) -> tuple[Entry, ...]:
    said = tuple(sentences)
    return (Entry(said),) if said else ()


def _limits(deal: Deal) -> Iterator[str]:
    every, currency, ceilings = word(deal.periods.every), deal.currency, deal.ceilings
    if ceilings.each_person is not None:
        yield (
            sentence(
                "For one person all lines together never pay more than {amount}.",
                amount=money(ceilings.each_person, currency),
            )
        )
    if ceilings.each_cohort is not None:
        yield (
            sentence(
                "For one cohort all lines together never pay more than {amount}.",
                amount=money(ceilings.each_cohort, currency),
            )
        )
    if ceilings.each_period is not None:
        yield (
            sentence(
                "In one {every} all lines together pay at most {amount}.",
                every=every,
                amount=money(ceilings.each_period, currency),
            )
        )
    back = ceilings.return_on_capital
    if back is not None and back.multiple is not None:
        yield sentence(
            "Payments stop at {multiple} times the capital drawn.", multiple=grouped(back.multiple)
        )
    if back is not None and back.rate is not None:
        yield (
            sentence(
                "Payments stop when the capital drawn is repaid with {rate} a year, compounded "
                "by the {every} and rounded down.",
                rate=percent(back.rate),
                every=every,
            )
        )
    if deal.ceiling is not None:
        yield sentence(
            "In all, all lines together never pay more than {amount}.",
            amount=money(deal.ceiling, currency),
        )
    if deal.ceiling is not None or ceilings.each_period is not None or back is not None:
        yield (
            sentence("Where such a limit cuts, the line listed last is cut first.")
            if ceilings.cut == "last-first"
            else sentence("Where such a limit cuts, all lines are cut in proportion.")
        )


def _payors(deal: Deal) -> Iterator[str]:
    for payor in deal.payors:
        text = sentence(
            "{payor} pays {share} of each line", payor=payor.party, share=percent(payor.share)
        )
        if payor.fund is not None:
            text = sentence("{text}, from {fund}", text=text, fund=payor.fund)
        if payor.federal_money:
            text = sentence("{text} (federal money)", text=text)
        if payor.ceiling is not None:
            most = money(payor.ceiling, deal.currency)
            text = sentence("{text}, at most {amount} in all", text=text, amount=most)
            text = (
                sentence("{text}; {payor} pays what passes that", text=text, payor=payor.steps_in)
                if payor.steps_in is not None
                else sentence("{text}; what passes that is shown as unfunded", text=text)
            )
        yield sentence("{text}.", text=text)
    if len(deal.payors) > 1:
        yield (
            sentence(
                "Each line is split alone, to the smallest unit of money; what is left over "
                "goes to the largest fractions, and on a tie to the payor listed first."
            )
        )
