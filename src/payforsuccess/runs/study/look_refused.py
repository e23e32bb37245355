"""Why a look is not given: it was not planned, is not due, or its reader may not see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from payforsuccess.deal.approvals import is_of_one_alphabet
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Look
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Problem, sentence
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
            sentence(
                "No plan has a look called {name}. Outcomes by arm are seen at planned looks "
                "alone.",
                name=name,
            ),
            sentence("Planned are: {planned}.", planned=", ".join(planned) or sentence("none")),
            where,
        )
    for plan, each in looks.items():
        if plan not in seals:
            yield Problem(
                sentence(
                    "The plan {plan} is not sealed, so that its looks could be chosen at will.",
                    plan=plan,
                ),
                sentence("Have it sealed before anything is known."),
                deal.place_of("evaluation", plan),
            )
        if on < each.on:
            yield Problem(
                sentence(
                    "The look {name} of the plan {plan} is due on {on}.",
                    name=name,
                    plan=plan,
                    on=each.on,
                ),
                sentence("Wait for that day; there are no other looks."),
                deal.place_of("evaluation", plan, "looks"),
            )


def reader_problems(
    deal: Deal, looks: Mapping[str, Look], reader: str, *, on: date
) -> Iterator[Problem]:
    """Only the evaluator, and the board that a plan names, see outcomes by arm (R139)."""
    if not party_problems(deal, reader, "evaluator", on=on, what=sentence("A look")):
        return
    for plan in looks:
        monitoring = deal.evaluation[plan].monitoring
        if monitoring is not None and monitoring.board == reader:
            continue
        board = ""
        if monitoring is not None:
            board = sentence(" and {board}", board=monitoring.board)
        evaluators = [each.name for each in deal.parties if "evaluator" in each.roles]
        yield Problem(
            sentence(
                "{reader} may not see outcomes by arm of the plan {plan} before the end. Only "
                "{evaluators}{board} may, at planned looks.",
                reader=reader,
                plan=plan,
                evaluators=listed(evaluators),
                board=board,
            ),
            sentence("Ask for performance to target, which uses nothing of the control group."),
            deal.place_of("evaluation", plan, "monitoring"),
        )


def writing_problems(*, reader: str, by: str, on: date, today: date) -> Iterator[Problem]:
    """What is missing of the record, or a day ahead."""
    for key, text in (("reader", reader), ("by", by)):
        if not text.strip():
            yield Problem(
                sentence("Nothing is written for --{key}.", key=key), sentence("Write a name.")
            )
    if not is_of_one_alphabet(by):
        yield Problem(
            sentence("The name mixes letters of two alphabets, some of which only look alike."),
            sentence("Write it in one alphabet."),
        )
    if on > today:
        yield Problem(sentence("{on} lies ahead.", on=on), sentence("Give today or a day before."))
