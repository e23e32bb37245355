"""Each outcome as it may be shown: its course by period, and where it stands against its target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import AcrossArms, ShareOfCohort
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.words.phrases import plural
from payforsuccess.disclosure import HIDDEN, Release
from payforsuccess.errors import Finding
from payforsuccess.reports.numbers import exact_or_near
from payforsuccess.reports.track_facts import NOT_STATED, Level, Trend, TrendRow
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.runs.track.treated import SEEN_AT_LOOKS
from payforsuccess.runs.track.trends import ALL, OTHERS, OWN, Course, may_show_value, shown_number

_ALL_SITES = "All sites"
SO_FAR = "all so far"


def trend_of(deal: Deal, course: Course, release: Release) -> Trend:
    """The course of an outcome as it may be shown."""
    name = course.outcome
    shown = tuple(group for group in (OWN, *course.groups) if group in course.groups)
    shown = tuple(dict.fromkeys(group for group in shown if group != OTHERS))
    titles = {ALL: _ALL_SITES, OWN: course.site or ""}
    by_number = {period.number: period for period in deal.schedule.all()}
    rows = tuple(
        TrendRow(
            str(by_number[period]),
            tuple(shown_number(course, release, group, period) for group in shown),
        )
        for period in course.peopled
    )
    if course.sums_up:
        numbers = tuple(shown_number(course, release, group, None) for group in shown)
        rows = (*rows, TrendRow(SO_FAR, numbers))
    return Trend(
        name,
        plural(deal.outcomes[name].unit),
        course.is_share,
        course.to_date,
        any(count.known is not None for count in course.counts.values()),
        tuple(titles.get(group, group) for group in shown),
        rows,
    )


def levels_of(
    deal: Deal,
    measured: Measured,
    courses: Mapping[str, Course],
    trends: Mapping[str, Trend],
    release: Release,
) -> Iterator[Level]:
    """Where each outcome stands, in the order of the deal."""
    results = {one.outcome: one.results for one in measured.outcomes}
    for name, outcome in deal.outcomes.items():
        current, of, when, is_reached = _current(
            outcome, results.get(name, ()), courses.get(name), trends.get(name), release
        )
        yield Level(
            outcome=name,
            says=outcome.says,
            unit=plural(outcome.unit),
            better=outcome.better,
            baseline=_number(outcome.starting_level),
            target=_number(outcome.target),
            current=current,
            of=of,
            when=when,
            is_reached=is_reached,
        )


def _current(
    outcome: Outcome,
    results: Sequence[Result],
    course: Course | None,
    trend: Trend | None,
    release: Release,
) -> tuple[str, str, str, str]:
    """The last result of anyone, as it may be shown: value, of whom, when, and if it is enough.

    Where the last is hidden, the sum of all periods so far, if that may be shown.
    """
    measure = outcome.measure
    if measure is None:
        how = "estimated by its plan" if outcome.estimate is not None else "not measured"
        return how, "", "", NOT_STATED if outcome.target is None else "not known"
    if isinstance(measure, AcrossArms):
        return SEEN_AT_LOOKS, "", "", NOT_STATED if outcome.target is None else "not known"
    if not results or course is None or trend is None:
        return "none yet", "", "", NOT_STATED if outcome.target is None else "not known"
    last = results[course.periods.index(course.peopled[-1])]
    numbers = trend.rows[-2 if course.sums_up else -1].numbers
    beside = numbers[-1:]
    people = " and ".join(number.people for number in beside)
    of = f"{people} people" if trend.has_denominator else f"{people} people who earned it"
    when = last.slot[1]
    hidden = any(number.value == HIDDEN for number in beside)
    if hidden or not may_show_value(
        course, release, course.peopled[-1], is_rate=isinstance(measure, ShareOfCohort)
    ):
        so_far = trend.rows[-1].numbers[-1]
        if course.sums_up and so_far.value != HIDDEN and not isinstance(measure, ShareOfCohort):
            # The last period alone would tell of few people.
            reached = NOT_STATED if outcome.target is None else "not known"
            of = "all who earned it"
            if trend.has_denominator:
                how_many = "a hidden number of" if so_far.people == HIDDEN else so_far.people
                of = f"{how_many} people"
            return so_far.value, of, "all periods so far", reached
        return HIDDEN, of, when, HIDDEN if outcome.target is not None else NOT_STATED
    if outcome.target is None:
        return exact_or_near(last.value), of, when, NOT_STATED
    ahead = last.value - outcome.target
    is_met = ahead >= 0 if outcome.better == "higher" else ahead <= 0
    return exact_or_near(last.value), of, when, "yes" if is_met else "not yet"


def _number(value: Fraction | None) -> str:
    return NOT_STATED if value is None else exact_or_near(value)


def unstated(deal: Deal) -> Iterator[Finding]:
    """A finding for each outcome that cannot be tracked in full."""
    for name, outcome in deal.outcomes.items():
        lacking = [
            word
            for word, value in (
                ("baseline", outcome.starting_level),
                ("target", outcome.target),
                ("leading indicator", outcome.leading or None),
            )
            if value is None
        ]
        if lacking:
            yield Finding(
                "track",
                f"The outcome {name} states {_none_of(lacking)}.",
                deal.place_of("outcomes", name),
            )


def _none_of(words: Sequence[str]) -> str:
    """`no baseline, no target and no leading indicator`."""
    told = [f"no {word}" for word in words]
    return " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)
