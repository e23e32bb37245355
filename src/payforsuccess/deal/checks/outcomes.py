"""Outcomes that can be paid for: their direction, what no success is, and their rank."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.checks.names import outcome_keys
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import MeanDifference, PercentReduction
from payforsuccess.deal.outcomes import PAYABLE_TYPES, Outcome
from payforsuccess.deal.terms import PaymentTerm, Pot, SavingsShare
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import grouped

# Keys that name an outcome which is looked at, counted off or multiplied by, but not paid for.
_BESIDE = ("deduct", "times", "treated", "out_of", "conditions", "net_of")
_PARTS_OF_A_WHOLE = ("percent", "%", "percentage point", "percentage points", "share", "rate")


def check_outcomes(deal: Deal) -> Iterator[Problem]:
    """Success must be possible, and payments rest on outcomes, read as they are reported."""
    for name, outcome in deal.outcomes.items():
        yield from _direction(deal, name, outcome)
    yield from _below_outcome(deal)
    yield from _never_reported(deal)
    for number, term in enumerate(deal.payments):
        yield from _reported(deal, term, number)
        yield from _in_money(deal, term, number)


def paid_for(term: PaymentTerm) -> tuple[str, ...]:
    """The outcomes that a payment term rewards, without those it only counts with or tests."""
    names = [name for name, path in outcome_keys(term) if path[0] not in _BESIDE]
    return tuple(dict.fromkeys(names))


def is_part_of_a_whole(outcome: Outcome) -> bool:
    """Whether the outcome is a percentage or a share, which cannot be added over periods."""
    unit = outcome.unit.lower()
    return unit in _PARTS_OF_A_WHOLE or unit.startswith("percent")


def is_effect(outcome: Outcome) -> bool:
    """Whether the outcome is a difference made, for which 0 means no success either way."""
    across_arms = isinstance(outcome.measure, MeanDifference | PercentReduction)
    return outcome.estimate is not None or across_arms


def _direction(deal: Deal, name: str, outcome: Outcome) -> Iterator[Problem]:
    none, bounds = outcome.no_success, outcome.bounds.value if outcome.bounds else None
    place = deal.place_of("outcomes", name, "no_success")
    if bounds is not None and not bounds.least <= none <= bounds.most:
        yield Problem(
            sentence(
                "The value that means no success, {none}, lies outside the bounds of `{name}`, "
                "{least} to {most}.",
                none=grouped(none),
                name=name,
                least=grouped(bounds.least),
                most=grouped(bounds.most),
            ),
            sentence("Correct the value, or widen the bounds."),
            place,
        )
        return
    if name not in {paid for term in deal.payments for paid in paid_for(term)}:
        return
    if outcome.better == "lower" and none <= 0 and not is_effect(outcome):
        if bounds is None or bounds.least >= none:
            yield Problem(
                sentence(
                    "For `{name}` lower is better, and no success is {none}: nothing could be "
                    "better than that.",
                    name=name,
                    none=grouped(none),
                ),
                sentence("Write the agreed baseline, the value if the programme changed nothing."),
                place,
            )
    elif bounds is not None and none == (
        bounds.most if outcome.better == "higher" else bounds.least
    ):
        yield Problem(
            sentence(
                "No success is {none} for `{name}`, and its bounds allow nothing better.",
                none=grouped(none),
                name=name,
            ),
            sentence("Correct `no_success`, the bounds, or which direction is better."),
            place,
        )


def _below_outcome(deal: Deal) -> Iterator[Problem]:
    """Payments rest on outcome or impact, up to the share the jurisdiction has set."""
    resting: dict[int, str] = {}
    for number, term in enumerate(deal.payments):
        for name in paid_for(term):
            outcome = deal.outcomes.get(name)
            if outcome is not None and outcome.type not in PAYABLE_TYPES:
                resting.setdefault(number, name)
    if not resting:
        return
    allowed = deal.jurisdiction.share_below_outcome
    if allowed == 0:
        for number, name in resting.items():
            yield Problem(
                sentence(
                    "`{name}` is an {type}, and payments rest on outcomes: {name_2} has set no "
                    "share for other metrics.",
                    name=name,
                    type=deal.outcomes[name].type,
                    name_2=deal.jurisdiction.name,
                )
                if deal.outcomes[name].type != "output"
                else sentence(
                    "`{name}` is an output, and payments rest on outcomes: {name_2} has set no "
                    "share for other metrics.",
                    name=name,
                    name_2=deal.jurisdiction.name,
                ),
                sentence(
                    "Pay for an outcome, or state the share the jurisdiction has set under "
                    "`share_below_outcome`."
                ),
                deal.place_of("payments", number),
            )
        return
    if allowed < 1:  # a limit of all payments is none, and cannot be passed
        yield from _within_share(deal, resting, allowed)


def _within_share(deal: Deal, resting: dict[int, str], allowed: Fraction) -> Iterator[Problem]:
    most = [_most_of(term) for term in deal.payments]
    total = deal.ceiling
    if total is None and all(ceiling is not None for ceiling in most):
        total = sum((ceiling or Fraction(0) for ceiling in most), Fraction(0))
    if total is None:
        yield Problem(
            sentence(
                "Up to {allowed} percent of payments may rest on metrics below outcome, but the "
                "deal has no ceiling of which that is a share.",
                allowed=grouped(allowed * 100),
            ),
            sentence("Give the deal a `ceiling`, or every payment term one."),
            deal.place_of("payments", min(resting)),
        )
        return
    below = Fraction(0)
    for number, name in resting.items():
        ceiling = most[number]
        if ceiling is None:
            yield Problem(
                sentence(
                    "`{name}` ranks below outcome, and without a ceiling this line could pass the "
                    "{allowed} percent that may rest on such metrics.",
                    name=name,
                    allowed=grouped(allowed * 100),
                ),
                sentence("Give this payment term a `ceiling`."),
                deal.place_of("payments", number),
            )
            return
        below += ceiling
    if below > allowed * total:
        yield Problem(
            sentence(
                "Lines of up to {below} {currency} rest on metrics below outcome; {name} allows "
                "{allowed} percent of {total}, which is {allowed_2}.",
                below=grouped(below),
                currency=deal.currency,
                name=deal.jurisdiction.name,
                allowed=grouped(allowed * 100),
                total=grouped(total),
                allowed_2=grouped(allowed * total),
            ),
            sentence("Lower the ceilings of those lines, or pay for outcomes."),
            deal.place_of("payments", min(resting)),
        )


def _most_of(term: PaymentTerm) -> Fraction | None:
    """The most a line can ever pay, as far as the deal file itself shows."""
    if term.ceiling is not None:
        return term.ceiling
    if isinstance(term, Pot) and term.reads == "points" and term.index is None:
        return term.amount * len(term.points)
    return None


def _reported(deal: Deal, term: PaymentTerm, number: int) -> Iterator[Problem]:
    """Results come for the occasions on which the term is paid."""
    for name in paid_for(term):
        outcome = deal.outcomes.get(name)
        if outcome is None:
            continue
        place = deal.place_of("payments", number, "reads")
        if term.reads == "points" and outcome.reported_as != "point":
            yield Problem(
                sentence(
                    "`{name}` is paid at measurement points, but `{name_2}` is not reported for "
                    "points.",
                    name=term.name,
                    name_2=name,
                ),
                sentence("Set `reported_as: point` for `{name}`.", name=name),
                place,
            )
        elif term.reads != "points" and outcome.reported_as == "point":
            yield Problem(
                sentence(
                    "`{name}` is reported for measurement points, but `{name_2}` is paid by the "
                    "period.",
                    name=name,
                    name_2=term.name,
                ),
                sentence(
                    "Set `reads: points` and list the points, or report the outcome by period."
                ),
                place,
            )
        elif is_part_of_a_whole(outcome) and outcome.reported_as != (
            "to-date" if term.reads == "to-date" else "period"
        ):
            if term.reads == "to-date":
                yield Problem(
                    sentence(
                        "`{name}` reads `{name_2}` to date, but a figure in {unit} cannot be "
                        "added up over periods.",
                        name=term.name,
                        name_2=name,
                        unit=outcome.unit,
                    ),
                    sentence("Set `reported_as: to-date` for `{name}`.", name=name),
                    place,
                )
            elif term.reads == "period":
                yield Problem(
                    sentence(
                        "`{name}` is reported to date, and the difference of two figures in "
                        "{unit} is not what one period achieved.",
                        name=name,
                        unit=outcome.unit,
                    ),
                    sentence("Set `reads: to-date`, or report the outcome by period."),
                    place,
                )


def _never_reported(deal: Deal) -> Iterator[Problem]:
    """Conditions on an outcome of measurement points, while no term has a point that reports it."""
    at_points = {name for t in deal.payments if t.points for name in t.outcomes_read()}
    for number, term in enumerate(deal.payments):
        for at, condition in enumerate(term.conditions):
            outcome = deal.outcomes.get(condition.outcome or "")
            if outcome is None or outcome.reported_as != "point":
                continue
            if condition.outcome not in at_points:
                yield Problem(
                    sentence(
                        "`{outcome}` is reported for measurement points, and no payment term "
                        "lists one for it, so this condition could never be met.",
                        outcome=str(condition.outcome),
                    ),
                    sentence(
                        "Report the outcome by period, or list the points where it is paid for."
                    ),
                    deal.place_of("payments", number, "conditions", at, "outcome"),
                )


def _in_money(deal: Deal, term: PaymentTerm, number: int) -> Iterator[Problem]:
    wanted: list[tuple[str, str]] = []
    if term.net_of is not None:
        wanted.append((term.net_of, "net_of"))
    if isinstance(term, SavingsShare):
        wanted.append((term.pays_for, "pays_for"))
    for name, key in wanted:
        outcome = deal.outcomes.get(name)
        if outcome is not None and outcome.unit != deal.currency:
            yield Problem(
                sentence(
                    "`{name}` is counted in {unit}; here money is needed.",
                    name=name,
                    unit=outcome.unit,
                ),
                sentence("Name an outcome whose unit is {currency}.", currency=deal.currency),
                deal.place_of("payments", number, key),
            )
