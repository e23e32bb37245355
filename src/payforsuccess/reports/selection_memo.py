"""The decision memo of a solicitation: ranking, reasons, how firm it is, and what holds the award.

It becomes public with the score sheets, so it names no reviewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from payforsuccess.errors import Finding
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.firmness import said_of_draws, said_without
from payforsuccess.reports.inline import Content, Exactly, with_names
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.table import Cell, Column, Row, Table, cell
from payforsuccess.selection.aggregate import cost_points
from payforsuccess.selection.calendar import ProtestHeard, calendar_of
from payforsuccess.selection.held import KeptRanking
from payforsuccess.selection.rank import Ranking
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.selection.stored import score_text
from payforsuccess.units import exact_text

if TYPE_CHECKING:
    from payforsuccess.selection.sensitivity import Firmness

MADE_UP = Notice("Practice", "The competition, its proposals and scores were made up.")
MOST_BY_CRITERION = 5


def selection_memo(
    solicitation: SolicitationFile,
    ranking: Ranking,
    firmness: Firmness | None,
    findings: Sequence[Finding],
    checksum: str,
    *,
    superseded: Sequence[KeptRanking] = (),
) -> Document:
    """The memo: for a decision to come, or of the one made (R57).

    checksum: of the ranking. superseded: rankings kept before it, shown beside it.
    """
    told = [
        each
        for each in findings
        if each.topic != "panel" and not (superseded and each.topic == "recusal")
    ]
    return Document(
        title=f"Decision memo: {solicitation.solicitation}",
        language="en",
        subtitle=f"{solicitation.issuer}; sought: {solicitation.for_}",
        notices=(MADE_UP,) if solicitation.standing != "real" else (),
        blocks=(
            *_key_figures(solicitation, ranking, firmness),
            Heading(2, "The selection", "selection"),
            *_selection(solicitation, ranking),
            Heading(2, "The ranking", "ranking"),
            *_ranking(solicitation, ranking, firmness),
            *_superseded(solicitation, ranking, superseded),
            Heading(2, "What was left out, and why", "left-out"),
            *_left_out(ranking),
            Heading(2, "How firm it is", "firm"),
            *_firm(firmness),
            Heading(2, "Panel, ties and clearances", "panel"),
            *_panel(solicitation, ranking),
            *([ItemList(tuple(with_names(each.what) for each in told))] if told else []),
            Heading(2, "Protest calendar", "calendar"),
            *_calendar(solicitation),
            Heading(2, "What it rests on", "rests-on"),
            *_rests_on(solicitation, checksum),
        ),
    )


def _key_figures(
    solicitation: SolicitationFile, ranking: Ranking, firmness: Firmness | None
) -> tuple[Block, ...]:
    handed_in = len(solicitation.proposals)
    first = ranking.first
    figures = [
        KeyFigure(
            "Ranked first",
            " and ".join(first) or "nothing",
            (f"{len(ranking.ranked)} of {handed_in} proposals ranked",),
        )
    ]
    if len(first) == 1:
        best, *rest = ranking.ranked
        ahead = f"next: {score_text(rest[0].score)}" if rest else "the only one"
        figures.append(KeyFigure("Score", score_text(best.score), (ahead,)))
        if firmness is not None:
            share = dict(firmness.wins)[best.proposal]
            figures.append(KeyFigure("First in", f"{share:.0%}", (f"{firmness.draws:,} draws",)))
    return (KeyFigures(tuple(figures)),)


def _selection(solicitation: SolicitationFile, ranking: Ranking) -> tuple[Block, ...]:
    award = solicitation.award
    if award is None:
        if not ranking.ranked:
            return (paragraph("Nothing is ranked, so nothing can be selected."),)
        if ranking.is_open:
            return (
                paragraph(
                    f"{len(ranking.first)} proposals tie for the first place and nothing fixed "
                    "before settles it: the panel votes, and the award says how."
                ),
            )
        return (
            paragraph(
                "No award has been made. ",
                Exactly(ranking.first[0]),
                " is ranked first. Whoever chooses another gives the reason in writing.",
            ),
        )
    chosen, ranked = solicitation.proposal(award.proposal), ranking.place_of(award.proposal)
    told = [
        Particular("Selected", (f"{chosen.title} ({chosen.by})",)),
        Particular("Place", (f"{ranked.place} of {len(ranking.ranked)}" if ranked else "none",)),
        Particular("Decided by", (f"{award.decided_by}, {day_text(award.on)}",)),
        Particular("Reasons", (award.reasons,)),
    ]
    if award.why_not_first:
        told.append(Particular("Why not the one ranked first", (award.why_not_first,)))
    if award.panel_vote:
        told.append(Particular("How the tie was settled", (award.panel_vote,)))
    return (Particulars(tuple(told)),)


def _ranking(
    solicitation: SolicitationFile, ranking: Ranking, firmness: Firmness | None
) -> tuple[Block, ...]:
    if not ranking.ranked:
        return (paragraph("Nothing is ranked."),)
    wins = dict(firmness.wins) if firmness else {}
    rows: list[Row] = []
    for one in ranking.ranked:
        totals = sorted(value for _, value in one.by_reviewer)
        rows.append(
            (
                cell(one.proposal),
                cell(str(one.place)),
                cell(solicitation.proposal(one.proposal).by),
                cell(score_text(one.score)),
                cell(f"{float(totals[0]):.1f} to {float(totals[-1]):.1f}"),
                cell(f"{wins[one.proposal]:.1%}" if one.proposal in wins else "not drawn"),
            )
        )
    low = "; the sum of ranks, where low is good" if solicitation.method == "rank-sum" else ""
    ties = dict.fromkeys(f"{one.proposal}: {one.tie}." for one in ranking.ranked if one.tie)
    return (
        Table(
            f"Proposals by place ({solicitation.method.replace('-', ' ')}{low})",
            (
                Column("Proposal"),
                Column("Place", is_number=True),
                Column("By"),
                Column("Score", is_number=True),
                Column("Reviewers, from and to"),
                Column("First in draws", is_number=True),
            ),
            tuple(rows),
        ),
        *([ItemList(tuple((each,) for each in ties))] if ties else []),
        _by_criterion(solicitation, ranking),
        *(
            [
                ItemList(
                    tuple(
                        (f"{each.name}: {each.discussion}",)
                        for each in solicitation.proposals
                        if each.discussion
                    )
                )
            ]
            if any(each.discussion for each in solicitation.proposals)
            else []
        ),
    )


def _superseded(
    solicitation: SolicitationFile, ranking: Ranking, before: Sequence[KeptRanking]
) -> tuple[Block, ...]:
    """The rankings before this one, and why it stands in their place; no reviewer is named."""
    if not before:
        return ()
    rows: list[Row] = [
        (
            cell(day_text(each.made_on)),
            cell(" and ".join(each.first) or "nothing"),
            Cell((Exactly(each.checksum),)),
        )
        for each in before
    ]
    rows.append((cell("this one"), cell(" and ".join(ranking.first) or "nothing"), cell("below")))
    ties = [tie for reviewer in solicitation.panel for tie in reviewer.late_ties]
    return (
        Heading(2, "Rankings kept before", "before"),
        paragraph(
            "A reviewer's tie came to light after a ranking was kept, so that ranking is kept "
            "and this one stands in its place. No score was changed."
        ),
        Table(
            "Rankings of the same scores",
            (Column("Kept on"), Column("First"), Column("Checksum")),
            tuple(rows),
        ),
        ItemList(
            tuple(
                with_names(
                    f"{day_text(tie.on)}: {tie.decided_by} decided that one reviewer's scores of "
                    f"{', '.join(f'`{name}`' for name in tie.conflicts_with)} go: {tie.says}"
                )
                for tie in sorted(ties, key=lambda tie: tie.on)
            )
        ),
    )


def _by_criterion(solicitation: SolicitationFile, ranking: Ranking) -> Table:
    shown = [one.proposal for one in ranking.ranked[:MOST_BY_CRITERION]]
    costs = cost_points(solicitation, [one.proposal for one in ranking.ranked])
    sums: dict[tuple[str, str], list[float]] = {}
    for one in ranking.counted:
        sums.setdefault((one.proposal, one.criterion), []).append(float(one.score))
    rows: list[Row] = []
    for criterion in solicitation.criteria:
        if criterion.is_cost:
            cells = [cell(f"{float(costs.get(name, 0)):.2f} points") for name in shown]
        else:
            cells = []
            for name in shown:
                values = sums.get((name, criterion.name), [])
                cells.append(cell(f"{sum(values) / len(values):.2f}" if values else "none"))
        rows.append((cell(f"{criterion.title} ({exact_text(criterion.points)})"), *cells))
    most = f", the first {len(shown)}" if len(shown) < len(ranking.ranked) else ""
    return Table(
        f"Mean scores, 0 to {solicitation.scale}, by criterion{most}",
        (
            Column("Criterion (points)"),
            *(Column(name, is_number=True) for name in shown),
        ),
        tuple(rows),
    )


def _left_out(ranking: Ranking) -> tuple[Block, ...]:
    if not ranking.left_out:
        return (paragraph("Nothing: every proposal that was handed in is ranked."),)
    return (
        Table(
            "Proposals that are not ranked",
            (Column("Proposal"), Column("Why")),
            tuple((cell(each.proposal), cell(each.reason)) for each in ranking.left_out),
        ),
    )


def _firm(firmness: Firmness | None) -> tuple[Block, ...]:
    if firmness is None:
        return (paragraph("It was not drawn how often each comes first."),)
    return (
        ItemList(
            tuple(
                (each,)
                for each in (
                    said_of_draws(firmness),
                    *said_without(firmness, names_reviewers=False),
                )
            )
        ),
    )


def _panel(solicitation: SolicitationFile, ranking: Ranking) -> tuple[Block, ...]:
    outside = sum(each.is_outside for each in solicitation.panel)
    away = sum(each.away is not None for each in solicitation.panel)
    ties = sum(bool(each.tied_to) for each in solicitation.panel)
    absent = f"; {away} scored nothing" if away else ""
    return (
        paragraph(
            f"The panel has {len(solicitation.panel)} reviewers, {outside} of them from outside "
            f"the government{absent}. All who scored declared their interests before their first "
            f"score; {ties} {'has' if ties == 1 else 'have'} a tie, told then or later, and "
            f"{ranking.taken_out} of their scores do not count."
        ),
    )


def _calendar(solicitation: SolicitationFile) -> tuple[Block, ...]:
    rows: list[Row] = [
        (
            cell(stage.title),
            cell(f"{day_text(stage.opens)} to {day_text(stage.closes)}"),
            cell("yes, until it is over" if stage.holds_award else "no"),
        )
        for stage in solicitation.stages
    ]
    calendar = calendar_of(solicitation)
    days, answer = solicitation.protest_days, solicitation.answer_days
    if calendar is None:
        rows.append(
            (
                cell("Notice of protest"),
                cell(f"{days} business days from the announcement, which has not been made"),
                cell("yes"),
            )
        )
    else:
        rows.append(
            (cell("Intended award announced"), cell(day_text(calendar.announced_on)), cell("-"))
        )
        rows.append(
            (
                cell("Notice of protest"),
                cell(f"until {day_text(calendar.notice_by)} ({days} business days)"),
                cell("yes, until the end of that day"),
            )
        )
        for heard in calendar.protests:
            protest = heard.protest
            state = (
                f"{protest.answer} on {day_text(protest.answered_on)}"
                if protest.answered_on
                else f"answer due on {day_text(heard.answer_due_on)} ({answer} business days)"
            )
            came = ", before the announcement" if heard.is_early else ""
            rows.append(
                (
                    cell(f"Protest by {protest.by}, notice of {day_text(protest.on)}{came}"),
                    cell(state),
                    cell(_held(heard)),
                )
            )
    return (
        Table(
            "Steps, with those that hold the award",
            (Column("Step"), Column("Days"), Column("Holds the award")),
            tuple(rows),
        ),
    )


def _held(heard: ProtestHeard) -> str:
    if not heard.is_in_time:
        return "no: the notice came too late"
    protest = heard.protest
    if protest.answered_on is None:
        return "yes, until answered"
    if protest.answer == "sustained" and protest.remedy is None:
        return "yes, until a remedy is on file"
    return "no longer"


def _rests_on(solicitation: SolicitationFile, checksum: str) -> tuple[Block, ...]:
    return (
        Particulars(
            (
                Particular(
                    "Method, fixed before opening", (solicitation.method.replace("-", " "),)
                ),
                Particular("Weights", (solicitation.weights_source,)),
                Particular(
                    "Terms sealed",
                    _sealed(solicitation),
                ),
                Particular("Proposals opened", (day_text(solicitation.opens_on),)),
                Particular("Scores locked after", (day_text(solicitation.scores_lock_on),)),
                Particular("Checksum of the ranking", (Exactly(checksum),)),
            )
        ),
    )


def _sealed(solicitation: SolicitationFile) -> Content:
    if solicitation.sealed is None or solicitation.sealed_on is None:
        return ("not sealed",)
    return (f"{day_text(solicitation.sealed_on)}: ", Exactly(solicitation.sealed))
