"""What a payment term pays for each value of an outcome, with the point that was paid."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from payforsuccess.reports.charts.canvas import BLUE, INK, LINE, ORANGE, QUIET, drawn, label
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.inline import required
from payforsuccess.reports.markup import printable
from payforsuccess.reports.numbers import (
    Number,
    amount_text,
    decimal_text,
    number_text,
    whole_money_text,
    with_unit,
)
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.units import from_minor

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# With more pieces than this the alternative text would be a recital; the table holds them all.
MOST_PIECES_TOLD = 8
LINE_POINTS = 12.5


@dataclass(frozen=True)
class Point:
    """A value of the outcome (`at`) and what is paid for it, in minor units."""

    at: Number
    pays: int


@dataclass(frozen=True)
class Piece:
    """A straight stretch of the curve, and whether each of its ends belongs to it."""

    start: Point
    end: Point
    includes_start: bool = True
    includes_end: bool = False

    def __post_init__(self) -> None:
        if self.start.at > self.end.at:
            raise ValueError("a piece runs from the smaller value to the larger")


@dataclass(frozen=True)
class PaymentCurve:
    """The whole curve. Between pieces there may be jumps and gaps, never an overlap.

    outcome and unit name the horizontal axis. paid: the result that was paid, if any.
    ceiling: the most that the term may pay, in minor units.
    """

    title: str
    outcome: str
    unit: str
    currency: str
    pieces: tuple[Piece, ...]
    paid: Point | None = None
    ceiling: int | None = None

    def __post_init__(self) -> None:
        required(self.title, "a curve's title")
        required(self.outcome, "a curve's outcome")
        if not self.pieces:
            raise ValueError("a curve needs pieces")
        for before, after in pairwise(self.pieces):
            if after.start.at < before.end.at:
                raise ValueError("the pieces of a curve stand in order and do not overlap")

    @property
    def rises(self) -> bool:
        """Whether it ends no lower than it starts."""
        return self.pieces[-1].end.pays >= self.pieces[0].start.pays


def payment_curve(curve: PaymentCurve) -> Figure:
    """The curve as a figure: lines, open and filled ends, the ceiling, and the point paid."""
    return Figure(
        image=drawn(3.5, lambda _, axes: _draw(curve, axes)),
        alternative=curve_in_words(curve),
        caption=curve.title,
        table=curve_table(curve),
    )


def curve_in_words(curve: PaymentCurve) -> str:
    """The curve as it would be told to somebody who cannot see it."""
    said = [f"Payment in {curve.currency}, by outcome: {curve.outcome}."]
    if len(curve.pieces) > MOST_PIECES_TOLD:
        first, last = curve.pieces[0].start, curve.pieces[-1].end
        said.append(
            f"The curve has {len(curve.pieces)} pieces, from {_money(curve, first.pays)} at "
            f"{with_unit(first.at, curve.unit)} to {_money(curve, last.pays)} at "
            f"{with_unit(last.at, curve.unit)}; the table lists them all."
        )
    else:
        said += [_piece_in_words(curve, piece) for piece in curve.pieces]
        said += [
            f"At {with_unit(after.start.at, curve.unit)} the payment jumps from "
            f"{_money(curve, before.end.pays)} to {_money(curve, after.start.pays)}."
            for before, after in pairwise(curve.pieces)
            if before.end.at == after.start.at and before.end.pays != after.start.pays
        ]
    if curve.ceiling is not None:
        said.append(f"The ceiling is {_money(curve, curve.ceiling)}.")
    if curve.paid is not None:
        said.append(
            f"The result, {with_unit(curve.paid.at, curve.unit)}, pays "
            f"{amount_text(curve.paid.pays, curve.currency)}."
        )
    return " ".join(said)


def curve_table(curve: PaymentCurve) -> Table:
    """One row a piece: where it starts and ends, and what is paid there."""
    unit = f" ({curve.unit})" if curve.unit else ""
    rows = tuple(
        (
            cell(("" if piece.includes_start else "above ") + number_text(piece.start.at)),
            cell(("" if piece.includes_end else "below ") + number_text(piece.end.at)),
            cell(amount_text(piece.start.pays, curve.currency)),
            cell(amount_text(piece.end.pays, curve.currency)),
        )
        for piece in curve.pieces
    )
    return Table(
        caption=f"{curve.title}, piece by piece",
        columns=(
            Column(f"From{unit}", is_number=True),
            Column(f"To{unit}", is_number=True),
            Column(f"Pays at the start ({curve.currency})", is_number=True),
            Column(f"Pays toward the end ({curve.currency})", is_number=True),
        ),
        rows=rows,
    )


def _money(curve: PaymentCurve, minor: int) -> str:
    return whole_money_text(minor, curve.currency)


def _piece_in_words(curve: PaymentCurve, piece: Piece) -> str:
    start, end = piece.start, piece.end
    if start.at == end.at:
        return f"At {with_unit(start.at, curve.unit)} it pays {_money(curve, start.pays)}."
    above = "" if piece.includes_start else "above "
    below = "" if piece.includes_end else "below "
    stretch = f"From {above}{number_text(start.at)} to {below}{with_unit(end.at, curve.unit)}"
    if start.pays == end.pays:
        return f"{stretch} it pays {_money(curve, start.pays)}."
    way = "rises" if end.pays > start.pays else "falls"
    return (
        f"{stretch} it {way} evenly from {_money(curve, start.pays)} to {_money(curve, end.pays)}."
    )


def _draw(curve: PaymentCurve, axes: Axes) -> None:
    for piece in curve.pieces:
        axes.plot(*_line(curve, piece.start, piece.end), color=BLUE, linewidth=2.2, zorder=3)
    _draw_breaks(curve, axes)
    _frame(curve, axes)
    if curve.ceiling is not None:
        _draw_ceiling(curve, curve.ceiling, axes)
    if curve.paid is not None:
        _draw_paid(curve, curve.paid, axes)


def _line(curve: PaymentCurve, *points: Point) -> tuple[list[float], list[float]]:
    return (
        [float(point.at) for point in points],
        [float(from_minor(point.pays, curve.currency)) for point in points],
    )


def _draw_breaks(curve: PaymentCurve, axes: Axes) -> None:
    """A filled end belongs to the curve, an open end does not; a dotted line joins a jump."""
    for before, after in pairwise(curve.pieces):
        if before.end == after.start:
            continue
        if before.end.at == after.start.at:
            jump = _line(curve, before.end, after.start)
            axes.plot(*jump, color=QUIET, linewidth=1, linestyle=":", zorder=2)
        for point, belongs in (
            (before.end, before.includes_end),
            (after.start, after.includes_start),
        ):
            axes.plot(
                *_line(curve, point),
                marker="o",
                markersize=6.5,
                markeredgewidth=1.6,
                markeredgecolor=BLUE,
                markerfacecolor=BLUE if belongs else "white",
                zorder=4,
            )


def _frame(curve: PaymentCurve, axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    points = [point for piece in curve.pieces for point in (piece.start, piece.end)]
    points += [curve.paid] if curve.paid else []
    across, up = _line(curve, *points)
    if curve.ceiling is not None:
        up.append(float(from_minor(curve.ceiling, curve.currency)))
    width = (max(across) - min(across)) or 1.0
    height = (max(*up, 0.0) - min(*up, 0.0)) or 1.0
    axes.set_xlim(min(across) - width * 0.02, max(across) + width * 0.03)
    # Room for the label of the point paid, which may stand above or, on a falling curve, below.
    room_below = 0.2 if curve.paid is not None and not curve.rises else 0.03
    axes.set_ylim(min(*up, 0.0) - height * room_below, max(*up, 0.0) + height * 0.2)
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 2)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal_text(value, 6)))
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    unit = f" ({curve.unit})" if curve.unit else ""
    axes.set_xlabel(label(f"{curve.outcome}{unit}"), labelpad=6)
    axes.set_ylabel(printable(f"Payment ({curve.currency})"), labelpad=6)


def _draw_ceiling(curve: PaymentCurve, ceiling: int, axes: Axes) -> None:
    height = float(from_minor(ceiling, curve.currency))
    axes.axhline(height, color=ORANGE, linewidth=1.2, linestyle=(0, (6, 3)), zorder=2)
    axes.annotate(
        printable(f"Ceiling {_money(curve, ceiling)}"),
        xy=(0.01, height),
        xycoords=("axes fraction", "data"),
        xytext=(0, 4),
        textcoords="offset points",
        color=ORANGE,
    )


def _draw_paid(curve: PaymentCurve, paid: Point, axes: Axes) -> None:
    (across,), (height,) = _line(curve, paid)
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    axes.plot(
        [across, across, left],
        [bottom, height, height],
        color=INK,
        linewidth=0.8,
        linestyle=(0, (3, 2)),
        zorder=2,
    )
    axes.plot(
        [across], [height], marker="D", markersize=8, color=ORANGE, markeredgecolor=INK, zorder=5
    )
    # Below and right of a rising curve, above and right of a falling one, there is room; near the
    # right edge the label moves to the other side of the curve, so that it stays in the frame.
    is_far_right = across > left + (right - left) * 0.6
    is_low = height < bottom + (top - bottom) * 0.2
    is_above = curve.rises == is_far_right or (curve.rises and is_low)
    rows = (
        with_unit(paid.at, curve.unit),
        f"pays {amount_text(paid.pays, curve.currency)}",
    )
    # Each row is a text of its own, so that it is set flush in the reader's font as well.
    for at, row in enumerate(rows):
        below = 7 + (1 - at) * LINE_POINTS if is_above else -16 - at * LINE_POINTS
        axes.annotate(
            printable(row),
            xy=(across, height),
            xytext=(-11 if is_far_right else 11, below),
            textcoords="offset points",
            ha="right" if is_far_right else "left",
            va="baseline",
            fontweight="bold",
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.9},
            zorder=6,
        )
