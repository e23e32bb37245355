"""Decisions with what they rest on, moves, actions, and who has which part (R42, R85, R107)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.actions import Action
from payforsuccess.governance.initiative.decisions import Decision
from payforsuccess.reports.document import Document, Heading, paragraph
from payforsuccess.reports.numbers import counted, day_text
from payforsuccess.reports.registers.page import blank_in, register_page, rows_or, words


def decisions_entries(facts: Facts) -> tuple[Decision, ...]:
    """Every decision by the day, in the order of the days."""
    known = (each for each in facts.initiative.decisions if each.on <= facts.on)
    return tuple(sorted(known, key=lambda each: each.on))


def decisions_document(facts: Facts) -> Document:
    """Decisions, moves along the lifecycle, actions, and who has which part in a decision."""
    initiative, found = facts.initiative, decisions_entries(facts)
    without = sum(not each.evidence for each in found)
    no_one = blank_in(facts, "no one")
    return register_page(
        facts,
        "Decisions",
        (
            paragraph(_said(len(found), without, facts)),
            rows_or(
                "Decisions on record",
                ("Decision", "Day", "By", "Reasons", "Rests on", "Written in"),
                (
                    (
                        each.says,
                        day_text(each.on),
                        each.by,
                        each.reasons,
                        "; ".join(each.evidence) or blank_in(facts, "nothing that it names"),
                        str(each.paper) if each.paper is not None else "",
                    )
                    for each in found
                ),
                empty="Each names its day, who decided, the reasons and what it rests on.",
                blank="not on file",
            ),
            Heading(2, "Moves along the lifecycle", "moves"),
            rows_or(
                "Moves, with what was passed over",
                ("To", "Day", "By", "Passed over", "Why"),
                (
                    (
                        words(each.to),
                        day_text(each.on),
                        each.by,
                        ", ".join(words(name) for name in each.overrides) or "nothing",
                        each.reason or "",
                    )
                    for each in initiative.moves
                    if each.on <= facts.on
                ),
                empty="No move is on file.",
                blank="-",
            ),
            Heading(2, "Actions", "actions"),
            rows_or(
                "What is done where something is off track",
                ("Action", "For", "Owner", "Due", "Standing"),
                (
                    (each.says, each.metric, each.owner, day_text(each.due), _standing(each, facts))
                    for each in initiative.actions
                    if each.opened_on <= facts.on
                ),
                empty="No action is on file.",
            ),
            Heading(2, "Who has which part", "parts"),
            rows_or(
                "Who prepares, answers for, is asked before and told after",
                ("Kind of decision", "Responsible", "Accountable", "Consulted", "Informed"),
                (
                    (
                        each.decision,
                        ", ".join(each.responsible),
                        each.accountable,
                        ", ".join(each.consulted) or no_one,
                        ", ".join(each.informed) or no_one,
                    )
                    for each in initiative.decision_parts
                ),
                empty="Nobody's part in decisions is on file.",
            ),
        ),
    )


def _said(found: int, without: int, facts: Facts) -> str:
    if not found:
        return "No decision is on file."
    said = f"{counted(found, 'decision')} on file; "
    if not without:
        return f"{said}each names a metric or evidence that it rests on."
    if facts.initiative.is_from_sources:
        return f"{said}what {without} of them rested on is in no source on file."
    return f"{said}{without} of them {'names' if without == 1 else 'name'} no metric or evidence."


def _standing(action: Action, facts: Facts) -> str:
    if action.is_open(on=facts.on):
        late = action.days_overdue(on=facts.on)
        return f"{counted(late, 'day')} overdue" if late else "under way"
    done = day_text(action.done_on) if action.done_on is not None else ""
    return f"done on {done}: {action.result}"
