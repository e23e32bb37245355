"""How a deal is going, as it may be shown, and as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.errors import Finding
from payforsuccess.reports.track_facts import (
    NOT_STATED,
    FeedLine,
    Level,
    Performance,
    ShownFlow,
    Trend,
    TrendRow,
)
from payforsuccess.runs.track.gaming import PRIVATE, GamingCheck


@dataclass(frozen=True, repr=False)
class Tracked:
    """What the page shows, and the page itself."""

    deal: str
    as_of: date
    data_through: date
    site: str | None
    levels: tuple[Level, ...]
    trends: tuple[Trend, ...]
    flows: tuple[ShownFlow, ...]
    flow_closes: bool
    feeds: tuple[FeedLine, ...]
    findings: tuple[Finding, ...]
    page: Path
    release: int | None = None
    performance: tuple[Performance, ...] = ()
    rules: str = ""
    gaming: tuple[GamingCheck, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.deal}, on {self.as_of}, with data through {self.data_through}"]
        stale = [feed.feed for feed in self.feeds if feed.is_stale]
        if stale:
            lines.append(f"Stale: a new extract should have come of {', '.join(stale)}")
        lines.append("Outcomes")
        lines += [f"  {_level_line(level)}" for level in self.levels]
        if self.performance:
            lines.append(f"On track or not. {self.rules}")
            lines += [f"  {line}" for one in self.performance for line in _performance_lines(one)]
        for trend in self.trends:
            lines.append(f"{trend.outcome}, in {trend.unit}, by period")
            lines += [f"  {_trend_line(trend, row)}" for row in trend.rows]
        lines += _flow_lines(self.flows, closes=self.flow_closes)
        lines.append("Feeds")
        for feed in self.feeds:
            late = ", late" if feed.is_late else ""
            lines.append(
                f"  {feed.feed}: {feed.holder}, comes {feed.comes}, complete through "
                f"{feed.complete_through} ({feed.days_old:,} days old{late}), {feed.rows} rows, "
                f"{feed.refused} refused"
            )
        if self.gaming:
            lines += ["Before a determination", f"  {PRIVATE}"]
            lines += [f"  {line}" for check in self.gaming for line in check.lines()]
        if self.findings:
            lines += ["Findings", *(f"  {finding}" for finding in self.findings)]
        lines.append(f"Page  {self.page}")
        if self.release is None:
            lines.append("Not recorded as given out; do so with --release before giving it out.")
        else:
            lines.append(f"Recorded as release {self.release}; later ones are checked against it.")
        return "\n".join(lines)

    __repr__ = __str__


def _level_line(level: Level) -> str:
    stood = f"{level.outcome}: {level.current} {level.unit}"
    if not level.when:
        stood = f"{level.outcome}: {level.current}"
    of = f", of {level.of} in {level.when}" if level.when else ""
    goal = f"; baseline {level.baseline}, target {level.target}"
    met = f", reached: {level.is_reached}" if level.target != NOT_STATED else ""
    return f"{stood}{of}{goal}{met}"


def _performance_lines(one: Performance) -> list[str]:
    said = f"{one.outcome}: {one.rating}"
    if one.ratio:
        said += f", {one.ratio}: {one.actual} of {one.expected} expected {one.when}"
        said += f" ({one.expected_from})"
    elif one.why:
        said += f" ({one.why})"
    lines = [said]
    if one.ratio:
        lines.append(f"  trend {one.trend}")
    lines += [f"  early sign: {each}" for each in one.leading]
    if one.action:
        lines.append(f"  action: {one.action}")
    if one.escalated_to:
        lines.append(f"  passed on to {one.escalated_to}")
    return lines


def _trend_line(trend: Trend, row: TrendRow) -> str:
    parts = []
    for who, number in zip(trend.shown_for, row.numbers, strict=True):
        of = f"of {number.people}, {number.rate}"
        if not trend.is_share:
            of = f"{'from' if trend.has_denominator else 'earned by'} {number.people} people"
        parts.append(f"{who} {number.value} {of}")
    return f"{row.period}: {'; '.join(parts)}"


def _flow_lines(flows: Sequence[ShownFlow], *, closes: bool) -> list[str]:
    if not flows:
        return ["Referrals: no feed records a day of referral"]
    lines = ["Referrals"]
    for flow in flows:
        stages = [
            f"{stage.stage} {stage.count} (median days {stage.median_days})"
            for stage in flow.stages
        ]
        stands = [f"{name} {count}" for name, count in flow.standing]
        lines.append(f"  {flow.source}: referred {flow.referred}, {', '.join([*stages, *stands])}")
    lines.append(
        "  Where referrals stand adds up to the referrals"
        if closes
        else "  Where referrals stand does not add up to the referrals"
    )
    return lines
