"""A planned study as plain values, for a program."""

from __future__ import annotations

from payforsuccess.finance.study.odds import PaidAtTruth
from payforsuccess.finance.study.plan import CanShow, Paying, StudyPlan
from payforsuccess.runs.finance.words import money_plain, number_plain


def study_plain(plan: StudyPlan) -> dict[str, object]:
    """Amounts as whole minor units; effects, shares and chances as decimal texts."""
    even = plan.break_even
    return {
        "plan": plan.name,
        "design": plan.plan.design,
        "outcome": plan.outcome,
        "unit": plan.unit,
        "form": plan.study.form,
        "level": _decimal(plan.level),
        "power": _decimal(plan.power),
        "no_effect": _decimal(plan.none),
        "target": _decimal(plan.target),
        "break_even": None if even is None else _decimal(even.truth),
        "break_even_by": None if even is None else even.says,
        "times_needed": None if plan.times_needed is None else _decimal(plan.times_needed),
        "sizes": [_size(size) for size in plan.sizes],
        "paying": None if plan.paying is None else _paying(plan.paying),
    }


def _paying(paying: Paying) -> dict[str, object]:
    return {
        "terms": list(paying.setting.terms_read),
        "at_no_effect": _at(paying.none),
        "at_break_even": None if paying.break_even is None else _at(paying.break_even),
        "at_target": _at(paying.target),
        "along_true_effects": [_at(at) for at in paying.curve],
        "by_size": [
            {
                "times": _decimal(one.size.times),
                "at_no_effect": _at(one.at_none),
                "at_target": _at(one.at_target),
            }
            for one in paying.by_size
        ],
    }


def _at(at: PaidAtTruth) -> dict[str, object]:
    return {
        "true_effect": _decimal(at.truth),
        "earned": at.earned,
        "paid": money_plain(at.mean),
        "too_much": money_plain(at.over),
        "too_little": money_plain(at.under),
        "anything_paid": number_plain(at.is_paid),
        "more_than_earned": number_plain(at.over_chance),
        "less_than_earned": number_plain(at.under_chance),
        "test_rejects": number_plain(at.rejects),
        "fell_back": number_plain(at.fell_back),
        "tiers": [
            {"term": tier.term, "says": tier.says, "chance": number_plain(tier.chance)}
            for tier in at.tiers
        ],
    }


def _size(size: CanShow) -> dict[str, object]:
    return {
        "times": _decimal(size.times),
        "treated": size.treated,
        "control": size.control,
        "standard_error": _decimal(size.standard_error),
        "power_at_target": _decimal(size.power_at_target),
        "smallest": None if size.smallest is None else _decimal(size.smallest),
    }


def _decimal(number: float) -> str:
    return f"{number:.9f}"
