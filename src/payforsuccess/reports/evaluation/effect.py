"""The effect: the arms drawn, the impact table, who took part, and the tests of no effect."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import ArmOutcome, Effect, TestOfNoEffect
from payforsuccess.deal.words.phrases import plural
from payforsuccess.reports.charts import ArmRate, OutcomeByArm, outcome_by_arm
from payforsuccess.reports.document import Block, Heading, ItemList, Particular, Particulars
from payforsuccess.reports.evaluation.names import (
    ESTIMANDS,
    FORMS,
    TESTS,
    amount_text,
    error_text,
    p_values_text,
)
from payforsuccess.reports.evaluation.small import HIDDEN
from payforsuccess.reports.evaluation.telling import Telling, marked
from payforsuccess.reports.inline import NoteReference
from payforsuccess.reports.numbers import (
    day_text,
    decimal_text,
    exact_or_near,
    name_text,
    percent_text,
)
from payforsuccess.reports.table import Column, Row, Table, cell
from payforsuccess.trail import Step
from payforsuccess.units import CURRENCY_DIGITS


def effect_blocks(telling: Telling) -> tuple[Block, ...]:
    """The scientific headline: the arms, and the effect in the plan's form and in others."""
    estimate = telling.estimate
    return (
        Heading(3, "The effect"),
        *_arms(telling),
        impact_table(telling),
        Particulars(
            (
                Particular("Estimate of", (ESTIMANDS[estimate.estimand],)),
                Particular("Computed by", (estimate.effect.method,)),
            )
        ),
    )


def effect_mark(telling: Telling) -> NoteReference:
    """The mark of the effect, whose note goes from the counts to the effect."""
    estimate, effect = telling.estimate, telling.estimate.effect
    arms = tuple(Step(_from(telling, arm), mean_text(telling, arm)) for arm in estimate.arms)
    return telling.mark(
        "effect",
        estimate.estimator,
        Step(
            effect.method,
            telling.effect(effect),
            of=arms if telling.numbers.says_outcomes else (),
        ),
    )


def _from(telling: Telling, arm: ArmOutcome) -> str:
    """What an arm's mean is made from: a sum over people, or the people compared by weight."""
    if arm.weighted_mean is None:
        return f"{arm.arm}: {exact_or_near(arm.total)} / {arm.known:,}"
    return f"{arm.arm}: the mean by weight of {_compared(telling, arm)} people compared"


def _compared(telling: Telling, arm: ArmOutcome) -> str:
    """How many of the arm are compared; hidden where they, or those left over, are few."""
    few = telling.numbers.hides(arm.rests_on) or telling.numbers.hides(arm.known - arm.rests_on)
    return HIDDEN if few else f"{arm.rests_on:,}"


def people_text(telling: Telling) -> str:
    """How many people the effect rests on, as they may be said."""
    arms = telling.estimate.arms
    if all(arm.compared is None for arm in arms):
        return telling.numbers.count("analysed" if len(arms) > 1 else _first(telling))
    if HIDDEN in [_compared(telling, arm) for arm in arms]:
        return HIDDEN
    return f"{sum(arm.rests_on for arm in arms):,}"


def impact_table(telling: Telling) -> Table:
    """One row a form of the effect, that of the plan first: people, means, effect, how sure."""
    estimate = telling.estimate
    known = people_text(telling)
    means = [mean_text(telling, arm) for arm in estimate.arms]
    mark = effect_mark(telling)
    test = estimate.test

    def row(effect: Effect, *, is_first: bool) -> Row:
        p_value = "none claimed" if test is None else p_values_text(test)
        return (
            cell(name_text(FORMS[effect.form])),
            cell(known),
            *(cell(mean) for mean in means),
            marked(telling.effect(effect), mark),
            cell(telling.of_outcomes(error_text(effect))),
            cell(telling.interval(effect)),
            cell(telling.of_outcomes(p_value) if is_first else "as above"),
        )

    return Table(
        f"{telling.title}: effect, data as of {day_text(telling.plan.shown.as_of)}",
        (
            Column("Effect as"),
            Column("People", is_number=True),
            *(Column(f"Mean in “{arm.arm}”", is_number=True) for arm in estimate.arms),
            Column("Effect", is_number=True),
            Column("Standard error", is_number=True),
            Column(f"{telling.confidence} interval", is_number=True),
            Column("p-value", is_number=True),
        ),
        (
            row(estimate.effect, is_first=True),
            *(row(effect, is_first=False) for effect in estimate.also),
        ),
    )


