"""Where payment can fall as an outcome improves, where it jumps, and results in no band."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.checks.outcomes import paid_for
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import UnitPrice
from payforsuccess.deal.words.phrases import counted, listed, money, named
from payforsuccess.errors import Finding, Proved
from payforsuccess.payments.analyse import (
    Direction,
    Fall,
    Monotone,
    Question,
    Search,
    Step,
    Stretch,
    monotone_in,
    steepest,
    stretches_of,
    trend_of,
)
from payforsuccess.payments.nodes import Bands, walk
from payforsuccess.payments.proofs.people import minor
from payforsuccess.payments.proofs.reach import Reach
from payforsuccess.payments.reading import unit_of
from payforsuccess.units import CURRENCY_DIGITS, grouped


def falls(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """Lines that can pay less because an outcome got better, and those that never do."""
    sound: list[str] = []
    for reach in reaches:
        verdicts = [
            monotone_in(
                reach.first,
                name,
                reach.scope,
                better=deal.outcomes[name].better,
                earned=_earned(reaches, reach, name),
            )
            for name in rewarded(reach)
        ]
        if all(verdict.verdict == "never falls" for verdict in verdicts):
            sound.append(reach.name)
        for verdict in verdicts:
            if verdict.verdict != "never falls":
                what = _falling(deal, reach, verdict)
                yield Finding("monotone", what, deal.place_of(*reach.path))
    cut = _lines_are_cut_together(deal, reaches)
    alone = "Taken alone, these lines" if cut else "These lines"
    after = " Under a limit over several lines, what one gains another can lose." if cut else ""
    if sound and len(sound) == len(reaches):
        what = "Taken alone, no line ever pays" if cut else "No line ever pays"
        yield Proved(
            "monotone",
            f"{what} less in all because an outcome got better{_apart(reaches)}.{after}",
            deal.place_of("payments"),
        )
    elif sound:
        lines = listed([named(name) for name in sound])
        yield Proved(
            "monotone",
            f"{alone} never pay less in all because an outcome got better{_apart(reaches)}: "
            f"{lines}.{after}",
            deal.place_of("payments"),
        )


def _lines_are_cut_together(deal: Deal, reaches: tuple[Reach, ...]) -> bool:
    """Whether one line's better result can take room from another under a limit over both."""
    if len(reaches) < 2:
        return False
    over = deal.ceilings
    if over.return_on_capital is not None or any(
        limit is not None for limit in (over.each_period, over.each_person, over.each_cohort)
    ):
        return True
    ceiling = minor(deal, deal.ceiling)
    most = [reach.in_all for reach in reaches]
    known = [amount for amount in most if amount is not None]
    reaches_it = len(known) < len(most) or sum(known, Fraction(0)) > (ceiling or 0)
    return ceiling is not None and reaches_it


def _apart(reaches: tuple[Reach, ...]) -> str:
    """A result in no band is refused, which is not a smaller payment, but not a payment either."""
    gaps = any(stretches_of(reach.first, reach.scope_of_one()) for reach in reaches)
    return ", results in no band apart" if gaps else ""


