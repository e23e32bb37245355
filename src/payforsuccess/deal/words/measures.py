"""Measures in plain words: what is counted, for whom, from when, and what ends the watching.

The sentences are made from the same fields that are computed; a reader who finds them wrong has
found the measure wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from payforsuccess.deal.measures import (
    CertifiedUnits,
    DaysInState,
    EventAbsent,
    EventCount,
    HeldWithoutBreak,
    MeanDifference,
    Measure,
    MeasureBase,
    MilestoneReached,
    MoneySum,
    PercentReduction,
    QuartersWithEarnings,
    Rule,
    ScoreGain,
    ShareOfCohort,
)
from payforsuccess.deal.words.phrases import counted, day, listed, named, plural
from payforsuccess.units import grouped


def measure_in_words(measure: Measure) -> tuple[str, ...]:
    """Sentences that say how records become the number."""
    match measure:
        case PercentReduction():
            first = (
                f"By how many percent the mean of {named(measure.treated)} is below that of "
                f"{named(measure.control)}; a control mean of 0 or less is refused."
            )
            return (first, *_of_one_person(measure.of))
        case MeanDifference():
            first = (
                f"The mean of {named(measure.treated)} less the mean of {named(measure.control)}, "
                "over people with a known result."
            )
            return (first, *_of_one_person(measure.of))
        case ShareOfCohort():
            first = (
                f"The share of people whose number is {grouped(measure.at_least)} or more, among "
                "those with a known result; exact, and none where no result is known."
            )
            return (first, *_of_one_person(measure.of))
        case _:
            return tuple(_of_one_person(measure))


def earned_in_words(measure: Measure, every: str) -> tuple[str, ...]:
    """To which payment period a person's number belongs; nothing for a measure across arms."""
    if isinstance(measure, MeanDifference | PercentReduction):
        return ()
    of = measure if isinstance(measure, MeasureBase) else measure.of
    if of.earned == "as-it-happens":
        return (f"Each part belongs to the {every} in which it happened.",)
    return (f"A person's number belongs to the {every} that holds the last day of their time.",)


def _of_one_person(measure: MeasureBase) -> Iterator[str]:
    back = measure.looks == "back"
    yield _WHAT[type(measure)](measure)
    yield f"Counted for: {measure.population.says.rstrip('.')}{_limits(measure)}."
    start = (
        f"their first {named(measure.start_event)} since they became part of the deal"
        if measure.start_event is not None
        else f"the day of {measure.starts_at}"
    )
    if back:
        yield (
            f"Each person is looked at over {measure.window} before {start}, that day not "
            "included; nothing makes this time longer."
        )
    else:
        yield (
            f"Each person is watched for {measure.window} from {start}, that day included and the "
            "day on which the time is over not."
        )
    yield "What ends the watching early: " + "; ".join(_endings(measure)) + "."
    if isinstance(measure, HeldWithoutBreak):
        yield "Held long enough up to and on the day of one of these counts all the same."
    if isinstance(measure, EventAbsent):
        yield f"{named(measure.event)} up to and on the day of one of these decides all the same."
    if isinstance(measure, MilestoneReached):
        reached = "reached" if measure.kept_for is None else "reached and kept in full"
        yield (
            f"{named(measure.milestone)} {reached} up to and on the day of one of these counts all "
            "the same."
        )
    yield (
        f"Records come from {listed([named(feed) for feed in measure.feeds])}; where one of them "
        f"does not reach {'back over the whole' if back else 'to the end'} of a person's time, "
        "the result is unknown, never 0."
    )
    if isinstance(measure, MoneySum) or (
        isinstance(measure, ScoreGain) and measure.at_least is None
    ):
        yield {
            "half-up": "One person's number is rounded to the nearest whole, a half away from 0.",
            "down": "One person's number is rounded toward 0 to a whole.",
            "refuse": "One person's number is never rounded.",
        }[measure.rounding]


def _limits(measure: MeasureBase) -> str:
    population = measure.population
    parts = []
    if population.arms:
        parts.append(f"only {listed([named(arm) for arm in population.arms], 'or')}")
    if population.sites:
        parts.append(f"only at {listed([named(site) for site in population.sites], 'or')}")
    if population.feeds:
        parts.append(f"only enrolled by {listed([named(feed) for feed in population.feeds], 'or')}")
    if population.enrolled_only:
        left = ", and starting before they left" if measure.starts_at == "event" else ""
        parts.append(f"only with a day of enrolment{left}")
    if population.starts_from is not None:
        parts.append(f"starting on {day(population.starts_from)} or later")
    if population.starts_to is not None:
        parts.append(f"starting on {day(population.starts_to)} or earlier")
    return f" ({'; '.join(parts)})" if parts else ""


def _endings(measure: MeasureBase) -> Iterator[str]:
    endings: tuple[tuple[str, Rule | None], ...] = (
        ("a death", measure.on_death),
        ("a move out of reach", measure.on_move),
        ("custody", measure.on_custody),
        ("a transfer to another programme", measure.on_transfer),
    )
    for what, rule in endings:
        if rule is not None:
            yield _ending(measure, what, rule)


