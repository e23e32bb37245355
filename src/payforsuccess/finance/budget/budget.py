"""All that a budget tells of a deal: what its text, its page and its JSON are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import PaymentMade
from payforsuccess.deal.value import ValueFile
from payforsuccess.deal.votes import VoteRules
from payforsuccess.errors import Finding, Problem
from payforsuccess.finance.budget.borne import PublicRisk, public_risk, risk_findings
from payforsuccess.finance.budget.federal import federal_value_rule
from payforsuccess.finance.budget.ledger import FundYear, ledger_of
from payforsuccess.finance.budget.paid import not_reconciled
from payforsuccess.finance.budget.parts import parts_of
from payforsuccess.finance.budget.provision import (
    DepartmentYear,
    PayorYear,
    years_of_departments,
    years_of_payors,
)
from payforsuccess.finance.budget.requests import Requests, requests_of
from payforsuccess.finance.budget.sinking import SinkingYear, sinking_schedule
from payforsuccess.finance.budget.streams import StreamYear, streams_of
from payforsuccess.finance.budget.years import minor
from payforsuccess.finance.forecast import Forecast
from payforsuccess.payments.proofs.liability_words import CASH_NOT_PROVED
from payforsuccess.units import money_text


@dataclass(frozen=True)
class Budget:
    """The payor's side of a forecast; all amounts in minor units.

    `problems` are requests adopted with too few votes, departments that do not net to their
    appropriation, and federal money above what an outcome is worth. `unfunded` is what passes the
    payors' ceilings in the base case.
    """

    years: tuple[PayorYear, ...]
    departments: tuple[DepartmentYear, ...]
    ledger: tuple[FundYear, ...]
    sinking: tuple[SinkingYear, ...]
    requests: Requests
    streams: tuple[StreamYear, ...]
    risk: PublicRisk
    unfunded: int
    rules_checked: str
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


def budget_of(
    forecast: Forecast,
    nothing: Forecast,
    file: BudgetFile,
    rules: VoteRules,
    *,
    value: ValueFile | None = None,
    payments: Sequence[PaymentMade] = (),
) -> Budget:
    """The budget for a forecast.

    `nothing` is the same without success; `file` must fit the deal (see `check_budget`).
    """
    deal = forecast.deal
    parts = {case: parts_of(deal, one) for case, one in forecast.cases.items()}
    years = years_of_payors(forecast, file, parts)
    schedule = sinking_schedule(years)
    requests = requests_of(file, rules)
    risk = public_risk(nothing)
    over, unknown = federal_value_rule(forecast, value, parts)
    return Budget(
        years=years,
        departments=years_of_departments(deal, file, years),
        ledger=ledger_of(deal, file),
        sinking=schedule,
        requests=requests,
        streams=streams_of(deal, file),
        risk=risk,
        unfunded=sum(part.unfunded for part in parts["base"]),
        rules_checked=rules.checked,
        problems=(*requests.problems, *over),
        findings=(
            *_cash_not_proved(deal),
            *_shortfalls(deal.currency, years),
            *_new_money(file),
            *_caps(forecast, file, schedule),
            *not_reconciled(deal, file, payments),
            *_not_as_the_deal(deal, years),
            *unknown,
            *risk_findings(nothing, risk),
        ),
    )


def _cash_not_proved(deal: Deal) -> tuple[Finding, ...]:
    """What “at most” does not say of a deal that forgives what was paid too much."""
    if deal.overpayment != "forgive":
        return ()
    return (Finding("liability", CASH_NOT_PROVED, deal.place_of("overpayment")),)


def _shortfalls(currency: str, years: Sequence[PayorYear]) -> tuple[Finding, ...]:
    """Years in which what is available does not reach what may fall due."""
    found: list[Finding] = []
    for year in years:
        missing = year.short_of_most
        if year.short_of_expected:
            amount = money_text(year.short_of_expected, currency)
            said = f"{amount} short of what is expected"
        elif missing:
            said = f"{money_text(missing, currency)} short of the most that can fall due"
        elif missing is None and year.expected:
            said = "nothing bounds what can fall due, so no reserve covers it for certain"
        else:
            continue
        found.append(Finding("shortfall", f"{year.payor}, {year.fiscal_year}: {said}."))
    return tuple(found)


def _new_money(file: BudgetFile) -> tuple[Finding, ...]:
    """Why new money is asked for, which streams were considered, and which others there are."""
    found: list[Finding] = []
    for at, source in enumerate(file.sources):
        if source.kind != "new-appropriation":
            continue
        streams = [
            other.name
            for other in file.sources
            if other.kind == "existing-stream" and other.payor == source.payor
        ]
        there = f" Existing streams of {source.payor} in this file: {', '.join(streams)}."
        found.append(
            Finding(
                "new-money",
                f"`{source.name}` is new money, because: {source.reason} Considered: "
                f"{'; '.join(source.considered)}.{there if streams else ''}",
                file.place_of("sources", at),
            )
        )
    return tuple(found)


def _not_as_the_deal(deal: Deal, years: Sequence[PayorYear]) -> tuple[Finding, ...]:
    """Years for which the deal's own `budget` says another amount than the sources."""
    stated: dict[int, int] = {}
    for each in deal.budget.provided:
        stated[each.fiscal_year] = stated.get(each.fiscal_year, 0) + minor(deal, each.amount)
    found: dict[int, int] = {}
    for year in years:
        amount = year.appropriated + year.planned
        found[year.fiscal_year] = found.get(year.fiscal_year, 0) + amount
    return tuple(
        Finding(
            "provided",
            f"{year}: the deal says that {money_text(amount, deal.currency)} is provided, the "
            f"sources of the budget come to {money_text(found.get(year, 0), deal.currency)}.",
            deal.place_of("budget", "provided"),
        )
        for year, amount in sorted(stated.items())
        if amount != found.get(year, 0)
    )


def _caps(
    forecast: Forecast, file: BudgetFile, schedule: Sequence[SinkingYear]
) -> tuple[Finding, ...]:
    """Years in which a sinking schedule would hold more than the payor's funds may by law."""
    found: list[Finding] = []
    for fund in file.funds:
        if fund.most is None:
            continue
        most = minor(forecast.deal, fund.most)
        over = [row for row in schedule if row.payor == fund.payor and row.closing > most]
        if over:
            years = ", ".join(str(row.fiscal_year) for row in over)
            found.append(
                Finding(
                    "cap",
                    f"{fund.name} may hold {money_text(most, forecast.deal.currency)} at most: at "
                    f"the end of {years} the sinking schedule would hold more.",
                )
            )
    return tuple(found)
