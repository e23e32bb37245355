"""How much of a contract hangs on outcomes: provider cash and working capital as that moves.

What a contract pays in all, in the base case, stays as it is: base pay and success payments are
moved against each other. Everything else, from who is served to what a result pays, is the deal's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.forecast import CaseForecast, forecast
from payforsuccess.finance.money import money_needed, whole_minor
from payforsuccess.finance.moves import Move, party
from payforsuccess.finance.tranches import PartyCash, provider_cash, spending_of
from payforsuccess.finance.waterfall import Exact, run_waterfall
from payforsuccess.finance.waterfall.plan import DRAWN_KINDS
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import round_exact, split_by_largest_remainder

TENTHS = tuple(Fraction(tenth, 10) for tenth in range(11))


@dataclass(frozen=True)
class TiedCase:
    """One case at one share, in minor units; `providers` is each provider's cash."""

    base_pay: int
    success: int
    providers: tuple[PartyCash, ...]

    @property
    def working_capital(self) -> int:
        """The most that providers are ever out of pocket, each at its own deepest day."""
        return sum(cash.working_capital for cash in self.providers)

    @property
    def in_the_end(self) -> int:
        """What providers are left with after all."""
        return sum(cash.to_date[-1] for cash in self.providers)

    @property
    def deepest_on(self) -> date | None:
        """The day on which the first of the providers is out of pocket the most."""
        deepest = [cash for cash in self.providers if cash.working_capital]
        if not deepest:
            return None
        cash = max(deepest, key=lambda each: each.working_capital)
        return cash.days[cash.to_date.index(-cash.working_capital)]


@dataclass(frozen=True)
class TiedAt:
    """The contract with a share of its pay tied to outcomes, case by case."""

    share: Fraction
    cases: Mapping[Case, TiedCase]


@dataclass(frozen=True)
class Tied:
    """The contract at each share; `now` is the share as it stands, `total` what it pays in all.

    `spreads_base` says that the assumptions hold no base pay, so that what is not tied is paid at
    the end of each period in proportion to its costs.
    """

    deal: Deal
    total: int
    now: Fraction
    spreads_base: bool
    at: tuple[TiedAt, ...]


def tied(
    history: DealHistory,
    assumptions: Assumptions,
    *,
    known: Sequence[Result] = (),
    cases: Sequence[Case] = ("base", "low"),
    shares: Sequence[Fraction] = TENTHS,
) -> Tied:
    """Base pay and success payments moved against each other, paid out in the deal's own order.

    A share is of what the base case pays in all. In another case success payments move by the same
    factor, so that worse results cost the more the more is tied. Refuses a deal that investors
    finance, since they carry its working capital, one without a provider, and one that pays nothing
    for outcomes in the base case: nothing could be tied to them.
    """
    _refuse_financed(history.latest)
    found = forecast(history, assumptions, known=known, cases=tuple({*cases, "base"}))
    base = found.cases["base"]
    paid, fixed = base.paid, _total(base.flows.of("base-pay"))
    if paid <= 0:
        raise Refusal(
            Problem(
                "In the base case outcomes earn nothing, so that no pay can be tied to them.",
                "Assume results that earn something.",
            )
        )
    days = {period.last_day for period in found.calendar.periods}
    calendar = replace(found.calendar, days=tuple(sorted({*found.calendar.days, *days})))
    total = paid + fixed
    now = Fraction(paid, total)
    needs = money_needed(
        found.deal, assumptions, calendar, base.people, case="base", minor=whole_minor
    )
    setting = _Setting(found.deal, assumptions, calendar, total, needs)
    at = tuple(
        TiedAt(
            share,
            {
                case: _at(
                    setting,
                    found.cases[case],
                    success=share / now,
                    base=None if not fixed else (1 - share) / (1 - now),
                    share=share,
                )
                for case in cases
            },
        )
        for share in shares
    )
    return Tied(found.deal, total, now, not fixed, at)