def cliffs(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """The largest jump of each line from one step of an outcome to the next, the largest first."""
    found: list[tuple[int, Reach, Step]] = []
    for reach in reaches:
        search = Search(reach.first, reach.scope_of_one().domain)
        steps = [step for name in rewarded(reach) if (step := steepest(search, name)) is not None]
        if steps:
            best = max(steps, key=lambda step: abs(step.change))
            found.append((abs(best.change), reach, best))
    for at, (_, reach, step) in enumerate(sorted(found, key=lambda one: -one[0])):
        largest = " This is the largest jump in the deal." if at == 0 and len(found) > 1 else ""
        yield Finding("cliff", f"{_jump(deal, reach, step)}{largest}", deal.place_of(*reach.path))
    if not found and reaches:
        yield Proved(
            "cliff",
            "No line jumps: from one step of an outcome to the next it changes evenly.",
            deal.place_of("payments"),
        )


def bands(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """Results that no band or two bands hold, at their exact places."""
    have_bands: list[str] = []
    have_gaps = False
    for reach in reaches:
        if not any(isinstance(node, Bands) for node in walk(reach.first)):
            continue
        have_bands.append(reach.name)
        for stretch in stretches_of(reach.first, reach.scope_of_one()):
            have_gaps = True
            yield Finding(
                "bands", _stretch(deal, reach, stretch), deal.place_of(*reach.path, "bands")
            )
    if have_bands and not have_gaps:
        yield Proved(
            "bands",
            f"Every possible result lies in exactly one band of "
            f"{listed([named(name) for name in have_bands])}.",
            deal.place_of("payments"),
        )


def rewarded(reach: Reach) -> tuple[str, ...]:
    """The outcomes of a term that can get better: paid for, taken off, or tested."""
    names = [*paid_for(reach.term)]
    if isinstance(reach.term, UnitPrice) and reach.term.deduct is not None:
        names.append(reach.term.deduct)
    names += [c.outcome for c in reach.term.conditions if c.outcome is not None]
    return tuple(dict.fromkeys(names))


def _earned(reaches: tuple[Reach, ...], reach: Reach, name: str) -> dict[str, Direction]:
    """How the terms that a sequence condition names answer to the same outcome."""
    known: dict[str, Direction] = {}
    for earlier in reaches[: reach.number]:
        question = Question(name, earlier.scope, known)
        known[earlier.name] = trend_of(earlier.first, question).total
    return known


def _value(deal: Deal, name: str, ticks: int) -> str:
    base = name.partition("@")[0]
    outcome = deal.outcomes[base]
    return counted(ticks * outcome.tick, outcome.unit)


def _amount(deal: Deal, reach: Reach, steps: int) -> str:
    whole = Fraction(steps) * unit_of(reach.first) / 10 ** CURRENCY_DIGITS[deal.currency]
    if whole == 0:
        return "nothing"
    if whole < 0:
        return f"{money(-whole, deal.currency)} the other way"
    return money(whole, deal.currency)


def _with(deal: Deal, others: tuple[tuple[str, int], ...]) -> str:
    said = []
    for name, value in others:
        if name.startswith("significant:"):
            said.append("the effect significant" if value else "the effect not significant")
        elif name.startswith("fact:"):
            fact = named(name.removeprefix("fact:"))
            said.append(fact if value else f"{fact} not so")
        else:
            base, _, group = name.partition("@")
            of = f"{named(base)} for {named(group)}" if group else named(base)
            said.append(f"{of} at {_value(deal, name, value)}")
    return f" (with {listed(said)})" if said else ""


def _falling(deal: Deal, reach: Reach, verdict: Monotone) -> str:
    clause = f" (clause: {reach.term.clause})"
    if verdict.fall is None:
        return (
            f"That line {named(reach.name)} never pays less because {named(verdict.name)} got "
            f"better is not proved; no case in which it does was found.{clause}"
        )
    fall: Fall = verdict.fall
    worse = f"{_value(deal, fall.name, fall.worse)} pays {_amount(deal, reach, fall.pays_worse)}"
    better = f"{_value(deal, fall.name, fall.better)} pays {_amount(deal, reach, fall.pays_better)}"
    if len(fall.inputs) == 1:
        where = _with(deal, fall.inputs[0])
        return (
            f"Line {named(reach.name)} can pay less when {named(fall.name)} gets better: "
            f"{worse}, but {better}{where}.{clause}"
        )
    every = deal.periods.every
    which = "first" if fall.period == 1 else "second"
    other = fall.inputs[2 - fall.period]
    return (
        f"Line {named(reach.name)} can pay less in all when {named(fall.name)} gets better in one "
        f"{every}: of two {every}s, if in the {which} {worse} in all, but {better}"
        f"{_with(deal, other)} in the other.{clause}"
    )


def _jump(deal: Deal, reach: Reach, step: Step) -> str:
    outcome = deal.outcomes[step.name]
    better_is_up = outcome.better == "higher"
    at, to = (step.at, step.to) if better_is_up else (step.to, step.at)
    pays_at, pays_to = (
        (step.pays_at, step.pays_to) if better_is_up else (step.pays_to, step.pays_at)
    )
    size = _amount(deal, reach, abs(step.change))
    way = "jumps" if pays_to > pays_at else "drops"
    return (
        f"Line {named(reach.name)} {way} by {size} at {_value(deal, step.name, to)} of "
        f"{named(step.name)}: {grouped(at * outcome.tick)} pays {_amount(deal, reach, pays_at)}, "
        f"{grouped(to * outcome.tick)} pays {_amount(deal, reach, pays_to)}"
        f"{_with(deal, step.others)}. (clause: {reach.term.clause})"
    )


def _stretch(deal: Deal, reach: Reach, stretch: Stretch) -> str:
    unit = deal.outcomes[stretch.outcome].unit
    if stretch.kind == "overlap":
        return (
            f"Two bands of line {named(reach.name)} hold a result of {stretch} {unit} of "
            f"{named(stretch.outcome)}."
        )
    what = "Results" if stretch.first != stretch.last else "A result of"
    is_in, it_is = ("are in", "they are") if what == "Results" else ("is in", "it is")
    return (
        f"{what} {stretch} {unit} of {named(stretch.outcome)} {is_in} no band of line "
        f"{named(reach.name)}: {it_is} refused, and nothing is paid until the parties settle what "
        "is due. "
        f"(clause: {reach.term.clause})"
    )
