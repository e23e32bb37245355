"""A number that is worked out and written down at once: its exact value and its formula.

The deal's own definitions run over these numbers in place of plain ones, so the workbook says what
the programs do. Every figure carries its value, by which a workbook is checked before it is
written: a formula and a figure never come from two places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Protocol

from payforsuccess.units import round_exact

Number = Fraction | int | bool
Writer = Callable[[str], str]
ATOM, PRODUCT, SUM, TEST = 3, 2, 1, 0
"""How tightly a formula holds together: what is looser is put in parentheses."""


class Place(Protocol):
    """Where a number stands on a sheet."""

    def seen_from(self, sheet: str) -> str:
        """How a formula of a sheet names it."""


class Live:
    """A number with its formula; with a cell of its own it is named by that from then on.

    `is_loose` marks what sums of decimals in floating point may leave a trace in.
    """

    __slots__ = ("_writes", "binds", "is_loose", "is_signed", "place", "value")

    def __init__(
        self,
        value: Number,
        writes: Writer,
        *,
        binds: int = ATOM,
        is_loose: bool = False,
        is_signed: bool = False,
    ) -> None:
        self.value: Fraction = Fraction(value)
        self._writes = writes
        self.binds = binds
        self.is_loose = is_loose
        self.is_signed = is_signed
        self.place: Place | None = None

    def formula(self, sheet: str) -> str:
        """The formula itself, as a sheet writes it, without the sign of equality."""
        return self._writes(sheet)

    def named(self, sheet: str, *, within: int = TEST) -> str:
        """The number as a part of another formula: its cell, or the formula in parentheses."""
        if self.place is not None:
            return self.place.seen_from(sheet)
        said = self._writes(sheet)
        return f"({said})" if self.binds < within else said

    @property
    def floats(self) -> bool:
        """Whether it may be off by what floating point leaves behind."""
        return self.is_loose and self.place is None

    def __add__(self, other: Any) -> Live:
        return _sum(self, other, "+")

    def __radd__(self, other: Any) -> Live:
        if not isinstance(other, Live) and not other:
            return self
        return _sum(live(other), self, "+")

    def __sub__(self, other: Any) -> Live:
        return _sum(self, other, "-")

    def __rsub__(self, other: Any) -> Live:
        return _sum(live(other), self, "-")

    def __neg__(self) -> Live:
        return Live(
            -self.value,
            lambda sheet: f"-{self.named(sheet, within=PRODUCT)}",
            binds=SUM,
            is_loose=self.floats,
        )

    def __mul__(self, other: Any) -> Live:
        by = live(other)
        if isinstance(other, int | Fraction) and other == 1:
            return self
        return Live(
            self.value * by.value,
            lambda sheet: f"{self.named(sheet, within=PRODUCT)}*{by.named(sheet, within=PRODUCT)}",
            binds=PRODUCT,
            is_loose=True,
        )

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Live:
        by = live(other)
        return Live(
            self.value / by.value if by.value else Fraction(0),
            lambda sheet: f"{self.named(sheet, within=PRODUCT)}/{by.named(sheet, within=ATOM)}",
            binds=PRODUCT,
            is_loose=True,
        )

    def __ge__(self, other: Any) -> Live:
        return _test(self, other, ">=")

    def __gt__(self, other: Any) -> Live:
        return _test(self, other, ">")

    def __le__(self, other: Any) -> Live:
        return _test(self, other, "<=")

    def __lt__(self, other: Any) -> Live:
        return _test(self, other, "<")

    def __and__(self, other: Any) -> Live:
        if other is True:
            return self
        return call("AND", min, self, other)

    __rand__ = __and__


def live(number: Any) -> Live:
    """A plain number as it stands in a formula; a live one as it is."""
    if isinstance(number, Live):
        return number
    if isinstance(number, bool):
        return Live(number, lambda _: "TRUE" if number else "FALSE")
    exact = Fraction(number)
    binds = ATOM if exact >= 0 else SUM
    return Live(exact, lambda _: plain_text(exact), binds=binds)


def plain_text(exact: Fraction) -> str:
    """A number as a formula writes it: a decimal, or one whole number over another."""
    if exact.denominator == 1:
        return str(exact.numerator)
    decimal = repr(float(exact))
    if "e" not in decimal and Fraction(decimal) == exact:
        return decimal
    return f"({exact.numerator}/{exact.denominator})"


def call(function: str, works_out: Callable[..., Any], *over: Any) -> Live:
    """A function of the program that opens the workbook, over numbers, and what it comes to."""
    parts = [live(each) for each in over]
    return Live(
        Fraction(works_out(*(part.value for part in parts))),
        lambda sheet: f"{function}({','.join(part.named(sheet) for part in parts)})",
        is_loose=any(part.floats for part in parts),
    )


def least(one: Any, other: Any) -> Any:
    """The smaller of two."""
    if not isinstance(one, Live) and not isinstance(other, Live):
        return min(one, other)
    return call("MIN", min, one, other)


def most(one: Any, other: Any) -> Any:
    """The larger of two."""
    if not isinstance(one, Live) and not isinstance(other, Live):
        return max(one, other)
    return call("MAX", max, one, other)


def choose(test: Any, yes: Any, no: Any) -> Any:
    """One or the other, by a test."""
    if isinstance(test, bool):
        return yes if test else no
    return call("IF", lambda met, one, other: one if met else other, test, yes, no)


def rounded(number: Any, digits: int, *, down: bool = False) -> Live:
    """Brought to so many decimals: halves away from zero, or towards zero with `down`.

    What is brought down is first cleared of what floating point leaves behind.
    """
    of = live(number)
    scale = 10**digits
    if down:
        value = Fraction(abs(of.value) * scale // 1, scale) * (1 if of.value >= 0 else -1)
        return Live(value, lambda sheet: f"ROUNDDOWN(ROUND({of.named(sheet)},9),{digits})")
    value = Fraction(round_exact(of.value * scale), scale)
    return Live(value, lambda sheet: f"ROUND({of.named(sheet)},{digits})")


def added(numbers: Sequence[Live]) -> Live:
    """Several numbers together; cells that lie side by side are written as a range."""
    return Live(
        sum((number.value for number in numbers), Fraction(0)),
        lambda sheet: f"SUM({','.join(number.named(sheet) for number in numbers)})",
        is_loose=True,
    )


def _sum(one: Live, other: Any, sign: str) -> Live:
    if not isinstance(other, Live) and not other:
        return one
    right = live(other)
    value = one.value + right.value if sign == "+" else one.value - right.value

    def writes(sheet: str) -> str:
        within = SUM if sign == "+" else PRODUCT
        if sign == "+" and (said := right.named(sheet, within=SUM)).startswith("-"):
            return f"{one.named(sheet, within=SUM)}{said}"
        return f"{one.named(sheet, within=SUM)}{sign}{right.named(sheet, within=within)}"

    return Live(value, writes, binds=SUM, is_loose=True)


def _test(one: Live, other: Any, sign: str) -> Live:
    right = live(other)
    met = {
        ">=": one.value >= right.value,
        ">": one.value > right.value,
        "<=": one.value <= right.value,
        "<": one.value < right.value,
    }[sign]
    return Live(
        met,
        lambda sheet: f"{one.named(sheet, within=SUM)}{sign}{right.named(sheet, within=SUM)}",
        binds=TEST,
    )
