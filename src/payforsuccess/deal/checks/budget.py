"""What a deal and its payors' budget must agree on, and what its own numbers must hold to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from payforsuccess.deal.budget import BudgetFile, Fund, FundEntry
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.money_file import in_another_currency
from payforsuccess.deal.nearest import nearest, ticked
from payforsuccess.deal.public_risk import HONEST, said_without_risk
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import CURRENCY_DIGITS, grouped

_INTO = ("deposit", "interest")
FAR_OFF = 30
"""Years before and after the deal within which its budget lies."""
LONG_AFTER = 10
"""Years after the end of a deal in which its books may still be kept."""


def check_budget(budget: BudgetFile, deal: Deal) -> tuple[Problem, ...]:
    """Names that name nothing, money smaller than a cent, and funds below 0 or above their most."""
    found = [
        *in_another_currency(budget, deal),
        *_names(budget, deal),
        *_owners(budget),
        *_years(budget),
        *_far_off(budget, deal),
        *_wholes(budget, deal),
        *_days(budget, deal),
        *_twice(budget),
        *_encumbered(budget),
        *_without_risk(budget),
    ]
    if not found:
        found = list(_balances(budget))
    return tuple(sorted(found, key=lambda problem: problem.where))


def _without_risk(budget: BudgetFile) -> Iterator[Problem]:
    """Where the file says that the public bears no risk, which documents would print (R131)."""
    for path in said_without_risk(budget.as_plain()):
        yield Problem(
            sentence("The file says that the public bears no risk, and it always bears some."),
            HONEST,
            budget.place_of(*path),
        )


def _names(budget: BudgetFile, deal: Deal) -> Iterator[Problem]:
    payors = [payor.party for payor in deal.payors]
    funds = [fund.name for fund in budget.funds]
    sources = [source.name for source in budget.sources]
    requests = [request.name for request in budget.requests]
    asked: list[tuple[str | None, str, list[str], tuple[str | int, ...]]] = []
    asked += [(p, "payor of the deal", payors, ("fiscal_years", p)) for p in budget.fiscal_years]
    for at, fund in enumerate(budget.funds):
        asked.append((fund.payor, "payor of the deal", payors, ("funds", at, "payor")))
    for at, source in enumerate(budget.sources):
        asked.append((source.payor, "payor of the deal", payors, ("sources", at, "payor")))
        asked.append((source.fund, "fund of this file", funds, ("sources", at, "fund")))
    for at, entry in enumerate(budget.entries):
        asked.append((entry.fund, "fund of this file", funds, ("entries", at, "fund")))
        asked.append((entry.of_payor, "payor of the deal", payors, ("entries", at, "of_payor")))
    for at, each in enumerate(budget.encumbrances):
        asked.append((each.fund, "fund of this file", funds, ("encumbrances", at, "fund")))
    for at, request in enumerate(budget.requests):
        asked.append((request.source, "source of this file", sources, ("requests", at, "source")))
        known = list(deal.outcomes)
        asked.append((request.outcome, "outcome of the deal", known, ("requests", at, "outcome")))
    for name, kind, there, path in asked:
        if name is not None and name not in there:
            close = nearest(name, there)
            do = (
                sentence("Did you mean `{close}`?", close=close)
                if close
                else sentence("Write one of: {there}.", there=ticked(sorted(there)))
            )
            yield Problem(
                sentence("There is no {kind} named `{name}`.", kind=kind, name=name),
                do,
                budget.place_of(*path),
            )
    for field, names in (("funds", funds), ("sources", sources), ("requests", requests)):
        for at, name in enumerate(names):
            if name in names[:at]:
                where = budget.place_of(field, at, "name")
                yield Problem(
                    sentence("`{name}` stands twice.", name=name),
                    sentence("Give each its own name."),
                    where,
                )


def _owners(budget: BudgetFile) -> Iterator[Problem]:
    """A source pays into a fund of its own payor; another's part is marked on the entry."""
    owner = {fund.name: fund.payor for fund in budget.funds}
    for at, source in enumerate(budget.sources):
        if owner.get(source.fund, source.payor) != source.payor:
            yield Problem(
                sentence(
                    "`{name}` pays for {payor}, and its fund is that of {owner}.",
                    name=source.name,
                    payor=source.payor,
                    owner=owner[source.fund],
                ),
                sentence("Name a fund of the same payor."),
                budget.place_of("sources", at, "fund"),
            )
    for at, entry in enumerate(budget.entries):
        if entry.of_payor is not None and owner.get(entry.fund) == entry.of_payor:
            yield Problem(
                sentence("`of_payor` names the payor whose fund this is."),
                sentence("Leave `of_payor` out, or name the other payor."),
                budget.place_of("entries", at, "of_payor"),
            )


