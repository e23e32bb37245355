"""The largest amount that can fall due in each fiscal year, and over the whole deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.payments.proofs.people import minor
from payforsuccess.payments.proofs.reach import Reach
from payforsuccess.units import Period, fiscal_year_of


@dataclass(frozen=True)
class YearlyLiability:
    """The most that can fall due in a fiscal year, in minor units; None is without bound."""

    fiscal_year: int
    most: int | None


@dataclass(frozen=True)
class Liability:
    """The most that can fall due: by fiscal year, and over the whole deal.

    `years` take every amount to be stated for its own period, without later corrections, and to
    fall due as many days after the last day of its period (or of its point) as the deal says.
    `is_dated` is False where the deal counts from a day it does not fix.
    """

    years: tuple[YearlyLiability, ...]
    in_all: int | None
    is_dated: bool
    unbounded: tuple[str, ...]


def liability_of(
    deal: Deal, reaches: tuple[Reach, ...], before: Sequence[tuple[Reach, ...]] = ()
) -> Liability:
    """What the deal can cost at most; `before` are the lines of its earlier versions, in order."""
    lines = _lines(reaches, before)
    by_year: dict[int, list[tuple[_Line, list[int]]]] = {}
    for line in lines:
        due: dict[int, list[int]] = {}
        for at, period in enumerate(line.periods):
            if line.is_due(at):
                due.setdefault(_fiscal_year(deal, line.latest, period), []).append(at)
        for year, periods in due.items():
            by_year.setdefault(year, []).append((line, periods))
    versions = (deal, *(earlier[0].deal for earlier in before if earlier))
    ceiling = _largest([minor(deal, version.ceiling) for version in versions])
    each_period = _largest([minor(deal, version.ceilings.each_period) for version in versions])
    in_all = _least(_sum([line.in_all for line in lines]), ceiling)
    # A ceiling bounds what is left when all is added up: what flows back gives a year more room.
    room = _sum([in_all, *(line.back for line in lines)])
    years = [
        YearlyLiability(year, _whole(_least(_in_year(due_lines, each_period), room)))
        for year, due_lines in sorted(by_year.items())
    ]
    return Liability(
        years=tuple(years),
        in_all=_whole(in_all),
        is_dated=deal.pays_within_days.of == "period-end",
        unbounded=tuple(line.latest.name for line in lines if line.in_all is None),
    )


@dataclass(frozen=True)
class _Line:
    """A line over all versions of the deal that have it, the latest first."""

    versions: tuple[Reach, ...]
    governs_cohorts: bool = False

    @property
    def latest(self) -> Reach:
        return self.versions[0]

    @property
    def periods(self) -> tuple[Period, ...]:
        return max((reach.periods for reach in self.versions), key=len)

    def _in_force(self, at: int) -> list[Reach]:
        """The versions that can have a say in a period: all that are in force by then.

        Not only the last of them: it may pay out what an earlier one held back or carried on.
        """
        start = self.periods[at].start
        return [
            reach
            for reach in self.versions
            if at < len(reach.periods)
            and (reach.deal.amendment is None or reach.deal.in_force_from <= start)
        ]

    def is_due(self, at: int) -> bool:
        """Whether some version has the line due in a period."""
        return any(reach.parts_in(reach.periods[at]) for reach in self._in_force(at))

    def most(self, at: int) -> Fraction | None:
        """The most it can pay in a period under any version in force.

        Where a version governs single cohorts, two or more can have people in one period.
        """
        known = [_never_below_0(reach.each_period[at].most) for reach in self._in_force(at)]
        return _sum(known) if self.governs_cohorts else _largest(known)

    @property
    def in_all(self) -> Fraction | None:
        """The most it can pay over the whole deal; a ceiling lowered later takes nothing back."""
        if len(self.versions) == 1:
            return self.latest.in_all
        known = [self.most(at) for at in range(len(self.periods)) if self._in_force(at)]
        return _least(_sum(known), _largest([reach.ceiling_in_all for reach in self.versions]))

    @property
    def back(self) -> Fraction | None:
        """How far what it has paid in all can lie below 0, which gives later periods more room."""
        if all(reach.term.may_be_negative is None for reach in self.versions):
            return Fraction(0)
        least: list[Fraction | None] = []
        for at in range(len(self.periods)):
            for reach in self._in_force(at):
                given = _without_limits(reach).each_period[at].least
                least.append(None if given is None else max(-given, Fraction(0)))
        return _sum(least)


def _lines(reaches: tuple[Reach, ...], before: Sequence[tuple[Reach, ...]]) -> tuple[_Line, ...]:
    """Every line of any version, by its name."""
    named_lines: dict[str, list[Reach]] = {}
    for version in (reaches, *reversed(before)):
        for reach in version:
            named_lines.setdefault(reach.name, []).append(reach)
    by_cohort = any(
        reach.deal.amendment is not None and reach.deal.amendment.governs == "cohort"
        for version in (reaches, *before)
        for reach in version[:1]
    )
    return tuple(_Line(tuple(versions), by_cohort) for versions in named_lines.values())


def _without_limits(reach: Reach) -> Reach:
    """The line without conditions and ceilings over all its cohorts."""
    changes = {
        "conditions": (),
        "ceiling": None,
        "ceiling_each_period": None,
        "carry_until": None,
    }
    terms = list(reach.deal.payments)
    terms[reach.number] = reach.term.model_copy(update=changes)
    return Reach(reach.deal.model_copy(update={"payments": tuple(terms)}), reach.number)


def _fiscal_year(deal: Deal, reach: Reach, period: Period) -> int:
    days = timedelta(days=deal.pays_within_days.days)
    last = period.last_day
    if reach.term.reads == "points" and deal.pays_within_days.of == "determination":
        last = max(p.determined_by for p in reach.term.points if p.determined_by in period)
    start = deal.fiscal_year_starts
    return fiscal_year_of(last + days, starts_month=start.month, starts_day=start.day)


def _in_year(lines: list[tuple[_Line, list[int]]], each_period: Fraction | None) -> Fraction | None:
    """The most of all lines in one year, under their own ceilings and the deal's by period."""
    whole = _sum(
        [
            _least(_sum([line.most(at) for at in periods]), _sum([line.in_all, line.back]))
            for line, periods in lines
        ]
    )
    if each_period is None:
        return whole
    count = len({at for _, periods in lines for at in periods})
    return _least(whole, each_period * count)


def _largest(amounts: list[Fraction | None]) -> Fraction | None:
    """The largest, or None where one is without bound."""
    known = [amount for amount in amounts if amount is not None]
    return None if len(known) < len(amounts) else max(known, default=Fraction(0))


def _never_below_0(most: Fraction | None) -> Fraction | None:
    return None if most is None else max(most, Fraction(0))


def _sum(amounts: list[Fraction | None]) -> Fraction | None:
    whole = Fraction(0)
    for amount in amounts:
        if amount is None:
            return None
        whole += amount
    return whole


def _least(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _whole(amount: Fraction | None) -> int | None:
    return None if amount is None else amount.__ceil__()
