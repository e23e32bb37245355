"""A payment term as trees: what its kind earns, and the limits that all kinds share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from payforsuccess.deal import terms
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import (
    Coupon,
    EffectPrice,
    Milestones,
    PaymentTerm,
    Pot,
    SavingsShare,
    Schedule,
    ShareThreshold,
    UnitPrice,
    Withhold,
)
from payforsuccess.payments.compile.context import Context, less, to_date_key
from payforsuccess.payments.compile.coupon import compile_coupon
from payforsuccess.payments.compile.effect_price import compile_effect_price
from payforsuccess.payments.compile.milestones import compile_milestones
from payforsuccess.payments.compile.pot import compile_pot
from payforsuccess.payments.compile.savings_share import compile_savings_share
from payforsuccess.payments.compile.schedule import compile_schedule
from payforsuccess.payments.compile.share_threshold import compile_share_threshold
from payforsuccess.payments.compile.unit_price import compile_unit_price
from payforsuccess.payments.compile.withhold import compile_withhold
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.nodes import (
    CarryForward,
    Ceiling,
    Condition,
    Earned,
    Fixed,
    Floor,
    Node,
    Outcome,
    Price,
    Round,
    Test,
    ToDate,
)
from payforsuccess.units import Period

_COMPILERS: dict[type, Callable[[Any, Context], Node]] = {
    UnitPrice: compile_unit_price,
    Milestones: compile_milestones,
    Schedule: compile_schedule,
    EffectPrice: compile_effect_price,
    SavingsShare: compile_savings_share,
    ShareThreshold: compile_share_threshold,
    Pot: compile_pot,
    Coupon: compile_coupon,
    Withhold: compile_withhold,
}

LINE = "line"
"""The input of a line's limits: what all its parts earned, in whole minor units."""
PEOPLE = "people"
"""The input of a part that is computed by person: the sum over people."""
EACH_PERSON_KEY = "deal.each-person"


@dataclass(frozen=True)
class CompiledTerm:
    """A term in one period as trees.

    `person` (when results by person are used) gives one person's amount; its sum is the input
    `PEOPLE` of `part`. `part` gives whole minor units for one cohort or measurement point; the sum
    of parts is the input `LINE` of `line`, which applies conditions, ceilings and floors.
    """

    name: str
    part: Node
    line: Node
    person: Node | None = None

    def whole(self) -> Node:
        """The line with its one part in place: the tree that analysis and words look at."""
        return put_in(self.line, LINE, self.part)


def compile_term(
    term: PaymentTerm,
    *,
    deal: Deal,
    period: Period,
    by_person: bool = False,
    cohort: str = "",
    unavailable: frozenset[str] = frozenset(),
    with_floor: bool = True,
) -> CompiledTerm:
    """The trees of a term in a period.

    `cohort` keeps what was earned to date apart for each cohort. `unavailable` names outcomes
    without a result so far; a condition on one is not met. Without `with_floor` the period's floor
    is left out, as the line is not due.
    """
    context = Context(deal, term, period, by_person, cohort)
    earned = _COMPILERS[type(term)](term, context)
    person: Node | None = None
    if by_person:
        person = _limits_each_person(earned, term, context)
        earned = Outcome(PEOPLE, unit_of(person), money=True)
    if term.net_of is not None:
        netted = _plain(term.net_of, deal)
        spending = Price(netted, context.minor(Fraction(1)), "in money", money=True)
        earned = Floor(less(earned, spending), Fraction(0), "never below 0 after netting")
    part: Node = Round(earned, term.rounding)
    stepped_by_person = by_person and (isinstance(term, Milestones) or term.round_each == "person")
    if term.reads == "to-date" and not stepped_by_person:
        part = ToDate(part, to_date_key(term.name, cohort), term.claws_back)
    return CompiledTerm(
        term.name, part, _line(term, context, unavailable, with_floor=with_floor), person
    )