def _years(budget: BudgetFile) -> Iterator[Problem]:
    for at, source in enumerate(budget.sources):
        years = [each.fiscal_year for each in source.years]
        for number, year in enumerate(years):
            if year in years[:number]:
                yield Problem(
                    sentence("`{name}` states {year} twice.", name=source.name, year=year),
                    sentence("Keep one amount for each fiscal year."),
                    budget.place_of("sources", at, "years", number),
                )


def _far_off(budget: BudgetFile, deal: Deal) -> Iterator[Problem]:
    """Fiscal years that lie decades away from the deal: slips of a digit."""
    first, last = deal.periods.from_.year - FAR_OFF, deal.ends_on.year + FAR_OFF
    asked: list[tuple[int, tuple[str | int, ...]]] = [
        (each.fiscal_year, ("sources", at, "years", number, "fiscal_year"))
        for at, source in enumerate(budget.sources)
        for number, each in enumerate(source.years)
    ]
    for at, encumbrance in enumerate(budget.encumbrances):
        asked.append((encumbrance.fiscal_year, ("encumbrances", at, "fiscal_year")))
    for at, request in enumerate(budget.requests):
        asked.append((request.fiscal_year, ("requests", at, "fiscal_year")))
    for year, path in asked:
        if not first <= year <= last:
            yield Problem(
                sentence(
                    "The fiscal year {year} lies far from the deal, which runs from {year_2} to "
                    "{year_3}.",
                    year=year,
                    year_2=deal.periods.from_.year,
                    year_3=deal.ends_on.year,
                ),
                sentence("Correct the year; a fiscal year is named by the year in which it ends."),
                budget.place_of(*path),
            )


def _wholes(budget: BudgetFile, deal: Deal) -> Iterator[Problem]:
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    amounts: list[tuple[Fraction | None, tuple[str | int, ...]]] = []
    for at, fund in enumerate(budget.funds):
        amounts += [(fund.opening, ("funds", at, "opening")), (fund.most, ("funds", at, "most"))]
    for at, source in enumerate(budget.sources):
        for number, year in enumerate(source.years):
            amounts.append((year.amount, ("sources", at, "years", number, "amount")))
            amounts.append((year.of, ("sources", at, "years", number, "of")))
    for at, entry in enumerate(budget.entries):
        amounts.append((entry.amount, ("entries", at, "amount")))
    for at, each in enumerate(budget.encumbrances):
        amounts.append((each.amount, ("encumbrances", at, "amount")))
    for at, request in enumerate(budget.requests):
        amounts.append((request.amount, ("requests", at, "amount")))
    for amount, path in amounts:
        if amount is not None and (amount * digits).denominator != 1:
            yield Problem(
                sentence(
                    "An amount in {currency} has at most {currency_digits} decimals.",
                    currency=deal.currency,
                    currency_digits=CURRENCY_DIGITS[deal.currency],
                ),
                sentence("Round it."),
                budget.place_of(*path),
            )


def _days(budget: BudgetFile, deal: Deal) -> Iterator[Problem]:
    if (budget.as_of - deal.ends_on).days > LONG_AFTER * 366:
        yield Problem(
            sentence(
                "The entries are complete to {as_of}, more than {long_after} years after the deal "
                "ends on {ends_on}.",
                as_of=budget.as_of,
                long_after=LONG_AFTER,
                ends_on=deal.ends_on,
            ),
            sentence("Correct `as_of`."),
            budget.place_of("as_of"),
        )
    for at, entry in enumerate(budget.entries):
        if entry.on > budget.as_of:
            yield Problem(
                sentence(
                    "The entry is of a later day than {as_of}, to which the file is complete.",
                    as_of=budget.as_of,
                ),
                sentence("Correct the day, or move `as_of` on."),
                budget.place_of("entries", at, "on"),
            )


