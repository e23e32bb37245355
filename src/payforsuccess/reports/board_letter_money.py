"""The money of a letter to the Board: what may fall due, from where, and who bears what."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.budget import BudgetFile, FundingSource
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Payor
from payforsuccess.finance.budget.budget import Budget
from payforsuccess.finance.budget.parts import most_of_ceiling
from payforsuccess.finance.budget.provision import PayorYear
from payforsuccess.finance.budget.years import minor
from payforsuccess.reports.budget_tables import liability_table, provision_table
from payforsuccess.reports.document import (
    Block,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.forecast_words import no_success_words
from payforsuccess.reports.numbers import amount_text, name_text, percent_text
from payforsuccess.reports.table import Column, Table, cell

_ZERO = Fraction(0)


def limit_words(deal: Deal, payor: Payor) -> str:
    """The most that this payor may be asked for and why, with the whole of all payors beside.

    The parts of a line are rounded to the smallest unit of money, which the share leaves out.
    """
    part = most_of_ceiling(deal, payor.party)
    whole = None if deal.ceiling is None else minor(deal, deal.ceiling)
    if part is None:
        return f"without a ceiling by {payor.party}"
    said = f"of {_coded(deal, part)} at most by {payor.party}"
    if len(deal.payors) == 1:
        return said
    if payor.ceiling is not None and part == minor(deal, payor.ceiling):
        why = "its own ceiling"
    elif whole is not None and payor.share * whole == part:
        why = f"its share of {percent_text(float(payor.share), 2)}"
    else:
        why = "its share of the lines that it pays, and what may pass to it from other payors"
    together = "without a ceiling" if whole is None else f"{_coded(deal, whole)} at most"
    return f"{said} ({why}; all payors together: {together})"


def money_blocks(deal: Deal, payor: Payor, file: BudgetFile, told: Budget) -> list[Block]:
    """Fiscal impact and sources: the payor's own first, then what other payors bear."""
    own = tuple(year for year in told.years if year.payor == payor.party)
    others = tuple(each for each in deal.payors if each.party != payor.party)
    blocks: list[Block] = [Heading(2, "Fiscal impact", "fiscal-impact"), _figures(deal, own)]
    blocks += [
        liability_table(payor.party, own, deal.currency),
        provision_table(payor.party, own, deal.currency),
        paragraph(
            "Expected, low and high are cases of the assumptions; the most that can fall due is "
            "proved from the payment terms. Set aside is what funds hold when the year starts. "
            "Money that is only planned covers nothing. What may fall due is a contingent "
            "liability; what it is in law, Counsel says."
        ),
    ]
    if others:
        shares = tuple(
            (
                cell(each.party),
                cell(percent_text(float(each.share), 2)),
                cell("none" if each.ceiling is None else _money(deal, minor(deal, each.ceiling))),
                cell(each.steps_in or "no one: it is owed by nobody"),
            )
            for each in deal.payors
        )
        blocks.append(
            Table(
                f"Who pays what part ({deal.currency})",
                (
                    Column("Payor"),
                    Column("Share of each line", is_number=True),
                    Column("Ceiling of its own", is_number=True),
                    Column("Who pays what passes that"),
                ),
                shares,
            )
        )
        blocks.append(
            paragraph(
                "Each line is divided to the cent: over all lines a part may pass its share by "
                "some cents, which the most that can fall due counts."
            )
        )
    blocks += [Heading(2, "Where the money comes from", "sources"), *_sources(deal, payor, file)]
    return blocks


def _figures(deal: Deal, own: tuple[PayorYear, ...]) -> KeyFigures:
    expected = sum(year.expected for year in own)
    appropriated = sum(year.appropriated for year in own)
    short = sum(year.short_of_expected for year in own)
    return KeyFigures(
        (
            KeyFigure("Expected", _money(deal, expected), ("base case, all fiscal years",)),
            KeyFigure("Appropriated", _money(deal, appropriated), ("all years; without planned",)),
            KeyFigure("Short of what is expected", _money(deal, short), ("each year by itself",)),
        )
    )


def _sources(deal: Deal, payor: Payor, file: BudgetFile) -> list[Block]:
    own = tuple(each for each in file.sources if each.payor == payor.party)
    if not own:
        return [paragraph("No source is on file.")]
    blocks: list[Block] = [
        Table(
            f"Sources of {payor.party}, all years ({deal.currency})",
            (
                Column("Source"),
                Column("Kind"),
                Column("Department"),
                Column("Standing"),
                Column("Amount", is_number=True),
            ),
            tuple(
                (
                    cell(name_text(each.name)),
                    cell(each.kind.replace("-", " ")),
                    cell(each.department or "none named"),
                    cell(each.standing),
                    cell(_money(deal, minor(deal, sum((y.amount for y in each.years), _ZERO)))),
                )
                for each in own
            ),
        )
    ]
    new = tuple((_new_money(each),) for each in own if each.kind == "new-appropriation")
    return [*blocks, ItemList(new)] if new else blocks


def _new_money(source: FundingSource) -> str:
    looked = "; ".join(source.considered) or "no existing stream"
    return f"“{name_text(source.name)}” asks for more. {source.reason} Looked at before: {looked}."


def risk_blocks(deal: Deal, told: Budget) -> list[Block]:
    """What stays with the public whatever the outcomes are (never that there is no risk)."""
    risk = told.risk
    items = [
        f"{each.who} ({each.role.replace('-', ' ')}): {_money(deal, -each.net)}, what it pays by "
        "the assumptions less what comes back to it"
        for each in risk.borne
    ]
    items += [f"Paid from public money whatever happens: {each}" for each in risk.services]
    items.append("Public staff, and every cost that no cost line of the assumptions tells")
    return [
        Heading(2, "Risk", "risk"),
        paragraph(
            f"{no_success_words(is_more=risk.is_more)}, success payments are "
            f"{_money(deal, risk.success_payments)}. "
            "That is not the whole of the risk. The public still bears:"
        ),
        ItemList(tuple((item,) for item in items)),
        paragraph(
            "With full success the most stated above falls due, and savings need not reach it or "
            "come in the same budget. People who take part bear the risk that services end, or do "
            "not work."
        ),
    ]


def _coded(deal: Deal, amount: int) -> str:
    return amount_text(amount, deal.currency, code=True)


def _money(deal: Deal, amount: int) -> str:
    return amount_text(amount, deal.currency)
