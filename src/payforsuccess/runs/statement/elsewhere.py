"""Results made elsewhere, read for a determination: held to the deal's plan and to the paper."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist

from payforsuccess.deal.approvals import same_person
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
from payforsuccess.deal.evaluation import EvaluationPlan, TwoArmBase
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.results import Result, Results
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.trail import fingerprint
from payforsuccess.units import exact_text


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
                    "A document is given, and no file of results made elsewhere.",
                    "Name the file with --from.",
                )
            )
        return None
    if results is not None or people is not None:
        raise Refusal(
            Problem(
                "Results made elsewhere are determined by themselves.",
                "Leave --results and --people out, and sign those in a determination of their own.",
            )
        )
    if document is None:
        raise Refusal(
            Problem(
                "Results made elsewhere need the document that was signed for them.",
                "Name it with --document; its checksum must be the one in the file.",
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
            *_paper_problems(whole, document, paper, signed_by, on),
            *_effect_problems(whole, deal),
            *_total_problems(whole, deal),
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


def _paper_problems(
    file: ElsewhereFile, document: Path, paper: bytes, signed_by: str, on: date
) -> list[Problem]:
    problems = []
    if file.attested.on > on:
        problems.append(
            Problem(
                f"The document was signed on {file.attested.on}, after the determination's day, "
                f"{on}.",
                "Correct the day, or determine once it is signed.",
                file.place_of("attested", "on"),
            )
        )
    found = f"sha256:{hashlib.sha256(paper).hexdigest()}"
    if not paper.strip():
        problems.append(
            Problem("The document is empty.", "Name the signed one.", Place(str(document)))
        )
    elif found != file.attested.document:
        problems.append(
            Problem(
                f"The document is not the one that was signed: its checksum is {found}.",
                "Name the signed document itself, or correct the file if it names another.",
                file.place_of("attested", "document"),
            )
        )
    if same_person(file.attested.by) != same_person(signed_by):
        problems.append(
            Problem(
                "The document was signed by another than who signs the determination.",
                "Who attests to the results determines them: give that name with --signed-by.",
                file.place_of("attested", "by"),
            )
        )
    return problems


def _effect_problems(file: ElsewhereFile, deal: Deal) -> list[Problem]:
    problems = []
    for at, effect in enumerate(file.effects):
        plan = deal.evaluation.get(effect.plan)
        where = file.place_of("effects", at, "plan")
        if plan is None:
            problems.append(
                Problem(
                    f"The deal has no plan called {effect.plan}.",
                    f"It has: {', '.join(deal.evaluation) or 'none'}.",
                    where,
                )
            )
            continue
        problems += _against_plan(effect, plan, file, at)
        problems += _in_itself(effect, deal, file, at)
        if not any(outcome.estimate == effect.plan for outcome in deal.outcomes.values()):
            problems.append(
                Problem(
                    f"No outcome of the deal rests on the plan {effect.plan}.",
                    "Name the plan that an outcome's `estimate` names.",
                    where,
                )
            )
    return problems


def _against_plan(
    effect: EffectElsewhere, plan: EvaluationPlan, file: ElsewhereFile, at: int
) -> list[Problem]:
    problems = []
    ours = fingerprint(plan.as_plain())
    for is_wrong, key, what, do in (
        (
            effect.plan_fingerprint != ours,
            "plan_fingerprint",
            "Another plan was followed than the deal's as it stands: the deal's has the "
            f"fingerprint {ours}.",
            "Follow the agreed plan, or amend the deal before results are known.",
        ),
        (
            effect.as_ != plan.as_,
            "as",
            f"The effect is stated as {effect.as_}, and the plan pays on {plan.as_}.",
            f"State it as {plan.as_}.",
        ),
        (
            effect.confidence != plan.confidence,
            "confidence",
            "The interval has another confidence than the plan's.",
            "Give the interval at the plan's confidence.",
        ),
        (
            bool(plan.pooling) or any(r.then in ("other-plan", "pool") for r in plan.fallback),
            "plan",
            f"What the plan {effect.plan} pays on may need people of several plans together.",
            "State the payable value in a results file (--results), with the report as evidence.",
        ),
        (
            not isinstance(plan, TwoArmBase),
            "plan",
            f"The plan {effect.plan} does not compare two arms.",
            "State its value in a results file, or under `totals`.",
        ),
    ):
        if is_wrong:
            problems.append(Problem(what, do, file.place_of("effects", at, key)))
    return problems


def _in_itself(effect: EffectElsewhere, deal: Deal, file: ElsewhereFile, at: int) -> list[Problem]:
    """Figures that cannot belong to one estimate, or to this deal."""
    from payforsuccess.evaluation.payable import no_effect

    problems = []
    most = None if deal.people.head_count is None else deal.people.head_count.most
    people = effect.treated.assigned + effect.control.assigned
    if most is not None and people > most:
        problems.append(
            Problem(
                f"The arms hold {people:,} people, and the deal serves and compares at most "
                f"{most:,}.",
                "Correct the numbers, or the deal's head count.",
                file.place_of("effects", at, "treated"),
            )
        )
    for name, outcome in deal.outcomes.items():
        bounds = None if outcome.bounds is None else outcome.bounds.value
        if (
            outcome.estimate == effect.plan
            and bounds is not None
            and not bounds.least <= effect.value <= bounds.most
        ):
            problems.append(
                Problem(
                    f"The estimate, {exact_text(effect.value)}, lies outside what the outcome "
                    f"{name} can be: {exact_text(bounds.least)} to {exact_text(bounds.most)}.",
                    "Correct the value or its unit.",
                    file.place_of("effects", at, "value"),
                )
            )
    low, high = effect.interval
    level = 1 - effect.confidence
    holds_none = low <= no_effect(effect.as_) <= high
    if (holds_none and effect.p_value < level / 2) or (
        not holds_none and effect.p_value > 2 * level
    ):
        problems.append(
            Problem(
                "The interval and the p-value contradict each other: one rejects no effect and the "
                "other is far from it.",
                "Give the p-value of the plan's test and the interval of the same estimate.",
                file.place_of("effects", at, "p_value"),
            )
        )
    if effect.as_ == "difference" and effect.standard_error is not None:
        reach = float(high - low) / 2
        expected = reach / NormalDist().inv_cdf((1 + float(effect.confidence)) / 2)
        if not expected / 2 <= float(effect.standard_error) <= 2 * expected:
            problems.append(
                Problem(
                    "The standard error does not fit the interval: by its width the error is about "
                    f"{expected:.3g}.",
                    "Give both of the same estimate, in the same unit.",
                    file.place_of("effects", at, "standard_error"),
                )
            )
    return problems


def _total_problems(file: ElsewhereFile, deal: Deal) -> list[Problem]:
    return [
        Problem(
            f"The outcome {total.outcome} rests on the estimate of a plan, not on a total.",
            "Give it under `effects`.",
            file.place_of("totals", at, "outcome"),
        )
        for at, total in enumerate(file.totals)
        if total.outcome in deal.outcomes and deal.outcomes[total.outcome].estimate is not None
    ]


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
