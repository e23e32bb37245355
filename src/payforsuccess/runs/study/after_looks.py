"""What the end of a study must say of the looks that were taken before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.study import LookRelease
from payforsuccess.errors import Finding
from payforsuccess.runs.assign.identifiers import identifier_findings
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.evaluate import Evaluated, EvaluatedPlan
from payforsuccess.runs.study.kept import read_looks
from payforsuccess.runs.study.look_decision import standing_of, stopping_looks, taken_looks
from payforsuccess.runs.study.standing import seals_standing
from payforsuccess.runs.study.told import seal_findings


def allowed_for_looks(
    folder: DealFolder, deal: Deal, evaluated: Evaluated, *, snapshot: str
) -> tuple[Evaluated, tuple[Finding, ...]]:
    """The estimates with the looks before them allowed for, and what that means in words.

    A plan that pays on significance is decided by the p-value that allows for its looks. Where a
    look did stop the study, its test was over then: the estimate at the end describes, and a plan
    that pays on significance gives no result, since what it pays is the parties' to determine.

    snapshot: the fingerprint of the records; with it goes how the people's identifiers there
    compare with those that were sealed at referral.
    """
    looks = read_looks(folder)
    plans: list[EvaluatedPlan] = []
    rows = {each.estimate.plan: each.rows for each in evaluated.plans}
    findings = list(seal_findings(deal, seals_standing(folder, folder.history()), rows))
    findings += identifier_findings(folder, deal, snapshot)
    for each in evaluated.plans:
        mine = [one for one in looks if one.plan == each.estimate.plan]
        changed, said = _after(deal, each, mine)
        plans.append(changed)
        findings += said
    return Evaluated(tuple(plans), evaluated.estimating), tuple(findings)


def _after(
    deal: Deal, each: EvaluatedPlan, mine: Sequence[LookRelease]
) -> tuple[EvaluatedPlan, list[Finding]]:
    name = each.estimate.plan
    plan, where = deal.evaluation[name], deal.place_of("evaluation", name, "looks")
    by_test = plan.decision.pays_on == "significance"
    stopped = next((one for one in mine if one.stops), None)
    if stopped is not None:
        said = (
            f"The look {stopped.look}, read on {stopped.on}, had passed its bound, and the test of "
            f"{name} was over. What is found here describes, and its p-value tests nothing."
        )
        if not by_test:
            return each, [Finding("look", said, where)]
        said += (
            " The plan pays on significance, so no result is made here: the evaluator determines "
            "what the look showed (`pfs determine --results`)."
        )
        return replace(each, results=()), [Finding("look", said, where)]
    taken = taken_looks(plan, mine)
    if not taken or plan.monitoring is None or each.estimate.test is None:
        return each, []
    from payforsuccess.evaluation.looks import decide_at_end

    found = decide_at_end(
        plan.monitoring,
        taken,
        standing_of(each.estimate),
        planned=len(stopping_looks(plan)),
    )
    finding = Finding("look", f"{name}: {found.says} {found.method}.", where)
    if not by_test or found.adjusted_p is None or len(each.payable.parts) > 1:
        return each, [finding]
    return _decided_anew(plan, each, found.adjusted_p), [finding]


def _decided_anew(plan: EvaluationPlan, each: EvaluatedPlan, p_value: float) -> EvaluatedPlan:
    """The plan's value and results by the p-value that allows for the looks.

    A fall-back that pays nothing stands: it has no p-value to decide by.
    """
    from payforsuccess.evaluation.decimals import decimal_of
    from payforsuccess.evaluation.decision import decide
    from payforsuccess.evaluation.payable import no_effect

    if each.payable.p_value is None:
        return each
    allowed = decimal_of(min(1.0, p_value))
    effect = each.estimate.effect
    decided = decide(
        plan.decision,
        point=effect.value,
        interval=effect.interval,
        p_value=allowed,
        none=no_effect(effect.form),
    )
    payable = each.payable.model_copy(
        update={
            "value": decided.value,
            "because": f"{decided.because} The p-value allows for the looks that were taken.",
            "p_value": allowed,
        }
    )
    results = tuple(
        result.model_copy(
            update={
                "value": decided.value,
                "p_value": allowed,
                "evidence": payable.fingerprint,
                "is_approximate": result.is_approximate and decided.value != 0,
            }
        )
        for result in each.results
    )
    return replace(each, payable=payable, results=results)
