"""Performance to target of each outcome, from what may be shown and what was expected by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from payforsuccess.deal.assumptions import Assumptions, Counted
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import ShareOfCohort
from payforsuccess.deal.outcomes import LeadingIndicator
from payforsuccess.deal.reading import read_assumptions
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.disclosure import Release
from payforsuccess.errors import Finding, sentence
from payforsuccess.governance.escalation import Followed, follow, overdue_actions
from payforsuccess.governance.initiative.actions import Action
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.performance import Observed, Rated, rate, trend
from payforsuccess.governance.performance_rules import PerformanceRules
from payforsuccess.reports.numbers import exact_or_near
from payforsuccess.reports.track_facts import Performance, ShownFlow
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.runs.track.trends import ALL, Course, may_show_value

RULES = "performance.yaml"
ASSUMPTIONS = "assumptions.yaml"
INITIATIVE = "initiative.yaml"
_SHIPPED = "performance-to-target-1.yaml"


@dataclass(frozen=True)
class Beside:
    """The files beside the deal that performance is judged by, as far as they are there."""

    rules: PerformanceRules
    assumptions: Assumptions | None
    initiative: Initiative | None


def read_beside(root: Path, deal: Deal) -> Beside:
    """Rules, assumptions and initiative beside the deal; refuses what is wrong in them."""

    def there(name: str) -> Path | None:
        return root / name if (root / name).is_file() else None

    rules, assumed, initiative = there(RULES), there(ASSUMPTIONS), there(INITIATIVE)
    return Beside(
        shipped_rules()
        if rules is None
        else read_whole(PerformanceRules, read_bytes(rules), file=str(rules)),
        None if assumed is None else read_assumptions(read_bytes(assumed), deal, file=str(assumed)),
        None
        if initiative is None
        else read_whole(Initiative, read_bytes(initiative), file=str(initiative)),
    )


def shipped_rules() -> PerformanceRules:
    """The rules that come with the program: a proposal."""
    text = (files("payforsuccess.governance") / "performances" / _SHIPPED).read_bytes()
    return read_whole(PerformanceRules, text, file=_SHIPPED)


@dataclass(frozen=True)
class Performed:
    """What the page says of performance, and what a reader should know."""

    rows: tuple[Performance, ...]
    findings: tuple[Finding, ...]


def performance_of(
    deal: Deal,
    measured: Measured,
    courses: Mapping[str, Course],
    flows: Sequence[ShownFlow],
    release: Release,
    beside: Beside,
    *,
    on: date,
) -> Performed:
    """Each outcome with a course, rated period by period.

    Only numbers that may be shown are rated, so that no rating tells a hidden one.
    """
    expected = _expected(deal, beside.assumptions)
    rows: list[Performance] = []
    findings: list[Finding] = []
    results = {one.outcome: one.results for one in measured.outcomes}
    for name, course in courses.items():
        outcome = deal.outcomes[name]
        values = {result.slot[1]: result.value for result in results[name]}
        observed = _observed(deal, name, course, values, release, expected, beside.assumptions)
        rated = [rate(beside.rules, one, better=outcome.better) for one in observed]
        followed = follow(beside.rules, name, rated, beside.initiative, on=on)
        rows.append(
            _row(
                name,
                outcome.leading,
                rated,
                followed,
                beside,
                flows,
                on=on,
                is_assumed=name in expected,
            )
        )
        findings += followed.findings
    if beside.initiative is not None:
        findings += overdue_actions(beside.initiative, on=on)
    return Performed(tuple(rows), tuple(findings))


def _expected(deal: Deal, assumptions: Assumptions | None) -> Mapping[str, Mapping[str, Fraction]]:
    """What the base case of the assumptions expects, by outcome and slot."""
    if assumptions is None:
        return {}
    from payforsuccess.finance.outcomes import Fixed, results_of
    from payforsuccess.finance.people import people_of
    from payforsuccess.finance.slots import slots_of
    from payforsuccess.units import round_exact

    people = people_of(
        assumptions,
        deal.schedule.all(),
        case="base",
        reached=assumptions.enrolment.reached.in_case("base"),
        whole=round_exact,
    )
    slots = [slot for slot in slots_of(deal) if slot.outcome in assumptions.outcomes]
    found: dict[str, dict[str, Fraction]] = {}
    world = results_of(deal, assumptions, slots, people, case="base", draws=Fixed())
    for slot, steps in world.ticks.items():
        value = Fraction(steps) * deal.outcomes[slot.outcome].tick
        found.setdefault(slot.outcome, {})[slot.when] = value
    return found


def _observed(
    deal: Deal,
    name: str,
    course: Course,
    values: Mapping[str, Fraction],
    release: Release,
    expected: Mapping[str, Mapping[str, Fraction]],
    assumptions: Assumptions | None,
) -> list[Observed]:
    outcome = deal.outcomes[name]
    own = expected.get(name)
    assumed = assumptions.outcomes.get(name) if assumptions is not None else None
    adds_up = own is not None and isinstance(assumed, Counted) and outcome.reported_as == "period"
    periods = {period.number: period for period in deal.schedule.all()}
    has_people = any(count.known is not None for count in course.counts.values())
    is_rate = isinstance(outcome.measure, ShareOfCohort)
    found = []
    actual: Fraction | None = Fraction(0)
    due = Fraction(0)
    of: int | None = 0
    for number in course.periods:
        value_now = values.get(f"period {number}")
        if not may_show_value(course, release, number, is_rate=is_rate):
            value_now = None
        when = f"period {number}"
        of_now = _people(course, release, number)
        if own is None:
            expected_now = outcome.target
        elif adds_up:
            due += own.get(when, Fraction(0))
            actual = None if actual is None or value_now is None else actual + value_now
            of = None if of is None or of_now is None else of + of_now
            if number == course.peopled[-1] and course.sums_up and not is_rate:
                # The parts may be hidden where the whole may be shown, and it tells none of them.
                actual, of = _so_far(course, values, release, actual, of)
            expected_now, value_now, of_now = due, actual, of
        else:
            expected_now = own.get(when)
        if number not in course.peopled and not adds_up:
            continue
        found.append(
            Observed(
                sentence("to the end of period {number}", number=number)
                if adds_up
                else sentence("period {number}", number=number),
                periods[number].last_day,
                value_now,
                expected_now,
                of_now,
                has_people,
            )
        )
    return found


def _so_far(
    course: Course,
    values: Mapping[str, Fraction],
    release: Release,
    actual: Fraction | None,
    of: int | None,
) -> tuple[Fraction | None, int | None]:
    """What all periods together came to, and the people, where the sum itself may be shown."""
    if course.cell("reached", ALL, None) not in release.shown:
        return actual, of
    whole = sum((values.get(f"period {at}", Fraction(0)) for at in course.periods), Fraction(0))
    people = _people(course, release, None)
    return whole, people if of is None else max(of, people or 0)


def _people(course: Course, release: Release, period: int | None) -> int | None:
    """Of how many people a number is, or of how many at the least; None where both are hidden.

    Who reached it is one of those whose result is known, so that there are no fewer of these.
    """
    named = (
        course.cell(part, ALL, period, to_date=course.to_date and period is not None)
        for part in ("known", "reached")
    )
    return next((release.shown[name] for name in named if name in release.shown), None)


def _row(
    name: str,
    leading: Sequence[LeadingIndicator],
    rated: Sequence[Rated],
    followed: Followed,
    beside: Beside,
    flows: Sequence[ShownFlow],
    *,
    on: date,
    is_assumed: bool,
) -> Performance:
    last = rated[-1]
    seen = last.observed
    action = followed.action
    passed = followed.escalation
    return Performance(
        outcome=name,
        when=seen.when,
        actual=sentence("hidden or not known")
        if seen.actual is None
        else exact_or_near(seen.actual),
        expected=sentence("not stated") if seen.expected is None else exact_or_near(seen.expected),
        expected_from=""
        if seen.expected is None
        else "the assumptions' base case"
        if is_assumed
        else "the deal's target",
        rating=last.rating,
        ratio="" if last.ratio is None else f"{float(last.ratio):.2f}",
        why=last.why,
        trend=trend(beside.rules, rated),
        leading=tuple(_leading(one, flows) for one in leading),
        action="" if action is None else _under_way(action, on=on),
        escalated_to=""
        if passed is None
        else sentence("{to}, for {days}", to=passed.to, days=_days(passed.days)),
    )


def _under_way(action: Action, *, on: date) -> str:
    """What is being done, by whom, until when, and how late it is."""
    says, owner, due = action.says, action.owner, action.due
    late = action.days_overdue(on=on)
    if not late:
        return sentence("{says} ({owner}, due {due})", says=says, owner=owner, due=due)
    return sentence(
        "{says} ({owner}, due {due}, {late} overdue)",
        says=says,
        owner=owner,
        due=due,
        late=_days(late),
    )


def _days(days: int) -> str:
    return sentence("1 day") if days == 1 else sentence("{days:,} days", days=days)


def _leading(indicator: LeadingIndicator, flows: Sequence[ShownFlow]) -> str:
    """What is watched, and where it stands among all referrals, as it may be shown."""
    if indicator.kind == "other" or not flows:
        return sentence("{says}: not read from these records", says=indicator.says)
    everyone = flows[-1]
    stages = {stage.stage: stage for stage in everyone.stages}
    if indicator.kind == "enrolment-pace":
        now = sentence(
            "{enrolled} enrolled of {referred} referred",
            enrolled=stages["enrolled"].count,
            referred=everyone.referred,
        )
    elif indicator.kind == "days-to-housing":
        housed = stages["housed"]
        now = sentence(
            "{days} days (median), of {housed} housed", days=housed.median_days, housed=housed.count
        )
    else:
        exited = dict(everyone.standing)["exited"]
        now = sentence(
            "{exited} left, of {enrolled} enrolled",
            exited=exited,
            enrolled=stages["enrolled"].count,
        )
    return sentence("{says}: {now}", says=indicator.says, now=now)
