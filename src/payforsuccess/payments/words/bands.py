"""Bands in sentences: where each reaches, and what is then due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from payforsuccess.deal.terms import Band
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import sentence
from payforsuccess.payments.words.speaker import Speaker
from payforsuccess.units import grouped


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def bands_in_words(
    bands: Sequence[Band],
    outcome: str,
    speaker: Speaker,
    amount: Callable[[Band, str, Speaker], str],
) -> Iterator[str]:
    """One sentence a band: where it reaches and what is then due."""
    for band, reach in zip(bands, reaches_of(bands, outcome, speaker), strict=True):
        yield sentence(
            "{reach:capital}: {amount}.", reach=reach, amount=amount(band, outcome, speaker)
        )


def reaches_of(bands: Sequence[Band], outcome: str, speaker: Speaker) -> list[str]:
    """Where each band reaches, such as `from 20 to less than 30 percent`."""
    reaches = []
    for number, band in enumerate(bands):
        following = bands[number + 1] if number + 1 < len(bands) else None
        reaches.append(_reach(band, following, outcome, speaker))
    return reaches


def _reach(band: Band, following: Band | None, outcome: str, speaker: Speaker) -> str:
    """`from 20 to less than 30 percent`, `65 percent and more`, `below 20 percent`."""
    high, includes_high = band.end, band.to is not None
    if high is None and following is not None:
        high, includes_high = following.start, following.from_ is None
    if high is not None and band.start == high:
        return sentence("at exactly {high}", high=counted(high, speaker.outcome(outcome).unit))
    if band.start is None:
        if high is None:
            return sentence("at any value")
        return (
            sentence("up to and with {high}", high=counted(high, speaker.outcome(outcome).unit))
            if includes_high
            else (sentence("below {high}", high=counted(high, speaker.outcome(outcome).unit)))
        )
    if high is None:
        above = counted(band.start, speaker.outcome(outcome).unit)
        return (
            sentence("from {above} on", above=above)
            if band.from_ is not None
            else sentence("above {above}", above=above)
        )
    start = grouped(band.start)
    start = (
        sentence("from {start}", start=start)
        if band.from_ is not None
        else sentence("above {start}", start=start)
    )
    end = counted(high, speaker.outcome(outcome).unit)
    end = (
        sentence("up to and with {end}", end=end)
        if includes_high
        else sentence("to less than {end}", end=end)
    )
    return sentence("{start} {end}", start=start, end=end)


def amount_of_band(band: Band, outcome: str, speaker: Speaker) -> str:
    """What a band of money pays: the amount at its start and the rate above it."""
    start = grouped(band.start) if band.start is not None else ""
    unit = speaker.unit(outcome)
    back = speaker.term.may_be_negative
    first: str
    if band.pays < 0:
        who = back.pays if back else sentence("the other side")
        first = sentence("{who} pays {amount}", who=who, amount=speaker.money(band.pays))
    elif band.pays:
        first = speaker.money(band.pays)
    else:
        first = "" if band.then_per_unit else sentence("nothing")
    if not band.then_per_unit:
        return first
    each = speaker.money(band.then_per_unit)
    if first:
        way = sentence("more") if band.then_per_unit > 0 else sentence("less")
        each = sentence("{amount} {way}", amount=each, way=way)
    slope = sentence("{amount} for each {unit} above {start}", amount=each, unit=unit, start=start)
    return sentence("{first}, and {slope}", first=first, slope=slope) if first else slope
