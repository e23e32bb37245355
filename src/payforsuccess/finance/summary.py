"""All that a forecast tells, case by case: what pages and workbooks are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.assumptions import CASES, Assumptions, Case, Counted
from payforsuccess.deal.capital import OWED_BACK
from payforsuccess.deal.checks.reached import never_reached, returned_first
from payforsuccess.deal.results import Result
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.finance.break_even import BreakEven, break_even
from payforsuccess.finance.by_period import PeriodCash, cash_by_period
from payforsuccess.finance.counted import countings
from payforsuccess.finance.coverage import Borne, Coverage, coverage_of, who_bears
from payforsuccess.finance.forecast import CaseForecast, Forecast, forecast
from payforsuccess.finance.liability import LiabilityByYear, liability_by_year
from payforsuccess.finance.return_limit import over_the_limit
from payforsuccess.finance.risk import RiskBorne, risk_borne
from payforsuccess.finance.sources import SourcesAndUses, sources_and_uses
from payforsuccess.finance.tranches import (
    PartyCash,
    TrancheReturn,
    provider_cash,
    spending_of,
    tranche_returns,
)
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.proofs.liability_words import CASH_NOT_PROVED
from payforsuccess.units import CURRENCY_DIGITS, money_text


@dataclass(frozen=True)
class CaseSummary:
    """One case as it is told; all amounts in minor units.

    `present_value` is what payors pay for success, less what is taken back, is worth on the first
    day of the first period, at the discount rate, by actual days over 365, rounded to the unit.
    """

    case: Case
    forecast: CaseForecast
    sources: SourcesAndUses
    periods: tuple[PeriodCash, ...]
    returns: tuple[TrancheReturn, ...]
    coverage: tuple[Coverage, ...]
    borne: tuple[Borne, ...]
    providers: tuple[PartyCash, ...]
    present_value: int
    risk: RiskBorne


@dataclass(frozen=True)
class Summary:
    """The whole forecast as it is told: cases, the payor's liability, break-even, what stops it.

    `stopped` are returns above the jurisdiction's limit that no waiver lifts. `without_success` is
    the base case with no success but what is determined already: what is lost then, and by whom;
    None where the outcomes cannot be taken down that far within the deal's bounds. `break_even` is
    None where nobody is owed principal, and where nothing is left to be determined.
    """

    forecast: Forecast
    cases: Mapping[Case, CaseSummary]
    liability: LiabilityByYear
    break_even: BreakEven | None
    stopped: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    without_success: CaseSummary | None = None


def summarise(
    history: DealHistory, assumptions: Assumptions, *, known: Sequence[Result] = ()
) -> Summary:
    """The forecast of every case, and what follows from it."""
    found = forecast(history, assumptions, known=known)
    cases = {case: _told(found, one) for case, one in found.cases.items()}
    stopped = [
        problem
        for case, told in cases.items()
        for problem in over_the_limit(found.deal, told.returns, where=f"the {case} case")
    ]
    repaid = [each.kind in OWED_BACK and each.kind != "deferred-fee" for each in found.deal.capital]
    is_open = any(repaid) and not found.is_determined
    even = break_even(history, assumptions, known=known) if is_open else None
    liability = liability_by_year(found)
    return Summary(
        found,
        cases,
        liability,
        even,
        tuple(stopped),
        (*_findings(found, cases), *_short_years(found, liability)),
        _without_success(history, assumptions, known),
    )


def _without_success(
    history: DealHistory, assumptions: Assumptions, known: Sequence[Result]
) -> CaseSummary | None:
    try:
        found = forecast(history, assumptions, known=known, cases=("base",), success=Fraction(0))
    except Refusal:
        return None
    return _told(found, found.cases["base"])


def _told(found: Forecast, one: CaseForecast) -> CaseSummary:
    deal, calendar, flows = found.deal, found.calendar, one.flows
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    returns = tranche_returns(deal, calendar, flows, digits=digits)
    spends = {each.name: spending_of(each.name, calendar, flows) for each in deal.parties}
    providers = tuple(
        provider_cash(deal, calendar, flows, name=each.name, spends=spends[each.name])
        for each in deal.parties
        if "provider" in each.roles
    )
    return CaseSummary(
        case=one.case,
        forecast=one,
        sources=sources_and_uses(deal, found.assumptions, flows),
        periods=cash_by_period(calendar, flows),
        returns=returns,
        coverage=coverage_of(deal, flows, returns),
        borne=who_bears(deal, flows, spends={name: sum(days) for name, days in spends.items()}),
        providers=providers,
        present_value=_worth(found, one),
        risk=risk_borne(deal, found.assumptions, one, returns),
    )


def _worth(found: Forecast, one: CaseForecast) -> int:
    rate = float(found.assumptions.discount_rate.in_case(one.case))
    start, days = found.calendar.periods[0].start, found.calendar.days
    worth: float = sum(
        int(move.amount)
        * (1 if move.kind == "success-payment" else -1)
        / (1 + rate) ** ((days[move.day] - start).days / 365)
        for move in one.flows.of("success-payment", "take-back")
    )
    return round(worth)


def _findings(found: Forecast, cases: Mapping[Case, CaseSummary]) -> tuple[Finding, ...]:
    """What a reader of the numbers must know."""
    told = [Finding("forecast", note) for note in found.notes]
    if found.deal.overpayment == "forgive":
        told.append(Finding("liability", CASH_NOT_PROVED, found.deal.place_of("overpayment")))
    told += never_reached(found.deal)
    told += returned_first(found.deal)
    told += _not_met(found, cases)
    told += _never_counted(found)
    told += _rounded_away(found, cases)
    left = [case for case, one in cases.items() if one.sources.uses[-1].amount]
    if left and found.deal.capital:
        told.append(
            Finding(
                "forecast",
                f"{_in_the(left)}, money is left on account at the end: the order "
                "of repayment gives it to nobody. Add a step `return`, `recycle` or `release`.",
            )
        )
    short = [case for case, one in cases.items() if _is_short(one)]
    if short:
        told.append(
            Finding(
                "forecast",
                f"{_in_the(short)}, capital does not cover the costs when they "
                "fall: their bearers have to find the rest.",
            )
        )
    if not found.assumptions.costs:
        told.append(
            Finding(
                "forecast",
                "No cost is assumed, so nothing here says what services cost, how much capital is "
                "needed, or how far a provider is out of pocket.",
            )
        )
    outside = [line for line in found.assumptions.costs if line.borne_by != "project"]
    if outside:
        said = "; ".join(f"{line.says} ({line.borne_by})" for line in outside)
        told.append(
            Finding("risk", f"Success payments are not all that is spent: others bear {said}.")
        )
    return tuple(told)


def _short_years(found: Forecast, liability: LiabilityByYear) -> Iterator[Finding]:
    """Where the deal states what is provided: the fiscal years that can owe more than that."""
    if not found.deal.budget.provided:
        return
    currency = found.deal.currency
    short = [
        f"{year.fiscal_year} by {money_text(year.most - year.provided, currency, code=True)}"
        for year in liability.years
        if year.most is not None and year.most > year.provided
    ]
    if short:
        yield Finding(
            "liability",
            "By the days of this forecast less is provided than can fall due at most: "
            f"{', '.join(short)}.",
            found.deal.place_of("budget", "provided"),
        )


def _in_the(cases: Sequence[Case]) -> str:
    """`In the low case`, `In the low and base cases`, `In every case`."""
    if len(cases) == len(CASES):
        return "In every case"
    return f"In the {' and '.join(cases)} case{'s' if len(cases) > 1 else ''}"


def _is_short(one: CaseSummary) -> bool:
    return any(entry.kind == "shortfall" for entry in one.sources.sources)


_FOLLOWS = {
    "nothing": "",
    "stops-draws": ", and no more capital is drawn from then on",
    "ends-services": ", and enrolment, services and planned draws end then",
}


def _not_met(found: Forecast, cases: Mapping[Case, CaseSummary]) -> Iterator[Finding]:
    """Triggers that the story of a case does not meet, and what follows."""
    for number, trigger in enumerate(found.deal.triggers):
        missed = [case for case, one in cases.items() if not one.forecast.met[trigger.name]]
        if missed:
            yield Finding(
                "forecast",
                f"{_in_the(missed)}, the trigger `{trigger.name}` is not met on {trigger.on}"
                f"{_FOLLOWS[trigger.not_met]}.",
                found.deal.place_of("triggers", number),
            )


def _never_counted(found: Forecast) -> Iterator[Finding]:
    """A count that falls after the deal's end, or after people have left, is nobody's."""
    people = found.cases["base"].people
    for name in dict.fromkeys(slot.outcome for slot in found.cases["base"].results.truth):
        assumed = found.assumptions.outcomes[name]
        if not isinstance(assumed, Counted) or assumed.after is None or not any(people.started):
            continue
        outcome, periods = found.deal.outcomes[name], found.calendar.periods
        told = countings(assumed, outcome, periods, len(people.stays), case="base")
        if not any(people.started[each.start] for counted in told for each in counted):
            yield Finding(
                "forecast",
                f"`{name}` counts nobody: `after` is longer than the deal runs, or than a person "
                "is served.",
                found.assumptions.place_of("outcomes", name, "after"),
            )


ROUNDED_AWAY = Fraction(1, 20)
"""From this share on, what rounding to whole counts adds or takes is told."""


def _rounded_away(found: Forecast, cases: Mapping[Case, CaseSummary]) -> Iterator[Finding]:
    """Expected counts are rounded in each period; with few people that can add up."""
    for case, one in cases.items():
        results = one.forecast.results
        sums: dict[str, tuple[Fraction, Fraction]] = {}
        for slot, ticks in results.ticks.items():
            outcome = found.deal.outcomes[slot.outcome]
            assumed = found.assumptions.outcomes[slot.outcome]
            if not isinstance(assumed, Counted) or outcome.reported_as != "period":
                continue
            if slot.key in found.determined:
                continue
            counted, expected = sums.get(slot.outcome, (Fraction(0), Fraction(0)))
            truth = Fraction(results.truth[slot])
            sums[slot.outcome] = (counted + ticks * outcome.tick, expected + truth)
        for name, (counted, expected) in sums.items():
            if abs(counted - expected) > ROUNDED_AWAY * abs(expected):
                yield Finding(
                    "forecast",
                    f"In the {case} case, `{name}` counts {float(counted):,.2f} where "
                    f"{float(expected):,.2f} are expected: each period is rounded to whole counts. "
                    "`pfs simulate` shows what chance makes of it.",
                )
