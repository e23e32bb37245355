"""Modifiers that fit the kind of payment term they stand on, and each other."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.checks.outcomes import is_part_of_a_whole
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import (
    Coupon,
    Milestones,
    PaymentTerm,
    SavingsShare,
    Schedule,
    UnitPrice,
    Withhold,
)
from payforsuccess.errors import Place, Problem, sentence
from payforsuccess.units import grouped

_COUNTS_PEOPLE = (UnitPrice, Milestones)
_HAS_NO_PRICE = (SavingsShare, Coupon)


def check_modifiers(deal: Deal) -> Iterator[Problem]:
    """Limits for one person, subgroups, share caps, index, cohorts, sequences, floors."""
    if not deal.payments:
        yield Problem(
            sentence("The deal has no payment term."),
            sentence("Add at least one under `payments`."),
            deal.place_of("payments"),
        )
    yield from _over_lines(deal)
    for number, term in enumerate(deal.payments):
        rules = _Rules(deal, term, number)
        yield from rules.people()
        yield from rules.groups()
        yield from rules.prices()
        yield from rules.cohorts()
        yield from rules.order()
        yield from rules.floors()


def _over_lines(deal: Deal) -> Iterator[Problem]:
    """Limits over all lines that look at something the deal does not have."""
    if deal.ceilings.each_cohort is not None and not deal.people.cohorts:
        yield Problem(
            sentence("There is a ceiling for each cohort, and the deal tells no cohorts apart."),
            sentence("List them under `people: cohorts`, or take the ceiling away."),
            deal.place_of("ceilings", "each_cohort"),
        )
    if deal.ceilings.return_on_capital is not None and not deal.capital:
        yield Problem(
            sentence(
                "Payments stop at a return on capital, and the deal has no capital: nothing could "
                "ever be paid."
            ),
            sentence("List the capital with what was drawn, or take the ceiling away."),
            deal.place_of("ceilings", "return_on_capital"),
        )


class _Rules:
    """The rules for one payment term."""

    def __init__(self, deal: Deal, term: PaymentTerm, number: int) -> None:
        self.deal, self.term, self.number = deal, term, number

    def at(self, *path: str | int) -> Place:
        """The place of a key of this term."""
        return self.deal.place_of("payments", self.number, *path)

    def people(self) -> Iterator[Problem]:
        """What is limited or rounded by person needs a kind that counts people, by the period."""
        term, over_lines = self.term, self.deal.ceilings.each_person is not None
        wants = [
            key
            for key, given in (
                ("ceiling_each_person", term.ceiling_each_person is not None),
                ("round_each", term.round_each == "person"),
                ("limit_each_person", isinstance(term, UnitPrice) and bool(term.limit_each_person)),
            )
            if given
        ]
        if wants and not isinstance(term, _COUNTS_PEOPLE):
            yield Problem(
                sentence(
                    "A {kind} line is not earned person by person, so nothing can be limited or "
                    "rounded for one person.",
                    kind=term.kind,
                ),
                sentence(
                    "Take `{wants}` away; only unit-price and milestones count people.",
                    wants=wants[0],
                ),
                self.at(wants[0]),
            )
            return
        if wants and term.reads == "points":
            yield Problem(
                sentence("A line paid at measurement points has no results by person."),
                sentence("Take `{wants}` away, or read the line by period.", wants=wants[0]),
                self.at(wants[0]),
            )
            return
        counts = isinstance(term, _COUNTS_PEOPLE) and term.reads != "points"
        if term.round_each == "person" or not counts:
            return
        if term.ceiling_each_person is not None:
            yield Problem(
                sentence("A ceiling for each person needs amounts that are whole for each person."),
                sentence("Set `round_each: person`."),
                self.at("ceiling_each_person"),
            )
        elif over_lines:
            yield Problem(
                sentence(
                    "The deal has a ceiling for each person, and this line is not rounded for "
                    "each person."
                ),
                sentence("Set `round_each: person`."),
                self.at("round_each"),
            )

    def groups(self) -> Iterator[Problem]:
        """Multipliers and share caps: only on unit prices, once a group, not with limits."""
        term = self.term
        for key, items in (("subgroups", term.subgroups), ("share_caps", term.share_caps)):
            if items and not isinstance(term, UnitPrice):
                yield Problem(
                    sentence(
                        "A {kind} line has no price that differs by subgroup.", kind=term.kind
                    ),
                    sentence("Take `{key}` away; only unit-price lines have it.", key=key),
                    self.at(key),
                )
            names = [item.group for item in items]
            if len(set(names)) != len(names):
                yield Problem(
                    sentence("One subgroup is named twice."),
                    sentence("Name each subgroup once."),
                    self.at(key),
                )
        if not term.share_caps or not isinstance(term, UnitPrice):
            return
        if len(term.share_caps) > 1:
            yield Problem(
                sentence(
                    "Two share caps on one line each change what the other is a share of; which "
                    "comes first is not defined."
                ),
                sentence("Keep one, or give each group its own payment term."),
                self.at("share_caps"),
            )
        by_person = (
            term.limit_each_person is not None
            or term.ceiling_each_person is not None
            or term.round_each == "person"
            or self.deal.ceilings.each_person is not None
        )
        if by_person:
            yield Problem(
                sentence(
                    "A share cap looks at all people together, a limit for each person at one; "
                    "which comes first is not defined."
                ),
                sentence("Keep one of the two."),
                self.at("share_caps"),
            )
        if term.subgroups:
            yield Problem(
                sentence(
                    "A share cap leaves open whose units are cut, so the multiplier for a "
                    "subgroup has no count to rest on."
                ),
                sentence("Keep `subgroups` or `share_caps`."),
                self.at("share_caps"),
            )

    def prices(self) -> Iterator[Problem]:
        """Index, deductions, coupons and fees, and what a schedule is multiplied by."""
        term = self.term
        if term.index is not None and isinstance(term, _HAS_NO_PRICE):
            yield Problem(
                sentence("A {kind} line has no price that an index could raise.", kind=term.kind),
                sentence("Take `index` away."),
                self.at("index"),
            )
        if isinstance(term, UnitPrice) and term.deduct is not None:
            one, other = (self.deal.outcomes.get(name) for name in (term.pays_for, term.deduct))
            if one is not None and other is not None and one.unit != other.unit:
                yield Problem(
                    sentence(
                        "`{deduct}` is counted in {unit} and cannot be taken off `{pays_for}`, "
                        "which is counted in {unit_2}.",
                        deduct=term.deduct,
                        unit=other.unit,
                        pays_for=term.pays_for,
                        unit_2=one.unit,
                    ),
                    sentence("Name an outcome in the same unit."),
                    self.at("deduct"),
                )
        if isinstance(term, Coupon | Withhold) and term.reads == "to-date":
            yield Problem(
                sentence(
                    "A {kind} line is for one period or one point; it cannot be read to date.",
                    kind=term.kind,
                ),
                sentence("Set `reads: period`, or list measurement points."),
                self.at("reads"),
            )
        if isinstance(term, Schedule) and term.times is not None:
            times = self.deal.outcomes.get(term.times)
            if times is not None and is_part_of_a_whole(times):
                yield Problem(
                    sentence(
                        "The amount would be multiplied by `{times}`, which is in {unit}.",
                        times=term.times,
                        unit=times.unit,
                    ),
                    sentence("Name an outcome that counts, such as people served."),
                    self.at("times"),
                )

    def cohorts(self) -> Iterator[Problem]:
        """Ceilings for each cohort need cohorts, and money paid in the period that earned it."""
        term, over_lines = self.term, self.deal.ceilings.each_cohort is not None
        own = term.ceiling_each_cohort is not None
        if not own and not over_lines:
            return
        key = "ceiling_each_cohort" if own else "name"
        if own and not self.deal.people.cohorts:
            yield Problem(
                sentence(
                    "There is a ceiling for each cohort, and the deal tells no cohorts apart."
                ),
                sentence("List them under `people: cohorts`, or take the ceiling away."),
                self.at(key),
            )
        waits = [
            name
            for name, given in (
                ("carry_until", term.carry_until is not None),
                ("conditions", any(c.otherwise == "held" for c in term.conditions)),
            )
            if given
        ]
        if waits:
            yield Problem(
                sentence(
                    "Money that waits for a later period no longer shows which cohort earned it, "
                    "so a ceiling for each cohort cannot be kept."
                ),
                sentence(
                    "Let what is cut or not yet due be lost, or drop the ceiling for each cohort."
                ),
                self.at(waits[0]),
            )

    def order(self) -> Iterator[Problem]:
        """A condition on another line looks at one that is computed before it."""
        names = [term.name for term in self.deal.payments]
        for at, condition in enumerate(self.term.conditions):
            if condition.after is None or condition.after not in names:
                continue
            if names.index(condition.after) >= self.number:
                yield Problem(
                    sentence(
                        "`{name}` comes after `{after}`, which is not listed before it.",
                        name=self.term.name,
                        after=condition.after,
                    ),
                    sentence("List the payment terms in the order in which they can be earned."),
                    self.at("conditions", at, "after"),
                )

    def floors(self) -> Iterator[Problem]:
        """A floor above a ceiling that the deal sets over all lines."""
        floor = self.term.floor_each_period
        if floor is None:
            return
        for ceiling, said in (
            (self.deal.ceilings.each_period, "the deal's ceiling for one period"),
            (self.deal.ceiling, "the deal's ceiling"),
            (self.term.ceiling_each_cohort, "the ceiling for each cohort"),
        ):
            if ceiling is not None and floor > ceiling:
                yield Problem(
                    sentence(
                        "The floor, {floor}, is above {said}, {ceiling}.",
                        floor=grouped(floor),
                        said=said,
                        ceiling=grouped(ceiling),
                    ),
                    sentence("Lower the floor or raise the ceiling."),
                    self.at("floor_each_period"),
                )
