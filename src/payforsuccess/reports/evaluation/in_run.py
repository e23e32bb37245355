"""One estimate in a report: the arms, the effect with its interval, its tests, and its note."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import ArmOutcome
from payforsuccess.deal.words.phrases import plural
from payforsuccess.reports.charts import (
    ArmRate,
    FlowArm,
    OutcomeByArm,
    ParticipantFlow,
    Reason,
    outcome_by_arm,
)
from payforsuccess.reports.document import (
    Block,
    Heading,
    ItemList,
    KeyFigure,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.evaluation.baseline import overlap_blocks
from payforsuccess.reports.evaluation.beside import several_blocks, variations_table
from payforsuccess.reports.evaluation.course import course_blocks
from payforsuccess.reports.evaluation.effect import take_up_blocks
from payforsuccess.reports.evaluation.facts import PlanShown
from payforsuccess.reports.evaluation.names import (
    ESTIMANDS,
    FORMS,
    allocation_of,
    amount_text,
    effect_text,
    interval_text,
)
from payforsuccess.reports.evaluation.small import numbers_of
from payforsuccess.reports.evaluation.tables import balance_table, forms_table, tests_table
from payforsuccess.reports.evaluation.telling import Notes, Telling
from payforsuccess.reports.inline import NoteReference
from payforsuccess.reports.note import Note
from payforsuccess.reports.numbers import (
    day_text,
    decimal_text,
    exact_or_near,
    listed,
    percent_text,
)
from payforsuccess.reports.run_facts import EstimateShown
from payforsuccess.trail import Step
from payforsuccess.units import CURRENCY_DIGITS


def estimate_key(at: int) -> str:
    """The key of the note to the estimate at place `at`."""
    return f"estimate-{at}"


def estimate_figure(shown: EstimateShown, at: int) -> KeyFigure:
    """The effect as a large figure, with interval, people by arm and date."""
    effect = shown.estimate.effect
    interval = f"{_confidence(shown)} interval {interval_text(effect)}; " if effect.interval else ""
    return KeyFigure(
        f"{shown.title}: {FORMS[effect.form]}",
        effect_text(effect),
        (f"{interval}{_people(shown)}; as of {day_text(shown.as_of)}", _reference(at)),
    )


def estimate_blocks(shown: EstimateShown, at: int) -> tuple[Block, ...]:
    """The arms drawn, the effect and how it was found, its tests, and how alike the arms were."""
    estimate = shown.estimate
    effect, attrition, payable = estimate.effect, estimate.attrition, shown.payable
    particulars = [
        Particular(FORMS[effect.form].capitalize(), (effect_text(effect), _reference(at)))
    ]
    if effect.interval:
        particulars.append(Particular(f"{_confidence(shown)} interval", (interval_text(effect),)))
    particulars += [
        Particular("People", (f"{_people(shown)}, as of {day_text(shown.as_of)}",)),
        Particular("Design", (f"{estimate.design}: {ESTIMANDS[estimate.estimand]}",)),
        Particular("Computed by", (effect.method,)),
        Particular(
            "Outcome not known",
            (
                f"{percent_text(float(attrition.overall))} of all people; treated less control: "
                f"{decimal_text(100 * float(attrition.difference))} percentage points"
                if attrition.overall
                else "no one's; every outcome is known",
            ),
        ),
        Particular("Payments read", (f"{exact_or_near(payable.value)}: {payable.because}",)),
    ]
    notes = ItemList(tuple((note,) for note in estimate.notes)) if estimate.notes else None
    return (
        Heading(3, shown.title),
        paragraph(shown.says),
        *_arms(shown),
        Particulars(tuple(particulars)),
        *((paragraph("A careful reader should know:"), notes) if notes else ()),
        *forms_table(estimate),
        *tests_table(estimate),
        *balance_table(estimate),
    )


def estimate_note(shown: EstimateShown, at: int, *, run: str) -> Note:
    """The note of an estimate: its steps from the counts, its fingerprint and its evidence."""
    estimate = shown.estimate
    steps = tuple(
        Step(f"{arm.arm}: {exact_or_near(arm.total)} / {arm.known:,}", _mean(shown, arm.mean))
        for arm in estimate.arms
    )
    effect = estimate.effect
    return Note(
        key=estimate_key(at),
        says=f"{shown.title}: {estimate.estimator}",
        run=run,
        fingerprint=estimate.fingerprint,
        evidence=estimate.evidence,
        steps=(Step(effect.method, effect_text(effect), of=steps),),
    )


def flow_of(shown: EstimateShown) -> ParticipantFlow | None:
    """The way of the participants, where the estimate tells it."""
    arms = tuple(
        FlowArm(
            name=flow.arm,
            allocated=flow.assigned,
            followed=flow.analysed,
            analysed=flow.analysed,
            lost=tuple(Reason(reason.status, reason.people) for reason in flow.not_known),
        )
        for flow in shown.estimate.flow
    )
    allocation = allocation_of(shown.estimate.design)
    title = "Participants from assignment to analysis"
    return ParticipantFlow(title, arms, allocation=allocation) if arms else None


def beside_blocks(shown: EstimateShown, at: int, notes: Notes) -> tuple[Block, ...]:
    """What else the estimate tells, in full: take-up, other outcomes, course, pool, variations."""
    plan = PlanShown(shown)
    (numbers,) = numbers_of([plan], threshold=None)
    telling = Telling(plan, at, numbers, notes)
    parts = (
        *take_up_blocks(telling),
        *overlap_blocks(telling),
        *several_blocks(telling),
        *course_blocks(telling),
        *((variations_table(telling),) if shown.estimate.variations else ()),
    )
    # Each estimate is a part of level 3 here, so its own parts stand one below.
    return tuple(
        Heading(4, f"{shown.title}: {part.text.lower()}") if isinstance(part, Heading) else part
        for part in parts
    )


def _arms(shown: EstimateShown) -> tuple[Block, ...]:
    """The arms as a figure, or in words where one has no interval."""
    rates = [_rate(shown, arm) for arm in shown.estimate.arms]
    drawable = tuple(rate for rate in rates if rate is not None)
    if len(drawable) < len(rates):
        items = tuple(
            (f"{arm.arm}: {exact_or_near(arm.total)} / {arm.known:,} = {_mean(shown, arm.mean)}",)
            for arm in shown.estimate.arms
        )
        return (ItemList(items),)
    confidence = _confidence(shown)
    return (
        outcome_by_arm(
            OutcomeByArm(
                title=f"{shown.title} by arm, with {confidence} intervals",
                outcome=f"{shown.title}, {'mean in' if shown.unit else 'share of'} each arm",
                arms=drawable,
                interval=f"{confidence} interval ({'Student t' if shown.unit else 'Wilson'})",
                unit=shown.unit,
                as_of=day_text(shown.as_of),
            )
        ),
    )


def _rate(shown: EstimateShown, arm: ArmOutcome) -> ArmRate | None:
    if arm.interval is None:
        return None
    low, high = arm.interval
    number = None if shown.unit else int(arm.total)
    return ArmRate(arm.arm, float(arm.mean), float(low), float(high), of=arm.known, number=number)


def _reference(at: int) -> NoteReference:
    return NoteReference(estimate_key(at))


def _confidence(shown: EstimateShown) -> str:
    return percent_text(float(shown.estimate.confidence), 1).replace(".0%", "%")


def _mean(shown: EstimateShown, mean: Fraction) -> str:
    if shown.unit in CURRENCY_DIGITS:
        return amount_text(mean, shown.unit)
    value = float(mean)
    return f"{decimal_text(value)} {plural(shown.unit)}" if shown.unit else percent_text(value)


def _people(shown: EstimateShown) -> str:
    parts = [f"{arm.known:,} of {arm.assigned:,} in {arm.arm}" for arm in shown.estimate.arms]
    return f"outcome known for {listed(parts)}"
