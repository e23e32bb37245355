"""What the final report says of the shell that was sealed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from payforsuccess.reports import Document
from payforsuccess.reports.document import Block, Heading, ItemList, paragraph
from payforsuccess.reports.evaluation.facts import EvaluationFacts, PlanShown
from payforsuccess.reports.evaluation.page import evaluation_document
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.numbers import day_text, name_text
from payforsuccess.runs.study.shell import differences
from payforsuccess.runs.study.standing import PlanSeal


def with_shells(
    document: Document, facts: EvaluationFacts, seals: Mapping[str, PlanSeal]
) -> Document:
    """The report with a part at its end: which shells it fulfils, and what differs in shape."""
    blocks = shell_blocks(facts, seals)
    return replace(document, blocks=(*document.blocks, *blocks)) if blocks else document


def shell_blocks(facts: EvaluationFacts, seals: Mapping[str, PlanSeal]) -> tuple[Block, ...]:
    """A heading, and for each sealed plan its shell and the tables that are not as promised.

    Tables that only records give (the files read, how people came in, who left at which rule) are
    no part of a shell.
    """
    items = []
    for plan in facts.plans:
        seal = seals.get(plan.shown.estimate.plan)
        if seal is not None:
            items += _items(facts, plan, seal)
    if not items:
        return ()
    return (
        Heading(2, "What was sealed before launch", "sealed"),
        paragraph(
            "Each plan was frozen before results were known, with its report filled with people "
            "who do not exist. Tables that only records give are no part of that shell."
        ),
        ItemList(tuple(items)),
    )


def _items(
    facts: EvaluationFacts, plan: PlanShown, seal: PlanSeal
) -> list[tuple[str | Exactly, ...]]:
    name = name_text(seal.name)
    written = seal.written_on if seal.written_on != seal.on else None
    noted = f", in a record written on {day_text(written)}" if written is not None else ""
    sealed = f"{name}: the plan was sealed on {day_text(seal.on)} by {seal.who}{noted}, as "
    shell = seal.sealed.shell if seal.sealed is not None else None
    first: list[tuple[str | Exactly, ...]] = [(sealed, Exactly(seal.fingerprint), ".")]
    if shell is None:
        return [*first, (f"{name}: no shell was sealed.",)]
    alone = replace(
        facts,
        plans=(replace(plan, came_in=(), attrition=()),),
        data=(),
        record=replace(facts.record, inputs=()),
        threshold=None,
    )
    told = differences(shell, evaluation_document(alone))
    says = "and every table has its shape." if not told else "but for these tables:"
    return [
        *first,
        (f"{name}: the report fulfils the shell ", Exactly(shell.document), f", {says}"),
        *((each,) for each in told),
    ]
