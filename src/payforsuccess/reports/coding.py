"""How an issued statement is coded in the payors' books, beside the statement and never in it."""

from __future__ import annotations

from datetime import date

from payforsuccess.finance.budget.payable import Payable
from payforsuccess.reports.document import Block, Heading, ItemList, paragraph
from payforsuccess.reports.numbers import amount_text, day_text
from payforsuccess.reports.table import Column, Table, cell


def coding_blocks(found: Payable, *, pay_on: date, currency: str) -> tuple[Block, ...]:
    """The lines of a voucher, or what keeps the statement from being payable."""
    blocks: list[Block] = [
        Heading(2, "How it is paid", "coding"),
        paragraph(
            f"From the payors' budget file, for payment on {day_text(pay_on)}. It is no part of "
            "the statement, and its checksum does not cover it."
        ),
    ]
    if found.lines:
        blocks.append(
            Table(
                caption="What each payor pays from which fund, as its books name it",
                columns=(
                    Column("Payor"),
                    Column("Fund"),
                    Column("Unit"),
                    Column("Account"),
                    Column("Vendor"),
                    Column("Encumbrance"),
                    Column("Fiscal year", is_number=True),
                    Column(f"Amount ({currency})", is_number=True),
                ),
                rows=tuple(
                    (
                        cell(line.payor),
                        cell(line.coded_fund),
                        cell(line.unit),
                        cell(line.account),
                        cell(line.vendor),
                        cell(line.encumbrance or "none"),
                        cell(str(line.fiscal_year)),
                        cell(amount_text(line.amount, currency)),
                    )
                    for line in found.lines
                ),
            )
        )
    if found.problems:
        blocks.append(paragraph("It is not payable:"))
        blocks.append(ItemList(tuple((problem.what,) for problem in found.problems)))
    if found.disputed:
        blocks.append(paragraph("It is in dispute, and not paid yet; the rest is:"))
        blocks.append(
            ItemList(
                tuple(
                    (f"{payor}: {amount_text(amount, currency, code=True)}",)
                    for payor, amount in found.disputed
                )
            )
        )
    if not (found.lines or found.problems or found.disputed):
        blocks.append(paragraph("Nothing more is payable on it."))
    return tuple(blocks)
