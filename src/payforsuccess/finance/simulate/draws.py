"""Many worlds drawn at once: what `finance.outcomes` asks of draws, with arrays for answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy
from scipy import special, stats

from payforsuccess.deal.assumptions import Assumptions, Counted
from payforsuccess.deal.assumptions.check import counts_once
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import EffectPrice
from payforsuccess.errors import Place, Refusal
from payforsuccess.finance.simulate.drivers import ENROLMENT, Drivers, Points
from payforsuccess.finance.simulate.recorded.columns import of_each
from payforsuccess.finance.simulate.spreads import spread_value
from payforsuccess.finance.slots import Slot
from payforsuccess.finance.waterfall.worlds import in_floats
from payforsuccess.payments.range import least_and_most

USUAL = Fraction(95, 100)
"""The confidence of an interval where the plan states none."""


class ManyDraws:
    """One block of worlds: normal scores by driver, and what they make of assumed values."""

    def __init__(
        self, deal: Deal, assumptions: Assumptions, drivers: Drivers, points: Points, root: Any
    ) -> None:
        self._deal, self._assumptions, self._drivers = deal, assumptions, drivers
        self._points = points
        self._truths = points.truths(drivers.truths, root)
        self.worlds: int = points.worlds
        self.p_values: dict[Slot, Any] = {}
        """Of the slots whose significance a payment term asks for."""
        self._tested = {
            term.pays_for
            for term in deal.payments
            if isinstance(term, EffectPrice) and term.significant_at is not None
        }

    def reached(self, central: Fraction) -> Any:
        """The part of the enrolment plan that is reached, never below 0."""
        spread = self._assumptions.enrolment.spread
        if spread is None:
            return numpy.full(self.worlds, float(central))
        with _said_at(self._assumptions.place_of("enrolment", "spread")):
            found = spread_value(spread, central, self._truth(ENROLMENT))
        return numpy.maximum(found, 0.0)

    def value(self, outcome: str, central: Fraction, slot: Slot | None) -> Any:
        """The true value: its spread around the case's value, of a count of people 1 at most."""
        assumed = self._assumptions.outcomes[outcome]
        spread = assumed.spread
        if spread is None:
            return float(central)
        if slot is not None:
            score = self._score(f"level:{outcome}:{slot.when}:{slot.cohort}")
        else:
            score = self._truth(outcome)
        with _said_at(self._assumptions.place_of("outcomes", outcome, "spread")):
            found = spread_value(spread, central, score)
        if isinstance(assumed, Counted) and counts_once(assumed, self._deal.outcomes[outcome]):
            return numpy.minimum(found, 1.0)
        return found

    def estimate(self, slot: Slot, true: Any, standard_error: Any) -> Any:
        """The truth with a normal error, and what the plan's decision lets payments read of it.

        A decision by significance keeps the estimate where a two-sided normal test at the plan's
        level rejects no effect; one by the lower bound takes the end of the plan's interval that is
        nearer to 0, and 0 where the interval holds 0.
        """
        driver = f"error:{slot.outcome}:{slot.when}:{slot.cohort}"
        if self._drivers.at(driver) is None:
            if slot.outcome in self._tested:
                is_none = numpy.broadcast_to(true, self.worlds) == 0
                self.p_values[slot] = numpy.where(is_none, 1.0, 0.0)
            return true
        error = numpy.maximum(_loose(standard_error), 1e-300)
        found = true + error * self._score(driver)
        if slot.outcome in self._tested:
            self.p_values[slot] = _two_sided(found, error)
        plan = self._deal.evaluation.get(self._deal.outcomes[slot.outcome].estimate or "")
        decision = plan.decision if plan is not None else None
        if plan is None or decision is None or decision.pays_on == "point-estimate":
            return found
        if decision.pays_on == "significance":
            assert decision.level is not None
            return numpy.where(_two_sided(found, error) < float(decision.level), found, 0.0)
        half = special.ndtri(0.5 + float(plan.confidence or USUAL) / 2) * error
        return numpy.sign(found) * numpy.maximum(numpy.abs(found) - half, 0.0)

    def count(self, slot: Slot, people: Any, rate: Any) -> Any:
        """How many are counted: chance around the expected number, by the inverse of its law."""
        assumed = self._assumptions.outcomes[slot.outcome]
        assert isinstance(assumed, Counted)
        rate = numpy.maximum(rate, 0.0)
        people = in_floats(people)
        if assumed.chance == "none":
            return people * rate
        point = self._point(f"chance:{slot.outcome}:{slot.when}:{slot.cohort}")
        if assumed.chance == "poisson":
            expected = numpy.broadcast_to(people * rate, self.worlds)
            return numpy.where(expected > 0, of_each(stats.poisson.ppf, point, expected), 0.0)
        number = numpy.broadcast_to(numpy.floor(people + 0.5), self.worlds)
        chance = numpy.broadcast_to(numpy.minimum(rate, 1.0), self.worlds)
        drawn = of_each(stats.binom.ppf, point, number, chance)
        return numpy.where(number > 0, drawn, 0.0)

    def ticks(self, value: Any, outcome: Outcome) -> Any:
        """Whole smallest steps, halves away from zero, within the bounds of the deal."""
        return whole_steps(value, outcome, self._deal, self.worlds)

    def root(self, value: Any) -> Any:
        """The square root, world by world."""
        return numpy.sqrt(in_floats(value))

    def facts(self, *, central: Mapping[str, Fraction]) -> Mapping[str, Any]:
        """Each fact as 0 or 1 in every world."""
        found: dict[str, Any] = {}
        for name, chance in central.items():
            at = self._drivers.at(f"fact:{name}")
            if at is None:
                found[name] = numpy.full(self.worlds, int(chance >= Fraction(1, 2)))
            else:
                found[name] = (self._points.share(at) < float(chance)).astype(numpy.int64)
        return found

    def _truth(self, name: str) -> Any:
        return self._truths[self._drivers.names.index(name)]

    def _point(self, name: str) -> Any:
        return self._points.share(self._drivers.names.index(name))

    def _score(self, name: str) -> Any:
        return self._points.score(self._drivers.names.index(name))


def whole_steps(value: Any, outcome: Outcome, deal: Deal, worlds: int) -> Any:
    """Values as whole smallest steps of their outcome, in int64 and within the deal's bounds.

    Halves go away from zero.
    """
    least, most = (
        None if end is None else float(end / outcome.tick) for end in least_and_most(deal, outcome)
    )
    found = numpy.broadcast_to(_loose(value), worlds)
    if outcome.tick != 1:
        found = found / float(outcome.tick)
    if least is not None or most is not None:
        found = numpy.clip(found, least, most)
    if least is not None and least >= 0:
        whole = found + 0.5
        return numpy.floor(whole, out=whole).astype(numpy.int64)
    return numpy.copysign(numpy.floor(numpy.abs(found) + 0.5), found).astype(numpy.int64)


def _two_sided(found: Any, error: Any) -> Any:
    """The p-value of no effect by a normal test."""
    return 2 * special.ndtr(-numpy.abs(found) / error)


@contextmanager
def _said_at(place: Place) -> Iterator[None]:
    """What a spread refuses, with the place in the file where it stands."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal([replace(each, where=place) for each in refusal.problems]) from None


def _loose(value: Any) -> Any:
    return float(value) if isinstance(value, int | Fraction) else value
