"""A forecast as plain values for a program: amounts in minor units, ratios as exact texts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from payforsuccess.finance.by_period import COLUMNS
from payforsuccess.finance.sources import Entry
from payforsuccess.finance.summary import CaseSummary, Summary
from payforsuccess.finance.tranches import TrancheReturn
from payforsuccess.reports.forecast_words import firmness_text, risk_sentences
from payforsuccess.runs.finance.words import findings_plain, problems_plain
from payforsuccess.units import exact_text

Plain = dict[str, object]


def forecast_plain(summary: Summary) -> Plain:
    """Everything that the page tells; a rate is a decimal text of 12 places."""
    forecast, even = summary.forecast, summary.break_even
    nothing = summary.without_success
    return {
        "deal": forecast.deal.deal,
        "standing": forecast.deal.standing,
        "assumptions": firmness_text(forecast.assumptions),
        "as_of": forecast.assumptions.as_of.isoformat(),
        "currency": forecast.deal.currency,
        "cases": {case: _case(one) for case, one in summary.cases.items()},
        "without_success": None if nothing is None else _case(nothing),
        "liability": {
            "years": [
                {
                    "fiscal_year": year.fiscal_year,
                    "paid": dict(year.paid),
                    "earned": dict(year.earned),
                    "at_most": year.most,
                    "provided": year.provided,
                }
                for year in summary.liability.years
            ],
            "at_most_in_all": summary.liability.most_in_all,
        },
        "break_even": None
        if even is None
        else {
            "case": even.case,
            "part_of_success": _ratio(even.part),
            "unpaid_at_most": even.unpaid_at_most,
        },
        "risk": list(risk_sentences(summary)),
        "problems": problems_plain(summary.stopped),
        "findings": findings_plain(summary.findings),
    }


def _case(one: CaseSummary) -> Plain:
    forecast = one.forecast
    return {
        "people_by_period": list(forecast.people.started),
        "success_payments": forecast.paid,
        "earned": forecast.earned,
        "open_credit": int(forecast.flows.open_credit),
        "forgiven": int(forecast.flows.forgiven),
        "unfunded": int(forecast.flows.unfunded),
        "present_value": one.present_value,
        "payments": [
            {"period": period, "term": term, "amount": line.amount}
            for (period, term), line in forecast.lines.items()
        ],
        "triggers_met": dict(forecast.met),
        "sources": _entries(one.sources.sources),
        "uses": _entries(one.sources.uses),
        "outside": _entries(one.sources.outside),
        "cash_by_period": [
            {
                "period": row.says,
                **{
                    says.replace(" ", "_"): amount
                    for (says, _), amount in zip(COLUMNS, row.amounts, strict=True)
                },
                "left": row.left,
            }
            for row in one.periods
        ],
        "tranches": [_tranche(each) for each in one.returns],
        "coverage": [
            {"tranche": each.tranche, "available": each.available, "owed": each.owed}
            for each in one.coverage
        ],
        "left_with": [
            {"who": each.who, "role": each.role, "amount": each.net} for each in one.borne
        ],
        "providers": [
            {
                "party": each.party,
                "working_capital": each.working_capital,
                "in_the_end": each.to_date[-1] if each.to_date else 0,
            }
            for each in one.providers
        ],
    }


def _entries(entries: Sequence[Entry]) -> list[Plain]:
    return [{"says": each.says, "kind": each.kind, "amount": each.amount} for each in entries]


def _tranche(one: TrancheReturn) -> Plain:
    return {
        "name": one.name,
        "party": one.party,
        "kind": one.kind,
        "committed": one.committed,
        "drawn": one.drawn,
        "came_back": one.came_back,
        "interest": int(one.stake.interest),
        "principal_repaid": int(one.stake.repaid),
        "recycled": int(one.stake.recycled),
        "principal_unpaid": one.unpaid,
        "guaranteed": int(one.stake.made_good),
        "lost": one.loss,
        "multiple": _ratio(one.multiple),
        "rate": None if one.rate is None else f"{one.rate:.12f}",
        "roots": one.roots,
        "all_lost": one.lost,
    }


def _ratio(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)
