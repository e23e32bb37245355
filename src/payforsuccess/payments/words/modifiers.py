"""What may hang on any payment term, in sentences, in the order in which it is applied."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.terms import Condition, UnitPrice
from payforsuccess.deal.words.phrases import (
    day,
    listed,
    money,
    named,
    percent,
    sentence,
)
from payforsuccess.payments.words.speaker import Speaker
from payforsuccess.units import grouped


def modifiers_in_words(speaker: Speaker) -> Iterator[str]:
    """The sentences of all modifiers of a term."""
    yield from _quantities(speaker)
    yield from _occasions(speaker)
    yield from _amounts(speaker)
    for condition in speaker.term.conditions:
        yield _condition(condition, speaker)
    yield from _limits(speaker)
    yield from _rounding(speaker)
    yield from _sides(speaker)


def _quantities(speaker: Speaker) -> Iterator[str]:
    term = speaker.term
    for cap in term.share_caps:
        yield (
            f"At most {percent(cap.at_most)} of what is paid for may come from {named(cap.group)}; "
            "more is not counted."
        )
    for subgroup in term.subgroups:
        yield f"For people in {named(subgroup.group)} the price is {grouped(subgroup.times)} times."
    if term.index is not None:
        if term.index.yearly is not None:
            yield (
                "The price is multiplied by "
                f"{grouped(term.index.yearly)} from each year of the deal to the next."
            )
        else:
            steps = [f"{grouped(s.factor)} from year {s.year} on" for s in term.index.factors]
            yield f"The price is multiplied by {listed(steps)}."


def _occasions(speaker: Speaker) -> Iterator[str]:
    term, every = speaker.term, speaker.deal.periods.every
    if term.reads == "period":
        yield f"It is computed for each {every} on that {every} alone."
    elif term.reads == "to-date":
        yield (
            f"It is computed at the end of each {every} on everything to date, less what it earned "
            "before; "
            + ("a fall takes money back." if term.claws_back else "a fall takes nothing back.")
        )
    else:
        yield "It is due once at each of these occasions and never again, whatever comes later:"
        for point in term.points:
            cohort = f", cohort {point.cohort}" if point.cohort is not None else ""
            says = f" ({point.says.rstrip('.')})" if point.says is not None else ""
            yield f"{named(point.name)}{says}{cohort}, determined by {day(point.determined_by)}."


def _amounts(speaker: Speaker) -> Iterator[str]:
    term = speaker.term
    if term.net_of is not None:
        yield (f"{named(term.net_of)} is taken off what was earned; the result is never below 0.")
    if term.may_be_negative is not None:
        back = term.may_be_negative
        yield f"The amount may fall below 0; {back.pays} then pays {back.to}."


def _condition(condition: Condition, speaker: Speaker) -> str:
    if condition.after is not None:
        what = f"{named(condition.after)} has earned something"
    elif condition.fact is not None:
        what = f"the determination says that {named(condition.fact)} is so"
    else:
        name = condition.outcome or ""
        limits = (
            ("at least", condition.at_least),
            ("more than", condition.more_than),
            ("at most", condition.at_most),
            ("less than", condition.less_than),
        )
        limit = next(
            f"{said} {speaker.value(name, value)}" for said, value in limits if value is not None
        )
        what = f"{named(name)} is {limit}"
    open_for = "from the first period on in which" if condition.held == "once-met" else "only while"
    otherwise = (
        "what was earned meanwhile is held and paid when it is met"
        if condition.otherwise == "held"
        else "what was earned meanwhile is lost"
    )
    return f"It is paid {open_for} {what}; {otherwise}."


def _limits(speaker: Speaker) -> Iterator[str]:
    term, currency = speaker.term, speaker.deal.currency
    every = speaker.deal.periods.every
    if term.ceiling_each_person is not None:
        yield f"For one person it never pays more than {money(term.ceiling_each_person, currency)}."
    if term.floor_each_period is not None:
        yield (
            f"In a {every} in which it is due it pays at least "
            f"{money(term.floor_each_period, currency)}."
        )
    if term.ceiling_each_period is not None:
        most = money(term.ceiling_each_period, currency)
        if term.carry_until is None:
            yield f"In one {every} it pays at most {most}; what is above is lost."
        else:
            yield (
                f"In one {every} it pays at most {most}; what is above is paid first in later "
                f"{every}s that start by {day(term.carry_until)}, and is lost after that."
            )
    if term.ceiling is not None:
        yield f"In all it never pays more than {money(term.ceiling, currency)}."
    if term.ceiling_each_cohort is not None:
        yield f"For one cohort it never pays more than {money(term.ceiling_each_cohort, currency)}."


def _rounding(speaker: Speaker) -> Iterator[str]:
    term, unit = speaker.term, f"the smallest unit of {speaker.deal.currency}"
    each = "for each person" if term.round_each == "person" else f"once a {_line_time(speaker)}"
    if term.rounding == "half-up":
        yield f"Amounts are rounded {each} to {unit}; a half goes away from 0."
    elif term.rounding == "down":
        yield f"Amounts are rounded {each} to {unit}, toward 0."
    else:
        yield f"An amount that is not a whole number of {unit} is refused."


def _line_time(speaker: Speaker) -> str:
    return "point" if speaker.term.reads == "points" else speaker.deal.periods.every


def _sides(speaker: Speaker) -> Iterator[str]:
    term = speaker.term
    if len(term.payors) > 1:
        yield f"It is paid by {listed(term.payors)} alone, in proportion to their shares."
    if isinstance(term, UnitPrice) and term.limit_each_person is not None:
        yield "Results by person are needed to compute it."
    if term.says is not None:
        yield f"In the contract's own words: {sentence(term.says)}"
