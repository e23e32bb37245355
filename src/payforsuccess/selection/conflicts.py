"""Who may not compete, who may not score, and what Counsel cleared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.initiative.mandate import AdvisoryGroup
from payforsuccess.governance.plain_name import ALIKE
from payforsuccess.selection.clearances import why_not
from payforsuccess.selection.names import name_shape, parts_of, plain_name
from payforsuccess.selection.panel import Barred, OrganisationalConflict, Reviewer
from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import SolicitationFile


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
        found += [
            Barred(
                who=member.organisation,
                affiliates=(member.name, *member.affiliates),
                why="advisory-group",
                says="It advised on the blueprint as a member of the advisory group.",
            )
            for member in group.members
            if member.kind == "external"
        ]
    return tuple(found)


def bars(solicitation: SolicitationFile, barred: Sequence[Barred]) -> tuple[Bar, ...]:
    """Each proposal that names someone barred: as lead, affiliate, subcontractor or person.

    Names are the same however they are spaced, in capitals, accented or with their legal form.
    Counsel's clearance lifts a bar that `is_lifted` lets it lift.
    """
    by_name: dict[str, list[Barred]] = {}
    for one in barred:
        if not is_lifted(one, solicitation):
            for name in {plain_name(each) for each in (one.who, *one.affiliates)}:
                by_name.setdefault(name, []).append(one)
    return tuple(
        Bar(proposal.name, name, part, f"{_reason(one, solicitation)}: {one.says}")
        for proposal in solicitation.proposals
        for name, part in parts_of(proposal)
        for one in by_name.get(plain_name(name), ())
    )


def nearly_barred(
    solicitation: SolicitationFile, barred: Sequence[Barred]
) -> Iterator[tuple[str, str, str]]:
    """Proposal, a name in it, and the barred name that it is written much like, or looks like.

    So does one whose words stand in another order, are drawn with letters of another alphabet, or
    hold all of the other's in a row. Nobody is left out for it: a person looks, and names the firm
    as it is named in the file.
    """
    known = {
        plain_name(name): name
        for one in barred
        if not is_lifted(one, solicitation)
        for name in (one.who, *one.affiliates)
    }
    shapes = {name_shape(name): plain for plain, name in known.items()}
    for proposal in solicitation.proposals:
        for name, _ in parts_of(proposal):
            plain, shape = plain_name(name), name_shape(name)
            if plain in known:
                continue
            like = [shapes[shape]] if shape in shapes else []
            like += get_close_matches(plain, known, n=1, cutoff=ALIKE)
            like += [each for each in known if _holds(plain, each) or _holds(each, plain)]
            if like:
                yield proposal.name, name, known[like[0]]


def is_lifted(one: Barred, solicitation: SolicitationFile) -> bool:
    """Whether Counsel cleared a bar that can be cleared, with a word that counts.

    Service on the advisory group cannot be, for the initial initiative; nor can drafting, where
    federal money is in it (2 CFR 200.319).
    """
    is_hard = (one.why == "advisory-group" and solicitation.is_initial_initiative) or (
        one.why == "drafted" and solicitation.federal_money
    )
    return one.cleared is not None and not is_hard and not why_not(one.cleared, solicitation)


def recusals(solicitation: SolicitationFile) -> set[tuple[str, str]]:
    """Reviewer and proposal pairs that a tie takes out, of whatever day: they do not count."""
    return {
        (reviewer.name, proposal)
        for reviewer in solicitation.panel
        for proposal in reviewer.tied_to
    }


def check_panel(solicitation: SolicitationFile, given: Sequence[Given]) -> Iterator[Problem]:
    """Reviewers who scored before they declared, who belong to a bidder, who sit twice."""
    first: dict[str, date] = {}
    for one in given:
        first[one.reviewer] = min(one.entered_on, first.get(one.reviewer, one.entered_on))
    organisations: dict[str, list[str]] = {}
    for proposal in solicitation.proposals:
        for name, _ in parts_of(proposal):
            organisations.setdefault(plain_name(name), []).append(proposal.name)
    people: set[str] = set()
    for number, reviewer in enumerate(solicitation.panel):
        where = solicitation.place_of("panel", number)
        if reviewer.away is not None:
            if reviewer.name in first:
                yield Problem(
                    "A reviewer who is away has scores.",
                    "Take the scores out, or take `away` out.",
                    where,
                )
        elif reviewer.declared is None:
            yield Problem(
                "A reviewer has not declared conflicts of interest.",
                "Record the declaration, even where there is no tie, before the reviewer scores.",
                where,
            )
        elif reviewer.declared.on > first.get(reviewer.name, date.max):
            yield Problem(
                f"A reviewer declared on {reviewer.declared.on}, after a first score on "
                f"{first[reviewer.name]}.",
                "Scores given before the declaration do not stand; Counsel decides on the rest.",
                where,
            )
        yield from _late(reviewer, solicitation, number)
        ties = {
            proposal
            for name in (reviewer.organisation, reviewer.person)
            for proposal in organisations.get(plain_name(name), ())
        }
        for tie in sorted(ties - set(reviewer.tied_to)) if reviewer.away is None else ():
            yield Problem(
                f"A reviewer belongs to an organisation that is part of the proposal `{tie}`, or "
                "is named in it, and has not declared it.",
                "Record the tie, which takes the reviewer's scores of that proposal out.",
                where,
            )
        if plain_name(reviewer.person) in people:
            yield Problem("One person sits on the panel twice.", "Keep one seat.", where)
        people.add(plain_name(reviewer.person))


def _late(reviewer: Reviewer, solicitation: SolicitationFile, number: int) -> Iterator[Problem]:
    """Later ties that are out of order, or of a day before the reviewer declared anything."""
    before = reviewer.declared.on if reviewer.declared else None
    for at, tie in enumerate(reviewer.late_ties):
        if before is not None and tie.on < before:
            yield Problem(
                f"A later tie is of {tie.on}, before what stands ahead of it, of {before}.",
                "Put the declaration first, and later ties in the order of their days.",
                solicitation.place_of("panel", number, "late_ties", at, "on"),
            )
        before = tie.on


def uncleared(
    solicitation: SolicitationFile,
) -> tuple[tuple[str, OrganisationalConflict], ...]:
    """Proposals with a tie of one of their organisations that no word of Counsel's clears."""
    return tuple(
        (proposal.name, conflict)
        for conflict in solicitation.conflicts
        if not _is_cleared(conflict, solicitation)
        for proposal in solicitation.proposals
        if plain_name(conflict.of) in {plain_name(name) for name, _ in parts_of(proposal)}
    )


