"""Whether a statement can be paid: the money left in each payor's funds, and how it is coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.budget import BudgetFile, Fund
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Statement
from payforsuccess.errors import Problem, sentence
from payforsuccess.finance.budget.ledger import balance_on, moved_in
from payforsuccess.finance.budget.paid import owed_on
from payforsuccess.finance.budget.years import last_day_of, minor, year_of
from payforsuccess.units import money_text


@dataclass(frozen=True)
class VoucherLine:
    """One payor's part of a statement out of one fund, as the payor's books name it."""

    payor: str
    fiscal_year: int
    fund: str
    coded_fund: str
    unit: str
    account: str
    vendor: str
    encumbrance: str
    amount: int


@dataclass(frozen=True)
class Payable:
    """The lines of a voucher, or what keeps the statement from being payable.

    disputed: what each payor does not pay yet, because it is in dispute. missing: of the problems,
    those of a payor for whose part nothing is appropriated, each with the payor and the amount in
    minor units.
    """

    lines: tuple[VoucherLine, ...]
    problems: tuple[Problem, ...]
    disputed: tuple[tuple[str, int], ...] = ()
    missing: tuple[tuple[str, int, Problem], ...] = ()


def left_in(deal: Deal, file: BudgetFile, fund: Fund, year: int, on: date) -> int:
    """What can still be paid out of a fund in a fiscal year, on a day.

    A plain appropriation has what is appropriated into it for the year and what was encumbered the
    year before and is carried over, less what was paid or released in it. Any other fund has what
    it holds, and pays from that alone.
    """
    if fund.kind != "appropriation":
        return max(balance_on(deal, file, fund, on), 0)
    appropriated = sum(
        minor(deal, each.amount)
        for source in file.sources
        if source.fund == fund.name and source.standing == "appropriated"
        for each in source.years
        if each.fiscal_year == year
    )
    out = sum(moved_in(deal, file, fund, year, kind, through=on) for kind in ("paid", "released"))
    return max(appropriated + _carried_into(deal, file, fund, year) - out, 0)


def encumbered(deal: Deal, file: BudgetFile, fund: Fund, year: int) -> int:
    """What of a fund is set apart for the deal in a fiscal year."""
    return sum(
        minor(deal, each.amount)
        for each in file.encumbrances
        if each.fund == fund.name and each.fiscal_year == year
    )


def _carried_into(deal: Deal, file: BudgetFile, fund: Fund, year: int) -> int:
    """What was encumbered in the year before, as far as it was not spent."""
    held = encumbered(deal, file, fund, year - 1)
    if not held:
        return 0
    ends = last_day_of(deal, file, fund.payor, year - 1)
    return min(held, left_in(deal, file, fund, year - 1, ends))


def payable(
    deal: Deal,
    file: BudgetFile,
    statements: Sequence[Statement],
    number: int,
    paid: Mapping[str, Mapping[int, int]],
    *,
    on: date,
    disputed: Mapping[str, int] | None = None,
) -> Payable:
    """The voucher of an issued statement as of a day, in the payors' funds in their order.

    What is `disputed`, by payor in minor units, is left out of it; the undisputed rest is paid.

    A problem, by payor and fiscal year, where the money appropriated and held, less what earlier
    statements still need, is less than the payor's part; by fund where its coding is missing.
    """
    lines: list[VoucherLine] = []
    problems: list[Problem] = []
    missing: list[tuple[str, int, Problem]] = []
    held: dict[str, int] = {}
    for owed in owed_on(statements, number, paid):
        held[owed.payor] = min((disputed or {}).get(owed.payor, 0), owed.payable)
        if owed.payable == held[owed.payor]:
            continue
        year = year_of(deal, file, owed.payor, on)
        funds = file.funds_of(owed.payor)
        before, needed = owed.before, owed.payable - held[owed.payor]
        for fund in funds:
            left = left_in(deal, file, fund, year, on)
            kept = min(before, left)
            before -= kept
            taken = min(needed, left - kept)
            if not taken:
                continue
            needed -= taken
            if fund.coding is None:
                problems.append(_not_coded(file, fund))
                continue
            lines.append(
                VoucherLine(
                    owed.payor,
                    year,
                    fund.name,
                    fund.coding.fund,
                    fund.coding.unit,
                    fund.coding.account,
                    fund.coding.vendor,
                    fund.coding.encumbrance or "",
                    taken,
                )
            )
        if needed:
            whole = owed.payable - held[owed.payor]
            problem = _missing(deal, file, owed.payor, year, needed, whole)
            missing.append((owed.payor, needed, problem))
    return Payable(
        tuple(lines),
        (*problems, *(problem for _, _, problem in missing)),
        tuple((payor, held[payor]) for payor in held if held[payor]),
        tuple(missing),
    )


def _not_coded(file: BudgetFile, fund: Fund) -> Problem:
    return Problem(
        sentence(
            "{name} would pay, and the file does not say how payments from it are coded.",
            name=fund.name,
        ),
        sentence("Give `coding` with fund, unit, account and vendor."),
        file.place_of("funds", file.funds.index(fund)),
    )


def _missing(
    deal: Deal, file: BudgetFile, payor: str, year: int, missing: int, needed: int
) -> Problem:
    funds = ", ".join(fund.name for fund in file.funds_of(payor)) or sentence("none")
    return Problem(
        sentence(
            "{payor} is to pay {amount} in fiscal year {year}, and {amount_2} of it is not "
            "appropriated (funds: {funds}).",
            payor=payor,
            amount=money_text(needed, deal.currency, code=True),
            year=year,
            amount_2=money_text(missing, deal.currency, code=True),
            funds=funds,
        ),
        sentence(
            "Have it appropriated, and put the source, or the deposit, into budget.yaml. A "
            "payment beyond its appropriation is no debt of the payor."
        ),
        file.place_of("sources"),
    )
