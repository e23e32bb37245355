"""Who may not compete, who may not score, and what Counsel cleared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from payforsuccess.errors import Problem
from payforsuccess.governance.initiative.mandate import AdvisoryGroup
from payforsuccess.selection.solicitation import Barred, Proposal, SolicitationFile


@dataclass(frozen=True)
class Bar:
    """Why a proposal is not considered: the name that is barred, where it stands, and why."""

    proposal: str
    name: str
    part: str
    reason: str


def barred_of(
    solicitation: SolicitationFile, group: AdvisoryGroup | None = None
) -> tuple[Barred, ...]:
    """All that are barred: those the file names, and advisers from the initial initiative (R19).

    group: the advisory group of the initiative, whose external experts, firms and affiliates may
    not compete for the solicitation flagged as the initial one.
    """
    found = list(solicitation.barred)
    if solicitation.is_initial_initiative and group is not None:
        for member in group.members:
            if member.kind == "external":
                found.append(
                    Barred(
                        who=member.organisation,
                        affiliates=(member.name, *member.affiliates),
                        why="advisory-group",
                        says="It advised on the blueprint as a member of the advisory group.",
                    )
                )
    return tuple(found)


def bars(solicitation: SolicitationFile, barred: tuple[Barred, ...]) -> Iterator[Bar]:
    """Each proposal that names someone barred, as lead, subcontractor or affiliate."""
    reasons = {
        "advisory-group": "advisory service bars from the initial initiative",
        "drafted": "who drafts a solicitation may not compete in it"
        + (" (2 CFR 200.319)" if solicitation.federal_money else ""),
        "other": "barred",
    }
    for proposal in solicitation.proposals:
        for one in barred:
            names = {_plain(name): name for name in (one.who, *one.affiliates)}
            for name, part in _parts(proposal):
                if _plain(name) in names:
                    yield Bar(proposal.name, name, part, f"{reasons[one.why]}: {one.says}")


def recusals(solicitation: SolicitationFile) -> set[tuple[str, str]]:
    """Reviewer and proposal pairs that a declared tie takes out: those scores do not count."""
    return {
        (reviewer.name, proposal)
        for reviewer in solicitation.panel
        if reviewer.declared is not None
        for proposal in reviewer.declared.conflicts_with
    }


def check_panel(solicitation: SolicitationFile, *, on: date) -> Iterator[Problem]:
    """Reviewers without a declaration, who belong to a bidder, or who are named twice."""
    organisations = {
        _plain(name): proposal.name
        for proposal in solicitation.proposals
        for name, _ in _parts(proposal)
    }
    names = [proposal.name for proposal in solicitation.proposals]
    people: set[str] = set()
    for number, reviewer in enumerate(solicitation.panel):
        where = solicitation.place_of("panel", number)
        if reviewer.declared is None or reviewer.declared.on > on:
            yield Problem(
                "A reviewer has not declared conflicts of interest.",
                "Record the declaration before the reviewer scores.",
                where,
            )
        else:
            for name in reviewer.declared.conflicts_with:
                if name not in names:
                    yield Problem(
                        f"A declaration names `{name}`, which is no proposal.",
                        f"Use one of: {', '.join(names)}.",
                        where,
                    )
        tie = organisations.get(_plain(reviewer.organisation))
        told = reviewer.declared.conflicts_with if reviewer.declared else ()
        if tie is not None and tie not in told:
            yield Problem(
                f"A reviewer belongs to an organisation that is part of the proposal `{tie}`, and "
                "has not declared it.",
                "Record the tie, which takes the reviewer's scores of that proposal out.",
                where,
            )
        if _plain(reviewer.person) in people:
            yield Problem("One person sits on the panel twice.", "Keep one seat.", where)
        people.add(_plain(reviewer.person))


def uncleared(solicitation: SolicitationFile) -> Iterator[Problem]:
    """Organisational conflicts that Counsel has not cleared, of those that take part."""
    taking_part = {
        _plain(name) for proposal in solicitation.proposals for name, _ in _parts(proposal)
    }
    for number, conflict in enumerate(solicitation.conflicts):
        if _plain(conflict.of) in taking_part and conflict.cleared is None:
            yield Problem(
                f"A conflict of an organisation that takes part ({conflict.kind}) is not cleared.",
                "Record who in Counsel's office cleared it, when, and on what basis.",
                solicitation.place_of("conflicts", number),
            )


def _parts(proposal: Proposal) -> Iterator[tuple[str, str]]:
    yield proposal.by, "lead"
    for name in proposal.subcontractors:
        yield name, "subcontractor"


def _plain(name: str) -> str:
    """A name however it is spaced, in capitals or with its legal form."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    while len(words) > 1 and words[-1] in ("inc", "llc", "ltd", "corp", "corporation", "co", "lp"):
        words.pop()
    return " ".join(words)
