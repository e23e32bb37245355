"""Open and settle disputes on lines of a statement, in the register beside the deal (R124)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.results import Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.governance.after import after
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.voice import Dispute, DisputeStepTaken
from payforsuccess.runs.files import locked, read_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.initiative.files import FILE
from payforsuccess.runs.statement.approvals import approvals_folder
from payforsuccess.runs.statement.in_office import version_on
from payforsuccess.runs.statement.statements import show
from payforsuccess.units import CURRENCY_DIGITS, exact_text, money_text, to_minor

_KEY = re.compile(r"^[A-Za-z_][A-Za-z0-9_-]*:")


@dataclass(frozen=True)
class Objection:
    """What a party objects to: lines of a statement, the clause it relies on, and how much.

    amount: minor units of the deal's currency.
    """

    lines: tuple[str, ...]
    clause: str
    amount: int


def open_dispute(
    path: DealPath, number: int, objection: Objection, *, raised_by: str, on: date
) -> Dispute:
    """Put a new dispute on record, with the first step of the deal's own rules.

    Refuses a party that is not of the deal, lines that the statement does not have, more than they
    state, no clause, a day after the time in which the deal lets a line be disputed, and what the
    same party objects to already.
    """
    folder = open_folder(path)
    statement = show(path, number).statement
    deal = version_on(folder.history(), on)
    problems = _problems(deal, statement, objection, raised_by=raised_by, on=on)
    if problems:
        raise Refusal(problems)
    with locked(approvals_folder(folder)):
        initiative = _initiative(folder)
        _refuse_same(initiative, deal, number, objection, raised_by=raised_by)
        count = sum(each.statement == number for each in initiative.disputes)
        dispute = Dispute(
            name=f"statement-{number}-{count + 1}",
            statement=number,
            lines=objection.lines,
            clause=objection.clause.strip(),
            amount=Fraction(objection.amount, 10 ** CURRENCY_DIGITS[deal.currency]),
            raised_by=raised_by,
            raised_on=on,
            steps=(DisputeStepTaken(step=deal.disputes.steps[0].name, opened_on=on),),
        )
        _write(folder, initiative, (*initiative.disputes, dispute))
    return dispute


def settle_dispute(path: DealPath, name: str, *, says: str, on: date) -> Dispute:
    """Put on record how a dispute was settled, on its present step; what it held back is free.

    Refuses a dispute that is not on record or is settled, a day before its step was opened, and
    silence on how. What follows for an amount is a correction or a new determination, never this.
    """
    folder = open_folder(path)
    with locked(approvals_folder(folder)):
        initiative = _initiative(folder)
        found = next((each for each in initiative.disputes if each.name == name), None)
        problem = _why_not_settled(found, says, on)
        if problem is not None:
            raise Refusal(problem)
        assert found is not None
        last = found.steps[-1].model_copy(update={"settled_on": on, "says": says.strip()})
        settled = found.model_copy(update={"steps": (*found.steps[:-1], last)})
        changed = tuple(settled if each.name == name else each for each in initiative.disputes)
        _write(folder, initiative, changed)
    return settled


def _refuse_same(
    initiative: Initiative, deal: Deal, number: int, objection: Objection, *, raised_by: str
) -> None:
    """Refuse an objection that its party has made in the same words, and that is open still."""
    for each in initiative.disputes:
        is_open = each.steps[-1].settled_on is None
        is_same = (
            each.statement == number
            and each.raised_by == raised_by
            and set(each.lines) == set(objection.lines)
            and each.clause == objection.clause.strip()
            and to_minor(each.amount, deal.currency) == objection.amount
        )
        if is_open and is_same:
            raise Refusal(
                Problem(
                    sentence("The same objection is on record, since {day}.", day=each.raised_on),
                    sentence("Wait until it is settled, or say what else is wrong."),
                )
            )


def _why_not_settled(found: Dispute | None, says: str, on: date) -> Problem | None:
    if found is None:
        return Problem(
            sentence("No dispute of this name is on record."),
            sentence("Look at the register of disputes."),
        )
    step = found.steps[-1]
    if step.settled_on is not None:
        return Problem(
            sentence("It was settled on {settled_on}.", settled_on=step.settled_on),
            sentence("Open a new one if need be."),
        )
    if on < step.opened_on:
        return Problem(
            sentence(
                "The day is before {opened_on}, on which the step was opened.",
                opened_on=step.opened_on,
            ),
            sentence("Correct the day."),
        )
    if not says.strip():
        return Problem(
            sentence("Nothing says how it was settled."), sentence("Write it in a sentence.")
        )
    return None


def _problems(
    deal: Deal, statement: Statement, objection: Objection, *, raised_by: str, on: date
) -> list[Problem]:
    problems = []
    if raised_by not in {party.name for party in deal.parties}:
        problems.append(
            Problem(
                sentence("Whoever raises it is no party of the deal."),
                sentence("Name a party of the deal."),
            )
        )
    known = {line.term for line in statement.lines}
    if not objection.lines or set(objection.lines) - known:
        problems.append(
            Problem(
                sentence(
                    "Statement {number} does not have all of these lines.", number=statement.number
                ),
                sentence(
                    "Name lines of it: {known}.",
                    known=", ".join(sorted(known)) or sentence("it has none"),
                ),
            )
        )
    if not objection.clause.strip():
        problems.append(
            Problem(sentence("No clause is named."), sentence("Name the clause you rely on."))
        )
    stated = sum(abs(line.amount) for line in statement.lines if line.term in objection.lines)
    if not 0 < objection.amount <= stated:
        problems.append(
            Problem(
                sentence(
                    "The amount is not above 0 and at most {amount}, which these lines state.",
                    amount=money_text(stated, deal.currency, code=True),
                ),
                sentence("Correct the amount."),
            )
        )
    until = after(statement.as_of, deal.disputes.raise_within)
    if not statement.as_of <= on <= until:
        problems.append(
            Problem(
                sentence(
                    "Lines of statement {number} could be disputed from {as_of} to {until}.",
                    number=statement.number,
                    as_of=statement.as_of,
                    until=until,
                ),
                sentence("Ask for a correction instead."),
            )
        )
    return problems


def _initiative(folder: DealFolder) -> Initiative:
    path = folder.root / FILE
    if not path.is_file():
        raise Refusal(
            Problem(
                sentence(
                    "There is no {file} beside the deal, in which disputes are kept.", file=FILE
                ),
                sentence("Make one: the how-to on planning an initiative says what stands in it."),
                Place(str(folder.root)),
            )
        )
    return read_whole(Initiative, read_bytes(path), file=str(path))


def _write(folder: DealFolder, before: Initiative, disputes: Sequence[Dispute]) -> None:
    """Exchange the block of disputes and leave every other line as it is."""
    path = folder.root / FILE
    lines = read_bytes(path).decode("utf-8").splitlines()
    block = ["disputes:", *(f"- {_flow(each)}" for each in disputes)]
    start = next((at for at, line in enumerate(lines) if line.startswith("disputes:")), None)
    if start is None:
        lines += block
    else:
        end = next((at for at in range(start + 1, len(lines)) if _KEY.match(lines[at])), len(lines))
        lines[start:end] = block
    content = ("\n".join(lines) + "\n").encode()
    now = read_whole(Initiative, content, file=str(path))
    is_same = _rest_of(now) == _rest_of(before)
    if not is_same or [d.model_dump() for d in now.disputes] != [d.model_dump() for d in disputes]:
        raise Refusal(
            Problem(
                sentence("{file} is written in a form in which no dispute can be put.", file=FILE),
                sentence("Write its keys at the beginnings of lines, one below the other."),
                Place(str(path)),
            )
        )
    write_whole(path, content)


def _rest_of(initiative: Initiative) -> dict[str, object]:
    """Everything in the file but its disputes."""
    return initiative.model_dump(exclude={"disputes"})


def _flow(dispute: Dispute) -> str:
    """A dispute on one line, in a form that YAML reads too."""
    steps = [
        {
            "step": step.step,
            "opened_on": step.opened_on.isoformat(),
            **({"settled_on": step.settled_on.isoformat()} if step.settled_on else {}),
            **({"says": step.says} if step.says else {}),
        }
        for step in dispute.steps
    ]
    plain = {
        "name": dispute.name,
        "statement": dispute.statement,
        "lines": list(dispute.lines),
        "clause": dispute.clause,
        "amount": exact_text(dispute.amount),
        "raised_by": dispute.raised_by,
        "raised_on": dispute.raised_on.isoformat(),
        "steps": steps,
    }
    return json.dumps(plain, ensure_ascii=False)
