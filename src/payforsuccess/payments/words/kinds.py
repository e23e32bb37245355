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
from payforsuccess.deal.words.phrases import counted, named, percent, plural, word
from payforsuccess.errors import sentence
from payforsuccess.payments.words.bands import (
    amount_of_band,
    bands_in_words,
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
        sentence(
            "For each {unit} of {pays_for}, {payer} {pays} {amount}.",
            unit=unit,
            pays_for=named(term.pays_for),
            payer=speaker.payer,
            pays=speaker.pays,
            amount=speaker.money(term.price),
        )
    )
    if term.deduct is not None:
        yield (
            sentence(
                "What is counted as {deduct} is taken off first; the count is never below 0.",
                deduct=named(term.deduct),
            )
        )
    if term.limit_each_person is not None:
        limit = term.limit_each_person
        if limit == 1 and unit in _ONE_AT_A_TIME:
            yield sentence("For one person it is paid once at most.")
        else:
            most = counted(limit, speaker.outcome(term.pays_for).unit)
            yield (
                sentence("For one person at most {limit} is ever paid.", limit=most)
                if limit == 1
                else sentence("For one person at most {limit} are ever paid.", limit=most)
            )


def _milestones(term: Milestones, speaker: Speaker) -> Iterator[str]:
    yield (
        sentence(
            "{payer:capital} {pays} for each person who reaches a milestone, once for each "
            "milestone:",
            payer=speaker.payer,
            pays=speaker.pays,
        )
    )
    earlier = ""
    for milestone in term.milestones:
        after = (
            sentence(", if the person has reached {earlier} before", earlier=named(earlier))
            if milestone.needs_earlier
            else ""
        )
        yield sentence(
            "{outcome}: {amount}{after}.",
            outcome=named(milestone.outcome),
            amount=speaker.money(milestone.price),
            after=after,
        )
        earlier = milestone.outcome


def _schedule(term: Schedule, speaker: Speaker) -> Iterator[str]:
    if term.shape == "marginal":
        yield (
            sentence(
                "Each {unit} of {pays_for} is paid at the price of the stretch in which it falls:",
                unit=speaker.unit(term.pays_for),
                pays_for=named(term.pays_for),
            )
        )
        yield from _marginal(term, speaker)
    else:
        yield sentence("The amount is read from {pays_for}:", pays_for=named(term.pays_for))
        yield from bands_in_words(term.bands, term.pays_for, speaker, amount_of_band)
    if term.times is not None:
        yield (
            sentence(
                "That amount is multiplied by {times}, counted in {units}.",
                times=named(term.times),
                units=word(plural(speaker.unit(term.times))),
            )
        )


def _marginal(term: Schedule, speaker: Speaker) -> Iterator[str]:
    for band, reach in zip(term.bands, reaches_of(term.bands, term.pays_for, speaker), strict=True):
        each = band.then_per_unit
        yield sentence(
            "{reach:capital}: {amount}.",
            reach=reach,
            amount=sentence("{amount} each", amount=speaker.money(each))
            if each
            else sentence("nothing"),
        )


def _effect_price(term: EffectPrice, speaker: Speaker) -> Iterator[str]:
    outcome = speaker.outcome(term.pays_for)
    effect = named(term.pays_for)
    if outcome.better == "lower":
        effect = sentence(
            "how far {effect} lies below {value}",
            effect=effect,
            value=speaker.value(term.pays_for, outcome.no_success),
        )
        if outcome.no_success == 0:
            effect = sentence("the fall in {outcome}", outcome=named(term.pays_for))
    elif outcome.no_success:
        effect = sentence(
            "{effect} above {value}",
            effect=effect,
            value=speaker.value(term.pays_for, outcome.no_success),
        )
    treated = (
        sentence(", times {treated}", treated=named(term.treated))
        if term.treated is not None
        else ""
    )
    yield (
        sentence(
            "{payer:capital} {pays} {amount} for each {unit} of effect{treated}; the effect is "
            "{effect}.",
            payer=speaker.payer,
            pays=speaker.pays,
            amount=speaker.money(term.price),
            unit=word(outcome.unit),
            treated=treated,
            effect=effect,
        )
    )
    if term.may_be_negative is None:
        yield sentence("An effect the wrong way counts as 0.")
    if term.minimum_effect is not None:
        yield (
            sentence(
                "An effect smaller than {value} pays nothing; from there on the whole effect "
                "is paid.",
                value=speaker.value(term.pays_for, term.minimum_effect),
            )
        )
    if term.significant_at is not None:
        yield (
            sentence(
                "Nothing is due unless the determination states a p-value below {significant_at}.",
                significant_at=percent(term.significant_at),
            )
        )


