"""An issued statement as a document, with its approval and its coding beside it."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.approvals import approval_blocks
from payforsuccess.reports.coding import coding_blocks
from payforsuccess.reports.document import Block
from payforsuccess.runs.folder import DealPath, named_statement, open_folder
from payforsuccess.runs.statement.approve import shown_standing
from payforsuccess.runs.statement.statement_page import statement_paper
from payforsuccess.runs.statement.statements import show
from payforsuccess.runs.statement.voucher import coding_of


def statement_as_document(
    path: DealPath, number: int | None = None, *, without_counts: bool = False
) -> Document:
    """The statement, the last one when no number is given; it is the same whoever approved it.

    Who approved it, and how it is coded in budget.yaml where there is one, stand after it.
    without_counts: leaves out results and arithmetic, for readers who may not see small counts.
    """
    path, number = named_statement(path, number)
    issued = show(path, number)
    history = open_folder(path).history()
    deal = history.governing(history.schedule.period(issued.statement.period))
    beside: tuple[Block, ...] = ()
    standing = shown_standing(path, issued)
    if standing is not None:
        beside += approval_blocks(standing)
    coding = coding_of(path, issued)
    if coding is not None:
        beside += coding_blocks(coding.found, pay_on=coding.pay_on, currency=coding.currency)
    return statement_paper(
        deal, issued.statement, is_issued=True, beside=beside, without_counts=without_counts
    )
