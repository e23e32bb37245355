"""The bands of a payment term as the pieces of a curve."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.payments import nodes
from payforsuccess.reports.charts import Piece, Point
from payforsuccess.units import round_exact


def pieces_of(bands: nodes.Bands, *, least: Fraction, most: Fraction) -> tuple[Piece, ...]:
    """What the bands pay from `least` to `most`, both included; amounts in whole minor units.

    Refuses (ValueError) a stretch in which no band lies.
    """
    if least >= most:
        raise ValueError("a curve is drawn from the smaller value to the larger")
    pieces = [
        _clipped(band, least, most)
        for band in bands.pieces
        if (band.low is None or band.low <= most) and (band.high is None or band.high >= least)
    ]
    if not pieces:
        raise ValueError("no band lies between these values")
    return tuple(pieces)


def _clipped(band: nodes.Piece, least: Fraction, most: Fraction) -> Piece:
    starts_inside = band.low is not None and band.low >= least
    ends_inside = band.high is not None and band.high <= most
    start = band.low if starts_inside and band.low is not None else least
    end = band.high if ends_inside and band.high is not None else most
    return Piece(
        Point(start, _pays(band, start)),
        Point(end, _pays(band, end)),
        includes_start=band.includes_low if starts_inside else True,
        includes_end=band.includes_high if ends_inside else True,
    )


def _pays(band: nodes.Piece, at: Fraction) -> int:
    return round_exact(band.base + band.slope * (at - band.origin))
