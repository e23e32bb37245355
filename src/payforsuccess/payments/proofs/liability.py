"""The largest amount that can fall due in each fiscal year, against what is provided for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import day, listed, money, named
from payforsuccess.errors import Finding, Proved
from payforsuccess.payments.nodes import inputs_of
from payforsuccess.payments.proofs.reach import Reach, minor
from payforsuccess.units import CURRENCY_DIGITS, Period, fiscal_year_of

TOPIC = "liability"


@dataclass(frozen=True)
class YearlyLiability:
    """The most that can fall due in a fiscal year, in minor units; None is without bound."""

    fiscal_year: int
    most: int | None


@dataclass(frozen=True)
class Liability:
    """The most that can fall due: by fiscal year, and over the whole deal.

    `years` take every payment to fall due as many days after the last day of its period (or of its
    point) as the deal says. `is_dated` is False where the deal counts from a day it does not fix.
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
    years = [
        YearlyLiability(year, _whole(_least(_in_year(due_lines, each_period), in_all)))
        for year, due_lines in sorted(by_year.items())
    ]
    return Liability(
        years=tuple(years),
        in_all=_whole(in_all),
        is_dated=deal.pays_within_days.of == "period-end"
        or (
            deal.pays_within_days.of == "determination"
            and all(reach.term.reads == "points" for reach in reaches)
        ),
        unbounded=tuple(line.latest.name for line in lines if line.in_all is None),
    )


@dataclass(frozen=True)
class _Line:
    """A line over all versions of the deal that have it, the latest first."""

    versions: tuple[Reach, ...]

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
        """The most it can pay in a period under any version in force."""
        return _largest(
            [_never_below_0(reach.each_period[at].most) for reach in self._in_force(at)]
        )

    @property
    def in_all(self) -> Fraction | None:
        """The most it can pay over the whole deal; a ceiling lowered later takes nothing back."""
        if len(self.versions) == 1:
            return self.latest.in_all
        known = [self.most(at) for at in range(len(self.periods)) if self._in_force(at)]
        return _least(_sum(known), _largest([reach.ceiling_in_all for reach in self.versions]))


def _lines(reaches: tuple[Reach, ...], before: Sequence[tuple[Reach, ...]]) -> tuple[_Line, ...]:
    """Every line of any version, by its name."""
    named_lines: dict[str, list[Reach]] = {}
    for version in (reaches, *reversed(before)):
        for reach in version:
            named_lines.setdefault(reach.name, []).append(reach)
    return tuple(_Line(tuple(versions)) for versions in named_lines.values())


def liability_by_year(
    deal: Deal, reaches: tuple[Reach, ...], before: Sequence[tuple[Reach, ...]] = ()
) -> Iterator[Finding]:
    """The liability in sentences, compared with appropriations and set-asides."""
    liability = liability_of(deal, reaches, before)
    place = deal.place_of("pays_within_days")
    yield from _unbounded(deal, reaches)
    yield from _flowing_back(deal, reaches)
    if liability.in_all is None:
        yield Finding(TOPIC, "What can fall due over the whole deal is unbounded.", place)
    else:
        yield Proved(
            TOPIC,
            f"Over the whole deal at most {_text(deal, liability.in_all)} can fall due.",
            place,
        )
    if not liability.is_dated:
        event = {"determination": "each determination", "statement": "each statement"}.get(
            deal.pays_within_days.of, "each period"
        )
        yield Finding(
            TOPIC,
            f"The deal does not fix the day of {event}, from which the time to pay runs; the years "
            "below take it to come on the last day of its period. A later one moves its amount to "
            "a later year.",
            place,
        )
    for years in _alike(deal, liability):
        yield _years(deal, years)
    if not deal.budget.provided:
        yield Finding(
            TOPIC,
            "The file states no appropriation and no set-aside for these payments.",
            deal.place_of("budget"),
        )
    yield from _idle_money(deal, liability)


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
        [_least(_sum([line.most(at) for at in periods]), line.in_all) for line, periods in lines]
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


def _text(deal: Deal, amount: int) -> str:
    return money(Fraction(amount, 10 ** CURRENCY_DIGITS[deal.currency]), deal.currency)


