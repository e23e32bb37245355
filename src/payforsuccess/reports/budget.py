"""A budget as a page: liability against money provided, funds, requests, what the public bears."""

from __future__ import annotations

from itertools import groupby

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.budget.budget import Budget
from payforsuccess.reports.budget_tables import (
    departments_table,
    ledger_table,
    liability_table,
    provision_table,
    requests_table,
    sinking_table,
    streams_table,
)
from payforsuccess.reports.charts.liability import LiabilityByYear, Year, liability_figure
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.forecast_words import no_success_words
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import amount_text, counted, day_text

NOTICES = {
    "illustrative": Notice(
        "Illustrative budget",
        "Every fund, source, entry and request was made up to show the method. No government has "
        "provided any of this.",
    ),
    "draft": Notice("Draft budget", "No one has adopted these numbers."),
}
"""What must be said of a budget by its standing; an adopted one needs no notice."""


def budget_document(deal: Deal, file: BudgetFile, told: Budget) -> Document:
    """The page for budget officers: the same numbers as `pfs budget` prints."""
    own = NOTICES.get(file.standing)
    return Document(
        title=f"{deal.deal}: the payors' budget",
        language="en",
        subtitle=f"As of {day_text(file.as_of)}, in {deal.currency}",
        notices=(
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *(() if own is None else (own,)),
        ),
        blocks=(
            *_liability(deal, told),
            Heading(2, "By department", "departments"),
            paragraph(
                "A payor's liability falls on its funds in the order of the file, and in a fund on "
                "departments in proportion to what their sources brought into it. What no fund has "
                "falls on sources that are only planned, then on no department."
            ),
            departments_table(told, deal.currency)
            if told.departments
            else paragraph("No year has a source or a liability."),
            Heading(2, "Funds", "funds"),
            ledger_table(told, deal.currency),
            Heading(2, "A sinking fund for it", "sinking"),
            paragraph(
                "Each year's deposit is what services of that year come to in the end. The closing "
                "balance reconciles accrual by year of service with cash by year of payment: "
                "earned, and not paid yet. No interest is assumed."
            ),
            sinking_table(told, deal.currency)
            if told.sinking
            else paragraph("No year has a payment."),
            *_streams(deal, told),
            *_requests(deal, told),
            *_risk(deal, told),
            *_findings(told),
            Heading(2, "How to read this", "reading"),
            paragraph(
                "Expected is the base case of the assumptions, low and high are its other cases; "
                "the most that can fall due is proved from the payment terms. Where others' excess "
                "may fall on a payor, or shares are rounded to the cent, it is set a little high "
                "and never too low. Coverage is appropriated and set aside over that most. "
                "Money that is only planned covers nothing."
            ),
            paragraph(
                "Set aside is what sinking funds, trust funds and reserves hold when the year "
                "starts: by the ledger to the day above, then carried forward on the base case. A "
                "plain appropriation ends with its year."
            ),
        ),
    )


def _liability(deal: Deal, told: Budget) -> list[Block]:
    money = deal.currency
    expected = sum(year.expected for year in told.years)
    provided = sum(year.appropriated for year in told.years)
    short = [year for year in told.years if year.short_of_expected]
    payors = counted(len({year.payor for year in told.years}), "payor")
    blocks: list[Block] = [
        Heading(2, "Liability against provision", "liability"),
        KeyFigures(
            (
                KeyFigure(
                    "Expected", amount_text(expected, money), (f"base case, all years, {payors}",)
                ),
                KeyFigure(
                    "Appropriated", amount_text(provided, money), ("all years, without planned",)
                ),
                KeyFigure(
                    "Years short of what is expected",
                    str(len(short)),
                    (f"of {counted(len(told.years), 'fiscal year')}, each payor's own",),
                ),
            )
        ),
    ]
    for payor, rows in groupby(told.years, key=lambda year: year.payor):
        years = tuple(rows)
        picture = LiabilityByYear(
            f"{payor}: expected, at most, and appropriated or set aside, by fiscal year",
            money,
            tuple(
                Year(
                    str(year.fiscal_year),
                    year.paid["low"],
                    year.expected,
                    year.paid["high"],
                    year.most,
                    year.available,
                )
                for year in years
            ),
        )
        blocks += [
            Heading(3, payor),
            liability_figure(picture, liability_table(payor, years, money)),
            provision_table(payor, years, money),
        ]
    if told.unfunded:
        blocks.append(
            paragraph(
                f"{amount_text(told.unfunded, money)} passes the payors' ceilings in the base "
                "case: no payor owes it."
            )
        )
    return blocks


def _streams(deal: Deal, told: Budget) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Money under outcomes terms", "streams")]
    if told.streams:
        blocks.append(streams_table(told, deal.currency))
    else:
        blocks.append(paragraph("No existing stream pays: all of the money is new."))
    return blocks


def _requests(deal: Deal, told: Budget) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Requests for appropriation", "requests")]
    if not told.requests.rows:
        return [*blocks, paragraph("Nothing is asked for.")]
    return [
        *blocks,
        requests_table(told, deal.currency),
        paragraph(f"The rules for votes: {told.rules_checked}"),
    ]


def _risk(deal: Deal, told: Budget) -> list[Block]:
    risk = told.risk
    paid = amount_text(risk.success_payments, deal.currency)
    items = [
        f"{each.who} ({each.role}): {amount_text(-each.net, deal.currency)}" for each in risk.borne
    ]
    items += [f"Paid from public money whatever happens: {each}" for each in risk.services]
    items.append("Public staff, and every cost that no cost line of the assumptions tells")
    return [
        Heading(2, "Without success", "risk"),
        paragraph(
            f"{no_success_words(is_more=risk.is_more)}, success payments are {paid}. "
            "The public still bears:"
        ),
        ItemList(tuple((item,) for item in items)),
        paragraph(
            "People who take part bear the risk that services end, or do not work; no figure here "
            "counts that."
        ),
    ]


def _findings(told: Budget) -> list[Block]:
    items = [f"{problem.what} {problem.do}" for problem in told.problems]
    items += [finding.what for finding in told.findings]
    if not items:
        return []
    return [Heading(2, "Findings", "findings"), ItemList(tuple(with_names(item) for item in items))]
