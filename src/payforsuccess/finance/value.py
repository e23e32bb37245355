"""Value by budget holder: avoided, cashable and paid, signed and never netted across holders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.value import FoundValue, ValueFile, ValueLine
from payforsuccess.finance.calendar import later
from payforsuccess.finance.forecast import CaseForecast, Forecast
from payforsuccess.finance.moves import party
from payforsuccess.units import CURRENCY_DIGITS, fiscal_year_of, round_exact


@dataclass(frozen=True)
class LineValue:
    """One line in one case over the life of the deal, in minor units; signed.

    `average` is units at average cost, `marginal` at what a unit really changes plus the steps
    reached, `cashable` the part of `marginal` that can be taken out of the budget. `by_year` is the
    marginal value by fiscal year in which it shows.
    """

    line: ValueLine
    units: Fraction
    steps: int
    average: int
    marginal: int
    cashable: int
    by_year: Mapping[int, int]


@dataclass(frozen=True)
class HolderValue:
    """One budget holder: its lines added up, each with its sign, and what it pays on success.

    `verified` and `realised` are what has been found so far; None where nothing has.
    """

    holder: str
    level: str
    fund: str
    average: int
    marginal: int
    cashable: int
    paid: int
    verified: int | None
    realised: int | None

    @property
    def net_cashable(self) -> int:
        """Cashable less what it pays: below 0, it pays for what others save."""
        return self.cashable - self.paid


@dataclass(frozen=True)
class CaseValue:
    """The value of one case."""

    case: Case
    lines: tuple[LineValue, ...]
    holders: tuple[HolderValue, ...]
    programme_cost: int

    @property
    def offset(self) -> Fraction | None:
        """Marginal value of all lines over what the programme costs; None without a cost."""
        value = sum(line.marginal for line in self.lines)
        return Fraction(value, self.programme_cost) if self.programme_cost else None


@dataclass(frozen=True)
class Value:
    """Every case, what has been found so far, and the interval of the offset ratio over cases."""

    cases: Mapping[Case, CaseValue]
    found: tuple[FoundValue, ...]

    @property
    def offset_interval(self) -> tuple[Fraction, Fraction] | None:
        """The least and the most of the offset ratio over the cases: a range, not a confidence."""
        told = [one.offset for one in self.cases.values() if one.offset is not None]
        return (min(told), max(told)) if told else None


def value_of(forecast: Forecast, file: ValueFile) -> Value:
    """The value of a forecast to each budget. `file` must fit the deal (see `check_value`)."""
    cases = {case: _in_case(forecast, one, file) for case, one in forecast.cases.items()}
    return Value(cases, file.found)


def _in_case(forecast: Forecast, one: CaseForecast, file: ValueFile) -> CaseValue:
    deal = forecast.deal
    lines = tuple(_line(deal, one, line) for line in file.lines)
    spent = sum(int(move.amount) for move in one.flows.of("cost", "own-cost", "deferred-cost"))
    return CaseValue(one.case, lines, _holders(forecast, one, lines, file.found), spent)


def _line(deal: Deal, one: CaseForecast, line: ValueLine) -> LineValue:
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    each = line.units_each.in_case(one.case)
    average = line.average.in_case(one.case) * digits
    marginal = line.marginal.in_case(one.case) * digits
    units_in: dict[int, Fraction] = {}
    for year, count in _by_year(deal, one, line).items():
        units_in[year] = count * each
    by_year: dict[int, int] = {}
    reached = 0
    for year, units in sorted(units_in.items()):
        amount = units * marginal
        if line.step is not None:
            steps = int(abs(units) // line.step.units) * (1 if units >= 0 else -1)
            reached += steps
            amount += steps * line.step.amount * digits
        by_year[year] = round_exact(amount)
    whole = sum(by_year.values())
    units = sum(units_in.values(), Fraction(0))
    return LineValue(
        line,
        units,
        reached,
        round_exact(units * average),
        whole,
        round_exact(whole * line.cashable.share),
        by_year,
    )


def _by_year(deal: Deal, one: CaseForecast, line: ValueLine) -> dict[int, Fraction]:
    """The outcome beyond its no-success value, by fiscal year in which the line shows."""
    outcome = deal.outcomes[line.outcome]
    periods = deal.schedule.all()
    found: dict[int, Fraction] = {}
    before = Fraction(0)
    for slot, ticks in sorted(one.results.ticks.items(), key=lambda item: item[0].at):
        if slot.outcome != line.outcome:
            continue
        value = ticks * outcome.tick
        if outcome.reported_as == "to-date":
            value, before = value - before, value
        beyond = value - outcome.no_success
        if outcome.better == "lower":
            beyond = -beyond
        day = periods[slot.at].last_day
        if line.lag is not None:
            day = later(day, line.lag)
        starts = deal.fiscal_year_starts
        year = fiscal_year_of(day, starts_month=starts.month, starts_day=starts.day)
        found[year] = found.get(year, Fraction(0)) + beyond
    return found


def _holders(
    forecast: Forecast,
    one: CaseForecast,
    lines: Sequence[LineValue],
    found: Iterable[FoundValue],
) -> tuple[HolderValue, ...]:
    deal = forecast.deal
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    told = tuple(found)
    names = {line.line.name: line.line for line in lines}
    keys: dict[tuple[str, str, str], None] = dict.fromkeys(map(_key, lines))
    paid = {payor.party: _paid(one, payor.party) for payor in deal.payors}
    fund_of = {payor.party: payor.fund or "not stated" for payor in deal.payors}
    level_of = {each.name: each.level or "other" for each in deal.parties}
    holders = {holder for holder, _, _ in keys}
    for payor in deal.payors:
        if payor.party not in holders:
            keys[(payor.party, level_of.get(payor.party, "other"), fund_of[payor.party])] = None
    rows: list[HolderValue] = []
    charged: set[str] = set()
    for holder, level, fund in keys:
        own = [
            v for v in lines if (v.line.holder, v.line.level, v.line.fund) == (holder, level, fund)
        ]
        sums: dict[str, int | None] = {}
        for kind in ("verified", "realised"):
            amounts = [
                int(each.amount * digits)
                for each in told
                if each.kind == kind and names[each.line] in [v.line for v in own]
            ]
            sums[kind] = sum(amounts) if amounts else None
        # A payor with several funds pays once: its payments stand in its first row.
        pays = 0 if holder in charged else paid.get(holder, 0)
        charged.add(holder)
        rows.append(
            HolderValue(
                holder,
                level,
                fund,
                sum(v.average for v in own),
                sum(v.marginal for v in own),
                sum(v.cashable for v in own),
                pays,
                sums["verified"],
                sums["realised"],
            )
        )
    return tuple(rows)


def _key(value: LineValue) -> tuple[str, str, str]:
    return (value.line.holder, value.line.level, value.line.fund)


def _paid(one: CaseForecast, payor: str) -> int:
    account = party(payor)
    return sum(int(m.amount) for m in one.flows.of("success-payment") if m.source == account) - sum(
        int(m.amount) for m in one.flows.of("release", "take-back") if m.target == account
    )