def _savings_share(term: SavingsShare, speaker: Speaker) -> Iterator[str]:
    saved = named(term.pays_for)
    if term.hurdle is not None:
        saved = sentence(
            "what {saved} has above {amount}", saved=saved, amount=speaker.money(term.hurdle)
        )
    first = sentence(
        "{payer:capital} {pays} {share} of {saved}",
        payer=speaker.payer,
        pays=speaker.pays,
        share=percent(term.share),
        saved=saved,
    )
    if term.until_paid is None or term.then_share is None:
        yield sentence("{first}.", first=first)
        return
    yield sentence(
        "{first}, until {amount} has been paid.", first=first, amount=speaker.money(term.until_paid)
    )
    yield (
        sentence(
            "Of what is saved beyond that, {then_share} is paid.",
            then_share=percent(term.then_share),
        )
        if term.then_share
        else sentence("Of what is saved beyond that, nothing is paid.")
    )


def _share_threshold(term: ShareThreshold, speaker: Speaker) -> Iterator[str]:
    paid = (
        speaker.money(term.amount)
        if term.amount is not None
        else sentence(
            "{amount} for each {unit} of {passed}",
            amount=speaker.money(term.price or Fraction(0)),
            unit=speaker.unit(term.passed),
            passed=named(term.passed),
        )
    )
    yield (
        sentence(
            "If {passed} is at least {at_least} of {out_of}, {payer} {pays} {paid}; otherwise "
            "nothing.",
            passed=named(term.passed),
            at_least=percent(term.at_least),
            out_of=named(term.out_of),
            payer=speaker.payer,
            pays=speaker.pays,
            paid=paid,
        )
    )
    yield sentence(
        "If no one is counted under {out_of}, nothing is due.", out_of=named(term.out_of)
    )


def _pot(term: Pot, speaker: Speaker) -> Iterator[str]:
    yield sentence("A pot of {amount} is earned in parts:", amount=speaker.money(term.amount))
    for part in term.parts:
        whole = speaker.money(part.weight * term.amount)
        none_at = speaker.value(part.outcome, part.none_at)
        all_at = speaker.value(part.outcome, part.all_at)
        between = (
            sentence("in proportion between the two")
            if part.between == "line"
            else sentence("nothing short of that")
        )
        way = sentence("from") if part.all_at > part.none_at else sentence("down to")
        start = (
            sentence("nothing at {none_at}, ", none_at=none_at) if part.between == "line" else ""
        )
        yield (
            sentence(
                "{outcome}, {weight} of the pot ({whole}): {start}all {way} {all_at}, {between}.",
                outcome=named(part.outcome),
                weight=percent(part.weight),
                whole=whole,
                start=start,
                way=way,
                all_at=all_at,
                between=between,
            )
        )


def _coupon(term: Coupon, speaker: Speaker) -> Iterator[str]:
    rule = {
        "actual/365": sentence("the days of the period over 365"),
        "actual/360": sentence("the days of the period over 360"),
        "30/360": sentence("months of 30 days in a year of 360"),
    }[term.day_count]
    yield (
        sentence(
            "A yearly rate on {amount} is read from {pays_for} and paid for each period by {rule}:",
            amount=speaker.money(term.balance),
            pays_for=named(term.pays_for),
            rule=rule,
        )
    )
    yield from bands_in_words(term.as_bands(), term.pays_for, speaker, _rate_of)


def _rate_of(band: Band, outcome: str, speaker: Speaker) -> str:
    rate = (
        sentence("{rate} a year", rate=percent(band.pays))
        if band.pays or not band.then_per_unit
        else ""
    )
    if not band.then_per_unit:
        return rate
    start = grouped(band.start) if band.start is not None else ""
    slope = sentence(
        "{rate} a year for each {unit} above {start}",
        rate=percent(band.then_per_unit),
        unit=speaker.unit(outcome),
        start=start,
    )
    return sentence("{rate}, and {slope}", rate=rate, slope=slope) if rate else slope


def _withhold(term: Withhold, speaker: Speaker) -> Iterator[str]:
    yield (
        sentence(
            "Of a fee of {fee}, {at_risk} ({held}) is held back and paid as far as "
            "{pays_for} earns it; the rest of the fee is paid under the existing contract:",
            fee=speaker.money(term.fee),
            at_risk=percent(term.at_risk),
            held=speaker.money(term.fee * term.at_risk),
            pays_for=named(term.pays_for),
        )
    )
    yield from bands_in_words(term.bands, term.pays_for, speaker, _share_of)


def _share_of(band: Band, outcome: str, speaker: Speaker) -> str:
    if not band.pays and not band.then_per_unit:
        return sentence("nothing of it")
    if band.pays == 1 and not band.then_per_unit:
        return sentence("all of it")
    first = sentence("{share} of it", share=percent(band.pays)) if band.pays else ""
    if not band.then_per_unit:
        return first
    start = grouped(band.start) if band.start is not None else ""
    slope = sentence(
        "{share} of it for each {unit} above {start}",
        share=percent(band.then_per_unit),
        unit=speaker.unit(outcome),
        start=start,
    )
    return sentence("{first}, and {slope}", first=first, slope=slope) if first else slope


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