def _unbounded(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """Which lines have no bound, and what would give them one."""
    open_ones: dict[str, None] = {}
    lines = [reach for reach in reaches if reach.in_all is None]
    for reach in lines:
        for name in inputs_of(reach.first):
            if name in deal.outcomes and reach.scope.domain[name].most is None:
                open_ones[name] = None
    if not lines:
        return
    because = (
        f"no bounds are stated for {listed([named(name) for name in open_ones])}"
        if open_ones
        else "the deal states no head count"
    )
    one = len(lines) == 1
    yield Finding(
        TOPIC,
        f"What {'line' if one else 'the lines'} {listed([named(reach.name) for reach in lines])} "
        f"can pay is unbounded: {'it has' if one else 'they have'} no ceiling of "
        f"{'its' if one else 'their'} own, and {because}.",
        deal.place_of(*lines[0].path),
    )


def _flowing_back(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """How much can flow the other way on lines that may fall below 0."""
    for reach in reaches:
        back = reach.term.may_be_negative
        if back is None:
            continue
        least = Fraction(0)
        for interval in reach.each_period:
            if interval.least is None:
                yield Finding(
                    TOPIC,
                    f"What {back.pays} can owe {back.to} on line {named(reach.name)} is unbounded.",
                    deal.place_of(*reach.path, "may_be_negative"),
                )
                break
            least += min(interval.least, Fraction(0))
        else:
            if least < 0:
                yield Finding(
                    TOPIC,
                    f"On line {named(reach.name)} {back.pays} can owe {back.to} at most "
                    f"{_text(deal, int(-least))}.",
                    deal.place_of(*reach.path, "may_be_negative"),
                )


def _alike(deal: Deal, liability: Liability) -> Iterator[tuple[YearlyLiability, ...]]:
    """Years in a row with one and the same amount, where no budget is stated for single years."""
    run: list[YearlyLiability] = []
    for year in liability.years:
        follows = run and run[-1].fiscal_year + 1 == year.fiscal_year
        if run and (deal.budget.provided or not follows or run[-1].most != year.most):
            yield tuple(run)
            run = []
        run.append(year)
    if run:
        yield tuple(run)


def _years(deal: Deal, years: tuple[YearlyLiability, ...]) -> Finding:
    first, last = years[0], years[-1]
    most = "an unbounded amount" if first.most is None else f"at most {_text(deal, first.most)}"
    if first is last:
        which = f"Fiscal year {first.fiscal_year}"
        can = "can fall due"
    else:
        which = f"Fiscal years {first.fiscal_year} to {last.fiscal_year}"
        can = "can fall due in each of them"
    days = _days(deal, first.fiscal_year, last.fiscal_year)
    what = f"{which} ({days}): {most} {can}"
    provided = [item for item in deal.budget.provided if item.fiscal_year == first.fiscal_year]
    if not deal.budget.provided:
        kind = Finding if first.most is None else Proved
        return kind(TOPIC, f"{what}.", deal.place_of("fiscal_year_starts"))
    whole = sum((item.amount for item in provided), Fraction(0))
    kinds = listed([f"{item.kind} {money(item.amount, deal.currency)}" for item in provided])
    said = (
        f"{money(whole, deal.currency)} is provided ({kinds})"
        if provided
        else ("nothing is provided")
    )
    place = deal.place_of("budget", "provided")
    if first.most is None:
        return Finding(TOPIC, f"{what}; {said}.", place)
    short = Fraction(first.most) - (minor(deal, whole) or Fraction(0))
    if short > 0:
        return Finding(
            TOPIC, f"{what}; {said}, which falls short by {_text(deal, int(short))}.", place
        )
    return Proved(TOPIC, f"{what}; {said}, which covers it.", place)


def _idle_money(deal: Deal, liability: Liability) -> Iterator[Finding]:
    years = {year.fiscal_year for year in liability.years}
    for number, item in enumerate(deal.budget.provided):
        if item.fiscal_year not in years:
            yield Finding(
                TOPIC,
                f"{money(item.amount, deal.currency)} is provided for fiscal year "
                f"{item.fiscal_year}, in which nothing can fall due"
                + ("." if liability.is_dated else " if determinations are not late."),
                deal.place_of("budget", "provided", number),
            )


def _days(deal: Deal, first_year: int, last_year: int) -> str:
    """`1 July 2026 to 30 June 2027`."""
    start = deal.fiscal_year_starts
    before = 0 if (start.month, start.day) == (1, 1) else 1
    first = date(first_year - before, start.month, start.day)
    last = date(last_year - before + 1, start.month, start.day) - timedelta(days=1)
    return f"{day(first)} to {day(last)}"


__all__ = ["Liability", "YearlyLiability", "liability_by_year", "liability_of"]
