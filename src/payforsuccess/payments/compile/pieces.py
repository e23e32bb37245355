"""Bands of the deal as pieces of a `Bands` node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from payforsuccess.deal.terms.bands import Band
from payforsuccess.payments.nodes import Piece


def pieces_of(bands: Sequence[Band], *, times: Fraction) -> tuple[Piece, ...]:
    """Each band as a piece, amounts and rates multiplied by `times`.

    A band without an upper edge runs to where the next one starts.
    """
    pieces: list[Piece] = []
    for number, band in enumerate(bands):
        high, includes_high = band.end, band.to is not None
        if high is None and number + 1 < len(bands):
            following = bands[number + 1]
            high, includes_high = following.start, following.from_ is None
        pieces.append(
            Piece(
                low=band.start,
                includes_low=band.from_ is not None,
                high=high,
                includes_high=includes_high,
                base=band.pays * times,
                slope=band.then_per_unit * times,
            )
        )
    return tuple(pieces)


def marginal_pieces(bands: Sequence[Band], *, times: Fraction, tick: Fraction) -> tuple[Piece, ...]:
    """Pieces in which each unit earned the rate of the band it fell in.

    Bands written as counts, `to: 10` and then `from: 11`, leave no step between them: the
    eleventh unit earns the upper band's rate, and so does the first where bands start `from: 1`.
    """
    pieces: list[Piece] = []
    earned = Fraction(0)
    for piece in pieces_of(bands, times=times):
        last = pieces[-1].high if pieces and pieces[-1].includes_high else None
        if not pieces:
            last = Fraction(0)
        if piece.includes_low and last is not None and piece.low == last + tick:
            earned += piece.slope * tick
        pieces.append(replace(piece, base=earned))
        if piece.low is not None and piece.high is not None:
            earned += piece.slope * (piece.high - piece.low)
    return tuple(pieces)


def line_between(
    *, low: Fraction, high: Fraction, at_low: Fraction, at_high: Fraction
) -> tuple[Piece, ...]:
    """Flat up to `low`, a straight line, flat from `high` on."""
    slope = (at_high - at_low) / (high - low)
    return (
        Piece(None, False, low, False, at_low, Fraction(0)),
        Piece(low, True, high, False, at_low, slope),
        Piece(high, True, None, False, at_high, Fraction(0)),
    )


def step_at(
    edge: Fraction, *, below: Fraction, from_: Fraction, includes: bool = True
) -> tuple[Piece, ...]:
    """One amount below the edge, another from it on (the edge itself with `includes`)."""
    return (
        Piece(None, False, edge, not includes, below, Fraction(0)),
        Piece(edge, includes, None, False, from_, Fraction(0)),
    )
