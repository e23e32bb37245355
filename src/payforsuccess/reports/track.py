"""How a deal is going, as a page: levels against targets, courses by period, referrals, feeds."""

from __future__ import annotations

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    paragraph,
)
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.numbers import day_text, name_text
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.reports.track_facts import ShownFlow, TrackFacts, Trend
from payforsuccess.reports.track_performance import chart_blocks, performance_blocks


def track_document(facts: TrackFacts) -> Document:
    """The page, for the parties: small numbers hidden, every number with what it is of."""
    who = f", {facts.site} beside all sites" if facts.site is not None else ""
    return Document(
        title=f"{facts.deal}: how it is going{who}",
        language="en",
        subtitle=f"On {day_text(facts.as_of)}, with data through {day_text(facts.data_through)}",
        notices=(
            *deal_notices(facts.standing, is_certified=facts.is_certified),
            *stale_notices(facts),
        ),
        blocks=(
            *level_blocks(facts),
            *performance_blocks(facts),
            *trend_blocks(facts),
            *chart_blocks(facts),
            *flow_blocks(facts),
            *_feeds(facts),
            Heading(2, "How to read this", "reading"),
            *reading_blocks(facts),
        ),
    )


def reading_blocks(facts: TrackFacts) -> tuple[Block, ...]:
    """What a reader must know of the numbers: provisional, and small ones hidden."""
    return (
        paragraph(
            "Results are provisional: none is determined until someone signs it, and a period "
            "in which someone is not yet observed to the end has none. A range in brackets is "
            "a 95 percent interval (Wilson): with few people it is wide."
        ),
        paragraph(
            f"Numbers from 1 to {facts.threshold} people are hidden, and others where they "
            "would tell a hidden one; so are periods and sources in which no one or everyone "
            "did it. "
            + (
                "This page is for the parties, not for giving out."
                if facts.release is None
                else f"This is release {facts.release}, checked against all before it."
            )
        ),
    )


def stale_notices(facts: TrackFacts) -> tuple[Notice, ...]:
    """That extracts are missing, where they are."""
    stale = [feed for feed in facts.feeds if feed.is_stale]
    if not stale:
        return ()
    said = "; ".join(f"{feed.feed} ends {feed.days_old:,} days ago" for feed in stale)
    return (
        Notice(
            "Stale data",
            f"New extracts should have come by now: {said}. What happened since is not in here.",
        ),
    )


def level_blocks(facts: TrackFacts) -> list[Block]:
    """Each outcome: where it started, where it is to go, where it stands."""
    blocks: list[Block] = [Heading(2, "Outcomes", "outcomes")]
    figures = [
        KeyFigure(
            name_text(level.outcome),
            level.current,
            (f"{level.of}, {level.when}; target {level.target}",),
        )
        for level in facts.levels
        if level.when
    ]
    if figures:
        blocks.append(KeyFigures(tuple(figures[:4])))
    columns = ("Outcome", "Better", "Baseline", "Target", "Now", "Of", "When", "Target reached")
    numbers = ("Baseline", "Target", "Now")
    blocks.append(
        Table(
            caption="Each outcome: where it started, where it is to go, where it stands",
            columns=tuple(Column(title, is_number=title in numbers) for title in columns),
            rows=tuple(
                (
                    cell(name_text(level.outcome)),
                    cell(level.better),
                    cell(level.baseline),
                    cell(level.target),
                    cell(level.current),
                    cell(level.of or "no one yet"),
                    cell(level.when or "no result yet"),
                    cell(level.is_reached),
                )
                for level in facts.levels
            ),
        )
    )
    return blocks


def trend_blocks(facts: TrackFacts) -> list[Block]:
    """Each outcome's course by period."""
    blocks: list[Block] = [Heading(2, "Course by period", "course")]
    if not facts.trends:
        blocks.append(paragraph("No period has a result yet."))
    for trend in facts.trends:
        blocks.append(_trend(trend))
    return blocks


