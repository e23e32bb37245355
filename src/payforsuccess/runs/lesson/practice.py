"""The practice deal of the lessons, and what the program works out from it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.assurance import AssurancePatient
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Statement
from payforsuccess.deal.votes import BudgetChange
from payforsuccess.errors import Place
from payforsuccess.finance.budget.borne import public_risk
from payforsuccess.finance.forecast import Forecast, forecast
from payforsuccess.governance.votes import VotesNeeded, votes_needed
from payforsuccess.payments.approval import why_not_approvable
from payforsuccess.payments.proofs import liability_of, reaches_of
from payforsuccess.reports.lesson_texts import PracticeFacts
from payforsuccess.reports.numbers import day_text
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.new import new
from payforsuccess.runs.statement.pay import pay
from payforsuccess.runs.vote_rules import vote_rules
from payforsuccess.units import exact_text, fiscal_year_of, from_minor

TEMPLATE = "supportive-housing"
RULES = "california-county"
DAYS, MANY_DAYS, MOVED = 17_310, 30_000, 150_000
"""The numbers that the questions give: days in a half-year, and money that an amendment moves."""
DUE_ON = date(2028, 8, 10)


@dataclass(frozen=True)
class Practice:
    """The name of the practice deal and what was worked out from it."""

    deal: str
    facts: PracticeFacts


def practice() -> Practice:
    """The template written to a folder of its own, computed with, and taken away again."""
    with tempfile.TemporaryDirectory(prefix="pfs-lesson-") as folder:
        root = Path(folder) / "deal"
        new(root, template=TEMPLATE)
        financed = open_financed(root)
        deal = financed.deal
        stated = _stated(root, DAYS)
        nothing = forecast(
            financed.history, financed.assumptions, cases=("base",), success=Fraction(0)
        )
        return Practice(deal.deal, _facts(deal, stated, _stated(root, MANY_DAYS), nothing, root))


def _stated(root: Path, days: int) -> Statement:
    """The draft of the first period with so many stable days."""
    results = root / "results.yaml"
    results.write_text(
        "format: 1\nresults:\n"
        f"  - {{outcome: stable_days, period: 1, value: {days}, people: 44}}\n",
        "utf-8",
    )
    return pay(root, as_of=date(2027, 8, 1)).statement


def _facts(
    deal: Deal, stated: Statement, many: Statement, nothing: Forecast, root: Path
) -> PracticeFacts:
    first, ends = deal.payors[0], deal.termination[0]
    stays, left = deal.assurance[:2]
    risk = public_risk(nothing)
    increase = _votes("county-wide-increase", root)
    year = max(liability_of(deal, reaches_of(deal)).years, key=lambda each: each.most or 0)
    starts = deal.fiscal_year_starts
    board = [each for each in deal.consents if each.touches == "money" and "board" in each.of]
    return PracticeFacts(
        days=f"{DAYS:,}",
        owed=_amount(deal, stated.total),
        payor=first.party,
        share=_amount(deal, stated.payor_totals()[first.party]),
        most=exact_text(deal.ceiling or Fraction(0)),
        no_success=_amount(deal, risk.success_payments),
        bears_nothing=_yes(not risk.borne and not risk.services),
        stays=stays.says,
        stayed_days=_expected(stays),
        left=left.says,
        left_days=_expected(left),
        many=f"{MANY_DAYS:,}",
        capped=_amount(deal, many.total),
        due_days=str(deal.pays_within_days.days),
        approvable=_yes(not why_not_approvable(stated)),
        ends=ends.says,
        ends_due=ends.sum_due,
        notice_days=str(ends.notice.days if ends.notice is not None else 0),
        moved=f"{deal.currency} {MOVED:,}",
        board_consents=_yes(any(each.above is None or each.above < MOVED for each in board)),
        increase_votes=str(increase.votes),
        seats=str(increase.seats),
        move_votes=str(_votes("between-units", root).votes),
        fiscal_year=str(fiscal_year_of(DUE_ON, starts_month=starts.month, starts_day=starts.day)),
        due_on=day_text(DUE_ON),
        most_in_year=_amount(deal, year.most or 0),
        most_year=str(year.fiscal_year),
    )


def _votes(change: BudgetChange, root: Path) -> VotesNeeded:
    rules, _ = vote_rules(RULES, beside=root, where=Place(RULES))
    return votes_needed(rules, change, on=DUE_ON)


def _expected(patient: AssurancePatient) -> str:
    """What the parties agreed for a made-up person, which `pfs check` computes."""
    value = patient.expects[0].value
    assert value is not None, "the template gives both people a value"
    return exact_text(value)


def _amount(deal: Deal, minor: int) -> str:
    return exact_text(from_minor(minor, deal.currency))


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