def of_nobody(
    solicitation: SolicitationFile,
) -> Iterator[tuple[int, OrganisationalConflict, str]]:
    """Ties not cleared whose organisation no proposal names: the place, the tie, a name like it."""
    known = {
        plain_name(name): name
        for proposal in solicitation.proposals
        for name, _ in parts_of(proposal)
    }
    for number, conflict in enumerate(solicitation.conflicts):
        name = plain_name(conflict.of)
        if name not in known and not _is_cleared(conflict, solicitation):
            like = get_close_matches(name, known, n=1)
            yield number, conflict, known[like[0]] if like else ""


def _is_cleared(conflict: OrganisationalConflict, solicitation: SolicitationFile) -> bool:
    return conflict.cleared is not None and not why_not(conflict.cleared, solicitation)


def cleared(solicitation: SolicitationFile, barred: Sequence[Barred]) -> Iterator[Finding]:
    """What Counsel cleared, on what basis, and by whom; and clearances that lift nothing."""
    for one in barred:
        if one.cleared is None:
            continue
        said = f"{one.cleared.by} on {one.cleared.on}: {one.cleared.basis}"
        if is_lifted(one, solicitation):
            yield Finding("cleared", f"The bar on {one.who} was lifted by {said}")
        elif why := why_not(one.cleared, solicitation):
            yield Finding("cleared", f"The bar on {one.who} stands: {why} ({said})")
        else:
            yield Finding(
                "cleared", f"The bar on {one.who} stands, which no clearance lifts ({said})"
            )
    for number, conflict in enumerate(solicitation.conflicts):
        kind = conflict.kind.replace("-", " ")
        where = solicitation.place_of("conflicts", number)
        if conflict.cleared is None:
            yield Finding(
                "cleared",
                f"{conflict.of}, {kind}: Counsel has not cleared it, and until then it gets no "
                "award.",
                where,
            )
        elif why := why_not(conflict.cleared, solicitation):
            yield Finding(
                "cleared", f"{conflict.of}, {kind}: not cleared, and gets no award: {why}.", where
            )
        else:
            by = conflict.cleared
            yield Finding(
                "cleared",
                f"{conflict.of}, {kind}: cleared by {by.by} on {by.on}: {by.basis}",
                where,
            )


def _holds(name: str, barred: str) -> bool:
    """Whether all words of a barred name of two words or more stand in a row in the name."""
    return " " in barred and f" {barred} " in f" {name} "


def _reason(one: Barred, solicitation: SolicitationFile) -> str:
    match one.why:
        case "advisory-group":
            return "advisory service bars from the initial initiative"
        case "drafted":
            law = " (2 CFR 200.319)" if solicitation.federal_money else ""
            return f"who drafts a solicitation may not compete in it{law}"
        case "other":
            return "barred"
