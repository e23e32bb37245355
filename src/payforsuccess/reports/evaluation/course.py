"""The way there over time: curves by arm with people still watched, and effects by period."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import CurvePoint
from payforsuccess.deal.evaluation import DURATION_ESTIMATORS
from payforsuccess.reports.charts.over_time import CourseArm, CourseOverTime, course_figure
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.evaluation.telling import Telling, marked
from payforsuccess.reports.numbers import decimal_text
from payforsuccess.reports.table import Column, Table, cell

_STEPS = 12
"""Into how many stretches the course is cut where small numbers are hidden."""
_THINNED = (
    "The curve is drawn on days spread evenly, between which more people than the small numbers "
    "that are hidden had the event. The line between two points joins them and tells nothing more."
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
    if is_share:
        by_arm = {arm: _from_start(points) for arm, points in by_arm.items()}
    threshold = telling.numbers.threshold
    watched: dict[str, list[int | None]] = {}
    if threshold is not None:
        for arm, points in by_arm.items():
            if is_share:
                by_arm[arm], watched[arm] = _thinned(points, threshold)
            else:
                by_arm[arm] = [point for point in points if point.at_risk > threshold]
        if not telling.numbers.says_outcomes or any(len(kept) < 2 for kept in by_arm.values()):
            return [paragraph(_HIDDEN)]
    value = "Mean by period" if not is_share else _what(telling)
    mark = telling.mark("course", f"{value.lower()}, arm by arm")
    course = CourseOverTime(
        title=f"{telling.title}: {value.lower()} by arm"
        + (f", with {telling.confidence} intervals" if _has_intervals(by_arm) else ""),
        value=value,
        arms=tuple(
            _arm(arm, points, watched.get(arm, [point.at_risk for point in points]))
            for arm, points in by_arm.items()
        ),
        unit="" if is_share else telling.plan.shown.unit or estimate.unit,
        # Between the days that are kept the course is not told, so it does not hold on as a step.
        is_steps=is_share and threshold is None,
    )
    said = [_THINNED] if threshold is not None and is_share else []
    return [course_figure(course), paragraph("How it was computed", mark, ". ", *said)]


def _what(telling: Telling) -> str:
    """Shares fall from all people without the event, or rise with those who had it."""
    is_incidence = telling.estimate.estimator == "cumulative-incidence"
    return "Share with the event" if is_incidence else "Share still without the event"


def _from_start(points: list[CurvePoint]) -> list[CurvePoint]:
    """Shares in the order of days, from day 0, on which nobody had had the event."""
    points = sorted(points, key=lambda point: point.day)
    if points[0].day == 0:
        return points
    start = points[0].model_copy(
        update={"day": 0, "value": Fraction(_is_falling(points)), "interval": None}
    )
    return [start, *points]


def _is_falling(points: list[CurvePoint]) -> bool:
    """Whether shares fall, as of those without the event, and not rise, as of those with it."""
    return points[0].value > Fraction(1, 2)


def _thinned(points: list[CurvePoint], threshold: int) -> tuple[list[CurvePoint], list[int | None]]:
    """The course on days spread evenly, so that none is one person's day, without small steps.

    Between two days that are kept more people than the threshold had the event; also from the last
    of them to the end. With them how many were watched after each day, where those who left
    otherwise in between are none, or more than the threshold too.
    """
    falling = _is_falling(points)
    spread = _spread(points)
    start, *between, end = spread if len(spread) > 2 else (*spread[:1], *spread)

    def happened(one: CurvePoint, other: CurvePoint) -> float:
        if falling:
            return one.at_risk * (1 - float(other.value / one.value)) if one.value else 0.0
        return start.at_risk * float(other.value - one.value)

    def apart(one: CurvePoint, other: CurvePoint) -> bool:
        # Half a person of room: counts that are reckoned from shares are not quite whole.
        return other.at_risk > threshold and happened(one, other) > threshold + 0.5

    kept = [start]
    for point in between:
        if apart(kept[-1], point) and apart(point, end):
            kept.append(point)
    if not apart(kept[-1], end):
        return [], []
    told = start
    counts: list[int | None] = [start.at_risk]
    for point in (*kept[1:], end):
        others = told.at_risk - point.at_risk - happened(told, point)
        if abs(others) < 0.5 or others > threshold + 0.5:
            told = point
            counts.append(point.at_risk)
        else:
            counts.append(None)
    return [*kept, end], counts


def _spread(points: list[CurvePoint]) -> list[CurvePoint]:
    """What held on each of a few days from the first to the last, with people watched after it."""
    last = points[-1].day
    step = max(1, -(-last // _STEPS))
    days = [*range(0, last, step), last]
    found = []
    for day in days:
        at = max(place for place, point in enumerate(points) if point.day <= day)
        found.append(
            points[at].model_copy(update={"day": day, "at_risk": _watched_after(points, at)})
        )
    return found


def _watched_after(points: list[CurvePoint], at: int) -> int:
    """People still watched after a point: those of the next, or of the last who had no event."""
    if at + 1 < len(points):
        return points[at + 1].at_risk
    point, before = points[at], points[max(0, at - 1)]
    if not _is_falling(points) or not before.value:
        return point.at_risk
    return round(point.at_risk * point.value / before.value)


def _arm(arm: str, points: list[CurvePoint], watched: list[int | None]) -> CourseArm:
    return CourseArm(
        arm,
        tuple(point.day for point in points),
        tuple(float(point.value) for point in points),
        tuple(
            None if point.interval is None else (float(point.interval[0]), float(point.interval[1]))
            for point in points
        ),
        tuple(watched),
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
