"""What limits for one person come to over everyone whom the deal can serve."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Milestones, PaymentTerm, UnitPrice
from payforsuccess.payments.analyse import Interval
from payforsuccess.payments.inputs import reads_people
from payforsuccess.units import CURRENCY_DIGITS
from payforsuccess.units.calendar import MONTHS_IN


def minor(deal: Deal, amount: Fraction | None) -> Fraction | None:
    """An amount in minor units, exactly."""
    return None if amount is None else _minor(deal, amount)


def _minor(deal: Deal, amount: Fraction) -> Fraction:
    digits: int = CURRENCY_DIGITS[deal.currency]
    return amount * Fraction(10) ** digits


@dataclass(frozen=True)
class PersonLimits:
    """The limits and roundings of one payment term that look at single people."""

    deal: Deal
    term: PaymentTerm

    @property
    def are_looked_at(self) -> bool:
        """Whether the term is computed person by person."""
        return reads_people(self.term, self.deal)

    @property
    def most_people(self) -> int | None:
        """The most people the deal can serve."""
        head_count = self.deal.people.head_count
        return None if head_count is None else head_count.most

    @property
    def in_all(self) -> Fraction | None:
        """What everyone together can earn under limits for one person, in minor units."""
        people, term = self.most_people, self.term
        if people is None or not self.are_looked_at:
            return None
        ceilings = (term.ceiling_each_person, self.deal.ceilings.each_person)
        limits = [_minor(self.deal, ceiling) for ceiling in ceilings if ceiling is not None]
        if isinstance(term, UnitPrice) and term.limit_each_person is not None:
            units = self._dearest_unit(term) * term.limit_each_person
            steps = int(term.limit_each_person / self.deal.outcomes[term.pays_for].tick)
            limits.append(units + self._rounded_up(steps))
        if isinstance(term, Milestones):
            prices = sum((milestone.price for milestone in term.milestones), Fraction(0))
            whole = _minor(self.deal, prices) * self._highest_index
            limits.append(whole + self._rounded_up(len(term.milestones)))
        if not limits:
            return None
        # The floor of a period is paid even where people have earned less, or nothing.
        floors = _minor(self.deal, term.floor_each_period or Fraction(0))
        return min(limits).__ceil__() * people + floors * self.deal.schedule.count

    def _rounded_up(self, steps: int) -> Fraction:
        """What rounding can add for one person: half a minor unit in each period with a part."""
        if not self._rounding_moves:
            return Fraction(0)
        return Fraction(min(max(steps, 1), self.deal.schedule.count), 2)

    def of_period(self, now: Interval) -> Interval:
        """One period's bounds; where each person is rounded alone, half a minor unit for each."""
        if not self.are_looked_at or now.most is None:
            return now
        in_all, most = self.in_all, now.most
        if self._rounding_moves:
            if self.most_people is None:
                return Interval(now.least, in_all)
            most += Fraction((self.most_people + 1) // 2)
        limits = (in_all, minor(self.deal, self.term.ceiling_each_period))
        known = [limit for limit in limits if limit is not None]
        return Interval(now.least, min([most, *known]))

    @property
    def _rounding_moves(self) -> bool:
        """Whether rounding each person can give more than rounding the line."""
        term = self.term
        if term.round_each != "person" or term.rounding == "down":
            return False
        if term.index is not None:
            return True
        if isinstance(term, UnitPrice) and not term.subgroups:
            units = [term.price * self.deal.outcomes[term.pays_for].tick]
        elif isinstance(term, Milestones):
            units = [m.price * self.deal.outcomes[m.outcome].tick for m in term.milestones]
        else:
            return True
        return any(_minor(self.deal, unit).denominator != 1 for unit in units)

    def _dearest_unit(self, term: UnitPrice) -> Fraction:
        """The price of a unit of someone who is in every subgroup."""
        uplifts = sum((max(group.times - 1, Fraction(0)) for group in term.subgroups), Fraction(0))
        return _minor(self.deal, term.price) * (1 + uplifts) * self._highest_index

    @property
    def _highest_index(self) -> Fraction:
        index = self.term.index
        if index is None:
            return Fraction(1)
        if index.yearly is None:
            return max((Fraction(1), *(step.factor for step in index.factors)))
        years = self.deal.schedule.count * MONTHS_IN[self.deal.periods.every] // 12 + 1
        return max(Fraction(1), index.yearly**years)
