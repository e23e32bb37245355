"""What payors may owe by fiscal year, expected and at most, as the deal beside is looked ahead."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import table
from payforsuccess.reports.charts.liability import LiabilityByYear, liability_figure
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.notices import assumed_notices
from payforsuccess.reports.numbers import amount_text, day_text
from payforsuccess.reports.table import Cell, Row, cell


def ahead_blocks(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """The picture with its table, or what keeps it from being made (R24, R39)."""
    yield Heading(3, "What payors may owe, by fiscal year", "ahead")
    ahead = facts.ahead
    if ahead is None:
        yield paragraph(f"Not worked out: {facts.not_ahead}")
        return
    yield from assumed_notices(ahead.firmness)
    if not ahead.years:
        yield paragraph("No payment falls into any fiscal year.")
        return
    mark = notes.note(
        "ahead",
        f"assumptions.yaml beside the deal ({ahead.firmness}), as of {day_text(ahead.as_of)}; "
        "worked out for this report. The most that can fall due is proved from the deal alone, "
        "whatever is assumed.",
        checksum=ahead.checksum,
    )

    def money(minor: int) -> str:
        return amount_text(minor, ahead.currency)

    rows: list[Row] = [
        (
            cell(year.says),
            cell(money(year.low)),
            Cell((f"{money(year.base)} ", mark)),
            cell(money(year.high)),
            cell("no limit" if year.most is None else money(year.most)),
        )
        for year in ahead.years
    ]
    yield liability_figure(
        LiabilityByYear(
            "Success payments by fiscal year: expected, and at most", ahead.currency, ahead.years
        ),
        table(
            "Success payments by fiscal year in which they are paid",
            ("Fiscal year", "#Low case", "#Expected", "#High case", "#At most"),
            rows,
        ),
    )
    if ahead.most_in_all is not None:
        yield paragraph(
            f"Over the whole deal no more than {money(ahead.most_in_all)} can fall due. One year's "
            "most is what that year could bring by itself, so the years add up to more."
        )
