"""What each payor pays of what is due: in a case by the rules of statements, and at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
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
    any term; where other payors' excess may fall on it, or amounts may flow back, its share bounds
    nothing, and only its own ceiling and the whole do.
    """
    deal = forecast.deal
    proved = most_on_cash_days(forecast, year_starts(deal, file, payor))
    share = _largest_share(deal, payor)
    lines = 0 if share == 1 else len(deal.payments) * len(forecast.calendar.periods)

    def part(most: int | None) -> int | None:
        bounds = [] if most is None or share is None else [(share * most).__ceil__() + lines]
        # Without amounts that flow back no part passes the whole.
        if most is not None and all(term.may_be_negative is None for term in deal.payments):
            bounds.append(most)
        ceiling = next(each.ceiling for each in deal.payors if each.party == payor)
        if ceiling is not None:
            bounds.append(minor(deal, ceiling))
        return min(bounds, default=None)

    return Most({year.fiscal_year: part(year.most) for year in proved.years}, part(proved.in_all))


def _largest_share(deal: Deal, payor: str) -> Fraction | None:
    """The largest share of a term that can fall on a payor; None where no share bounds it."""
    if any(each.steps_in == payor for each in deal.payors):
        return None
    shares: list[Fraction] = []
    for term in deal.payments:
        chosen = [each for each in deal.payors if not term.payors or each.party in term.payors]
        whole = sum((each.share for each in chosen), Fraction(0))
        own = sum((each.share for each in chosen if each.party == payor), Fraction(0))
        shares.append(own / whole if whole else Fraction(0))
    differ = len(set(shares)) > 1
    if differ and any(term.may_be_negative is not None for term in deal.payments):
        return None
    return max(shares)
