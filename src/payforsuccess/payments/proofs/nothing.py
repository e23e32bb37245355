"""Nothing is due without success: every outcome at its no-success value, any head count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.checks.effect_units import plans_read
from payforsuccess.deal.checks.outcomes import paid_for
from payforsuccess.deal.contract import Excused
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import PrePost, VerifiedCount
from payforsuccess.deal.terms import EffectPrice, Schedule, ShareThreshold
from payforsuccess.deal.words.phrases import counted, day, listed, money, named, word
from payforsuccess.errors import Finding, Proved, in_a_row, sentence
from payforsuccess.payments.analyse import Range, Scope, Search, bounds_of
from payforsuccess.payments.nodes import inputs_of
from payforsuccess.payments.proofs.reach import Reach
from payforsuccess.units import CURRENCY_DIGITS

TOPIC = "no-success"
_MOST_NAMED = 6


@dataclass(frozen=True)
class _Paying:
    """A line that pays at no success, how much, and at which values of what is left free."""

    amount: int
    at: tuple[tuple[str, int], ...]


def nothing_without_success(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """That nothing is due, or which line would pay and how much."""
    earned: dict[str, bool] = {}
    proved: list[str] = []
    for reach in reaches:
        verdict = _of_line(deal, reach, earned)
        place = deal.place_of(*reach.path)
        without = _without_comparison(deal, reach) if verdict is None else ()
        if without:
            yield from (_may_differ(deal, reach, name, plan) for name, plan in without)
        elif verdict is None:
            earned[reach.name] = False
            proved.append(reach.name)
        elif isinstance(verdict, _Paying):
            amount = Fraction(verdict.amount, 10 ** CURRENCY_DIGITS[deal.currency])
            yield Finding(
                TOPIC,
                sentence(
                    "Line {name} would pay {amount} with every outcome at its no-success "
                    "value{where}: the payor would pay without success. (clause: {clause})",
                    name=named(reach.name),
                    amount=money(amount, deal.currency),
                    where=_where(deal, verdict.at),
                    clause=reach.term.clause,
                ),
                place,
            )
        else:
            yield Finding(
                TOPIC,
                sentence(
                    "That line {name} pays nothing with every outcome at its no-success value is "
                    "not proved; no case in which it would pay was found.",
                    name=named(reach.name),
                ),
                place,
            )
    if len(proved) == len(reaches) and reaches:
        yield Proved(
            TOPIC,
            sentence(
                "Nothing is due without success: with {values}, no line pays anything, however "
                "many "
                "people are served.",
                values=_values(deal, reaches),
            ),
            deal.place_of("outcomes"),
        )


def _without_comparison(deal: Deal, reach: Reach) -> tuple[tuple[str, str], ...]:
    """Outcomes that a line is paid on, each with a plan of theirs that compares with nobody.

    A count that is no impact is what it says: without success it is 0. A change, or anything that
    stands for an impact, can differ from its no-success value whatever the programme does.
    """
    found = []
    for name in reach.term.outcomes_read():
        outcome = deal.outcomes[name]
        if name in head_counts(reach):
            continue
        for plan in plans_read(deal, outcome.estimate):
            stated = deal.evaluation[plan]
            is_count = isinstance(stated, VerifiedCount)
            if isinstance(stated, PrePost) or (is_count and outcome.type == "impact"):
                found.append((name, plan))
    return tuple(found)


def _may_differ(deal: Deal, reach: Reach, name: str, plan: str) -> Finding:
    own = deal.outcomes[name].estimate
    says = "" if plan == own else sentence(", which `{own}` falls back to or pools", own=str(own))
    return Finding(
        TOPIC,
        sentence(
            "That line {name} pays nothing without success is not proved: the plan `{plan}`{says} "
            "compares with nobody, so {outcome} can differ from its no-success value whatever the "
            "programme does. (clause: {clause})",
            name=named(reach.name),
            plan=plan,
            says=says,
            outcome=named(name),
            clause=reach.term.clause,
        ),
        deal.place_of("outcomes", name, "estimate"),
    )


def _of_line(deal: Deal, reach: Reach, earned: Mapping[str, bool]) -> _Paying | str | None:
    """None when it is proved that nothing is due; else a case that pays, or `not proved`."""
    names = reach.term.outcomes_read()
    days = {
        tuple(deal.baseline_of(name, period_start=period.start) for name in names): period
        for period in reversed(reach.periods)
    }
    verdict: str | None = None
    for period in days.values():  # one for each set of baselines that recorded resets make
        tree = reach.tree(period) if reach.parts_in(period) else reach.first
        domain = {name: _at_no_success(reach, name, period.start) for name in inputs_of(tree)}
        if all(
            bounds_of(tree, Scope(case, len(reach.periods), earned)).now.is_never_positive
            for case in _cases(domain, head_counts(reach))
        ):
            continue
        search = Search(tree, domain)
        for inputs in search.corners(""):
            amount = search.amount(inputs)
            if amount is not None and amount > 0:
                free = head_counts(reach)
                return _Paying(amount, tuple((n, v) for n, v in inputs.items() if n in free))
        verdict = "not proved"
    return verdict


def _cases(domain: dict[str, Range], head_counts: tuple[str, ...]) -> Iterator[dict[str, Range]]:
    """The domain, or its two halves where a head count may be 0: no one, and at least one."""
    for name in head_counts:
        given = domain.get(name, Range())
        if (given.least is None or given.least <= 0) and (given.most is None or given.most > 0):
            yield {**domain, name: Range(given.least, 0)}
            yield {**domain, name: Range(1, given.most)}
            return
    yield domain


def head_counts(reach: Reach) -> tuple[str, ...]:
    """Outcomes that only say how many people there are; they may be anything."""
    match reach.term:
        case Schedule(times=str(name)) | EffectPrice(treated=str(name)):
            return (name,)
        case ShareThreshold(out_of=name):
            return (name,)
        case _:
            return ()


def _at_no_success(reach: Reach, name: str, day: date) -> Range:
    """What an input can be when no outcome is better than if the programme changed nothing."""
    base, _, group = name.partition("@")
    if base not in reach.deal.outcomes or base in head_counts(reach):
        return reach.scope.domain.get(name, Range())
    outcome = reach.deal.outcomes[base]
    value = int(reach.deal.baseline_of(base, period_start=day) / outcome.tick)
    least = most = value
    if not reach.is_only_tested(base):
        if reach.term.reads == "to-date" and outcome.reported_as != "to-date":
            count = len(reach.periods)
            least, most = min(value, value * count), max(value, value * count)
        elif reach.term.reads != "to-date" and outcome.reported_as == "to-date":
            least, most = min(value, 0), max(value, 0)
    return Range(min(0, least), max(0, most)) if group else Range(least, most)


def _values(deal: Deal, reaches: tuple[Reach, ...]) -> str:
    free = {name for reach in reaches for name in head_counts(reach)}
    paid = dict.fromkeys(name for reach in reaches for name in paid_for(reach.term))
    read = (name for reach in reaches for name in reach.term.outcomes_read())
    names = paid | dict.fromkeys(name for name in read if name not in free)
    outcomes = [(name, deal.outcomes[name]) for name in names]
    are_reset = any(_resets(deal, name) for name in names)
    if not are_reset and all(outcome.no_success == 0 for _, outcome in outcomes):
        return (
            sentence("{outcomes} at 0", outcomes=named(outcomes[0][0]))
            if len(outcomes) == 1
            else sentence("every outcome at 0")
        )
    if len(outcomes) > _MOST_NAMED:
        then = sentence(", as reset in its time") if are_reset else ""
        return sentence("every outcome at its no-success value{then}", then=then)
    return listed(
        [
            sentence("{outcome} at {value}", outcome=named(n), value=_baselines(deal, n))
            for n, _ in outcomes
        ]
    )


def _baselines(deal: Deal, name: str) -> str:
    """An outcome's no-success value, and what recorded resets make it in their time.

    `50 units (80 units in quarters from 1 April 2027 to 30 June 2027)`.
    """
    outcome = deal.outcomes[name]
    resets = [
        sentence(
            "{value} in {every}s that start from {from_day} to {to_day}",
            value=counted(item.baseline, outcome.unit),
            every=word(deal.periods.every),
            from_day=day(item.from_),
            to_day=day(item.to),
        )
        for item in _resets(deal, name)
        if item.baseline is not None
    ]
    said = counted(outcome.no_success, outcome.unit)
    if not resets:
        return said
    return sentence("{said} ({resets})", said=said, resets=in_a_row(resets, between="; "))


def _resets(deal: Deal, name: str) -> tuple[Excused, ...]:
    """The stretches in which an outcome has another baseline."""
    return tuple(
        item
        for item in deal.excused
        if item.baseline is not None and (not item.outcomes or name in item.outcomes)
    )


def _where(deal: Deal, at: tuple[tuple[str, int], ...]) -> str:
    said = [
        sentence(
            "{outcome} at {value}",
            outcome=named(name),
            value=counted(value * deal.outcomes[name].tick, deal.outcomes[name].unit),
        )
        for name, value in at
    ]
    return sentence(" and {said}", said=listed(said)) if said else ""
