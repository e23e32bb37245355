"""The letter to a proposer that was not selected: its scores without names, and how to protest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import islice
from string import ascii_uppercase

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.selection_memo import MADE_UP
from payforsuccess.reports.table import Column, Row, Table, cell
from payforsuccess.selection.aggregate import cost_points
from payforsuccess.selection.calendar import calendar_of
from payforsuccess.selection.proposals import Proposal
from payforsuccess.selection.rank import Ranked, Ranking
from payforsuccess.selection.solicitation import ScoredCriterion, SolicitationFile
from payforsuccess.selection.stored import score_text
from payforsuccess.units import exact_text

TAKEN_OUT = "[a reviewer]"
MOST_COLUMNS = 6


def debrief_letter(
    solicitation: SolicitationFile,
    ranking: Ranking,
    proposal: Proposal,
    chosen: str | None,
    *,
    on: date,
) -> Document:
    """The letter for one proposal. chosen: the one selected, or to be. on: the letter's day.

    Reviewers stand as A, B, ... in the order of their totals for this proposal, so that the same
    letter means another person in another letter; their names are taken out of what they wrote.
    """
    place = ranking.place_of(proposal.name)
    return Document(
        title=f"Debriefing: {proposal.title}",
        language="en",
        subtitle=f"{solicitation.issuer}, to {proposal.by}; {solicitation.solicitation}; "
        f"{day_text(on)}",
        notices=(MADE_UP,) if solicitation.standing != "real" else (),
        blocks=(
            paragraph(
                "Thank you for your proposal. It was not selected. This letter says how it was "
                "scored, and what you may do if you think that the rules were not kept."
            ),
            *_outcome(solicitation, ranking, proposal, place, chosen, on),
            *(_scores(solicitation, ranking, place) if place is not None else ()),
            Heading(2, "Your right to protest", "protest"),
            *_rights(solicitation, on),
        ),
    )


def _outcome(
    solicitation: SolicitationFile,
    ranking: Ranking,
    proposal: Proposal,
    place: Ranked | None,
    chosen: str | None,
    on: date,
) -> tuple[Block, ...]:
    told = []
    if place is None:
        told += [
            Particular("Not ranked", (each.reason,))
            for each in ranking.left_out
            if each.proposal == proposal.name
        ]
    else:
        told += [
            Particular("Your place", (f"{place.place} of {len(ranking.ranked)}",)),
            Particular("Your score", (_score(solicitation, place),)),
        ]
        costs = cost_points(solicitation, [each.proposal for each in ranking.ranked])
        if proposal.name in costs:
            told.append(
                Particular("Points for cost, in it", (f"{float(costs[proposal.name]):.2f}",))
            )
        if place.tie:
            told.append(Particular("A tie", (f"{place.tie}.",)))
    told += [
        Particular(
            "Scores that do not count",
            (
                f"{tie.decided_by} decided on {day_text(tie.on)} that one reviewer's scores of "
                f"your proposal go: {tie.says}",
            ),
        )
        for reviewer in solicitation.panel
        for tie in reviewer.late_ties
        if proposal.name in tie.conflicts_with and tie.on <= on
    ]
    selected = ranking.place_of(chosen) if chosen else None
    if selected is not None:
        other = solicitation.proposal(selected.proposal)
        score = _score(solicitation, selected)
        told.append(Particular("Selected", (f"{other.title} ({other.by}), score {score}",)))
    award = solicitation.award
    if award is not None and award.why_not_first:
        told.append(Particular("Why not the one ranked first", (award.why_not_first,)))
    told.append(Particular("Method", (f"{solicitation.method.replace('-', ' ')}",)))
    return (Particulars(tuple(told)),)


def _scores(solicitation: SolicitationFile, ranking: Ranking, place: Ranked) -> tuple[Block, ...]:
    mine = [one for one in ranking.counted if one.proposal == place.proposal]
    given = {(one.reviewer, one.criterion): one.score for one in mine}
    # By their totals, and where those are the same by the scores themselves: never by name.
    criteria = [each for each in solicitation.criteria if not each.is_cost]
    scores = sorted(
        (
            (
                total,
                tuple(given[name, each.name] for each in criteria if (name, each.name) in given),
            )
            for name, total in place.by_reviewer
        ),
        reverse=True,
    )
    said = [
        (f"{criterion.title}: {text}",)
        for criterion in criteria
        for text in sorted(
            {
                _without_names(one.comment, solicitation)
                for one in mine
                if one.criterion == criterion.name and one.comment
            }
        )
    ]
    return (
        Heading(2, "Your scores", "scores"),
        _table(solicitation, criteria, scores),
        *(
            (Heading(2, "What reviewers wrote", "comments"), ItemList(tuple(said)))
            if said
            else (paragraph("No comments were written."),)
        ),
    )


def _table(
    solicitation: SolicitationFile,
    criteria: Sequence[ScoredCriterion],
    scores: Sequence[tuple[Fraction, tuple[Fraction, ...]]],
) -> Table:
    """A column for each reviewer; with many, all scores of a criterion in one cell instead."""
    caption = f"Scores from 0 to {solicitation.scale}; the names of reviewers are not given"
    start = (Column("Criterion"), Column("Points", is_number=True))
    rows: list[Row] = []
    if len(scores) <= MOST_COLUMNS:
        for at, criterion in enumerate(criteria):
            given = (cell(exact_text(each[at])) for _, each in scores)
            rows.append((cell(criterion.title), cell(exact_text(criterion.points)), *given))
        totals = (cell(f"{float(total):.2f}") for total, _ in scores)
        names = (Column(f"Reviewer {letter}", is_number=True) for letter in ascii_uppercase)
        columns = (*start, *islice(names, len(scores)))
        return Table(caption, columns, tuple(rows), ((cell("Total points"), cell("-"), *totals),))
    for at, criterion in enumerate(criteria):
        ordered = sorted((each[at] for _, each in scores), reverse=True)
        mean = sum(ordered, Fraction(0)) / len(ordered)
        rows.append(
            (
                cell(criterion.title),
                cell(exact_text(criterion.points)),
                cell(score_text(mean)),
                cell(", ".join(map(exact_text, ordered))),
            )
        )
    told = ", ".join(f"{float(total):.1f}" for total, _ in scores)
    middle = score_text(sum((total for total, _ in scores), Fraction(0)) / len(scores))
    return Table(
        f"{caption}, and stand from the highest to the lowest",
        (*start, Column("Mean", is_number=True), Column("All scores")),
        tuple(rows),
        ((cell("Total points"), cell("-"), cell(middle), cell(told)),),
    )


def _rights(solicitation: SolicitationFile, on: date) -> tuple[Block, ...]:
    calendar, award = calendar_of(solicitation), solicitation.award
    until = (
        f"until the end of {day_text(calendar.notice_by)}"
        if calendar is not None
        else f"within {solicitation.protest_days} business days of the announcement of the "
        "intended award"
    )
    is_over = calendar is not None and on > calendar.notice_by
    told = (
        (
            f"Written notice of protest could be given to {solicitation.issuer} {until}. That time "
            "is over.",
            f"A notice that came in time is answered in writing within {solicitation.answer_days} "
            "business days of it.",
        )
        if is_over
        else (
            f"You may give written notice of protest to {solicitation.issuer} {until}. Say "
            "which rule of the solicitation was not kept.",
            f"You get a written answer within {solicitation.answer_days} business days of "
            "your notice.",
        )
    )
    held = (
        f"The award was made on {day_text(award.on)}."
        if award is not None
        else "No award is made until a protest that came in time is answered."
    )
    return (
        ItemList(
            (
                *((each,) for each in (*told, held)),
                (
                    "You may ask for the score sheets, from which the names of reviewers are "
                    "taken out.",
                ),
            )
        ),
    )


def _score(solicitation: SolicitationFile, place: Ranked) -> str:
    if solicitation.method == "rank-sum":
        return f"{score_text(place.score)} (a sum of ranks; low is good)"
    points = sum((each.points for each in solicitation.criteria), Fraction(0))
    return f"{score_text(place.score)} of {exact_text(points)}"


def _without_names(comment: str, solicitation: SolicitationFile) -> str:
    """The comment, with every reviewer's name taken out where it stands as a name.

    Whole names and organisations go however they are written; a part of a name, where it is
    written like one, so that Grace goes and a grace period stays; a short name of the file, where
    it stands as in the file.
    """
    whole = {
        name for each in solicitation.panel for name in (each.person, each.organisation) if name
    }
    parts = {part for each in solicitation.panel for part in re.findall(r"\w+", each.person)}
    parts = {part for part in parts if len(part) > 1}
    written = parts | {part.upper() for part in parts} | {each.name for each in solicitation.panel}
    # The longest first, and all in one pass, so that nothing is taken out of what was put in. A
    # name that goes on after a hyphen goes out whole.
    found = [
        *(f"(?i:{re.escape(name)})" for name in sorted(whole, key=lambda one: (-len(one), one))),
        *(re.escape(name) for name in sorted(written, key=lambda one: (-len(one), one))),
    ]
    return re.sub(rf"\b(?:{'|'.join(found)})\b(?:-\w+)*", TAKEN_OUT, comment) if found else comment
