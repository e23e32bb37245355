"""What each payor pays of what is due: in a case by the rules of statements, and at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Payor
from payforsuccess.finance.budget.years import minor, year_starts
from payforsuccess.finance.forecast import CaseForecast, Forecast
from payforsuccess.finance.liability import most_on_cash_days
from payforsuccess.payments.payors import split_line


@dataclass(frozen=True)
class Part:
    """One payor's part of a line, in minor units; `unfunded` passed its ceiling."""

    period: int
    term: str
    payor: str
    amount: int
    unfunded: int


def parts_of(deal: Deal, one: CaseForecast) -> tuple[Part, ...]:
    """Every line of a case split as statements split it, period by period."""
    terms = {term.name: (at, term) for at, term in enumerate(deal.payments)}
    used: dict[str, int] = {}
    found: list[Part] = []
    for (period, name), line in sorted(
        one.lines.items(), key=lambda item: (item[0][0], terms[item[0][1]][0])
    ):
        if not line.amount:
            continue
        for part in split_line(line.amount, term=terms[name][1], deal=deal, used=used):
            used[part.payor] = used.get(part.payor, 0) + part.amount
            found.append(Part(period, name, part.payor, part.amount, part.unfunded))
    return tuple(found)


@dataclass(frozen=True)
class Most:
    """The most that one payor can be asked for: by its fiscal year, and in all; None unbounded."""

    by_year: Mapping[int, int | None]
    in_all: int | None


def most_of(forecast: Forecast, file: BudgetFile, payor: str) -> Most:
    """What a payor can be asked for at most, from the deal's own proofs; never too low.

    Amounts are taken to fall due on the forecast's days. A payor's part is its largest share of
    any term, and what may pass the ceilings of payors it steps in for; where amounts may flow back,
    that bounds nothing for who steps in, and only its own ceiling and the whole do.
    """
    deal = forecast.deal
    proved = most_on_cash_days(forecast, year_starts(deal, file, payor))
    lines = len(deal.payments) * len(forecast.calendar.periods)
    falls = _Falls(deal, lines, proved.in_all)

    def part(most: int | None) -> int | None:
        return None if most is None else falls.at_most(payor, most)

    ceiling = next(each.ceiling for each in deal.payors if each.party == payor)
    own = None if ceiling is None else minor(deal, ceiling)

    def bounded(most: int | None) -> int | None:
        return min((each for each in (part(most), own) if each is not None), default=None)

    return Most(
        {year.fiscal_year: bounded(year.most) for year in proved.years}, bounded(proved.in_all)
    )


def most_of_ceiling(deal: Deal, payor: str) -> int | None:
    """A payor's part of the deal's ceiling at most, in minor units, rounding of lines apart.

    None without any ceiling that bounds it; no more than the payor's own.
    """
    whole = None if deal.ceiling is None else minor(deal, deal.ceiling)
    part = None if whole is None else _Falls(deal, 0, whole).at_most(payor, whole)
    ceiling = next(each.ceiling for each in deal.payors if each.party == payor)
    own = None if ceiling is None else minor(deal, ceiling)
    return min((each for each in (part, own) if each is not None), default=None)


@dataclass(frozen=True)
class _Falls:
    """What of a whole can fall on payors. lines: how many cents rounding can add to a share.

    in_all: the most of the whole life of the deal, None without bound; what passes a payor's
    ceiling in one year is no more than what passes it ever.
    """

    deal: Deal
    lines: int
    in_all: int | None

    def at_most(self, payor: str, most: int) -> int | None:
        """The payor's part of `most`, its own ceiling apart; None where nothing bounds it."""
        bounds: list[int] = []
        share = _largest_share(self.deal, payor)
        if share is not None:
            bounds.append(self._on(payor, share, most))
        # Without amounts that flow back no part passes the whole.
        if not _flows_back(self.deal):
            bounds.append(most)
        return min(bounds, default=None)

    def _on(self, payor: str, share: Fraction, most: int) -> int:
        rounding = 0 if share == 1 else self.lines
        passed = sum(
            self._passed(each, most) for each in self.deal.payors if each.steps_in == payor
        )
        return (share * most).__ceil__() + rounding + passed

    def _passed(self, payor: Payor, most: int) -> int:
        """What can pass a payor's ceiling to the one that steps in for it."""
        if payor.ceiling is None:
            return 0
        share = _largest_share(self.deal, payor.party)
        if share is None:
            return most
        falls = self._on(payor.party, share, most)
        if self.in_all is None:
            return falls
        ever = self._on(payor.party, share, self.in_all) if most != self.in_all else falls
        return min(falls, max(ever - minor(self.deal, payor.ceiling), 0))


def _flows_back(deal: Deal) -> bool:
    return any(term.may_be_negative is not None for term in deal.payments)


def _largest_share(deal: Deal, payor: str) -> Fraction | None:
    """The largest share of a term that can fall on a payor; None where no share bounds it."""
    steps_in = any(each.steps_in == payor for each in deal.payors)
    if steps_in and _flows_back(deal):
        return None
    shares: list[Fraction] = []
    for term in deal.payments:
        chosen = [each for each in deal.payors if not term.payors or each.party in term.payors]
        whole = sum((each.share for each in chosen), Fraction(0))
        own = sum((each.share for each in chosen if each.party == payor), Fraction(0))
        shares.append(own / whole if whole else Fraction(0))
    if len(set(shares)) > 1 and _flows_back(deal):
        return None
    return max(shares)
