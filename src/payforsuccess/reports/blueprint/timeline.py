"""The way from the motion to now as a line of days: only what is on file, by the report's day."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.initiative.mandate import Motion
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.charts.timeline import Happened, timeline_figure
from payforsuccess.reports.document import Block, Heading

FEWEST = 2
"""One day alone is no way."""


def timeline_blocks(facts: ReportFacts) -> Iterator[Block]:
    """The motion, its report, decisions and moves, in order; nothing where too few are on file."""
    initiative, on = facts.told.initiative, facts.told.on
    found = list(_of_motion(initiative.motion)) if initiative.motion is not None else []
    found += [
        Happened(
            each.says.rstrip("."),
            each.on,
            each.on,
            "; ".join(each.evidence) if each.paper is None else str(each.paper),
        )
        for each in initiative.decisions
    ]
    found += [
        Happened(f"Moved to {each.to.replace('-', ' ')}, by {each.by}", each.on, each.on)
        for each in initiative.moves
    ]
    by_now = [each for each in found if each.first <= on]
    if len(by_now) >= FEWEST:
        yield Heading(2, "The way so far", "timeline")
        yield timeline_figure("Days on file, from the motion on", by_now)


def _of_motion(motion: Motion) -> Iterator[Happened]:
    source = str(motion.paper) if motion.paper is not None else ""
    between = motion.adopted_between
    if motion.adopted_on is not None:
        yield Happened("The motion is adopted", motion.adopted_on, motion.adopted_on, source)
    elif between is not None:
        says = "The motion is adopted; the day is not known"
        yield Happened(says, between.first, between.last, str(between.source))
    if motion.reported_on is not None:
        yield Happened("The report is issued", motion.reported_on, motion.reported_on)
    elif motion.report_dated_on is not None:
        dated = motion.report_dated_on
        yield Happened("The day printed on the report", dated, dated)
