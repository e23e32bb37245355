"""Where a line can pay less because an outcome got better, and which lines never do."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import listed, named, word
from payforsuccess.errors import Finding, Proved, in_a_row, sentence
from payforsuccess.payments.analyse import (
    Direction,
    Fall,
    Monotone,
    Question,
    monotone_in,
    stretches_of,
    trend_of,
)
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.nodes import Node, Price, Round, Sum, below, inputs_of
from payforsuccess.payments.nodes import Outcome as Input
from payforsuccess.payments.proofs.nothing import head_counts
from payforsuccess.payments.proofs.people import minor
from payforsuccess.payments.proofs.reach import Reach
from payforsuccess.payments.proofs.shape import beside, paid, rewarded, value_of


def falls(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """Lines that can pay less because an outcome got better, and those that never do."""
    sound: list[str] = []
    for reach in reaches:
        verdicts = [_verdict(deal, reaches, reach, name) for name in rewarded(reach)]
        if all(verdict.verdict == "never falls" for verdict in verdicts):
            sound.append(reach.name)
        for verdict in verdicts:
            if verdict.verdict != "never falls":
                what = _falling(deal, reach, verdict)
                yield Finding("monotone", what, deal.place_of(*reach.path))
    cut = _lines_are_cut_together(deal, reaches)
    first, after = "", ""
    if cut and len(reaches) > 1:
        first = sentence("Taken alone, ")
        after = sentence(" Under a limit over several lines, what one gains another can lose.")
    elif cut:
        first = sentence("Before the deal's limits over all lines, ")
    alone = sentence("{first}these lines", first=first) if cut else sentence("These lines")
    if sound and len(sound) == len(reaches):
        what = (
            sentence("{first}no line ever pays", first=first)
            if cut
            else sentence("No line ever pays")
        )
        yield Proved(
            "monotone",
            sentence(
                "{what} less in all because an outcome got better{apart}.{after}",
                what=what,
                apart=_apart(reaches),
                after=after,
            ),
            deal.place_of("payments"),
        )
    elif sound:
        lines = listed([named(name) for name in sound])
        yield Proved(
            "monotone",
            sentence(
                "{alone} never pay less in all because an outcome got better{apart}: "
                "{lines}.{after}",
                alone=alone,
                apart=_apart(reaches),
                lines=lines,
                after=after,
            ),
            deal.place_of("payments"),
        )


def _lines_are_cut_together(deal: Deal, reaches: tuple[Reach, ...]) -> bool:
    """Whether a better result can take room from another line, or period, under a common limit."""
    over = deal.ceilings
    if over.return_on_capital is not None or any(
        limit is not None for limit in (over.each_period, over.each_person, over.each_cohort)
    ):
        return True
    if len(reaches) < 2:
        return False
    ceiling = minor(deal, deal.ceiling)
    most = [reach.in_all for reach in reaches]
    known = [amount for amount in most if amount is not None]
    reaches_it = len(known) < len(most) or sum(known, Fraction(0)) > (ceiling or 0)
    return ceiling is not None and reaches_it


def _apart(reaches: tuple[Reach, ...]) -> str:
    """What the sentence leaves out: results in no band, which are refused, and counts of people."""
    gaps = any(stretches_of(reach.first, reach.scope_of_one()) for reach in reaches)
    counts = dict.fromkeys(
        name for reach in reaches for name in head_counts(reach) if name not in rewarded(reach)
    )
    given = (
        sentence(", {counts} taken as given", counts=listed([named(name) for name in counts]))
        if counts
        else ""
    )
    apart = sentence(", results in no band apart") if gaps else ""
    return in_a_row([given, apart], between="")


def _verdict(deal: Deal, reaches: tuple[Reach, ...], reach: Reach, name: str) -> Monotone:
    """Whether the line can pay less in all because the outcome got better in some period."""
    verdict = monotone_in(
        reach.first,
        name,
        reach.scope,
        better=deal.outcomes[name].better,
        earned=_earned(reaches, reach, name),
    )
    if verdict.verdict == "never falls":
        return verdict if _stays_apart(deal, reach, name) else Monotone(name, "not proved")
    # What a term that claws back takes off depends on what was paid; two periods do not show it.
    claws = reach.term.claws_back and verdict.fall is not None and len(verdict.fall.inputs) > 1
    return Monotone(name, "not proved") if claws else verdict


def _stays_apart(deal: Deal, reach: Reach, name: str) -> bool:
    """Whether more in one period is no less in the next, or pays the same there.

    A part of an outcome reported to date is the difference to the period before, so that a better
    result moves some of the next period's part into this one.
    """
    is_difference = (
        deal.outcomes[name].reported_as == "to-date"
        and reach.term.reads != "to-date"
        and not reach.is_only_tested(name)
    )
    return not is_difference or (reach.term.index is None and _is_even(reach.first, name))


def _is_even(node: Node, name: str) -> bool:
    """Whether every unit of an input pays the same, wherever it falls."""
    match node:
        case Price() | Sum():
            return all(_is_even(part, name) for part in below(node))
        case Round():
            exact = (unit_of(node.of) / node.to).denominator == 1
            return exact and _is_even(node.of, name)
        case Input():
            return True
        case _:
            return name not in inputs_of(node)


def _earned(reaches: tuple[Reach, ...], reach: Reach, name: str) -> dict[str, Direction]:
    """How the terms that a sequence condition names answer to the same outcome."""
    known: dict[str, Direction] = {}
    for earlier in reaches[: reach.number]:
        question = Question(name, earlier.scope, known)
        known[earlier.name] = trend_of(earlier.first, question).total
    return known


def _falling(deal: Deal, reach: Reach, verdict: Monotone) -> str:
    clause = sentence(" (clause: {clause})", clause=reach.term.clause)
    if verdict.fall is None and not _stays_apart(deal, reach, verdict.name):
        every = word(deal.periods.every)
        return sentence(
            "That line {name} never pays less because {outcome} got better is not proved: it is "
            "reported to date, so that more in one {every} leaves less for the next.{clause}",
            name=named(reach.name),
            outcome=named(verdict.name),
            every=every,
            clause=clause,
        )
    if verdict.fall is None:
        return sentence(
            "That line {name} never pays less because {outcome} got better is not proved; no case "
            "in which it does was found.{clause}",
            name=named(reach.name),
            outcome=named(verdict.name),
            clause=clause,
        )
    fall: Fall = verdict.fall
    worse = sentence(
        "{value} pays {amount}",
        value=value_of(deal, fall.name, fall.worse),
        amount=paid(deal, reach, fall.pays_worse),
    )
    better = sentence(
        "{value} pays {amount}",
        value=value_of(deal, fall.name, fall.better),
        amount=paid(deal, reach, fall.pays_better),
    )
    if len(fall.inputs) == 1:
        where = beside(deal, fall.inputs[0])
        return sentence(
            "Line {name} can pay less when {outcome} gets better: {worse}, but "
            "{better}{where}.{clause}",
            name=named(reach.name),
            outcome=named(fall.name),
            worse=worse,
            better=better,
            where=where,
            clause=clause,
        )
    every = word(deal.periods.every)
    which = sentence("first") if fall.period == 1 else sentence("second")
    other = fall.inputs[2 - fall.period]
    return sentence(
        "Line {name} can pay less in all when {outcome} gets better in one {every}: of two "
        "{every}s, if in the {which} {worse} in all, but {better}{beside} in the other.{clause}",
        name=named(reach.name),
        outcome=named(fall.name),
        every=every,
        which=which,
        worse=worse,
        better=better,
        beside=beside(deal, other),
        clause=clause,
    )