@dataclass(frozen=True)
class _Setting:
    deal: Deal
    assumptions: Assumptions
    calendar: CashCalendar
    total: int
    base_needs: tuple[Move, ...]


def _at(
    on: _Setting,
    case: CaseForecast,
    *,
    success: Fraction,
    base: Fraction | None,
    share: Fraction,
) -> TiedCase:
    deal, calendar = on.deal, replace(on.calendar, paid_on=case.calendar.paid_on)
    needs = money_needed(
        deal, on.assumptions, calendar, case.people, case=case.case, minor=whole_minor
    )
    if base is None:
        needs = (*needs, *_spread(on, round_exact(on.total * (1 - share))))
    else:
        fees = [move for move in needs if move.kind == "base-pay"]
        scaled = _scaled([int(move.amount) for move in fees], base)
        needs = (
            *(move for move in needs if move.kind != "base-pay"),
            *(replace(move, amount=part) for move, part in zip(fees, scaled, strict=True)),
        )
    amounts = _scaled([line.amount for line in case.lines.values()], success)
    payments = {
        (calendar.at(calendar.paid_on[number - 1]), name): amount
        for (number, name), amount in zip(case.lines, amounts, strict=True)
    }
    flows = run_waterfall(
        deal,
        calendar,
        needs=tuple(sorted(needs, key=lambda move: move.day)),
        payments=payments,
        draws=on.assumptions.draws,
        triggers_met=case.met,
        arithmetic=Exact(),
    )
    names = _providers(deal)
    providers = tuple(
        provider_cash(deal, calendar, flows, name=name, spends=spending_of(name, calendar, flows))
        for name in names
    )
    return TiedCase(_total(flows.of("base-pay")), int(flows.paid), providers)


def _providers(deal: Deal) -> list[str]:
    """The providers who are no payors: a payor's own services are out of no one else's pocket."""
    payors = {payor.party for payor in deal.payors}
    return [p.name for p in deal.parties if "provider" in p.roles and p.name not in payors]


def _refuse_financed(deal: Deal) -> None:
    drawn = [tranche.name for tranche in deal.capital if tranche.kind in DRAWN_KINDS]
    if drawn:
        raise Refusal(
            Problem(
                f"Investors finance this deal ({', '.join(drawn)}): they carry its working "
                "capital, and not the provider.",
                "Look at `pfs forecast`, or take `capital` out of a copy of the deal.",
                deal.place_of("capital"),
            )
        )
    if not _providers(deal):
        raise Refusal(
            Problem(
                "No party is a provider alone, so that there is nobody whose cash could be shown.",
                "Give a party the role `provider`.",
                deal.place_of("parties"),
            )
        )


def _scaled(amounts: Sequence[int], by: Fraction) -> list[int]:
    """Amounts times a factor, so that they add up to the whole of it, rounded once."""
    if not any(amounts) or any(amount < 0 for amount in amounts):
        return [round_exact(amount * by) for amount in amounts]
    return split_by_largest_remainder(round_exact(sum(amounts) * by), amounts)


def _spread(on: _Setting, amount: int) -> Iterator[Move]:
    """Base pay at each period's end, in proportion to what the base case costs in the period.

    It goes to the first provider that costs are paid to.
    """
    deal, calendar = on.deal, on.calendar
    providers = [party(name) for name in _providers(deal)]
    spent = [move for move in on.base_needs if move.kind in ("cost", "own-cost")]
    costs = [
        sum(int(move.amount) for move in spent if calendar.days[move.day] in period)
        for period in calendar.periods
    ]
    paid_to = [move.target for move in spent if move.target in providers]
    to = (*paid_to, *providers)[0]
    parts = split_by_largest_remainder(amount, costs if any(costs) else [1] * len(costs))
    for period, part in zip(calendar.periods, parts, strict=True):
        day = calendar.at(period.last_day)
        yield Move(day, "base-pay", party(deal.payors[0].party), to, part, "what is not tied")


def _total(moves: Iterator[Move]) -> int:
    return sum(int(move.amount) for move in moves)
