"""Put on record that a person approves an issued statement, returns it, or answers a return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.approvals import ApprovalRecord, may_be_one
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.governance.approval import (
    ApprovalStanding,
    why_not_that_day,
    why_person_may_not_approve,
)
from payforsuccess.payments.approval import why_not_approvable
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealFolder, DealPath, named_statement, open_folder
from payforsuccess.runs.statement.approvals import (
    add_approval,
    approvals_folder,
    read_approvals,
    standing_of,
)
from payforsuccess.runs.statement.in_office import party_problems, version_on
from payforsuccess.runs.statement.provided import not_appropriated
from payforsuccess.runs.statement.statements import Issued, show


@dataclass(frozen=True, repr=False)
class Spoken:
    """What was put on record, how the statement stands with it, and what to know beside it."""

    record: ApprovalRecord
    standing: ApprovalStanding
    notes: tuple[str, ...]

    def __str__(self) -> str:
        one = self.record
        lines = [f"Statement {one.statement}, {one.statement_fingerprint}", f"  {one}"]
        lines += [f"  Note: {note}" for note in self.notes]
        lines.append(
            f"It is approved by {' and '.join(record.by for record in self.standing.approved)}."
            if self.standing.is_approved
            else f"Not approved yet: {self.standing.why_not}."
        )
        return "\n".join([*lines, f"Record {one.number}. Checksum {one.fingerprint}"])

    __repr__ = __str__

    def as_plain(self) -> Mapping[str, object]:
        """For programs."""
        return {
            "approval": self.record.as_plain(),
            "fingerprint": self.record.fingerprint,
            "is_approved": self.standing.is_approved,
            "why_not_approved": self.standing.why_not,
            "notes": list(self.notes),
        }


def approve(
    path: DealPath, number: int | None, *, by: str, party: str, on: date, as_of: date
) -> Spoken:
    """Record that a person of a payor approves an issued statement; two people make it approved.

    by: the person, taken at their word; who may write here is for the office that holds the folder.
    on: the day, not after `as_of`, today. The record names the statement by its fingerprint, so it
    counts for nothing else. Refuses what no payment can be approved on, a party that is no payor on
    that day, a statement that was sent back and waits for an answer, a part of that payor for which
    nothing is appropriated in budget.yaml, and who prepared it, determined its results or has
    approved it already.
    """
    folder, issued = _opened(path, number)
    statement = issued.statement
    with locked(approvals_folder(folder)):
        determinations = folder.determinations()
        standing = standing_of(folder, statement)
        problems = [
            Problem(
                sentence(
                    "No payment on statement {number} can be approved: {reason}",
                    number=statement.number,
                    reason=reason,
                ),
                sentence("Mend that first."),
                Place(str(issued.folder)),
            )
            for reason in why_not_approvable(statement)
        ]
        problems += _problems(folder, statement, by=by, party=party, on=on, as_of=as_of)
        problems += _unanswered(standing, issued)
        problems += _not_appropriated(folder, statement, party, on)
        problems += why_person_may_not_approve(
            statement,
            by,
            standing,
            determinations,
            speaks_for_others=_others(version_on(folder.history(), on), party),
        )
        if problems:
            raise Refusal(problems)
        record = add_approval(folder, statement, "approved", by=by, party=party, on=on)
    notes = superseded(statement, determinations)
    return Spoken(record, standing_of(folder, statement), notes)


def return_statement(
    path: DealPath,
    number: int | None,
    *,
    by: str,
    party: str,
    reason: str,
    on: date,
    as_of: date,
) -> Spoken:
    """Record that a person of a payor returns an issued statement, and why.

    It takes back every approval before it: two people approve anew, or never do. The statement
    stays as it is; what is wrong in it is put right by a later one. `reason` stands in the
    auditor's pack: name no participant in it. Refuses one on which money has moved.
    """
    folder, issued = _opened(path, number)
    statement = issued.statement
    with locked(approvals_folder(folder)):
        problems = _problems(folder, statement, by=by, party=party, on=on, as_of=as_of)
        if not reason.strip():
            problems.append(
                Problem(sentence("Nothing is written for --reason."), sentence("Write a text."))
            )
        if any(payment.statement == statement.number for payment in folder.paid()):
            problems.append(
                Problem(
                    sentence("Money has moved on statement {number}.", number=statement.number),
                    sentence(
                        "What is wrong in it is put right by a correction in a later statement."
                    ),
                    Place(str(folder.root / "payments.yaml")),
                )
            )
        if problems:
            raise Refusal(problems)
        record = add_approval(
            folder, statement, "returned", by=by, party=party, on=on, reason=reason
        )
    return Spoken(record, standing_of(folder, statement), ())


def answer_return(
    path: DealPath, number: int | None, *, by: str, says: str, on: date, as_of: date
) -> Spoken:
    """Record what the office that prepared a statement says to its return.

    It puts the statement before the payors again, and brings no approval back. What is wrong in it
    is put right by a later statement: the answer says by which. `says` stands in the auditor's
    pack: name no participant in it. Refuses one that nobody sent back or that was answered, and
    who sent it back or has approved it: the office answers, and the payors decide.
    """
    folder, issued = _opened(path, number)
    statement = issued.statement
    with locked(approvals_folder(folder)):
        standing = standing_of(folder, statement)
        problems = list(
            why_not_that_day(statement, on, read_approvals(folder), today=as_of),
        )
        if not by.strip() or not says.strip():
            problems.append(
                Problem(sentence("Nothing says who answers, and what."), sentence("Write both."))
            )
        if not standing.is_sent_back:
            problems.append(
                Problem(
                    sentence(
                        "Statement {number} does not wait for an answer.", number=statement.number
                    ),
                    sentence("Look at what was said of it."),
                )
            )
        spoke = [each for each in (standing.returned, *standing.approved) if each is not None]
        if any(may_be_one(by, each.by) for each in spoke):
            problems.append(
                Problem(
                    sentence("{by} spoke of it for a payor.", by=by),
                    sentence("Have someone of the office answer that prepared it."),
                )
            )
        if problems:
            raise Refusal(problems)
        record = add_approval(folder, statement, "answered", by=by, on=on, reason=says.strip())
    return Spoken(record, standing_of(folder, statement), ())


def shown_standing(path: DealPath, issued: Issued) -> ApprovalStanding | None:
    """How a statement stands, where it can be approved or people spoke of it; else nothing."""
    path, _ = named_statement(path, issued.statement.number)
    standing = standing_of(open_folder(path), issued.statement)
    if issued.why_not_approvable and not (standing.prepared_by or standing.returned):
        return None
    return standing


def _opened(path: DealPath, number: int | None) -> tuple[DealFolder, Issued]:
    path, number = named_statement(path, number)
    return open_folder(path), show(path, number)


def _problems(
    folder: DealFolder, statement: Statement, *, by: str, party: str, on: date, as_of: date
) -> list[Problem]:
    """What keeps anyone's word of a statement off the record."""
    problems = [
        Problem(sentence("Nothing is written for --{name}.", name=name), sentence("Write a text."))
        for name, text in (("by", by), ("party", party))
        if not text.strip()
    ]
    deal = version_on(folder.history(), on)
    if party.strip():
        problems += party_problems(deal, party, "payor", on=on, what=sentence("An approval"))
    problems += why_not_that_day(statement, on, read_approvals(folder), today=as_of)
    return problems


