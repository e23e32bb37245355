"""What payments may rest on, kept apart from the effect itself: rules, weights, the decision."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import PayableEstimate, RecordedFact
from payforsuccess.deal.words.phrases import plural
from payforsuccess.reports.document import Block, Heading, Particular, Particulars, paragraph
from payforsuccess.reports.evaluation.names import FORMS, error_text, interval_text
from payforsuccess.reports.evaluation.small import HIDDEN
from payforsuccess.reports.evaluation.telling import Telling, marked
from payforsuccess.reports.inline import Exactly, NoteReference
from payforsuccess.reports.numbers import (
    decimal_text,
    exact_or_near,
    listed,
    name_text,
    p_value_text,
    percent_text,
)
from payforsuccess.reports.table import Cell, Column, Row, Table, cell
from payforsuccess.trail import Step
from payforsuccess.units import CURRENCY_DIGITS

APART = (
    "The contract's own rules come to this value. It is not a scientific finding: fall-back "
    "rules, weights and the decision can make it differ from the effect above."
)


def payable_blocks(telling: Telling) -> tuple[Block, ...]:
    """Step by step: the effect, the facts that fall-back rules ask about, weights, the value."""
    payable, estimate = telling.plan.shown.payable, telling.estimate
    mark = _mark(telling, payable)
    says = telling.numbers.says_outcomes
    told = [
        Particular(
            "1. The effect that was found",
            (f"{telling.effect(estimate.effect)} ({FORMS[estimate.effect.form]})", mark),
        ),
        Particular("2. Fall-back rules", (_rules(payable),)),
        Particular("3. Weights", (_weights(payable),)),
        Particular("4. Decision", (_because(telling, payable),)),
        Particular(
            "5. The value that payments read",
            (_as_read(payable, estimate.effect.unit) if says else HIDDEN, mark),
        ),
    ]
    if payable.standard_error is not None:
        effect = estimate.effect.model_copy(update={"standard_error": payable.standard_error})
        told.append(
            Particular(
                "Standard error before the decision", (telling.of_outcomes(error_text(effect)),)
            )
        )
    if payable.interval is not None:
        effect = estimate.effect.model_copy(update={"interval": payable.interval})
        told.append(
            Particular(
                f"{telling.confidence} interval before the decision",
                (interval_text(effect) if says else HIDDEN,),
            )
        )
    if payable.p_value is not None:
        p_value = p_value_text(float(payable.p_value))
        told.append(Particular("p-value as the decision read it", (telling.of_outcomes(p_value),)))
    elif payable.no_p_value is not None:
        told.append(Particular("p-value", (f"none. {payable.no_p_value}",)))
    if payable.draws is not None:
        told.append(
            Particular("Joint bootstrap", (f"{payable.draws:,} draws, seed {payable.seed or 0}",))
        )
    if telling.plan.outcomes:
        told.append(Particular("Read by", (listed(telling.plan.outcomes),)))
    if checksum := telling.checksum(payable.fingerprint):
        told.append(Particular("Checksum of this value", (Exactly(checksum),)))
    return (
        Heading(3, telling.title),
        Particulars(tuple(told)),
        *((_facts_table(telling, payable, mark),) if payable.facts else ()),
        *((_parts_table(telling, payable, mark),) if len(payable.parts) > 1 else ()),
        *(() if says else (paragraph("Shown in full where small numbers may be seen."),)),
    )


def _checksum(telling: Telling, of_found: str) -> Cell:
    """The checksum of an estimate; left out where it would tell a hidden count."""
    kept = telling.checksum(of_found)
    return Cell((Exactly(kept),)) if kept else cell("left out")


def _as_read(payable: PayableEstimate, unit: str) -> str:
    """The value in all its digits, with its unit."""
    text = exact_or_near(payable.value)
    if unit in CURRENCY_DIGITS:
        return f"{unit} {text}"
    return text if unit in ("ratio", "") else f"{text} {plural(unit)}"


def _mark(telling: Telling, payable: PayableEstimate) -> NoteReference:
    steps = tuple(
        Step(
            f"{name_text(part.plan)} with {percent_text(float(part.weight), 0)}",
            telling.of_outcomes(exact_or_near(part.value)),
        )
        for part in payable.parts
    )
    return telling.notes.note(
        f"payable-{telling.at}",
        f"{telling.title}: what payments may rest on",
        fingerprint=telling.checksum(payable.fingerprint),
        evidence=telling.checksum(telling.estimate.fingerprint),
        clause=(telling.plan.plan.clause or "") if telling.plan.plan is not None else "",
        steps=(
            Step(
                _because(telling, payable),
                telling.of_outcomes(exact_or_near(payable.value)),
                of=steps,
            ),
        ),
    )


def _because(telling: Telling, payable: PayableEstimate) -> str:
    text = payable.because[:1].upper() + payable.because[1:]
    return text if telling.numbers.says_outcomes and telling.numbers.says_words(text) else HIDDEN


def _rules(payable: PayableEstimate) -> str:
    if not payable.facts:
        return "the plan has none"
    holding = [fact.rule for fact in payable.facts if fact.holds]
    return f"set off: {' '.join(holding)}" if holding else "none is set off by the records"


def _weights(payable: PayableEstimate) -> str:
    if len(payable.parts) < 2:
        return "one estimate with the whole weight"
    return listed(
        [
            f"{percent_text(float(part.weight), 0)} of {name_text(part.plan)}"
            for part in payable.parts
        ]
    )


def _facts_table(telling: Telling, payable: PayableEstimate, mark: NoteReference) -> Table:
    def row(fact: RecordedFact, is_said: bool) -> Row:
        return (
            cell(fact.rule),
            marked(_fact_text(fact, fact.found) if is_said else HIDDEN, mark),
            cell(_fact_text(fact, fact.limit)),
            cell("yes" if fact.holds else "no"),
        )

    return Table(
        f"{telling.title}: what the records say to each fall-back rule",
        (
            Column("Rule"),
            Column("Found", is_number=True),
            Column("Limit", is_number=True),
            Column("Set off"),
        ),
        tuple(row(fact, _says(telling, at)) for at, fact in enumerate(payable.facts)),
    )


def _fact_text(fact: RecordedFact, value: Fraction) -> str:
    """People as a whole number, shares in percent: a limit of 1 and more is of people."""
    if fact.is_strength:
        return f"F {decimal_text(float(value), 1)}"
    return f"{float(value):,.0f} people" if fact.limit >= 1 else percent_text(float(value))


def _says(telling: Telling, at: int) -> bool:
    """Whether what a rule asks about may be said."""
    plan, numbers = telling.plan.plan, telling.numbers
    rules = () if plan is None else plan.fallback
    if at >= len(rules):  # a fact of another plan that this one falls back to
        return numbers.threshold is None
    return {
        "sample-below-floor": all(
            numbers.is_said(f"analysed/{arm.arm}") for arm in telling.estimate.arms
        ),
        "attrition-above": numbers.says_lost,
        "crossover-above": numbers.says_take_up,
        "match-rate-below": numbers.says_linked,
        "weak-instrument": numbers.says_take_up,
    }[rules[at].when]


def _parts_table(telling: Telling, payable: PayableEstimate, mark: NoteReference) -> Table:
    return Table(
        f"{telling.title}: the estimates it is made of",
        (
            Column("Plan"),
            Column("Weight", is_number=True),
            Column("Estimate", is_number=True),
            Column("Checksum"),
        ),
        tuple(
            (
                cell(name_text(part.plan)),
                cell(percent_text(float(part.weight), 0)),
                marked(telling.of_outcomes(exact_or_near(part.value)), mark),
                _checksum(telling, part.estimate or ""),
            )
            for part in payable.parts
        ),
    )
