"""Why a look is not given: it was not planned, is not due, or its reader may not see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from payforsuccess.deal.approvals import is_of_one_alphabet
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Look
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Problem
from payforsuccess.runs.statement.in_office import party_problems
from payforsuccess.runs.study.standing import PlanSeal


def look_problems(
    deal: Deal,
    name: str,
    looks: Mapping[str, Look],
    seals: Mapping[str, PlanSeal],
    *,
    on: date,
) -> Iterator[Problem]:
    """A look that no plan has, that a plan has without a seal, or that is not due."""
    where = deal.place_of("evaluation")
    if not looks:
        planned = dict.fromkeys(
            each.name for plan in deal.evaluation.values() for each in plan.looks
        )
        yield Problem(
            f"No plan has a look called {name}. Outcomes by arm are seen at planned looks alone.",
            f"Planned are: {', '.join(planned) or 'none'}.",
            where,
        )
    for plan, each in looks.items():
        if plan not in seals:
            yield Problem(
                f"The plan {plan} is not sealed, so that its looks could be chosen at will.",
                "Seal it before anything is known: pfs evaluate --seal.",
                deal.place_of("evaluation", plan),
            )
        if on < each.on:
            yield Problem(
                f"The look {name} of the plan {plan} is due on {each.on}.",
                "Wait for that day; there are no other looks.",
                deal.place_of("evaluation", plan, "looks"),
            )


def reader_problems(
    deal: Deal, looks: Mapping[str, Look], reader: str, *, on: date
) -> Iterator[Problem]:
    """Only the evaluator, and the board that a plan names, see outcomes by arm (R139)."""
    if not party_problems(deal, reader, "evaluator", on=on, what="A look"):
        return
    for plan in looks:
        monitoring = deal.evaluation[plan].monitoring
        if monitoring is not None and monitoring.board == reader:
            continue
        board = f" and {monitoring.board}" if monitoring is not None else ""
        evaluators = [each.name for each in deal.parties if "evaluator" in each.roles]
        yield Problem(
            f"{reader} may not see outcomes by arm of the plan {plan} before the end. Only "
            f"{listed(evaluators)}{board} may, at planned looks.",
            "Ask for performance to target, which uses nothing of the control group: pfs track.",
            deal.place_of("evaluation", plan, "monitoring"),
        )


def writing_problems(*, reader: str, by: str, on: date, today: date) -> Iterator[Problem]:
    """What is missing of the record, or a day ahead."""
    for key, text in (("reader", reader), ("by", by)):
        if not text.strip():
            yield Problem(f"Nothing is written for --{key}.", "Write a name.")
    if not is_of_one_alphabet(by):
        yield Problem(
            "The name mixes letters of two alphabets, some of which only look alike.",
            "Write it in one alphabet.",
        )
    if on > today:
        yield Problem(f"{on} lies ahead.", "Give today or a day before.")
