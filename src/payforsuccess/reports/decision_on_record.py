"""A decision as a memo: what was decided, why, on which evidence, and who had which part in it."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.decisions import Decision, PartInDecision
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.of_initiative import initiative_notices
from payforsuccess.reports.rests_on import rests_on
from payforsuccess.reports.table import Column, Table, cell
from payforsuccess.trail import RunInput

NO_EVIDENCE = Notice(
    "No evidence is named",
    "This decision names no metric, run or paper that it rests on. It is counted as such.",
)


@dataclass(frozen=True)
class DecisionFacts:
    """What the memo is made from. `answers` says which condition or dispute it settles."""

    initiative: Initiative
    decision: Decision
    answers: str
    rests_on: tuple[RunInput, ...]


def decision_memo(facts: DecisionFacts) -> Document:
    """The memo of one decision on record, in the words of the record."""
    initiative, decision = facts.initiative, facts.decision
    settles = (Particular("It settles", (facts.answers,)),) if facts.answers else ()
    return Document(
        title=f"Decision memo: {initiative.initiative}",
        language="en",
        lists_contents=False,
        subtitle=f"{decision.by} · {day_text(decision.on)}",
        notices=(
            *initiative_notices(initiative.standing),
            *(() if decision.evidence or initiative.is_from_sources else (NO_EVIDENCE,)),
        ),
        blocks=(
            Particulars(
                (
                    Particular("Decided by", (decision.by,)),
                    Particular("On", (day_text(decision.on),)),
                    Particular("On record as", (decision.name,)),
                    *([Particular("Written in", (str(decision.paper),))] if decision.paper else []),
                    *settles,
                )
            ),
            Heading(2, "What was decided", "decided"),
            paragraph(decision.says),
            Heading(2, "Why", "why"),
            paragraph(decision.reasons),
            Heading(2, "Evidence", "evidence"),
            ItemList(tuple((each,) for each in decision.evidence))
            if decision.evidence
            else paragraph("The record names none."),
            *_parts(initiative.decision_parts),
            *_risks(initiative),
            *rests_on(facts.rests_on),
        ),
    )


def _parts(parts: tuple[PartInDecision, ...]) -> list[Block]:
    if not parts:
        return []
    titles = ("Decision", "Responsible", "Accountable", "Consulted", "Informed")
    return [
        Heading(2, "Who has which part in decisions", "parts"),
        Table(
            "Who prepares, answers for, is asked before and told after each kind of decision",
            tuple(Column(title) for title in titles),
            tuple(
                (
                    cell(each.decision),
                    cell("; ".join(each.responsible)),
                    cell(each.accountable),
                    cell("; ".join(each.consulted) or "no one"),
                    cell("; ".join(each.informed) or "no one"),
                )
                for each in parts
            ),
        ),
    ]


def _risks(initiative: Initiative) -> list[Block]:
    if not initiative.risks:
        return []
    titles = ("Risk", "Borne before", "Borne after", "Likely, bad", "Response and who watches")
    return [
        Heading(2, "Risks on the register", "risks"),
        Table(
            "Who bears each risk without the contract and under it",
            tuple(Column(title) for title in titles),
            tuple(
                (
                    cell(each.says),
                    cell("; ".join(each.before)),
                    cell("; ".join(each.after)),
                    cell(f"{each.likelihood}, {each.effect}"),
                    cell(f"{each.response} ({each.owner})"),
                )
                for each in initiative.risks
            ),
        ),
    ]
