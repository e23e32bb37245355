"""The memo of a decision on record in `initiative.yaml`."""

from __future__ import annotations

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.governance.conditions.themes import CONDITIONS
from payforsuccess.governance.initiative import Initiative
from payforsuccess.reports import Document
from payforsuccess.reports.decision_on_record import DecisionFacts, decision_memo
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.initiative.files import FILE, open_initiative


def document(asked: Asked) -> Document:
    """The last decision by the day, or that of the number, counted from the first of the file.

    `pfs rank` writes the memo of a competition. Refuses an initiative without a decision by then.
    """
    opened = open_initiative(asked.path, on=asked.on)
    initiative = opened.facts.initiative
    decisions = [each for each in initiative.decisions if each.on <= asked.on]
    at = len(decisions) if asked.number is None else asked.number
    if not 1 <= at <= len(decisions):
        raise Refusal(
            Problem(
                "No decision is on record by this day."
                if not decisions
                else f"There is no decision {at}: {len(decisions)} are on record by this day.",
                "Write it under `decisions`, with reasons and the evidence it rests on.",
                Place(str(opened.folder.root / FILE)),
            )
        )
    decision = decisions[at - 1]
    return decision_memo(
        DecisionFacts(
            initiative,
            decision,
            _answers(initiative, decision.answers or ""),
            opened.folder.inputs(FILE),
        )
    )


def _answers(initiative: Initiative, name: str) -> str:
    """What the decision settles, in words; empty where it settles nothing."""
    for dispute in initiative.disputes:
        if dispute.name == name:
            return f"the dispute “{name}” on statement {dispute.statement}"
    condition = CONDITIONS.get(name)
    return condition.says if condition is not None else name.replace("-", " ")