def _ending(measure: MeasureBase, what: str, rule: Rule) -> str:
    is_of_state = isinstance(measure, DaysInState | HeldWithoutBreak)
    if what == "custody" and rule == "stop-the-clock":
        return "days in custody do not count and the time runs on by as many"
    if what == "custody" and rule == "succeed" and is_of_state:
        return "custody ends nothing, and the records go on deciding"
    if rule == "stop-the-clock":
        undecided = isinstance(measure, EventAbsent | HeldWithoutBreak | MilestoneReached)
        then = "what was not decided by then is unknown" if undecided else "what came before counts"
        return f"with {what} the time is over on its day, and {then}"
    return (
        f"after {what} "
        + {
            "censor": "the result is unknown",
            "fail": "it counts as a failure",
            "succeed": _SUCCEEDS.get(type(measure), "what came before counts"),
        }[rule]
    )


_SUCCEEDS: dict[type, str] = {
    EventAbsent: "the rest of the time counts as free of it",
    HeldWithoutBreak: "the state is taken as held from then on",
    MilestoneReached: "what was reached and not lost by then counts",
}


def _days(measure: DaysInState) -> str:
    text = f"{plural(measure.unit).capitalize()} that a person spends {_state(measure.state)}"
    if measure.less is not None:
        text += f", less those {_state(measure.less)}"
    if measure.after_holding is not None:
        text += f", once a person has been {_state(measure.state)} for {measure.after_holding}"
        text += (
            "; the days before that count then too"
            if measure.counts_from == "start"
            else "; only days after that count"
        )
    if measure.unit != "day":
        text += f". A {measure.unit}, counted from the first day on, counts if every day of it does"
    return f"{text}. No day counts twice."


def _state(name: str) -> str:
    return named(name)


_LAPSES_LIE = {
    "between-stays": "each only between two stays, so that who is out of it at the end has not "
    "held it",
    "anywhere": "also at the beginning and at the end of the time, even of someone who left for "
    "good",
}


def _held(measure: HeldWithoutBreak) -> str:
    text = f"Whether a person is {_state(measure.state)} for {measure.held_for} without a break"
    if measure.lapses:
        text += (
            f", with at most {counted(measure.lapses, 'lapse')} of up to "
            f"{counted(measure.lapse_days, 'day')}, {_LAPSES_LIE[measure.lapses_lie]}"
        )
    if measure.good_exits:
        exits = listed([named(event) for event in measure.good_exits], "or")
        text += f"; after {exits} someone who held it is taken to hold it on to the end"
    return f"{text}."


def _reached(measure: MilestoneReached) -> str:
    text = f"Whether a person reaches {named(measure.milestone)}"
    if measure.kept_for is not None:
        text += f" and keeps it for {measure.kept_for} from its day on, all inside the time"
    if measure.lost_by is not None:
        text += f"; {named(measure.lost_by)} on a later day before that is over ends the keeping"
    return f"{text}."


def _absent(measure: EventAbsent) -> str:
    return f"Whether a person goes through the whole time without {named(measure.event)}."


def _events(measure: EventCount) -> str:
    each = "days with at least one" if measure.counts == "days" else "how often there is"
    limit = (
        f", at most {measure.at_most_each_person} for one person"
        if measure.at_most_each_person is not None
        else ""
    )
    return f"For each person, {each} {named(measure.event)}{limit}."


def _earnings(measure: QuartersWithEarnings) -> str:
    first = "counts" if measure.counts_first_quarter else "does not count"
    inside = (
        "as a whole"
        if measure.looks == "back"
        else f"to its end, and the one in which the person starts {first}"
    )
    return (
        f"Calendar quarters in which a person earns {grouped(measure.floor)} or more, all of "
        f"{named(measure.amounts_of)} in a quarter added up; a quarter must lie in the time "
        f"{inside}."
    )


def _sum(measure: MoneySum) -> str:
    limit = (
        f", at most {grouped(measure.at_most_each_person)} for one person"
        if measure.at_most_each_person is not None
        else ""
    )
    return (
        f"The amounts of {named(measure.amounts_of)} added up for each person{limit}; one without "
        "an amount makes the result unknown."
    )


def _gain(measure: ScoreGain) -> str:
    text = (
        f"The last score of {named(measure.score)} after the first day less the last one up to and "
        "on that day"
    )
    if measure.taken_within is not None:
        text += f", which is at most {measure.taken_within} old then"
    text += "; without both the result is unknown"
    if measure.at_least is not None:
        text += f". A gain of {grouped(measure.at_least)} or more is a success, a smaller one none"
    return f"{text}."


def _certified(measure: CertifiedUnits) -> str:
    return (
        f"Units of {named(measure.units)} that {measure.certified_by} certified, each row of the "
        "records one unit."
    )


_WHAT: dict[type, Callable[[Any], str]] = {
    CertifiedUnits: _certified,
    DaysInState: _days,
    EventAbsent: _absent,
    EventCount: _events,
    HeldWithoutBreak: _held,
    MilestoneReached: _reached,
    MoneySum: _sum,
    QuartersWithEarnings: _earnings,
    ScoreGain: _gain,
}
