"""How an issued statement stands by people's word, beside the statement and never in it."""

from __future__ import annotations

from payforsuccess.governance.approval import ApprovalStanding
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.inline import Exactly, Strong
from payforsuccess.reports.numbers import day_text, listed
from payforsuccess.reports.table import Cell, Column, Table, cell


def approval_blocks(standing: ApprovalStanding) -> tuple[Block, ...]:
    """Whether it is approved, by whom, and what is missing."""
    if standing.is_approved:
        said = paragraph(Strong("Approved."), " Two people or more, one of each payor among them.")
    else:
        said = paragraph(Strong("Not approved:"), f" {standing.why_not}.")
    prepared = (
        paragraph(f"Prepared by {listed(standing.prepared_by)}.")
        if standing.prepared_by
        else paragraph("Who prepared it is not on record.")
    )
    spoken = (standing.returned, standing.answered)
    records = (*(each for each in spoken if each is not None), *standing.approved)
    blocks: list[Block] = [
        Heading(2, "Approval", "approval"),
        paragraph(
            "What people said of this statement. It is no part of it, and its checksum does not "
            "cover it: each word is bound to the statement by that checksum."
        ),
        said,
        prepared,
    ]
    if records:
        blocks.append(
            Table(
                "What each person said of this statement",
                (Column("Who"), Column("Of"), Column("Said"), Column("On"), Column("Checksum")),
                tuple(
                    (
                        cell(each.by),
                        cell(each.party or "no party"),
                        cell(f"{each.said}: {each.reason}" if each.reason else each.said),
                        cell(day_text(each.on)),
                        Cell((Exactly(each.fingerprint),)),
                    )
                    for each in records
                ),
            )
        )
    return tuple(blocks)
