"""Control charts of the outcomes that are shares, from numbers that may be shown alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from payforsuccess.deal.deal import Deal
from payforsuccess.disclosure import Release
from payforsuccess.evaluation.control_charts import chart_of_shares
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.reports.charts.control import ControlFigure, ControlPoint, PracticeMark
from payforsuccess.reports.numbers import name_text
from payforsuccess.runs.track.trends import ALL, Course

LEAST_PERIODS = 3
"""With fewer periods there is no course to look at."""


def control_charts(
    deal: Deal, courses: Mapping[str, Course], release: Release, initiative: Initiative | None
) -> Iterator[ControlFigure]:
    """One chart an outcome that is a share and has periods enough, changes of practice marked.

    A period that may not be shown has no point, and the middle is that of the points shown, so that
    limits tell nothing of the others.
    """
    periods = {period.number: period for period in deal.schedule.all()}
    for name, course in courses.items():
        if not course.is_share or course.to_date:
            continue
        counts: dict[int, tuple[int, int]] = {}
        for number in course.peopled:
            cells = [course.cell(part, ALL, number) for part in ("reached", "known")]
            if all(each in release.shown for each in cells) and release.shown[cells[1]]:
                counts[number] = (release.shown[cells[0]], release.shown[cells[1]])
        if len(counts) < LEAST_PERIODS:
            continue
        chart = chart_of_shares(list(counts.values()))
        points = tuple(
            ControlPoint(
                f"period {number}",
                100 * point.value,
                100 * point.low,
                100 * point.high,
                point.sign,
                f"{counts[number][1]:,}",
            )
            for number, point in zip(counts, chart.points, strict=True)
        )
        ends = [periods[number].last_day for number in counts]
        marks = tuple(
            PracticeMark(
                sum(end < change.on for end in ends),
                change.on.isoformat(),
                change.says + (f" ({change.site})" if change.site else ""),
            )
            for change in (initiative.practice_changes if initiative is not None else ())
            if change.metric == name
        )
        few = "" if chart.is_firm else " (few periods: limits may still move)"
        title = f"{name_text(name)}, period by period{few}"
        yield ControlFigure(title, 100 * chart.middle, points, marks, chart.is_firm)
