"""Whether an outcome's unit can be that of the effect which payments read for it.

An outcome in percent that rests on a difference in days would be paid as if a day were a percent.
"""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EffectForm, EvaluationPlan, VerifiedCount
from payforsuccess.deal.words.units import unit_of_plan
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import CURRENCY_DIGITS

_FORM_OF: dict[str, EffectForm] = {"pre-post": "change", "verified-count": "count"}
"""Designs that claim no effect need not state a form: there is one."""
_OF_SHARES = ("difference-in-proportions", "kaplan-meier", "cumulative-incidence")
_KINDS = {
    "percent": ("percent", "%"),
    "percentage point": ("percentage point", "percent point", "%-point", "pp"),
    "ratio": ("ratio",),
    "share": ("share", "rate", "proportion", "fraction", "probability"),
    "hour": ("hour",),
    "day": ("day",),
    "week": ("week",),
    "month": ("month",),
    "quarter": ("quarter",),
    "year": ("year",),
    "person": ("person", "people"),
}
_OF_PEOPLE = ("percent", "percentage point", "ratio", "share")
"""Kinds that are no amounts of anything: only an effect of that kind fits them."""


def check_effect_units(deal: Deal) -> Iterator[Problem]:
    """An outcome's unit and its plan's effect, and so that of each plan which could stand in.

    Only what cannot be is refused: a unit of the contract's own, such as booking or course, may
    be what an amount of anything is counted in. A count is a total of all people, and an effect is
    of one: neither stands in for the other, though both be in days.
    """
    for name, outcome in deal.outcomes.items():
        own = deal.evaluation.get(outcome.estimate or "")
        for plan in plans_read(deal, outcome.estimate):
            if own is not None and _is_count(own) != _is_count(deal.evaluation[plan]):
                yield _of_other_form(deal, name, plan)
                continue
            effect = effect_unit(deal.evaluation[plan], deal.currency)
            if can_be(outcome.unit, effect):
                continue
            says = "" if plan == outcome.estimate else f", which `{outcome.estimate}` can fall to,"
            yield Problem(
                sentence(
                    "`{name}` is counted in {unit}, and the plan `{plan}`{says} gives its effect "
                    "in {effect}: one would be paid as if it were the other.",
                    name=name,
                    unit=outcome.unit,
                    plan=plan,
                    says=says,
                    effect=effect,
                ),
                sentence(
                    "Write `unit: {effect}` and price that, or state in the plan an effect in "
                    "{unit} (`estimator` and `as`).",
                    effect=effect,
                    unit=outcome.unit,
                ),
                deal.place_of("outcomes", name, "unit"),
            )


def _is_count(plan: EvaluationPlan) -> bool:
    return isinstance(plan, VerifiedCount)


def _of_other_form(deal: Deal, name: str, plan: str) -> Problem:
    """The problem of a total that could be paid as an effect, or the other way round."""
    own = deal.outcomes[name].estimate
    return Problem(
        sentence(
            "`{name}` rests on the plan `{own}`, which falls back to `{plan}` or pools it: one of "
            "the two is a count of everyone together, the other an effect on each, and one would "
            "be paid as if it were the other.",
            name=name,
            own=str(own),
            plan=plan,
        ),
        sentence(
            "Fall back to a plan that gives the same, or pay nothing (`then: pay-nothing`) and "
            "price the count as an outcome of its own."
        ),
        deal.place_of("evaluation", own or plan, "fallback"),
    )


def effect_unit(plan: EvaluationPlan, currency: str) -> str:
    """The unit of the effect that payments read: percent, percentage point, ratio, or an amount."""
    form = plan.as_ or _FORM_OF.get(plan.design, "difference")
    measured = unit_of_plan(plan, currency)
    match form:
        case "percent-reduction":
            return "percent"
        case "rate-ratio" | "hazard-ratio":
            return "ratio"
        case "count":
            return measured
        case _ if plan.estimator == "restricted-mean":
            return "day"
        case _ if plan.estimator in _OF_SHARES or measured == "person":
            return "percentage point"
        case _:
            return measured


def can_be(unit: str, effect: str) -> bool:
    """Whether an outcome's unit, in the deal's own words, can be that of an effect."""
    stated, found = _kind(unit), _kind(effect)
    if found == "percentage point" and unit.lower().strip() in ("point", "points"):
        return True
    if found in _OF_PEOPLE or stated in _OF_PEOPLE:
        return stated == found
    if found in ("unit", "event", "point") and stated == "person":
        return found != "point"
    # A word of the contract's own, such as arrest or course, may count anything.
    return stated == found or stated not in (*_KINDS, *CURRENCY_DIGITS) or found == "unit"


def _kind(unit: str) -> str:
    """The kind of a unit; its last word where it is of none, before what each is counted by."""
    if unit.upper() in CURRENCY_DIGITS:
        return unit.upper()
    words = " ".join(unit.lower().split()).replace("per cent", "percent").split(" per ")[0]
    one = words.removesuffix("s")
    for kind in ("percentage point", "percent"):
        if one in _KINDS[kind] or one.startswith(f"{kind} "):
            return kind
    last = one.split(" ")[-1]
    return next((kind for kind, names in _KINDS.items() if last in names), last)


def plans_read(deal: Deal, name: str | None) -> Iterator[str]:
    """The plan an outcome rests on, then each whose value its fall-backs and weights can read."""
    seen: dict[str, None] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop(0)
        if one is None or one in seen or one not in deal.evaluation:
            continue
        seen[one] = None
        plan = deal.evaluation[one]
        waiting += [rule.plan for rule in plan.fallback] + [part.plan for part in plan.pooling]
    yield from seen
