"""What the end of a study must say of the looks that were taken before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.study import LookRelease
from payforsuccess.errors import Finding
from payforsuccess.runs.assign.identifiers import identifier_findings
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.evaluate import Evaluated, EvaluatedPlan
from payforsuccess.runs.study.kept import read_looks
from payforsuccess.runs.study.look_decision import standing_of, stopping_looks, taken_looks
from payforsuccess.runs.study.paid_after_looks import LooksRead, decided_anew, without_p_value
from payforsuccess.runs.study.standing import seals_standing
from payforsuccess.runs.study.told import seal_findings


@dataclass(frozen=True)
class _Read:
    """What a plan's own looks mean for its test, and the sentence that says so."""

    looks: LooksRead
    says: str


def allowed_for_looks(
    folder: DealFolder, deal: Deal, evaluated: Evaluated, *, snapshot: str
) -> tuple[Evaluated, tuple[Finding, ...]]:
    """The estimates with the looks before them allowed for, and what that means in words.

    The p-value that payments read is the one that allows for the looks, and the interval is as much
    wider; a plan that pays on either is decided by these. Where a look did stop the study, its test
    was over then: the estimate at the end describes, its result states no p-value and why, and a
    plan that pays on significance or on the interval gives no result, since what it pays is the
    parties' to determine. A value of a fall-back rests on the looks of the plans it is made of.

    snapshot: the fingerprint of the records; with it goes how the people's identifiers there
    compare with those that were sealed at referral.
    """
    looks = read_looks(folder)
    plans: list[EvaluatedPlan] = []
    rows = {each.estimate.plan: each.rows for each in evaluated.plans}
    findings = list(seal_findings(deal, seals_standing(folder, folder.history()), rows))
    findings += identifier_findings(folder, deal, snapshot)
    estimates = {each.estimate.plan: each.estimate for each in evaluated.plans}
    read = {
        name: found
        for name, estimate in estimates.items()
        if (found := _read(deal.evaluation[name], estimate, looks)) is not None
    }
    for each in evaluated.plans:
        name = each.estimate.plan
        changed, then = _after(deal, each, read, estimates)
        plans.append(changed)
        said = " ".join(filter(None, (read[name].says if name in read else "", then)))
        if said:
            findings.append(Finding("look", said, deal.place_of("evaluation", name, "looks")))
    return Evaluated(tuple(plans), evaluated.estimating), tuple(findings)


def _read(plan: EvaluationPlan, estimate: Estimate, looks: Sequence[LookRelease]) -> _Read | None:
    """What the looks taken of a plan mean at its end; None where none could have stopped it."""
    name = estimate.plan
    mine = [one for one in looks if one.plan == name]
    stopped = next((one for one in mine if one.stops), None)
    if stopped is not None:
        why = (
            f"The look {stopped.look}, read on {stopped.on}, had passed its bound, and the test of "
            f"{name} was over."
        )
        says = f"{why} What is found here describes, and its p-value tests nothing."
        return _Read(LooksRead(no_p_value=f"{why} The p-value at the end tests nothing."), says)
    if plan.monitoring is None or estimate.test is None:
        return None
    if plan.monitoring.bounds == "confidence-sequence":
        if not any(one.look in stopping_looks(plan) for one in mine):
            return None
        why = (
            f"Looks at {name} were taken by a confidence sequence, and the plan's own test at the "
            "end does not allow for them."
        )
        return _Read(LooksRead(no_p_value=why), why)
    taken = taken_looks(plan, mine)
    if not taken:
        return None
    from payforsuccess.evaluation.looks import decide_at_end

    found = decide_at_end(
        plan.monitoring, taken, standing_of(estimate), planned=len(stopping_looks(plan))
    )
    return _Read(
        LooksRead(p_value=found.adjusted_p, wider=found.wider),
        f"{name}: {found.says} {found.method}.",
    )


def _after(
    deal: Deal,
    each: EvaluatedPlan,
    read: Mapping[str, _Read],
    estimates: Mapping[str, Estimate],
) -> tuple[EvaluatedPlan, str]:
    """The plan's value and results by the looks at the plans they rest on, and what to add."""
    payable, name = each.payable, each.estimate.plan
    behind = [part.plan for part in payable.parts]
    looked = [plan for plan in behind if plan in read]
    if not looked or payable.p_value is None:
        # Nothing was looked at, or a fall-back pays nothing and has no p-value to decide by.
        return each, ""
    decider = deal.evaluation[behind[0] if len(behind) == 1 else name]
    looks = read[looked[0]].looks
    if len(behind) > 1:
        why = looks.no_p_value or (
            f"The value is made of several estimates, and looks were taken at {looked[0]}: no "
            "p-value of the whole allows for them."
        )
        looks = LooksRead(no_p_value=why)
    if looks.no_p_value is None:
        return _told_anew(each, decided_anew(decider, payable, estimates[behind[0]], looks)), ""
    if decider.decision.pays_on == "point-estimate":
        return _told_anew(each, without_p_value(payable, looks.no_p_value)), ""
    on = "significance" if decider.decision.pays_on == "significance" else "the interval"
    return replace(each, results=()), (
        f"The plan pays on {on}, so no result is made here: the evaluator determines what the "
        "look showed (`pfs determine --results`)."
    )


def _told_anew(each: EvaluatedPlan, payable: PayableEstimate) -> EvaluatedPlan:
    """The plan with another payable value, which its results state."""
    results = tuple(
        result.model_copy(
            update={
                "value": payable.value,
                "interval": payable.interval,
                "p_value": payable.p_value,
                "no_p_value": payable.no_p_value,
                "evidence": payable.fingerprint,
                "is_approximate": (result.is_approximate or payable.value != each.payable.value)
                and payable.value != 0,
            }
        )
        for result in each.results
    )
    return replace(each, payable=payable, results=results)
