"""Where payment jumps from one step of an outcome to the next, and results in no band."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.checks.outcomes import paid_for
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import UnitPrice
from payforsuccess.deal.words.phrases import counted, listed, money, named, word
from payforsuccess.errors import Finding, Proved, in_a_row, sentence
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
        largest = ""
        if at == 0 and len(found) > 1:
            largest = sentence(" This is the largest jump in the deal.")
        yield Finding(
            "cliff",
            in_a_row([_jump(deal, reach, step), largest], between=""),
            deal.place_of(*reach.path),
        )
    if not found and reaches:
        yield Proved(
            "cliff",
            sentence("No line jumps: from one step of an outcome to the next it changes evenly."),
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
            sentence(
                "Every possible result lies in exactly one band of {lines}.",
                lines=listed([named(name) for name in have_bands]),
            ),
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
        return sentence("nothing")
    if whole < 0:
        return sentence("{amount} the other way", amount=money(-whole, deal.currency))
    return money(whole, deal.currency)


def beside(deal: Deal, others: tuple[tuple[str, int], ...]) -> str:
    """The values of all other inputs: ` (with “served” at 50 people)`."""
    said: list[str] = []
    for name, value in others:
        if name.startswith("significant:"):
            said.append(
                sentence("the effect significant")
                if value
                else sentence("the effect not significant")
            )
        elif name.startswith("fact:"):
            fact = named(name.removeprefix("fact:"))
            said.append(fact if value else sentence("{fact} not so", fact=fact))
        else:
            base, _, group = name.partition("@")
            of = named(base)
            if group:
                of = sentence("{outcome} for {group}", outcome=of, group=named(group))
            said.append(
                sentence("{outcome} at {value}", outcome=of, value=value_of(deal, name, value))
            )
    return sentence(" (with {said})", said=listed(said)) if said else ""


def _jump(deal: Deal, reach: Reach, step: Step) -> str:
    outcome = deal.outcomes[step.name]
    better_is_up = outcome.better == "higher"
    at, to = (step.at, step.to) if better_is_up else (step.to, step.at)
    pays_at, pays_to = (
        (step.pays_at, step.pays_to) if better_is_up else (step.pays_to, step.pays_at)
    )
    size = paid(deal, reach, abs(step.change))
    way = sentence("jumps") if pays_to > pays_at else sentence("drops")
    return sentence(
        "Line {name} {way} by {size} at {value} of {outcome}: {at} pays {before}, {to} pays "
        "{after}{beside}. (clause: {clause})",
        name=named(reach.name),
        way=way,
        size=size,
        value=value_of(deal, step.name, to),
        outcome=named(step.name),
        at=grouped(at * outcome.tick),
        before=paid(deal, reach, pays_at),
        to=grouped(to * outcome.tick),
        after=paid(deal, reach, pays_to),
        beside=beside(deal, step.others),
        clause=reach.term.clause,
    )


def _stretch(deal: Deal, reach: Reach, stretch: Stretch) -> str:
    unit = deal.outcomes[stretch.outcome].unit
    if stretch.kind == "overlap":
        return sentence(
            "Two bands of line {name} hold a result of {stretch} {unit} of {outcome}.",
            name=named(reach.name),
            stretch=stretch.said(),
            unit=word(unit),
            outcome=named(stretch.outcome),
        )
    said: dict[str, str] = {
        "stretch": stretch.said(),
        "unit": word(unit),
        "outcome": named(stretch.outcome),
        "name": named(reach.name),
        "clause": reach.term.clause,
    }
    if stretch.first == stretch.last:
        return sentence(
            "A result of {stretch} {unit} of {outcome} is in no band of line {name}: it is "
            "refused, and nothing is paid until the parties settle what is due. (clause: {clause})",
            **said,
        )
    return sentence(
        "Results {stretch} {unit} of {outcome} are in no band of line {name}: they are refused, "
        "and nothing is paid until the parties settle what is due. (clause: {clause})",
        **said,
    )
