"""Each kind of payment term in sentences: one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from payforsuccess.deal.terms import (
    Band,
    Coupon,
    EffectPrice,
    Milestones,
    Pot,
    SavingsShare,
    Schedule,
    ShareThreshold,
    UnitPrice,
    Withhold,
)
from payforsuccess.deal.words.phrases import counted, named, percent, plural
from payforsuccess.payments.words.bands import (
    amount_of_band,
    bands_in_words,
    capital,
    reaches_of,
)
from payforsuccess.payments.words.speaker import Speaker
from payforsuccess.units import grouped

_ONE_AT_A_TIME = ("person", "child", "claim", "event", "place")


def kind_in_words(speaker: Speaker) -> Iterator[str]:
    """The sentences of what the term pays for, before any modifier."""
    yield from _KINDS[type(speaker.term)](speaker.term, speaker)


def _unit_price(term: UnitPrice, speaker: Speaker) -> Iterator[str]:
    unit = speaker.unit(term.pays_for)
    yield (
        f"For each {unit} of {named(term.pays_for)}, {speaker.payer} {speaker.pays} "
        f"{speaker.money(term.price)}."
    )
    if term.deduct is not None:
        yield (
            f"What is counted as {named(term.deduct)} is taken off first; the count is never "
            "below 0."
        )
    if term.limit_each_person is not None:
        limit = term.limit_each_person
        if limit == 1 and unit in _ONE_AT_A_TIME:
            yield "For one person it is paid once at most."
        else:
            are = "is" if limit == 1 else "are"
            yield f"For one person at most {counted(limit, unit)} {are} ever paid."


def _milestones(term: Milestones, speaker: Speaker) -> Iterator[str]:
    yield (
        f"{capital(speaker.payer)} {speaker.pays} for each person who reaches a milestone, once "
        "for each milestone:"
    )
    earlier = ""
    for milestone in term.milestones:
        after = (
            f", if the person has reached {named(earlier)} before"
            if milestone.needs_earlier
            else ""
        )
        yield f"{named(milestone.outcome)}: {speaker.money(milestone.price)}{after}."
        earlier = milestone.outcome


def _schedule(term: Schedule, speaker: Speaker) -> Iterator[str]:
    if term.shape == "marginal":
        yield (
            f"Each {speaker.unit(term.pays_for)} of {named(term.pays_for)} is paid at the price of "
            "the stretch in which it falls:"
        )
        yield from _marginal(term, speaker)
    else:
        yield f"The amount is read from {named(term.pays_for)}:"
        yield from bands_in_words(term.bands, term.pays_for, speaker, amount_of_band)
    if term.times is not None:
        yield (
            f"That amount is multiplied by {named(term.times)}, counted in "
            f"{plural(speaker.unit(term.times))}."
        )


def _marginal(term: Schedule, speaker: Speaker) -> Iterator[str]:
    for band, reach in zip(term.bands, reaches_of(term.bands, term.pays_for, speaker), strict=True):
        each = band.then_per_unit
        yield f"{capital(reach)}: {f'{speaker.money(each)} each' if each else 'nothing'}."


def _effect_price(term: EffectPrice, speaker: Speaker) -> Iterator[str]:
    outcome = speaker.outcome(term.pays_for)
    effect = named(term.pays_for)
    if outcome.better == "lower":
        effect = f"how far {effect} lies below {speaker.value(term.pays_for, outcome.no_success)}"
        if outcome.no_success == 0:
            effect = f"the fall in {named(term.pays_for)}"
    elif outcome.no_success:
        effect += f" above {speaker.value(term.pays_for, outcome.no_success)}"
    treated = f", times {named(term.treated)}" if term.treated is not None else ""
    yield (
        f"{capital(speaker.payer)} {speaker.pays} {speaker.money(term.price)} for each "
        f"{outcome.unit} of effect{treated}; the effect is {effect}."
    )
    if term.may_be_negative is None:
        yield "An effect the wrong way counts as 0."
    if term.minimum_effect is not None:
        yield (
            f"An effect smaller than {speaker.value(term.pays_for, term.minimum_effect)} pays "
            "nothing; from there on the whole effect is paid."
        )
    if term.significant_at is not None:
        yield (
            f"Nothing is due unless the determination states a p-value below "
            f"{percent(term.significant_at)}."
        )


def _savings_share(term: SavingsShare, speaker: Speaker) -> Iterator[str]:
    saved = named(term.pays_for)
    if term.hurdle is not None:
        saved = f"what {saved} has above {speaker.money(term.hurdle)}"
    first = f"{capital(speaker.payer)} {speaker.pays} {percent(term.share)} of {saved}"
    if term.until_paid is None or term.then_share is None:
        yield f"{first}."
        return
    yield f"{first}, until {speaker.money(term.until_paid)} has been paid."
    yield (
        f"Of what is saved beyond that, {percent(term.then_share)} is paid."
        if term.then_share
        else "Of what is saved beyond that, nothing is paid."
    )


def _share_threshold(term: ShareThreshold, speaker: Speaker) -> Iterator[str]:
    paid = (
        speaker.money(term.amount)
        if term.amount is not None
        else f"{speaker.money(term.price or Fraction(0))} for each {speaker.unit(term.passed)} of "
        f"{named(term.passed)}"
    )
    yield (
        f"If {named(term.passed)} is at least {percent(term.at_least)} of {named(term.out_of)}, "
        f"{speaker.payer} {speaker.pays} {paid}; otherwise nothing."
    )
    yield f"If no one is counted under {named(term.out_of)}, nothing is due."


def _pot(term: Pot, speaker: Speaker) -> Iterator[str]:
    yield f"A pot of {speaker.money(term.amount)} is earned in parts:"
    for part in term.parts:
        whole = speaker.money(part.weight * term.amount)
        none_at = speaker.value(part.outcome, part.none_at)
        all_at = speaker.value(part.outcome, part.all_at)
        between = (
            "in proportion between the two" if part.between == "line" else "nothing short of that"
        )
        way = "from" if part.all_at > part.none_at else "down to"
        start = f"nothing at {none_at}, " if part.between == "line" else ""
        yield (
            f"{named(part.outcome)}, {percent(part.weight)} of the pot ({whole}): {start}all "
            f"{way} {all_at}, {between}."
        )


def _coupon(term: Coupon, speaker: Speaker) -> Iterator[str]:
    rule = {
        "actual/365": "the days of the period over 365",
        "actual/360": "the days of the period over 360",
        "30/360": "months of 30 days in a year of 360",
    }[term.day_count]
    yield (
        f"A yearly rate on {speaker.money(term.balance)} is read from {named(term.pays_for)} and "
        f"paid for each period by {rule}:"
    )
    yield from bands_in_words(term.as_bands(), term.pays_for, speaker, _rate_of)


def _rate_of(band: Band, outcome: str, speaker: Speaker) -> str:
    rate = f"{percent(band.pays)} a year" if band.pays or not band.then_per_unit else ""
    if not band.then_per_unit:
        return rate
    start = grouped(band.start) if band.start is not None else ""
    slope = f"{percent(band.then_per_unit)} a year for each {speaker.unit(outcome)} above {start}"
    return f"{rate}, and {slope}" if rate else slope


def _withhold(term: Withhold, speaker: Speaker) -> Iterator[str]:
    yield (
        f"Of a fee of {speaker.money(term.fee)}, {percent(term.at_risk)} "
        f"({speaker.money(term.fee * term.at_risk)}) is held back and paid as far as "
        f"{named(term.pays_for)} earns it; the rest of the fee is paid under the existing "
        "contract:"
    )
    yield from bands_in_words(term.bands, term.pays_for, speaker, _share_of)


def _share_of(band: Band, outcome: str, speaker: Speaker) -> str:
    if not band.pays and not band.then_per_unit:
        return "nothing of it"
    if band.pays == 1 and not band.then_per_unit:
        return "all of it"
    first = f"{percent(band.pays)} of it" if band.pays else ""
    if not band.then_per_unit:
        return first
    start = grouped(band.start) if band.start is not None else ""
    slope = f"{percent(band.then_per_unit)} of it for each {speaker.unit(outcome)} above {start}"
    return f"{first}, and {slope}" if first else slope


_KINDS: dict[type, Callable[[Any, Speaker], Iterator[str]]] = {
    UnitPrice: _unit_price,
    Milestones: _milestones,
    Schedule: _schedule,
    EffectPrice: _effect_price,
    SavingsShare: _savings_share,
    ShareThreshold: _share_threshold,
    Pot: _pot,
    Coupon: _coupon,
    Withhold: _withhold,
}
