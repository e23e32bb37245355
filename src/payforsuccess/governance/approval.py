"""Who may approve an issued statement, and whether it is approved: two people, and no fewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.approvals import (
    ApprovalRecord,
    is_of_one_alphabet,
    may_be_one,
    same_person,
)
from payforsuccess.deal.results import Determination, Statement
from payforsuccess.errors import Problem, sentence, with_and

ENOUGH = 2
"""People who must approve; no approval of money rests on one."""
_SAID = {
    "prepared": sentence("prepared"),
    "approved": sentence("approved"),
    "returned": sentence("returned"),
    "answered": sentence("answered"),
}


@dataclass(frozen=True)
class ApprovalStanding:
    """How an issued statement stands by what people said of it.

    approved: the approvals that count, one a person. returned: the last return, where there was
    one. prepared_by: who prepared it. missing: payors with a part in it of whom nobody approved.
    answered: what the office said to the last return. answered_by: who ever answered one.
    """

    approved: tuple[ApprovalRecord, ...]
    returned: ApprovalRecord | None
    prepared_by: tuple[str, ...]
    missing: tuple[str, ...]
    answered: ApprovalRecord | None = None
    answered_by: tuple[str, ...] = ()

    @property
    def is_sent_back(self) -> bool:
        """Whether it was returned, and nobody has answered."""
        return self.returned is not None and self.answered is None and not self.is_approved

    @property
    def is_approved(self) -> bool:
        """Whether the statement may be paid: two people approved, and one of each payor."""
        return len(self.approved) >= ENOUGH and not self.missing

    @property
    def why_not(self) -> str:
        """What is missing, as the end of a sentence; empty when nothing is."""
        if self.is_approved:
            return ""
        said = sentence("nobody has approved it")
        if len(self.approved) == 1:
            said = sentence("one person has approved it")
        elif self.approved:
            said = sentence("{number} people have approved it", number=len(self.approved))
        if self.returned:
            on = self.returned.on
            said = sentence("{said} since it was returned on {day}", said=said, day=on)
        among = with_and([sentence("one of {payor}", payor=payor) for payor in self.missing])
        if len(self.approved) >= ENOUGH:
            return sentence("{said}; {who} must", said=said, who=among)
        if among:
            return sentence("{said}; two people must, {who} among them", said=said, who=among)
        return sentence("{said}; two people must", said=said)

    def as_plain(self) -> Mapping[str, object]:
        """For programs."""
        return {
            "is_approved": self.is_approved,
            "why_not_approved": self.why_not,
            "approved": [record.as_plain() for record in self.approved],
            "returned": self.returned.as_plain() if self.returned else None,
            "prepared_by": list(self.prepared_by),
            **({"answered": self.answered.as_plain()} if self.answered else {}),
        }

    def __str__(self) -> str:
        lines = ["Approval (no part of the statement)"]
        lines += [f"  prepared by {name}" for name in self.prepared_by]
        lines += [f"  {each}" for each in (self.returned, self.answered) if each]
        lines += [f"  {record}" for record in self.approved]
        lines.append("  APPROVED" if self.is_approved else f"  NOT APPROVED: {self.why_not}")
        return "\n".join(lines)

    __repr__ = __str__


def approval_standing(statement: Statement, records: Sequence[ApprovalRecord]) -> ApprovalStanding:
    """How a statement stands. Records of another statement, or of another content, do not count.

    A return takes back every approval before it, and an answer none: it puts the statement before
    the payors again. A person counts once, and who prepared the statement or answered for it not at
    all, even where that was put on record afterwards.
    """
    own = [record for record in records if record.statement_fingerprint == statement.fingerprint]
    prepared = {record.who: record.by for record in own if record.said == "prepared"}
    returns = [record for record in own if record.said == "returned"]
    after = returns[-1].number if returns else 0
    answers = [record for record in own if record.said == "answered"]
    office = {*prepared, *(record.who for record in answers)}
    approved: dict[str, ApprovalRecord] = {}
    for record in own:
        if record.said == "approved" and record.number > after and record.who not in office:
            approved.setdefault(record.who, record)
    spoken = {record.party for record in approved.values()}
    owing = [payor for payor, amount in statement.payor_totals().items() if amount]
    return ApprovalStanding(
        approved=tuple(approved.values()),
        returned=returns[-1] if returns else None,
        prepared_by=tuple(prepared.values()),
        missing=tuple(payor for payor in owing if payor not in spoken),
        answered=answers[-1] if answers and answers[-1].number > after else None,
        answered_by=tuple({record.who: record.by for record in answers}.values()),
    )


def why_person_may_not_approve(
    statement: Statement,
    by: str,
    standing: ApprovalStanding,
    determinations: Sequence[Determination],
    *,
    speaks_for_others: Mapping[str, str],
) -> tuple[Problem, ...]:
    """Why one person may not approve a statement; empty when they may.

    Who prepared it or answered for it may not, nor who signed any determination of the deal, nor
    who speaks for a party that is not the payor (`speaks_for_others`: the person to that party),
    nor who has approved it. Names that may be one person's count as one. While nobody is on record
    as having prepared it nobody may: it could be the same person.
    """
    number = statement.number
    problems = []
    if not is_of_one_alphabet(by):
        problems.append(
            Problem(
                sentence("The name mixes letters of two alphabets, some of which only look alike."),
                sentence("Write it in one alphabet."),
            )
        )
    for name, party in speaks_for_others.items():
        if may_be_one(by, name):
            problems.append(
                Problem(
                    sentence("{by} is on record as speaking for {party}.", by=by, party=party),
                    sentence("Have someone approve it who speaks for the payor alone."),
                )
            )
    if not standing.prepared_by:
        problems.append(
            Problem(
                sentence(
                    "Nobody is on record as having prepared statement {number}, so it cannot be "
                    "told that someone else approves it.",
                    number=number,
                ),
                sentence(
                    "Put the name on record: pfs statement issue --by NAME, with --draft and the "
                    "draft it was issued from. Nothing is issued anew."
                ),
            )
        )
    for name in standing.prepared_by:
        if may_be_one(by, name):
            problems.append(
                Problem(
                    sentence(
                        "{who} prepared statement {number}.", who=_who(by, name), number=number
                    ),
                    sentence("Have someone else approve it."),
                )
            )
    for name in standing.answered_by:
        if may_be_one(by, name):
            problems.append(
                Problem(
                    sentence(
                        "{who} answered for statement {number} when it was sent back.",
                        who=_who(by, name),
                        number=number,
                    ),
                    sentence("Have someone else approve it."),
                )
            )
    signed = [record for record in determinations if may_be_one(by, record.signed_by)]
    if signed:
        numbers = ", ".join(str(record.number) for record in signed)
        problems.append(
            Problem(
                sentence(
                    "{who} signed determination {numbers} of this deal.",
                    who=_who(by, signed[0].signed_by),
                    numbers=numbers,
                ),
                sentence("Have someone approve it who determined none of its results."),
            )
        )
    for record in standing.approved:
        if may_be_one(by, record.by):
            problems.append(
                Problem(
                    sentence(
                        "{who} has approved statement {number} already, and counts once.",
                        who=_who(by, record.by),
                        number=number,
                    ),
                    sentence("Have a second person approve it."),
                )
            )
    return tuple(problems)


def _who(by: str, name: str) -> str:
    """The person, with the name on record where it is written in another way."""
    if same_person(by) == same_person(name):
        return by
    return sentence("{by}, who may be {name},", by=by, name=name)


def why_not_that_day(
    statement: Statement, on: date, records: Sequence[ApprovalRecord], *, today: date
) -> tuple[Problem, ...]:
    """Why something cannot have been said of a statement on a day; empty when it can.

    A statement made for a day ahead, as in a rehearsal, can be approved on that day.
    """
    if on > max(today, statement.as_of):
        ahead = sentence("{day} lies ahead.", day=on)
        return (Problem(ahead, sentence("Give the day it was said, today or before.")),)
    made = sentence("statement {number} was made", number=statement.number)
    marks: list[tuple[date, str]] = [(statement.as_of, made)]
    marks += [
        (record.on, sentence("it was {said} by {by}", said=_SAID[record.said], by=record.by))
        for record in records
        if record.statement_fingerprint == statement.fingerprint
    ]
    last, what = max(marks)
    if on >= last:
        return ()
    before = sentence("{day} is before {last}, when {what}.", day=on, last=last, what=what)
    return (Problem(before, sentence("Give the day on which it was said.")),)