def _unanswered(standing: ApprovalStanding, issued: Issued) -> list[Problem]:
    """A return that the office has not answered: nobody approves over it."""
    if standing.returned is None or not standing.is_sent_back:
        return []
    return [
        Problem(
            sentence(
                "Statement {number} was sent back on {day}, and nobody has answered.",
                number=issued.statement.number,
                day=standing.returned.on,
            ),
            sentence("Have the office that prepared it answer first, and read what it says."),
            Place(str(issued.folder)),
        )
    ]


def _not_appropriated(
    folder: DealFolder, statement: Statement, party: str, on: date
) -> list[Problem]:
    """What the payor's budget lacks for its part, paid on the day it falls due and today alike."""
    due = max(statement.due_on or statement.as_of, on)
    missing = not_appropriated(folder, statement, due)
    if missing and due != on:
        missing = not_appropriated(folder, statement, on) and missing
    return [problem for payor, _, problem in missing if payor == party]


def _others(deal: Deal, party: str) -> dict[str, str]:
    """Who certified the deal for a party that is not the one they would approve for."""
    certified = deal.executed.certified_by if deal.executed is not None else ()
    return {each.name: each.party for each in certified if each.party != party}


def superseded(statement: Statement, determinations: tuple[Determination, ...]) -> tuple[str, ...]:
    """What of its results was signed anew since: the difference stands in a later statement."""
    used = {result.determination for result in statement.results}
    return tuple(
        sentence(
            "determination {old}, on which it pays, was superseded by {new}; what differs is a "
            "correction in a later statement.",
            old=record.supersedes,
            new=record.number,
        )
        for record in determinations
        if record.supersedes is not None and record.supersedes in used
    )
