"""What becomes known after a draw: put on the list beside it, and never into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.errors import Problem, sentence
from payforsuccess.evaluation.lottery.drawing import look_alike_problem
from payforsuccess.evaluation.lottery.entries import (
    Alias,
    Departed,
    Entry,
    Outside,
    Withdrawn,
)
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.runs.assign.ethics import ethics_in_force
from payforsuccess.runs.assign.kept import add_entries, assignments_folder, read_list
from payforsuccess.runs.assign.kept_texts import name_problems
from payforsuccess.runs.assign.lottery import refuse, writing_problems
from payforsuccess.runs.assign.referrals import key_problems
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.statement.in_office import version_on


@dataclass(frozen=True, repr=False)
class Noted:
    """What was put on the list, in a sentence without any key, and the head to note."""

    says: str
    head: str

    def __str__(self) -> str:
        return f"{self.says}\nHead of the list: {self.head}"

    __repr__ = __str__


@dataclass(frozen=True)
class Writer:
    """Who writes an entry, for which day, on which day; `reason` names no participant."""

    by: str
    on: date
    today: date
    reason: str


def note_alias(path: DealPath, person: str, alias: str, writer: Writer) -> Noted:
    """Two keys are one person: the first draw under either counts for both, for ever.

    First is first in the list, through any chain of aliases. Where both were drawn, each key is
    still told what was told of it. Refuses two keys of which neither was drawn, two that are known
    as one already, and a key that looks like that of a third person.
    """
    folder = open_folder(path)
    with locked(assignments_folder(folder)):
        listed = read_list(folder)
        problems = _problems(listed, writer)
        problems += key_problems(person, "The person") + key_problems(alias, "The alias")
        if alias in listed.keys_of(person):
            problems.append(
                Problem(
                    sentence("Both keys are known as one person."),
                    sentence("Nothing is to be done."),
                )
            )
        elif _looks_like_a_third(listed, person, alias):
            problems.append(look_alike_problem())
        elif listed.draw_of(person) is None and listed.draw_of(alias) is None:
            problems.append(
                Problem(
                    sentence("Neither key was drawn."),
                    sentence("Draw the person under one key alone."),
                )
            )
        elif {*listed.keys_of(person), *listed.keys_of(alias)} & listed.outside.keys():
            problems.append(
                Problem(
                    sentence("One of the keys was placed outside of the lottery."),
                    sentence("Tell the evaluator: one person was both drawn and placed outside."),
                )
            )
        refuse(problems)
        both = listed.drawn.keys() & {*listed.keys_of(person), *listed.keys_of(alias)}
        head = add_entries(
            folder, listed, [Alias(writer.on, writer.by, person, alias, writer.reason)]
        ).head
    says = (
        "The person was drawn under both keys; the first draw holds in the analysis. Each key is "
        "told what was told of it before, and nobody moves up."
        if len(both) > 1
        else ("The draw holds for both keys.")
    )
    return Noted(says, head or "")


def _looks_like_a_third(listed: AssignmentList, person: str, alias: str) -> bool:
    """Whether either key is new and looks like one of somebody else than these two."""
    mine = listed.keys_of(person) | listed.keys_of(alias)
    return any(listed.looking_like(key) - mine for key in (person, alias))


def note_withdrawal(path: DealPath, person: str, writer: Writer) -> Noted:
    """Someone who was drawn left: the draw stands, they are analysed as drawn, nobody moves up."""
    entry = Withdrawn(writer.on, writer.by, person, writer.reason)
    return _note_of_drawn(
        path,
        person,
        writer,
        entry,
        "The withdrawal is on record. The draw stands; nobody moves up.",
    )


def note_departure(
    path: DealPath,
    person: str,
    sort: Literal["override", "crossover"],
    writer: Writer,
    *,
    authority: str,
) -> Noted:
    """Someone got what the other arm gets: by whose authority, and why. The arm stays as drawn."""
    entry = Departed(writer.on, writer.by, person, sort, authority, writer.reason)
    return _note_of_drawn(
        path,
        person,
        writer,
        entry,
        f"The {sort} is on record. Analysis stays by the draw.",
        authority=authority,
    )


def place_outside(path: DealPath, person: str, writer: Writer, *, authority: str) -> Noted:
    """Someone is placed without being drawn, as the ethics record in force allows.

    Such a person is in no arm, and is never drawn. Refuses one who was drawn: that is an override.
    """
    folder = open_folder(path)
    with locked(assignments_folder(folder)):
        listed = read_list(folder)
        problems = _problems(listed, writer, authority=authority)
        problems += key_problems(person, "The person")
        if listed.draw_of(person) is not None:
            problems.append(
                Problem(
                    sentence("This person was drawn."),
                    sentence("Put it on record with pfs assign override."),
                )
            )
        elif listed.looks_like_another(person):
            problems.append(look_alike_problem())
        if listed.keys_of(person) & listed.outside.keys():
            problems.append(
                Problem(
                    sentence("This person was placed outside already."),
                    sentence("Nothing is to be done."),
                )
            )
        refuse(problems)
        deal = version_on(folder.history(), writer.on)
        allowed = ethics_in_force(folder, deal, on=writer.on).record.outside_lottery
        entry = Outside(writer.on, writer.by, person, authority, writer.reason)
        head = add_entries(folder, listed, [entry]).head
    return Noted(
        f"Placed outside of the lottery. The ethics record allows: {allowed.rstrip('.')}.",
        head or "",
    )


def _note_of_drawn(
    path: DealPath,
    person: str,
    writer: Writer,
    entry: Entry,
    says: str,
    **texts: str,
) -> Noted:
    folder = open_folder(path)
    with locked(assignments_folder(folder)):
        listed = read_list(folder)
        problems = _problems(listed, writer, **texts)
        if listed.draw_of(person) is None:
            problems.append(
                Problem(
                    sentence("This person was never drawn."),
                    sentence("Check the key; only a draw can be departed from.")
                    if not listed.looks_like_another(person)
                    else sentence(
                        "Another key differs in capitals, hyphens or underscores alone: write it "
                        "as it stands in the list."
                    ),
                )
            )
        refuse(problems)
        head = add_entries(folder, listed, [entry]).head
    return Noted(says, head or "")


def _problems(listed: AssignmentList, writer: Writer, **texts: str) -> list[Problem]:
    problems = writing_problems(
        listed,
        by=writer.by,
        on=writer.on,
        today=writer.today,
        texts={"reason": writer.reason, **texts},
    )
    problems += name_problems(writer.reason, "reason")
    if listed.opened is None:
        problems.append(
            Problem(sentence("The lottery is not open."), sentence("Open it: pfs assign open."))
        )
    return problems
