"""Bands in sentences: where each reaches, and what is then due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from payforsuccess.deal.terms import Band
from payforsuccess.deal.words.phrases import counted
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
        yield f"{capital(reach)}: {amount(band, outcome, speaker)}."


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
    unit = speaker.unit(outcome)
    if high is not None and band.start == high:
        return f"at exactly {counted(high, unit)}"
    if band.start is None:
        if high is None:
            return "at any value"
        return (
            f"up to and with {counted(high, unit)}"
            if includes_high
            else (f"below {counted(high, unit)}")
        )
    if high is None:
        above = counted(band.start, unit)
        return f"from {above} on" if band.from_ is not None else f"above {above}"
    start = (
        f"from {grouped(band.start)}"
        if band.from_ is not None
        else (f"above {grouped(band.start)}")
    )
    end = (
        f"up to and with {counted(high, unit)}"
        if includes_high
        else (f"to less than {counted(high, unit)}")
    )
    return f"{start} {end}"


def amount_of_band(band: Band, outcome: str, speaker: Speaker) -> str:
    """What a band of money pays: the amount at its start and the rate above it."""
    start = grouped(band.start) if band.start is not None else ""
    unit = speaker.unit(outcome)
    back = speaker.term.may_be_negative
    if band.pays < 0:
        first = f"{back.pays if back else 'the other side'} pays {speaker.money(band.pays)}"
    elif band.pays:
        first = speaker.money(band.pays)
    else:
        first = "" if band.then_per_unit else "nothing"
    if not band.then_per_unit:
        return first
    way = "more" if band.then_per_unit > 0 else "less"
    slope = f"{speaker.money(band.then_per_unit)}{f' {way}' if first else ''} for each {unit}"
    slope += f" above {start}"
    return f"{first}, and {slope}" if first else slope
