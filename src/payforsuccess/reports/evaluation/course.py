"""The way there over time: curves by arm with people still watched, and effects by period."""

from __future__ import annotations

from payforsuccess.deal.estimates import CurvePoint
from payforsuccess.deal.evaluation import DURATION_ESTIMATORS
from payforsuccess.reports.charts.over_time import CourseArm, CourseOverTime, course_figure
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.evaluation.telling import Telling, marked
from payforsuccess.reports.numbers import decimal_text
from payforsuccess.reports.table import Column, Table, cell

_THINNED = (
    "The curve is drawn on days between which more people than the small numbers that are hidden "
    "had the event, so that no step tells of few."
)
_HIDDEN = "The course over time is hidden: every step of it would tell of few people."


def course_blocks(telling: Telling) -> tuple[Block, ...]:
    """The curve of each arm with its table, and the effect by period where there is one."""
    estimate = telling.estimate
    if not (estimate.curve or estimate.event_times):
        return ()
    blocks: list[Block] = [Heading(3, "The course over time")]
    if estimate.curve:
        blocks += _curve(telling)
    if estimate.event_times:
        blocks.append(_event_times(telling))
    return tuple(blocks)


def _curve(telling: Telling) -> list[Block]:
    estimate = telling.estimate
    is_share = estimate.estimator in DURATION_ESTIMATORS
    by_arm: dict[str, list[CurvePoint]] = {}
    for point in estimate.curve:
        by_arm.setdefault(point.arm, []).append(point)
    threshold = telling.numbers.threshold
    if threshold is not None:
        by_arm = {
            arm: _thinned(points, threshold, is_share=is_share) for arm, points in by_arm.items()
        }
        if not telling.numbers.says_outcomes or any(len(kept) < 2 for kept in by_arm.values()):
            return [paragraph(_HIDDEN)]
    value = "Mean by period" if not is_share else _what(telling)
    mark = telling.mark("course", f"{value.lower()}, arm by arm")
    course = CourseOverTime(
        title=f"{telling.title}: {value.lower()} by arm"
        + (f", with {telling.confidence} intervals" if _has_intervals(by_arm) else ""),
        value=value,
        arms=tuple(_arm(arm, points) for arm, points in by_arm.items()),
        unit="" if is_share else telling.plan.shown.unit or estimate.unit,
        is_steps=is_share,
    )
    said = [_THINNED] if threshold is not None and is_share else []
    return [course_figure(course), paragraph("How it was computed", mark, ". ", *said)]


def _what(telling: Telling) -> str:
    """Shares fall from all people without the event, or rise with those who had it."""
    is_incidence = telling.estimate.estimator == "cumulative-incidence"
    return "Share with the event" if is_incidence else "Share still without the event"


def _thinned(points: list[CurvePoint], threshold: int, *, is_share: bool) -> list[CurvePoint]:
    """The points between which more people than the threshold left and had the event.

    Who had it between two points is told by the share and the people watched; those who left
    otherwise are none, or more than the threshold as well.
    """
    points = sorted(points, key=lambda point: point.day)
    is_falling = points[0].value > points[-1].value
    kept = [point for point in points[:1] if point.at_risk > threshold]
    for point in points[1:]:
        if not kept or point.at_risk <= threshold or (is_falling and not kept[-1].value):
            continue
        last = kept[-1]
        if not is_share:
            kept.append(point)
            continue
        if is_falling:
            happened = last.at_risk * (1 - float(point.value / last.value))
        else:
            happened = points[0].at_risk * float(point.value - last.value)
        left = abs(last.at_risk - point.at_risk)
        others = left - happened
        if happened > threshold and left > threshold and (others < 1 or others > threshold):
            kept.append(point)
    return kept


def _arm(arm: str, points: list[CurvePoint]) -> CourseArm:
    return CourseArm(
        arm,
        tuple(point.day for point in points),
        tuple(float(point.value) for point in points),
        tuple(
            None if point.interval is None else (float(point.interval[0]), float(point.interval[1]))
            for point in points
        ),
        tuple(point.at_risk for point in points),
    )


def _has_intervals(by_arm: dict[str, list[CurvePoint]]) -> bool:
    return any(point.interval for points in by_arm.values() for point in points)


def _event_times(telling: Telling) -> Table:
    mark = telling.mark("periods", "the effect in each period, counted from the start")
    rows = []
    for each in telling.estimate.event_times:
        interval = (
            "none given"
            if each.interval is None
            else f"{decimal_text(float(each.interval[0]))} to "
            f"{decimal_text(float(each.interval[1]))}"
        )
        error = each.standard_error
        rows.append(
            (
                cell(f"{each.since:+d}".replace("-", "\N{MINUS SIGN}")),
                marked(telling.of_outcomes(decimal_text(float(each.value))), mark),
                cell(
                    telling.of_outcomes(
                        "none given" if error is None else decimal_text(float(error))
                    )
                ),
                cell(telling.of_outcomes(interval)),
            )
        )
    return Table(
        f"{telling.title}: effect by periods since the programme began; negative before it",
        (
            Column("Period", is_number=True),
            Column("Effect", is_number=True),
            Column("Standard error", is_number=True),
            Column(f"{telling.confidence} interval", is_number=True),
        ),
        tuple(rows),
    )