def _trend(trend: Trend) -> Table:
    columns = [Column("Period")]
    for who in trend.shown_for:
        columns.append(Column(f"{who}: {trend.unit}", is_number=True))
        of = "of people" if trend.has_denominator else "people who earned it"
        columns.append(Column(f"{who}: {of}", is_number=True))
        if trend.is_share:
            columns.append(Column(f"{who}: share (95% interval)", is_number=True))
    rows = []
    for row in trend.rows:
        cells = [cell(row.period)]
        for number in row.numbers:
            cells += [cell(number.value), cell(number.people)]
            cells += [cell(number.rate)] if trend.is_share else []
        rows.append(tuple(cells))
    ending = ", everything so far" if trend.to_date else ""
    return Table(
        caption=f"{name_text(trend.outcome)}, by period{ending}",
        columns=tuple(columns),
        rows=tuple(rows),
    )


def flow_blocks(facts: TrackFacts) -> list[Block]:
    """How far referrals came, by source."""
    blocks: list[Block] = [Heading(2, "Referrals", "referrals")]
    if not facts.flows:
        blocks.append(paragraph("No feed records a day of referral, so there is no flow to show."))
        return blocks
    columns = [Column("Referred by"), Column("Referred", is_number=True)]
    for stage in facts.flows[-1].stages:
        columns.append(Column(stage.stage.capitalize(), is_number=True))
        columns.append(Column(f"Median days until {stage.stage}", is_number=True))
    rows = [_stages(flow) for flow in facts.flows]
    blocks.append(
        Table(
            caption="How far referrals came, and in how many days from the referral",
            columns=tuple(columns),
            rows=tuple(rows[:-1]),
            footer=(rows[-1],),
        )
    )
    standings = [name for name, _ in facts.flows[-1].standing]
    stands = [_standing(flow) for flow in facts.flows]
    blocks.append(
        Table(
            caption="Where referrals stand",
            columns=(
                Column("Referred by"),
                *(Column(name.capitalize(), is_number=True) for name in standings),
                Column("Referred", is_number=True),
            ),
            rows=tuple(stands[:-1]),
            footer=(stands[-1],),
        )
    )
    said = (
        "The flow closes: where referrals stand adds up to the referrals, of every source."
        if facts.flow_closes
        else "The flow does not close: where referrals stand does not add up to the referrals. "
        "Some record says two things at once, such as declined and enrolled; mend it at its source."
    )
    blocks.append(paragraph(said))
    blocks.append(
        paragraph(
            "Housed is the first day in a home on or after the referral. A median is the day by "
            "which half of those who reached the stage had reached it; of two middle days, the "
            "lower."
        )
    )
    return blocks


def _stages(flow: ShownFlow) -> tuple:
    cells = [cell(flow.source), cell(flow.referred)]
    for stage in flow.stages:
        cells += [cell(stage.count), cell(stage.median_days)]
    return tuple(cells)


def _standing(flow: ShownFlow) -> tuple:
    return (
        cell(flow.source),
        *(cell(count) for _, count in flow.standing),
        cell(flow.referred),
    )


def _feeds(facts: TrackFacts) -> list[Block]:
    titles = ("Feed", "Held by", "Comes", "Complete through", "Days old", "Rows", "Refused", "Late")
    numbers = ("Days old", "Rows", "Refused")
    return [
        Heading(2, "Feeds", "feeds"),
        Table(
            caption="The feeds, who holds them, how often they come, and how far they reach",
            columns=tuple(Column(title, is_number=title in numbers) for title in titles),
            rows=tuple(
                (
                    cell(feed.feed),
                    cell(feed.holder or "no one"),
                    cell(feed.comes),
                    cell(day_text(feed.complete_through)),
                    cell(f"{feed.days_old:,}"),
                    cell(feed.rows),
                    cell(feed.refused),
                    cell("late" if feed.is_late else "in time"),
                )
                for feed in facts.feeds
            ),
        ),
    ]