def _limits_each_person(earned: Node, term: PaymentTerm, context: Context) -> Node:
    """Rounding and ceilings for one person, where the term or the deal has them."""
    if term.round_each == "person":
        earned = Round(earned, term.rounding)
    to_date = term.reads == "to-date" and not isinstance(term, Milestones)
    if term.ceiling_each_person is not None:
        earned = Ceiling(
            earned,
            context.minor(term.ceiling_each_person),
            "the ceiling for each person",
            key="" if to_date else f"{term.name}.each-person",
        )
    if to_date and term.round_each == "person":
        earned = ToDate(earned, to_date_key(term.name, context.cohort), term.claws_back)
    over_lines = context.deal.ceilings.each_person
    if over_lines is not None:
        earned = Ceiling(
            earned,
            context.minor(over_lines),
            "the deal's ceiling for each person",
            key=EACH_PERSON_KEY,
        )
    return earned


def _line(
    term: PaymentTerm, context: Context, unavailable: frozenset[str], *, with_floor: bool
) -> Node:
    """Conditions, the period's ceiling with what was carried, the floor, the line's ceiling.

    The floor comes after the period's ceiling, but the line's ceiling holds even against it.
    """
    line: Node = Outcome(LINE, money=True)
    for key, condition in condition_keys(term):
        line = Condition(
            line,
            (_test(condition, context.deal, unavailable),),
            key=key,
            held=condition.otherwise == "held",
            once_met=condition.held == "once-met",
        )
    if term.ceiling_each_period is not None:
        at = context.minor(term.ceiling_each_period)
        if term.carry_until is None or context.period.start > term.carry_until:
            line = Ceiling(line, at, "the ceiling of the period")
        else:
            goes_on = context.period.end <= term.carry_until
            line = CarryForward(line, at, f"{term.name}.carried", True, goes_on)
    floor = term.floor_each_period
    if floor is not None and with_floor:
        line = Floor(line, context.minor(floor), "the floor of the period")
    if term.ceiling is not None:
        line = Ceiling(
            line, context.minor(term.ceiling), "the ceiling of the line", f"{term.name}.ceiling"
        )
    return line


def condition_keys(term: PaymentTerm) -> list[tuple[str, terms.Condition]]:
    """Each condition with the key of its state: what it looks at, not its place in the list.

    So an amendment may add, drop or reorder conditions, and each keeps what it held.
    """
    found: list[tuple[str, terms.Condition]] = []
    seen: dict[str, int] = {}
    for condition in term.conditions:
        if condition.after is not None:
            subject = f"after:{condition.after}"
        elif condition.fact is not None:
            subject = f"fact:{condition.fact}"
        else:
            subject = f"outcome:{condition.outcome}"
        seen[subject] = seen.get(subject, 0) + 1
        number = "" if seen[subject] == 1 else f"#{seen[subject]}"
        found.append((f"{term.name}.condition.{subject}{number}", condition))
    return found


def _test(condition: terms.Condition, deal: Deal, unavailable: frozenset[str]) -> Test | Earned:
    if condition.after is not None:
        return Earned(condition.after, f"{condition.after} has earned something")
    if condition.fact is not None:
        return Test(Outcome(f"fact:{condition.fact}"), ">=", Fraction(1), condition.fact)
    name = condition.outcome or ""
    if name in unavailable:
        return Test(Fixed(Fraction(0)), ">", Fraction(0), f"no result for {name} so far")
    of = _plain(name, deal)
    if condition.at_least is not None:
        return Test(of, ">=", condition.at_least, name)
    if condition.more_than is not None:
        return Test(of, ">", condition.more_than, name)
    if condition.at_most is not None:
        return Test(of, "<=", condition.at_most, name)
    return Test(of, "<", condition.less_than or Fraction(0), name)


def _plain(name: str, deal: Deal) -> Outcome:
    outcome = deal.outcomes[name]
    return Outcome(name, outcome.tick, outcome.unit)


def put_in(node: Node, name: str, by: Node) -> Node:
    """The tree with every input called `name` replaced by another tree."""
    if isinstance(node, Outcome):
        return by if node.name == name else node
    changes: dict[str, Any] = {}
    for key, value in vars(node).items():
        if isinstance(value, Node):
            changes[key] = put_in(value, name, by)
        elif isinstance(value, tuple):
            changes[key] = tuple(
                put_in(item, name, by)
                if isinstance(item, Node)
                else replace(item, of=put_in(item.of, name, by))
                if isinstance(item, Test)
                else item
                for item in value
            )
    return replace(node, **changes) if changes else node