def take_up_blocks(telling: Telling) -> tuple[Block, ...]:
    """Who took part in each arm, how strongly the draw moved it, and the compliers' mean."""
    estimate, take_up = telling.estimate, telling.estimate.take_up
    if take_up is None:
        return ()
    says = telling.numbers.says_take_up
    mark = telling.mark("take-up", "people who took part over people assigned, by arm")

    def share(value: Fraction) -> str:
        return percent_text(float(value)) if says else HIDDEN

    moved = take_up.treated_share - take_up.control_share
    told = [
        Particular("Took part in the treated arm", (share(take_up.treated_share), mark)),
        Particular("Took part in the control arm (crossed over)", (share(take_up.control_share),)),
        Particular(
            "Share moved by the draw (first stage)",
            (f"{decimal_text(100 * float(moved))} percentage points" if says else HIDDEN, mark),
        ),
    ]
    if take_up.first_stage is not None:
        text = decimal_text(float(take_up.first_stage), 1)
        told.append(Particular("F statistic of the first stage", (text if says else HIDDEN, mark)))
    if take_up.complier_control_mean is not None:
        mean = float(take_up.complier_control_mean)
        text = _in_unit(telling, mean)
        told.append(
            Particular(
                "Mean without the programme of those whom the draw moved",
                (telling.of_outcomes(text if says else HIDDEN), mark),
            )
        )
    if estimate.estimand == "tot":
        told.append(
            Particular(
                "Effect on those who took part",
                (telling.effect(estimate.effect), effect_mark(telling)),
            )
        )
    if not take_up.is_interval_whole:
        told.append(
            Particular(
                "Interval",
                ("it is not one stretch with two ends: the draw moved too few to say more",),
            )
        )
    return (Heading(3, "Taking part and crossing over"), Particulars(tuple(told)))


def tests_blocks(telling: Telling) -> tuple[Block, ...]:
    """The plan's one test, then the others, which are exploratory."""
    estimate = telling.estimate
    tests = (*((estimate.test,) if estimate.test else ()), *estimate.sensitivity)
    if not tests:
        return ()
    mark = telling.mark("tests", "two-sided tests of no effect on the people analysed")

    def row(test: TestOfNoEffect) -> Row:
        error = (
            ""
            if test.chance_error is None
            else f" (± {decimal_text(float(test.chance_error), 4)} from the draws)"
        )
        statistic = test.statistic
        return (
            cell(TESTS.get(test.test, name_text(test.test))),
            cell("exploratory" if test.is_exploratory else "named in the plan"),
            cell(
                telling.of_outcomes(
                    "none" if statistic is None else decimal_text(float(statistic), 3)
                )
            ),
            marked(telling.of_outcomes(p_values_text(test) + error), mark),
        )

    columns = (
        Column("Test"),
        Column("Standing"),
        Column("Statistic", is_number=True),
        Column("p-value", is_number=True),
    )
    caption = f"{telling.title}: tests of no effect, two-sided"
    return (Table(caption, columns, tuple(row(test) for test in tests)),)


def mean_text(telling: Telling, arm: ArmOutcome) -> str:
    """The arm's mean, with the weights of matching where there are any."""
    value = arm.mean if arm.weighted_mean is None else arm.weighted_mean
    weighted = "" if arm.weighted_mean is None else ", weighted"
    return telling.of_outcomes(_in_unit(telling, float(value)) + weighted)


def _in_unit(telling: Telling, value: float) -> str:
    if telling.plan.shown.unit in CURRENCY_DIGITS:
        return amount_text(Fraction(value), telling.plan.shown.unit)
    return decimal_text(value) if telling.plan.shown.unit else percent_text(value)


def _is_named(unit: str) -> bool:
    """Whether a number needs its unit behind it; money has it in front, and a share has none."""
    return bool(unit) and unit not in CURRENCY_DIGITS


def _first(telling: Telling) -> str:
    return f"analysed/{telling.estimate.arms[0].arm}"


def _arms(telling: Telling) -> tuple[Block, ...]:
    """The arms' own means with their intervals as a figure; in words where one has none.

    Of a match or weights only the means of those compared are told: others' are no part of it.
    """
    shown, estimate = telling.plan.shown, telling.estimate
    if not telling.numbers.says_outcomes:
        return (ItemList(((f"Outcomes by arm: {HIDDEN}.",),)),)
    if any(arm.weighted_mean is not None for arm in estimate.arms):
        return (_by_weight(telling),)
    rates = [
        ArmRate(
            arm.arm,
            float(arm.mean),
            float(arm.interval[0]),
            float(arm.interval[1]),
            of=arm.known,
            number=None if shown.unit else int(arm.total),
        )
        for arm in estimate.arms
        if arm.interval is not None
    ]
    mark = effect_mark(telling)
    words = ItemList(
        tuple(
            (
                f"{arm.arm}: {exact_or_near(arm.total)} / {arm.known:,} = "
                f"{_in_unit(telling, float(arm.mean))}"
                + (f" {plural(shown.unit)}" if _is_named(shown.unit) else ""),
                mark,
            )
            for arm in estimate.arms
        )
    )
    if len(rates) < len(estimate.arms):
        return (words,)
    confidence = telling.confidence
    figure = outcome_by_arm(
        OutcomeByArm(
            title=f"{shown.title} by arm, with {confidence} intervals",
            outcome=f"{shown.title}, {'mean in' if shown.unit else 'share of'} each arm",
            arms=tuple(rates),
            interval=f"{confidence} interval ({'Student t' if shown.unit else 'Wilson'})",
            unit=shown.unit,
            as_of=day_text(shown.as_of),
        )
    )
    return (figure, words)


def _by_weight(telling: Telling) -> Block:
    """Each arm's mean as matching or weighting has it, and of how many people it is."""
    mark = effect_mark(telling)
    return ItemList(
        tuple(
            (
                f"{arm.arm}: {mean_text(telling, arm)}, "
                f"of {_compared(telling, arm)} people compared"
                + (
                    ""
                    if arm.effective is None
                    else f"; as many as {decimal_text(float(arm.effective), 1)} people by weight"
                ),
                mark,
            )
            for arm in telling.estimate.arms
        )
    )
