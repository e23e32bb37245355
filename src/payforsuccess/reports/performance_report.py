"""The performance of a quarter, for the parties: on track or not, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.governance.initiative import Initiative
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.reports.track import (
    flow_blocks,
    level_blocks,
    reading_blocks,
    stale_notices,
    trend_blocks,
)
from payforsuccess.reports.track_facts import TrackFacts
from payforsuccess.reports.track_performance import chart_blocks, performance_blocks


@dataclass(frozen=True)
class QuarterFacts:
    """The numbers as they may be shown, what is on record of the quarter, and its first day.

    initiative: None where no `initiative.yaml` lies beside the deal.
    """

    track: TrackFacts
    starts_on: date
    initiative: Initiative | None


def performance_report(facts: QuarterFacts) -> Document:
    """The report (R85): numbers as `pfs track` shows them, small ones hidden as there."""
    track = facts.track
    return Document(
        title=f"{track.deal}: performance of the quarter",
        language="en",
        subtitle=f"{day_text(facts.starts_on)} to {day_text(track.as_of)}, with data through "
        f"{day_text(track.data_through)}",
        notices=(
            *deal_notices(track.standing, is_certified=track.is_certified),
            *stale_notices(track),
        ),
        blocks=(
            *performance_blocks(track),
            *level_blocks(track),
            *_actions(facts),
            *_practice(facts),
            *trend_blocks(track),
            *chart_blocks(track),
            *flow_blocks(track),
            Heading(2, "How to read this", "reading"),
            *reading_blocks(track),
        ),
    )


def _actions(facts: QuarterFacts) -> list[Block]:
    """Actions open at the end of the quarter, or done in it."""
    blocks: list[Block] = [Heading(2, "Actions of the quarter", "actions-of-the-quarter")]
    if facts.initiative is None:
        return [
            *blocks,
            paragraph("No initiative.yaml lies beside the deal, which would hold them."),
        ]
    end = facts.track.as_of
    live = [
        each
        for each in facts.initiative.actions
        if each.opened_on <= end and (each.done_on is None or each.done_on >= facts.starts_on)
    ]
    if not live:
        return [*blocks, paragraph("None was open.")]
    titles = ("Action", "For", "Who", "Due", "Standing", "Result")
    return [
        *blocks,
        Table(
            f"Actions open on {day_text(end)}, or done in the quarter",
            tuple(Column(title) for title in titles),
            tuple(
                (
                    cell(each.says),
                    cell(each.metric.replace("_", " ")),
                    cell(each.owner),
                    cell(day_text(each.due)),
                    cell(
                        f"done on {day_text(each.done_on)}"
                        if each.done_on is not None and each.done_on <= end
                        else f"{late} days overdue"
                        if (late := each.days_overdue(on=end))
                        else "under way"
                    ),
                    cell(
                        each.result
                        if each.result and each.done_on is not None and each.done_on <= end
                        else "none yet"
                    ),
                )
                for each in live
            ),
        ),
    ]


def _practice(facts: QuarterFacts) -> list[Block]:
    """How the provider changed its work in the quarter (R86)."""
    blocks: list[Block] = [Heading(2, "Changes of practice", "practice")]
    changes = facts.initiative.practice_changes if facts.initiative is not None else ()
    own = [each for each in changes if facts.starts_on <= each.on <= facts.track.as_of]
    if not own:
        return [*blocks, paragraph("None is on record for this quarter.")]
    titles = ("Day", "Where", "What changed", "Why", "For")
    return [
        *blocks,
        Table(
            "What the provider changed in the quarter",
            tuple(Column(title) for title in titles),
            tuple(
                (
                    cell(day_text(each.on)),
                    cell(each.site or "everywhere"),
                    cell(each.says),
                    cell(each.reason),
                    cell(each.metric.replace("_", " ")),
                )
                for each in own
            ),
        ),
    ]
