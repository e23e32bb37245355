"""Results made elsewhere, read for a determination: held to the deal's plan and to the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.elsewhere import (
    ArmElsewhere,
    EffectElsewhere,
    Elsewhere,
    ElsewhereFile,
    TotalElsewhere,
)
from payforsuccess.deal.estimates import (
    ArmFlow,
    ArmOutcome,
    Effect,
    Estimate,
    PayableEstimate,
    TestOfNoEffect,
)
from payforsuccess.deal.evaluation import TwoArmBase
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.results import Result, Results
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.runs.statement.elsewhere_problems import (
    effect_problems,
    paper_problems,
    total_problems,
)


@dataclass(frozen=True)
class Outside:
    """What a file of results made elsewhere gives a determination, and what is kept of it."""

    results: Results
    said: Elsewhere
    text: bytes
    paper: bytes
    ending: str

    def keep(self, folder: Path, number: int) -> None:
        """The file and the signed paper, beside the record that rests on them."""
        write_whole(folder / f"{number:04d}-elsewhere.yaml", self.text)
        write_whole(folder / f"{number:04d}-document{self.ending}", self.paper)


def from_elsewhere(
    history: DealHistory,
    file: Path | None,
    document: Path | None,
    signed_by: str,
    results: Path | None,
    people: Path | None,
    on: date,
) -> Outside | None:
    """The file's results after each plan's decision; None where no such file is named.

    Refuses, all together: a file without its paper or beside other results, a paper with another
    checksum, a signature by another than who determines, a plan that is not the deal's as it
    stands, an effect in another form or at another confidence, a plan whose payable value needs
    people of several plans, and totals of outcomes that rest on an estimate.
    """
    if file is None:
        if document is not None:
            raise Refusal(
                Problem(
                    sentence("A document is given, and no file of results made elsewhere."),
                    sentence("Name the file with --from."),
                )
            )
        return None
    if results is not None or people is not None:
        raise Refusal(
            Problem(
                sentence("Results made elsewhere are determined by themselves."),
                sentence(
                    "Leave --results and --people out, and sign those in a determination of their "
                    "own."
                ),
            )
        )
    if document is None:
        raise Refusal(
            Problem(
                sentence("Results made elsewhere need the document that was signed for them."),
                sentence("Name it with --document; its checksum must be the one in the file."),
                Place(str(file)),
            )
        )
    text, paper = read_bytes(file), read_bytes(document)
    deal = history.latest
    found = read_whole(
        ElsewhereFile,
        text,
        file=str(file),
        check=lambda whole: [
            *paper_problems(whole, document, paper, signed_by, on),
            *effect_problems(whole, deal),
            *total_problems(whole, deal),
        ],
    )
    made = tuple(
        result for effect in found.effects for result in _of_effect(deal, effect, found)
    ) + tuple(_of_total(total, found) for total in found.totals)
    return Outside(
        Results(results=made),
        Elsewhere(
            file=found.fingerprint,
            made_with=found.made_with,
            attested=found.attested,
            plans=tuple(effect.plan for effect in found.effects),
        ),
        text,
        paper,
        document.suffix.lower(),
    )


def _of_effect(deal: Deal, effect: EffectElsewhere, file: ElsewhereFile) -> list[Result]:
    from payforsuccess.evaluation import payable_of

    plan = deal.evaluation[effect.plan]
    assert isinstance(plan, TwoArmBase)
    payable: PayableEstimate = payable_of(plan, _as_estimate(plan, effect, file.fingerprint))
    return [
        Result(
            outcome=name,
            period=effect.period,
            point=effect.point,
            value=payable.value,
            people=payable.people,
            interval=payable.interval,
            p_value=payable.p_value,
            evidence=file.fingerprint,
        )
        for name, outcome in deal.outcomes.items()
        if outcome.estimate == effect.plan
    ]


def _as_estimate(plan: TwoArmBase, effect: EffectElsewhere, evidence: str) -> Estimate:
    """The effect in the form that fall-back rules and the decision read."""
    from payforsuccess.evaluation.attrition import attrition_reading

    arms = ((plan.arms.treated, effect.treated), (plan.arms.control, effect.control))
    flows = tuple(_flow(label, arm) for label, arm in arms)
    return Estimate(
        plan=effect.plan,
        plan_fingerprint=effect.plan_fingerprint,
        design=plan.design,  # type: ignore[attr-defined]
        estimand=plan.estimand,
        estimator=plan.estimator,  # type: ignore[attr-defined]
        unit="as stated elsewhere",
        is_share=False,
        confidence=effect.confidence,
        arms=tuple(
            ArmOutcome(
                arm=label,
                role="treated" if arm is effect.treated else "control",
                assigned=arm.assigned,
                known=arm.known,
                took_part=arm.took_part,
                total=Fraction(0),
                mean=Fraction(0),
            )
            for label, arm in arms
        ),
        effect=Effect(
            form=effect.as_,
            unit="as stated elsewhere",
            value=effect.value,
            standard_error=effect.standard_error,
            interval=effect.interval,
            method="Made elsewhere",
        ),
        test=TestOfNoEffect(test=plan.test or "wald", p_value=effect.p_value, is_exploratory=False),
        flow=flows,
        attrition=attrition_reading(flows),
        evidence=evidence,
    )


def _flow(label: str, arm: ArmElsewhere) -> ArmFlow:
    return ArmFlow(
        arm=label,
        assigned=arm.assigned,
        analysed=arm.known,
        linked=arm.linked,
        took_part=arm.took_part,
    )


def _of_total(total: TotalElsewhere, file: ElsewhereFile) -> Result:
    return Result(
        outcome=total.outcome,
        period=total.period,
        point=total.point,
        cohort=total.cohort,
        value=total.value,
        people=total.people,
        evidence=file.fingerprint,
        source=f"Released by {total.released_by}, without anything about a person",
    )
