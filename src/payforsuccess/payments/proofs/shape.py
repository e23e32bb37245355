"""Where payment jumps from one step of an outcome to the next, and results in no band."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.checks.outcomes import paid_for
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import UnitPrice
from payforsuccess.deal.words.phrases import counted, listed, money, named
from payforsuccess.errors import Finding, Proved
from payforsuccess.payments.analyse import (
    Search,
    Step,
    Stretch,
    steepest,
    stretches_of,
)
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.nodes import Bands, walk
from payforsuccess.payments.proofs.nothing import head_counts
from payforsuccess.payments.proofs.reach import Reach
from payforsuccess.units import CURRENCY_DIGITS, grouped


def cliffs(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """The largest jump of each line from one step of an outcome to the next, the largest first."""
    found: list[tuple[int, Reach, Step]] = []
    for reach in reaches:
        search = Search(reach.first, reach.scope_of_one().domain)
        steps: list[Step] = []
        for names in (rewarded(reach), head_counts(reach)):
            steps = steps or [
                step for name in names if (step := steepest(search, name)) is not None
            ]
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
    names += [reach.term.net_of] if reach.term.net_of is not None else []
    return tuple(dict.fromkeys(names))


def value_of(deal: Deal, name: str, ticks: int) -> str:
    """A result with its unit: `20 percent`."""
    base = name.partition("@")[0]
    outcome = deal.outcomes[base]
    return counted(ticks * outcome.tick, outcome.unit)


def paid(deal: Deal, reach: Reach, steps: int) -> str:
    """An amount of the line: `USD 900.00`, `nothing`, or the other way."""
    whole = Fraction(steps) * unit_of(reach.first) / 10 ** CURRENCY_DIGITS[deal.currency]
    if whole == 0:
        return "nothing"
    if whole < 0:
        return f"{money(-whole, deal.currency)} the other way"
    return money(whole, deal.currency)


def beside(deal: Deal, others: tuple[tuple[str, int], ...]) -> str:
    """The values of all other inputs: ` (with “served” at 50 people)`."""
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
            said.append(f"{of} at {value_of(deal, name, value)}")
    return f" (with {listed(said)})" if said else ""


def _jump(deal: Deal, reach: Reach, step: Step) -> str:
    outcome = deal.outcomes[step.name]
    better_is_up = outcome.better == "higher"
    at, to = (step.at, step.to) if better_is_up else (step.to, step.at)
    pays_at, pays_to = (
        (step.pays_at, step.pays_to) if better_is_up else (step.pays_to, step.pays_at)
    )
    size = paid(deal, reach, abs(step.change))
    way = "jumps" if pays_to > pays_at else "drops"
    return (
        f"Line {named(reach.name)} {way} by {size} at {value_of(deal, step.name, to)} of "
        f"{named(step.name)}: {grouped(at * outcome.tick)} pays {paid(deal, reach, pays_at)}, "
        f"{grouped(to * outcome.tick)} pays {paid(deal, reach, pays_to)}"
        f"{beside(deal, step.others)}. (clause: {reach.term.clause})"
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
