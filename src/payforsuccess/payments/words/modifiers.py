"""What may hang on any payment term, in sentences, in the order in which it is applied."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.terms import Condition, UnitPrice
from payforsuccess.deal.words.phrases import (
    as_sentence,
    day,
    listed,
    money,
    named,
    percent,
    word,
)
from payforsuccess.errors import sentence
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
            sentence(
                "At most {at_most} of what is paid for may come from {group}; more is not counted.",
                at_most=percent(cap.at_most),
                group=named(cap.group),
            )
        )
    for subgroup in term.subgroups:
        yield sentence(
            "For people in {group} the price is {times} times.",
            group=named(subgroup.group),
            times=grouped(subgroup.times),
        )
    if term.index is not None:
        if term.index.yearly is not None:
            yield (
                sentence(
                    "The price is multiplied by {yearly} from each year of the deal to the next.",
                    yearly=grouped(term.index.yearly),
                )
            )
        else:
            steps = [
                sentence("{factor} from year {year} on", factor=grouped(s.factor), year=s.year)
                for s in term.index.factors
            ]
            yield sentence("The price is multiplied by {steps}.", steps=listed(steps))


def _occasions(speaker: Speaker) -> Iterator[str]:
    term, every = speaker.term, word(speaker.deal.periods.every)
    if term.reads == "period":
        yield sentence("It is computed for each {every} on that {every} alone.", every=every)
    elif term.reads == "to-date":
        yield (
            sentence(
                "It is computed at the end of each {every} on everything to date, less what it "
                "earned before; a fall takes money back.",
                every=every,
            )
            if term.claws_back
            else sentence(
                "It is computed at the end of each {every} on everything to date, less what it "
                "earned before; a fall takes nothing back.",
                every=every,
            )
        )
    else:
        yield sentence(
            "It is due once at each of these occasions and never again, whatever comes later:"
        )
        for point in term.points:
            cohort = (
                sentence(", cohort {cohort}", cohort=point.cohort)
                if point.cohort is not None
                else ""
            )
            says = f" ({point.says.rstrip('.')})" if point.says is not None else ""
            yield sentence(
                "{name}{says}{cohort}, determined by {determined_by}.",
                name=named(point.name),
                says=says,
                cohort=cohort,
                determined_by=day(point.determined_by),
            )


def _amounts(speaker: Speaker) -> Iterator[str]:
    term = speaker.term
    if term.net_of is not None:
        yield (
            sentence(
                "{net_of} is taken off what was earned; the result is never below 0.",
                net_of=named(term.net_of),
            )
        )
    if term.may_be_negative is not None:
        back = term.may_be_negative
        yield sentence(
            "The amount may fall below 0; {pays} then pays {to}.", pays=back.pays, to=back.to
        )


def _condition(condition: Condition, speaker: Speaker) -> str:
    if condition.after is not None:
        what = sentence("{term} has earned something", term=named(condition.after))
    elif condition.fact is not None:
        what = sentence("the determination says that {fact} is so", fact=named(condition.fact))
    else:
        name = condition.outcome or ""
        limits = (
            (sentence("at least"), condition.at_least),
            (sentence("more than"), condition.more_than),
            (sentence("at most"), condition.at_most),
            (sentence("less than"), condition.less_than),
        )
        limit = next(
            sentence("{limit} {value}", limit=said, value=speaker.value(name, value))
            for said, value in limits
            if value is not None
        )
        what = sentence("{outcome} is {limit}", outcome=named(name), limit=limit)
    open_for = (
        sentence("from the first period on in which")
        if condition.held == "once-met"
        else sentence("only while")
    )
    otherwise = (
        sentence("what was earned meanwhile is held and paid when it is met")
        if condition.otherwise == "held"
        else sentence("what was earned meanwhile is lost")
    )
    return sentence(
        "It is paid {open_for} {what}; {otherwise}.",
        open_for=open_for,
        what=what,
        otherwise=otherwise,
    )


def _limits(speaker: Speaker) -> Iterator[str]:
    term, currency = speaker.term, speaker.deal.currency
    every = word(speaker.deal.periods.every)
    if term.ceiling_each_person is not None:
        yield sentence(
            "For one person it never pays more than {amount}.",
            amount=money(term.ceiling_each_person, currency),
        )
    if term.floor_each_period is not None:
        yield (
            sentence(
                "In a {every} in which it is due it pays at least {amount}.",
                every=every,
                amount=money(term.floor_each_period, currency),
            )
        )
    if term.ceiling_each_period is not None:
        most = money(term.ceiling_each_period, currency)
        if term.carry_until is None:
            yield sentence(
                "In one {every} it pays at most {most}; what is above is lost.",
                every=every,
                most=most,
            )
        else:
            yield (
                sentence(
                    "In one {every} it pays at most {most}; what is above is paid first in "
                    "later {every}s that start by {carry_until}, and is lost after that.",
                    every=every,
                    most=most,
                    carry_until=day(term.carry_until),
                )
            )
    if term.ceiling is not None:
        yield sentence(
            "In all it never pays more than {amount}.", amount=money(term.ceiling, currency)
        )
    if term.ceiling_each_cohort is not None:
        yield sentence(
            "For one cohort it never pays more than {amount}.",
            amount=money(term.ceiling_each_cohort, currency),
        )


def _rounding(speaker: Speaker) -> Iterator[str]:
    term, unit = (
        speaker.term,
        sentence("the smallest unit of {currency}", currency=speaker.deal.currency),
    )
    each = sentence("once a {time}", time=_line_time(speaker))
    if term.round_each == "person":
        each = sentence("for each person")
    if term.rounding == "half-up":
        yield sentence(
            "Amounts are rounded {each} to {unit}; a half goes away from 0.", each=each, unit=unit
        )
    elif term.rounding == "down":
        yield sentence("Amounts are rounded {each} to {unit}, toward 0.", each=each, unit=unit)
    else:
        yield sentence("An amount that is not a whole number of {unit} is refused.", unit=unit)


def _line_time(speaker: Speaker) -> str:
    return sentence("point") if speaker.term.reads == "points" else word(speaker.deal.periods.every)


def _sides(speaker: Speaker) -> Iterator[str]:
    term = speaker.term
    if len(term.payors) > 1:
        yield sentence(
            "It is paid by {payors} alone, in proportion to their shares.",
            payors=listed(term.payors),
        )
    if isinstance(term, UnitPrice) and term.limit_each_person is not None:
        yield sentence("Results by person are needed to compute it.")
    if term.says is not None:
        yield sentence("In the contract's own words: {says}", says=as_sentence(term.says))
