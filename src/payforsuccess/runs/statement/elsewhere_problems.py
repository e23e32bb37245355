"""What keeps results made elsewhere off the record: the paper, the plan, and figures that clash."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from statistics import NormalDist

from payforsuccess.deal.approvals import same_person
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.elsewhere import EffectElsewhere, ElsewhereFile
from payforsuccess.deal.evaluation import EvaluationPlan, TwoArmBase
from payforsuccess.errors import Place, Problem, sentence
from payforsuccess.trail import fingerprint
from payforsuccess.units import exact_text


def paper_problems(
    file: ElsewhereFile, document: Path, paper: bytes, signed_by: str, on: date
) -> list[Problem]:
    """A paper that is not the one signed, signed by another, or after the determination."""
    problems = []
    if file.attested.on > on:
        problems.append(
            Problem(
                sentence(
                    "The document was signed on {on}, after the determination's day, {on_2}.",
                    on=file.attested.on,
                    on_2=on,
                ),
                sentence("Correct the day, or determine once it is signed."),
                file.place_of("attested", "on"),
            )
        )
    found = f"sha256:{hashlib.sha256(paper).hexdigest()}"
    if not paper.strip():
        problems.append(
            Problem(
                sentence("The document is empty."),
                sentence("Name the signed one."),
                Place(str(document)),
            )
        )
    elif found != file.attested.document:
        problems.append(
            Problem(
                sentence(
                    "The document is not the one that was signed: its checksum is {found}.",
                    found=found,
                ),
                sentence(
                    "Name the signed document itself, or correct the file if it names another."
                ),
                file.place_of("attested", "document"),
            )
        )
    if same_person(file.attested.by) != same_person(signed_by):
        problems.append(
            Problem(
                sentence("The document was signed by another than who signs the determination."),
                sentence(
                    "Who attests to the results determines them: give that name with --signed-by."
                ),
                file.place_of("attested", "by"),
            )
        )
    return problems


def effect_problems(file: ElsewhereFile, deal: Deal) -> list[Problem]:
    """Effects of no plan of the deal, against their plan, or that clash in themselves."""
    problems = []
    for at, effect in enumerate(file.effects):
        plan = deal.evaluation.get(effect.plan)
        where = file.place_of("effects", at, "plan")
        if plan is None:
            problems.append(
                Problem(
                    sentence("The deal has no plan called {plan}.", plan=effect.plan),
                    sentence(
                        "It has: {what}.", what=", ".join(deal.evaluation) or sentence("none")
                    ),
                    where,
                )
            )
            continue
        problems += _against_plan(effect, plan, file, at)
        problems += _in_itself(effect, deal, file, at)
        if not any(outcome.estimate == effect.plan for outcome in deal.outcomes.values()):
            problems.append(
                Problem(
                    sentence("No outcome of the deal rests on the plan {plan}.", plan=effect.plan),
                    sentence("Name the plan that an outcome's `estimate` names."),
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
            sentence(
                "Another plan was followed than the deal's as it stands: the deal's has the "
                "fingerprint {ours}.",
                ours=ours,
            ),
            sentence("Follow the agreed plan, or amend the deal before results are known."),
        ),
        (
            effect.as_ != plan.as_,
            "as",
            sentence(
                "The effect is stated as {form}, and the plan pays on {plan}.",
                form=effect.as_,
                plan=str(plan.as_),
            ),
            sentence("State it as {form}.", form=str(plan.as_)),
        ),
        (
            effect.confidence != plan.confidence,
            "confidence",
            sentence("The interval has another confidence than the plan's."),
            sentence("Give the interval at the plan's confidence."),
        ),
        (
            bool(plan.pooling) or any(r.then in ("other-plan", "pool") for r in plan.fallback),
            "plan",
            sentence(
                "What the plan {plan} pays on may need people of several plans together.",
                plan=effect.plan,
            ),
            sentence(
                "State the payable value in a results file (--results), with the report as "
                "evidence."
            ),
        ),
        (
            not isinstance(plan, TwoArmBase),
            "plan",
            sentence("The plan {plan} does not compare two arms.", plan=effect.plan),
            sentence("State its value in a results file, or under `totals`."),
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
                sentence(
                    "The arms hold {people:,} people, and the deal serves and compares at most "
                    "{most:,}.",
                    people=people,
                    most=most,
                ),
                sentence("Correct the numbers, or the deal's head count."),
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
                    sentence(
                        "The estimate, {value}, lies outside what the outcome {name} can be: "
                        "{least} to {most}.",
                        value=exact_text(effect.value),
                        name=name,
                        least=exact_text(bounds.least),
                        most=exact_text(bounds.most),
                    ),
                    sentence("Correct the value or its unit."),
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
                sentence(
                    "The interval and the p-value contradict each other: one rejects no effect "
                    "and the other is far from it."
                ),
                sentence(
                    "Give the p-value of the plan's test and the interval of the same estimate."
                ),
                file.place_of("effects", at, "p_value"),
            )
        )
    if effect.as_ == "difference" and effect.standard_error is not None:
        reach = float(high - low) / 2
        expected = reach / NormalDist().inv_cdf((1 + float(effect.confidence)) / 2)
        if not expected / 2 <= float(effect.standard_error) <= 2 * expected:
            problems.append(
                Problem(
                    sentence(
                        "The standard error does not fit the interval: by its width the error is "
                        "about {expected}.",
                        expected=f"{expected:.3g}",
                    ),
                    sentence("Give both of the same estimate, in the same unit."),
                    file.place_of("effects", at, "standard_error"),
                )
            )
    return problems


def total_problems(file: ElsewhereFile, deal: Deal) -> list[Problem]:
    """Totals of outcomes that rest on an estimate."""
    return [
        Problem(
            sentence(
                "The outcome {outcome} rests on the estimate of a plan, not on a total.",
                outcome=total.outcome,
            ),
            sentence("Give it under `effects`."),
            file.place_of("totals", at, "outcome"),
        )
        for at, total in enumerate(file.totals)
        if total.outcome in deal.outcomes and deal.outcomes[total.outcome].estimate is not None
    ]