def _twice(budget: BudgetFile) -> Iterator[Problem]:
    """The same line of the ledger on two places: one payment would be counted as two."""
    seen: dict[tuple[object, ...], int] = {}
    for at, entry in enumerate(budget.entries):
        key = (entry.on, entry.fund, entry.kind, entry.amount, entry.reference, entry.statement)
        first = seen.setdefault((*key, entry.of_payor), at)
        if first != at:
            yield Problem(
                sentence(
                    "The entry is the same as entry {first}: day, fund, kind, amount and "
                    "reference.",
                    first=first + 1,
                ),
                sentence("Take one out; if both were made, give each its own `reference`."),
                budget.place_of("entries", at),
            )


def _encumbered(budget: BudgetFile) -> Iterator[Problem]:
    """No more is set apart of an appropriation than it has for the year, with what it carries."""
    kinds = {fund.name: fund.kind for fund in budget.funds}
    set_apart: dict[tuple[str, int], Fraction] = {}
    for each in budget.encumbrances:
        key = each.fund, each.fiscal_year
        set_apart[key] = set_apart.get(key, Fraction(0)) + each.amount
    told: set[tuple[str, int]] = set()
    for at, each in enumerate(budget.encumbrances):
        key = each.fund, each.fiscal_year
        if kinds.get(each.fund) != "appropriation" or key in told:
            continue
        has = set_apart.get((each.fund, each.fiscal_year - 1), Fraction(0)) + sum(
            year.amount
            for source in budget.sources
            if source.fund == each.fund and source.standing == "appropriated"
            for year in source.years
            if year.fiscal_year == each.fiscal_year
        )
        if set_apart[key] > has:
            told.add(key)
            yield Problem(
                sentence(
                    "More of {fund} is encumbered for {fiscal_year} than is appropriated into it "
                    "for that year: at most {has} can be.",
                    fund=each.fund,
                    fiscal_year=each.fiscal_year,
                    has=grouped(has),
                ),
                sentence("Lower the encumbrance, or add the source that is missing."),
                budget.place_of("encumbrances", at, "amount"),
            )


def _balances(budget: BudgetFile) -> Iterator[Problem]:
    """After each entry a fund that holds money is at 0 or above, and within its most."""
    for number, fund in enumerate(budget.funds):
        if fund.kind == "appropriation":
            continue
        balance = fund.opening
        if fund.most is not None and balance > fund.most:
            yield _too_full(budget, fund, ("funds", number, "opening"))
        for at, entry in in_order_of_days(budget.entries):
            if entry.fund != fund.name:
                continue
            balance += entry.amount if entry.kind in _INTO else -entry.amount
            if balance < 0:
                yield Problem(
                    sentence(
                        "More came out of {name} than it held on {on}.", name=fund.name, on=entry.on
                    ),
                    sentence("Add the deposit that is missing, or correct the entry."),
                    budget.place_of("entries", at, "amount"),
                )
                break
            if fund.most is not None and entry.kind in _INTO and balance > fund.most:
                yield _too_full(budget, fund, ("entries", at, "amount"))
                break


def _too_full(budget: BudgetFile, fund: Fund, path: tuple[str | int, ...]) -> Problem:
    return Problem(
        sentence("{name} would hold more than its law allows.", name=fund.name),
        sentence("Correct the amount, or `most`."),
        budget.place_of(*path),
    )


def in_order_of_days(entries: Iterable[FundEntry]) -> list[tuple[int, FundEntry]]:
    """Entries with their places in the file, by day; on one day what comes in stands first."""
    return sorted(
        enumerate(entries), key=lambda item: (item[1].on, item[1].kind not in _INTO, item[0])
    )
