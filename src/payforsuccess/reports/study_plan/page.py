"""The studies of a deal as a page: assumptions, what they can show, and what they would be paid."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.study.plan import StudyPlan
from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.forecast_tables import Lines, as_table
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.inline import with_names
from payforsuccess.reports.notices import assumed_notices, deal_notices
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.study_plan.pictures import chance_figure, paid_figure, size_figure
from payforsuccess.reports.study_plan.tables import size_lines, truth_lines
from payforsuccess.reports.study_plan.words import (
    assumed_lines,
    effect_text,
    likely_mistakes,
    needed_text,
    other_findings,
)


def study_document(
    deal: Deal,
    assumptions: Assumptions,
    plans: Sequence[StudyPlan],
    *,
    case: Case,
    studies: int,
    seed: int,
) -> Document:
    """The page of all studies planned, with what they rest on."""
    return Document(
        title=f"{deal.deal}: studies planned",
        language="en",
        subtitle=f"As assumed on {day_text(assumptions.as_of)}, the {case} case, in "
        f"{deal.currency}",
        notices=(
            *deal_notices(deal.standing, is_certified=deal.is_certified),
            *assumed_notices(firmness_text(assumptions)),
        ),
        blocks=(
            *(block for plan in plans for block in _study(plan, case)),
            Heading(2, "How to read this", "reading"),
            paragraph(
                f"Estimates were drawn {studies:,} times at each true effect with seed {seed}, as "
                "the plan's design would give them, brought through its decision rule and "
                "fall-backs, and paid by the deal's own payment terms. Every other result is what "
                "the case assumes. What stands after ± is the standard error of the drawing."
            ),
            paragraph(
                "Earned is what the terms pay on the true effect itself, if it were known. Too "
                "much and too little are means over all studies of what is paid beyond it and "
                "short of it; they come from chance in the estimate alone. That the test rejects "
                "no effect matters for payment only where the plan, or a payment term, pays on "
                "significance."
            ),
        ),
    )


def _study(plan: StudyPlan, case: Case) -> list[Block]:
    key = plan.name.replace("_", "-")
    rows: Lines = [("Assumed", "Value"), *assumed_lines(plan, case)]
    blocks: list[Block] = [
        Heading(2, f"{plan.name}: {plan.outcome}", f"study-{key}"),
        paragraph(*with_names(plan.plan.says)),
        ItemList(
            tuple(with_names(said) for said in (*likely_mistakes(plan), *other_findings(plan)))
        ),
        as_table("The study as assumed", rows, texts=(0, 1)),
        Heading(3, "What it can show", f"show-{key}"),
        paragraph(
            f"For the planned power at the target of {effect_text(plan, plan.target)}, "
            f"{needed_text(plan)}"
        ),
        as_table("By the size of the study", size_lines(plan), texts=(0,)),
    ]
    paying = plan.paying
    if paying is None:
        return blocks
    blocks.append(Heading(3, "What is paid on it", f"paid-{key}"))
    if plan.break_even is not None:
        blocks.append(
            paragraph(
                f"Break-even is {effect_text(plan, plan.break_even.truth)}: {plan.break_even.says}."
            )
        )
    blocks += [
        as_table("At three true effects", truth_lines(plan, paying)),
        paid_figure(plan, paying),
        chance_figure(plan, paying),
        size_figure(plan, paying),
    ]
    return blocks
