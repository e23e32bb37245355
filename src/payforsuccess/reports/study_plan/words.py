"""What a planned study says in words, on the page and on the terminal alike."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.terms import EffectPrice
from payforsuccess.deal.words.phrases import counted
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.study.plan import CanShow, StudyPlan
from payforsuccess.reports.forecast_tables import Lines
from payforsuccess.reports.numbers import decimal_text, listed, number_text, percent_text
from payforsuccess.units import CURRENCY_DIGITS, from_minor

FORMS = {
    "difference": "a difference",
    "percent-reduction": "a reduction in percent",
    "rate-ratio": "a ratio of rates",
    "hazard-ratio": "a ratio of hazards",
}
PAYS_ON = {
    "point-estimate": "the point estimate, whatever the test says",
    "lower-bound": "the end of the interval nearer to no effect",
    "significance": "the point estimate where the test rejects no effect, else no effect",
}
FEW = 0.0005
HALF = 0.5


def effect_text(plan: StudyPlan, truth: float | None) -> str:
    """An effect with its unit."""
    if truth is None:
        return "none"
    value = Fraction(f"{truth:.2f}")
    if plan.study.form in ("rate-ratio", "hazard-ratio"):
        return number_text(value)
    return _in_unit(plan, value)


def error_text(plan: StudyPlan, error: float) -> str:
    """A standard error in the unit of the effect; of money with its cents."""
    if plan.unit in CURRENCY_DIGITS:
        return f"{error:,.{CURRENCY_DIGITS[plan.unit]}f}"
    return decimal_text(error, 2)


def pays_on_text(plan: StudyPlan) -> str:
    """What the plan hands over to payments, and what terms ask of it before they pay."""
    said = PAYS_ON[plan.plan.decision.pays_on]
    terms = list(_asking_terms(plan))
    if terms and plan.plan.decision.pays_on == "point-estimate":
        said = "the point estimate"
    return "; ".join([said, *terms])


def _asking_terms(plan: StudyPlan) -> Iterator[str]:
    """Each payment term that pays only an effect large enough, or one that the test shows."""
    if plan.paying is None:
        return
    setting = plan.paying.setting
    for term in setting.deal.payments:
        if term.name not in setting.terms_read or not isinstance(term, EffectPrice):
            continue
        asked = []
        if term.minimum_effect is not None:
            asked.append(f"from {_in_unit(plan, term.minimum_effect)} on")
        if term.significant_at is not None:
            asked.append(
                f"where the test's p-value is below {percent_text(float(term.significant_at))}"
            )
        if asked:
            yield f"{term.name} pays only {' and '.join(asked)}"


def _in_unit(plan: StudyPlan, value: Fraction) -> str:
    return counted(value, plan.unit).replace("-", "\N{MINUS SIGN}")


def money(found: Figure, currency: str) -> str:
    """An amount of a simulation in whole units."""
    return decimal_text(float(from_minor(round(found.value), currency)), 0)


def chance(found: Figure) -> str:
    """A chance with one decimal, and never 0% for what happened at all."""
    if 0 < found.value < FEW:
        return "under 0.1%"
    return percent_text(found.value)


def chance_with_error(found: Figure) -> str:
    """A chance and the error of drawing it."""
    return f"{chance(found)} ± {found.error:.1%}"


def money_with_error(found: Figure, currency: str) -> str:
    """An amount and the error of drawing it."""
    error = decimal_text(float(from_minor(round(found.error), currency)), 0)
    return f"{money(found, currency)} ± {error}"


def assumed_lines(plan: StudyPlan, case: Case) -> Lines:
    """What is assumed of the study, each with its value."""
    assumed, study = plan.assumed, plan.study
    people = f"{study.treated:,} served"
    if study.control is not None:
        people = f"{study.treated:,} treated, {study.control:,} compared with"
    found = counted(Fraction(assumed.control_mean.in_case(case)), plan.measured_in)
    if study.sd is None:
        found = percent_text(study.control_mean)
    rows: Lines = [
        ("design", design_text(plan)),
        ("effect", f"{FORMS[study.form]}, {_estimand(plan)}"),
        ("pays on", pays_on_text(plan)),
        ("test", f"two-sided at {percent_text(plan.level)}, planned power {plan.power:.0%}"),
        ("people", people),
        ("without it", f"{found}{_of(plan)}"),
    ]
    for says, told in (
        ("spread", assumed.sd and counted(Fraction(assumed.sd.in_case(case)), plan.measured_in)),
        ("take-up", assumed.take_up and percent_text(study.take_up)),
        ("crossover", assumed.crossover and percent_text(study.crossover)),
        ("not known", assumed.attrition and percent_text(study.attrition)),
        ("explained", assumed.explained and f"{study.explained:.0%} of the variance"),
        (
            "changes",
            assumed.before_after and f"correlation of before and after {study.before_after:g}",
        ),
        ("bias", assumed.bias and effect_text(plan, float(assumed.bias.in_case(case)))),
        (
            "clusters",
            assumed.cluster_size
            and f"{decimal_text(study.cluster_size or 0, 1)} people each, correlation within "
            f"{study.within_cluster:g}, design effect {study.design_effect:.2f}",
        ),
    ):
        if told:
            rows.append((says, told))
    return rows


def design_text(plan: StudyPlan) -> str:
    """The design, with how chance decided."""
    assignment = getattr(plan.plan, "assignment", None)
    return plan.plan.design if assignment is None else f"{plan.plan.design}, {assignment}"


def likely_mistakes(plan: StudyPlan) -> Iterator[str]:
    """How likely the deal pays a programme without effect, and does not pay an effective one."""
    paying = plan.paying
    if paying is None:
        yield f"No payment rests on `{plan.outcome}`, so nothing of it can be paid by mistake."
        return
    terms = listed([f"`{name}`" for name in paying.setting.terms_read])
    yield (
        f"A programme without any effect is paid something by {terms} in "
        f"{chance(paying.none.is_paid)} of studies."
    )
    target = paying.target
    if target.earned > 0:
        none = Figure(1 - target.is_paid.value, target.is_paid.error)
        yield (
            f"A programme that reaches the target, {effect_text(plan, plan.target)}, is paid "
            f"nothing in {chance(none)} of studies, and less than it earned in "
            f"{chance(target.under_chance)}."
        )
    else:
        yield (
            f"A programme that reaches the target, {effect_text(plan, plan.target)}, earns "
            "nothing even where its effect is known without error."
        )


def other_findings(plan: StudyPlan) -> Iterator[str]:
    """What a careful reader should know of the study, beside the mistakes in payment."""
    show = plan.as_planned
    if show.power_at_target < plan.power:
        needed = needed_text(plan)
        yield (
            f"The test of `{plan.name}` shows the target in {show.power_at_target:.0%} of studies, "
            f"below the planned {plan.power:.0%}; for that {needed}"
        )
    floor = plan.plan.sample_floor
    arms = [plan.study.treated, *([plan.study.control] if plan.study.control else [])]
    least = min(plan.study.known(arm) for arm in arms)
    if floor is not None and least < floor:
        yield (
            f"With {decimal_text(least, 0)} known outcomes expected in an arm, `{plan.name}` "
            f"stays below its own floor of {floor:,}."
        )
    if plan.paying is not None:
        fell = [one.size for one in plan.paying.by_size if one.at_target.fell_back.value > HALF]
        if fell:
            sizes = listed([people_text(size) for size in fell])
            yield f"With {sizes} people a fall-back rule of `{plan.name}` is set off."
    if plan.break_even is None and plan.paying is not None:
        yield "No effect up to twice the target was found from which on the deal breaks even."
    yield from plan.notes


def needed_text(plan: StudyPlan) -> str:
    """How many people the planned power at the target takes."""
    if plan.times_needed is None:
        return "no number of people is enough."
    sized = plan.study.resized(plan.times_needed)
    people = f"{sized.treated:,}"
    if sized.control is not None:
        people += f" and {sized.control:,}"
    return f"{people} people are needed."


def people_text(size: CanShow) -> str:
    """The people of a study's arms."""
    return f"{size.treated:,}" if size.control is None else f"{size.treated:,} + {size.control:,}"


def _estimand(plan: StudyPlan) -> str:
    return {
        "itt": "everyone as assigned",
        "tot": "on those who take part",
        "att": "on those served",
        "ate": "on everyone compared",
    }[plan.plan.estimand]


def _of(plan: StudyPlan) -> str:
    return {
        "share": " of people",
        "mean": " on average",
        "time-to-event": " have the event by the end",
    }[plan.study.outcome]
