"""The study as it was planned: whom it is about, how people were assigned, what is estimated."""

from __future__ import annotations

from payforsuccess.deal.evaluation import Matched, Randomised
from payforsuccess.deal.words.plans import plan_in_words
from payforsuccess.reports.document import Block, Heading, ItemList, Particular, Particulars
from payforsuccess.reports.evaluation.names import ESTIMANDS
from payforsuccess.reports.evaluation.telling import Telling
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.numbers import day_text, listed, name_text, percent_text


def study_blocks(telling: Telling) -> tuple[Block, ...]:
    """The plan in sentences, with what was fixed before the data were seen."""
    plan, estimate = telling.plan.plan, telling.estimate
    if plan is None:
        return ()
    said = [
        Particular("Design", (f"{name_text(estimate.design)}: {ESTIMANDS[estimate.estimand]}",)),
        Particular("Formula", (f"{name_text(estimate.estimator)}",)),
    ]
    if isinstance(plan, Randomised):
        said.append(
            Particular(
                "Drawn into the treated arm", (f"{percent_text(float(plan.treated_share))}",)
            )
        )
        if plan.seed_fingerprint:
            said.append(Particular("Sealed seed", (Exactly(plan.seed_fingerprint),)))
    if isinstance(plan, Matched):
        said.append(Particular("Comparison pool", (plan.pool,)))
    if telling.plan.outcomes:
        said.append(Particular("What rests on it", (listed(telling.plan.outcomes),)))
    said += [
        Particular("Plan, as stated before", (Exactly(estimate.plan_fingerprint),)),
        Particular("Data as of", (day_text(telling.plan.shown.as_of),)),
    ]
    return (
        Heading(3, "The study as planned"),
        ItemList(tuple((sentence,) for sentence in plan_in_words(plan))),
        Particulars(tuple(said)),
    )
