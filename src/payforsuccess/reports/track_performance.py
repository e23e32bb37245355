"""What is on track, what is done where it is not, and what is more than chance."""

from __future__ import annotations

from payforsuccess.reports.charts.control import control_figure
from payforsuccess.reports.document import Block, Heading, ItemList, paragraph
from payforsuccess.reports.inline import Strong
from payforsuccess.reports.numbers import name_text
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.reports.track_facts import Performance, TrackFacts


def performance_blocks(facts: TrackFacts) -> list[Block]:
    """Each outcome beside what was expected of it by now (R85); nothing where none has a course."""
    if not facts.performance:
        return []
    titles = ("Outcome", "When", "Actual", "Expected", "Ratio", "Rating", "Trend")
    numbers = ("Actual", "Expected", "Ratio")
    blocks: list[Block] = [
        Heading(2, "On track or not", "performance"),
        Table(
            caption="Each outcome beside what was expected by then",
            columns=tuple(Column(title, is_number=title in numbers) for title in titles),
            rows=tuple(
                (
                    cell(name_text(one.outcome)),
                    cell(one.when),
                    cell(one.actual),
                    cell(one.expected + (f" ({one.expected_from})" if one.expected_from else "")),
                    cell(one.ratio or "none"),
                    cell(one.rating + (f" ({one.why})" if one.why else "")),
                    cell(one.trend),
                )
                for one in facts.performance
            ),
        ),
        paragraph(
            f"Rules: {facts.rules} The ratio is actual by expected, and expected by actual where "
            "less is better. Only numbers that may be shown are rated."
        ),
    ]
    followed = [
        (Strong(f"{name_text(one.outcome)}. "), text)
        for one in facts.performance
        if (text := _follows(one))
    ]
    if followed:
        blocks += [Heading(3, "What is done, and what tells early", "actions")]
        blocks.append(ItemList(tuple(followed)))
    return blocks


def _follows(one: Performance) -> str:
    parts = []
    if one.action:
        parts.append(f"Action: {one.action}.")
    elif one.rating == "off track":
        parts.append("No action is open for it.")
    if one.escalated_to:
        parts.append(f"Passed on to {one.escalated_to}.")
    parts += [f"Early sign: {each}." for each in one.leading]
    return " ".join(parts)


def chart_blocks(facts: TrackFacts) -> list[Block]:
    """The control charts, with changes of practice marked (R86)."""
    if not facts.charts:
        return []
    return [
        Heading(2, "More than chance?", "charts"),
        paragraph(
            "Dashed lines are how far chance alone would carry a period, at three standard errors "
            "or exactly where numbers are small. What lies beyond, and eight in a row on one side, "
            "deserves a look; what lies within needs no explanation."
        ),
        *(control_figure(chart) for chart in facts.charts),
    ]
