"""Many studies at one true effect, each priced: what is paid, in which tier, and by mistake."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Coupon, Schedule
from payforsuccess.evaluation.power.payment import draw_estimates
from payforsuccess.evaluation.power.payment_rule import DrawnEstimates, PlannedRule
from payforsuccess.evaluation.power.payment_study import PlannedStudy, no_effect
from payforsuccess.finance.simulate.bands import OUTSIDE, band_text, bands_in_worlds, bands_of
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.slots import Slot
from payforsuccess.finance.study.looks import PlannedLooks, with_looks
from payforsuccess.finance.study.setting import StudyPayments, StudySetting, pay_estimates
from payforsuccess.units import CURRENCY_DIGITS

BLOCK = 16_384
"""Studies priced together: what fits in the cache of a processor."""


@dataclass(frozen=True)
class Rules:
    """A study with its rule, and those of the plans that its fall-backs name.

    looks: those that can stop it before its end. bias: how far its estimates lie from the truth on
    average, in the unit of the effect.
    """

    study: PlannedStudy
    rule: PlannedRule
    others: Mapping[str, Rules] = field(default_factory=dict)
    looks: PlannedLooks | None = None
    bias: float = 0.0

    def resized(self, factor: float) -> Rules:
        """The same with so many times the people, in every plan."""
        others = {name: other.resized(factor) for name, other in self.others.items()}
        return replace(self, study=self.study.resized(factor), others=others)


@dataclass(frozen=True)
class Tier:
    """One tier of a term: a band of its schedule, or nothing, something, its ceiling."""

    term: str
    says: str
    chance: Figure


@dataclass(frozen=True)
class PaidAtTruth:
    """What studies at one true effect are paid; amounts in minor units, of the terms concerned.

    earned: paid on the true effect itself, known without error. is_paid: the chance that anything
    is paid. over, under: the mean of what is paid beyond and short of `earned`. over_chance,
    under_chance: how often. rejects: the chance that the test rejects no effect, at the level of
    the plan. fell_back: the chance that a fall-back rule is set off.
    """

    truth: float
    earned: int
    is_paid: Figure
    mean: Figure
    over: Figure
    under: Figure
    over_chance: Figure
    under_chance: Figure
    rejects: Figure
    fell_back: Figure
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class _Block:
    paid: StudyPayments
    rejects: Any
    fell_back: Any


def paid_at(
    setting: StudySetting, rules: Rules, truth: float, *, studies: int, seed: int
) -> PaidAtTruth:
    """`studies` studies at a true effect, drawn by the seed alone and paid by the deal's terms.

    Each slot of the outcome (a measurement point, a period) is a study of its own of that size.
    """
    rng = numpy.random.Generator(numpy.random.SFC64(numpy.random.SeedSequence(seed)))
    blocks = list(_blocks(setting, rules, truth, studies, rng))
    earned = earned_at(setting, rules, truth)
    paid = numpy.concatenate([block.paid.amount for block in blocks])
    return PaidAtTruth(
        truth=truth,
        earned=earned,
        is_paid=sampled(paid > 0),
        mean=sampled(paid),
        over=sampled(numpy.maximum(paid - earned, 0)),
        under=sampled(numpy.maximum(earned - paid, 0)),
        over_chance=sampled(paid > earned),
        under_chance=sampled(paid < earned),
        rejects=sampled(numpy.concatenate([block.rejects for block in blocks])),
        fell_back=sampled(numpy.concatenate([block.fell_back for block in blocks])),
        tiers=tuple(
            tiers_of(
                setting.deal,
                setting.terms_read,
                [(b.paid.ticks, b.paid.by_term, len(b.rejects)) for b in blocks],
            )
        ),
    )


def earned_at(setting: StudySetting, rules: Rules, truth: float) -> int:
    """What the terms concerned pay on the true effect itself, in minor units."""
    return int(_known(setting, rules, truth).amount[0])


def whole_at(setting: StudySetting, rules: Rules, truth: float) -> int:
    """What the whole deal pays on the true effect itself, in minor units."""
    return int(_known(setting, rules, truth).whole[0])


def sampled(worlds: Any) -> Figure:
    """The mean over worlds drawn independently, with its standard error."""
    found = numpy.asarray(worlds, dtype=numpy.float64)
    error = float(found.std(ddof=1)) / math.sqrt(len(found)) if len(found) > 1 else math.nan
    return Figure(float(found.mean()), error)


def _known(setting: StudySetting, rules: Rules, truth: float) -> StudyPayments:
    is_none = truth == no_effect(rules.study.form)
    values = [numpy.array([truth])] * len(setting.slots)
    return pay_estimates(setting, values, [numpy.array([float(is_none)])] * len(values))


def _blocks(
    setting: StudySetting, rules: Rules, truth: float, studies: int, rng: numpy.random.Generator
) -> Iterator[_Block]:
    for start in range(0, studies, BLOCK):
        size = min(BLOCK, studies - start)
        drawn = [_drawn(rules, truth, size, rng) for _ in setting.slots]
        paid = pay_estimates(
            setting, [each.payable for each in drawn], [each.p_value for each in drawn]
        )
        yield _Block(
            paid,
            drawn[0].p_value < rules.rule.level,
            numpy.any([each.fell_back for each in drawn], axis=0),
        )


def _drawn(rules: Rules, truth: float, worlds: int, rng: numpy.random.Generator) -> DrawnEstimates:
    others = {name: _drawn(other, truth, worlds, rng) for name, other in rules.others.items()}
    found = draw_estimates(
        rules.study, rules.rule, truth + rules.bias, worlds=worlds, rng=rng, others=others
    )
    if rules.looks is None:
        return found
    return with_looks(found, rules.rule, rules.looks, no_effect(rules.study.form), rng)


Drawn = tuple[Mapping[Slot, Any], Mapping[str, Any], int]
"""A block of studies: values in whole steps by slot, amounts by term, and how many they are."""


def tiers_of(deal: Deal, terms: Sequence[str], blocks: Sequence[Drawn]) -> Iterator[Tier]:
    """The chance of each tier of the terms named: bands where a schedule has them."""
    for term in deal.payments:
        if term.name not in terms:
            continue
        bands = list(_bands(deal, term, blocks)) if isinstance(term, Schedule | Coupon) else []
        if bands:
            yield from bands
            continue
        amount = numpy.concatenate([by_term[term.name] for _, by_term, _ in blocks])
        most = None
        if term.ceiling is not None:
            most = int(term.ceiling * 10 ** CURRENCY_DIGITS[deal.currency])
        for says, holds in _by_amount(most):
            told = Tier(term.name, says, sampled(holds(amount)))
            if told.chance.value or says != "money flows back":
                yield told


def _bands(deal: Deal, term: Schedule | Coupon, blocks: Sequence[Drawn]) -> Iterator[Tier]:
    slots = [slot for slot in blocks[0][0] if slot.outcome == term.pays_for]
    found = [bands_in_worlds(deal, ticks, worlds) for ticks, _, worlds in blocks]
    for slot in slots:
        when = f"{slot.when}, {slot.cohort}" if slot.cohort else slot.when
        name = f"band:{term.name}:{when}"
        if name not in found[0]:
            continue
        places = numpy.concatenate([columns[name] for columns in found])
        before = f"{when}: " if len(slots) > 1 else ""
        for number, band in enumerate(bands_of(term)):
            yield Tier(term.name, f"{before}{band_text(band)}", sampled(places == number))
        if numpy.any(places == OUTSIDE):
            yield Tier(term.name, f"{before}in no band", sampled(places == OUTSIDE))


def _by_amount(most: int | None) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    yield "money flows back", lambda amount: amount < 0
    yield "pays nothing", lambda amount: amount == 0
    if most is None:
        yield "pays", lambda amount: amount > 0
    else:
        yield "pays below its ceiling", partial(_between, most=most)
        yield "pays its ceiling", lambda amount: amount >= most


def _between(amount: Any, *, most: int) -> Any:
    return (amount > 0) & (amount < most)
