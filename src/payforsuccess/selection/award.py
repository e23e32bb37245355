"""What an award must rest on: the ranking, its reasons, and nothing that holds it (R57)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from payforsuccess.errors import Problem
from payforsuccess.selection.calendar import what_holds
from payforsuccess.selection.clearances import why_not
from payforsuccess.selection.conflicts import of_nobody, uncleared
from payforsuccess.selection.held import KeptRanking
from payforsuccess.selection.panel import OrganisationalConflict
from payforsuccess.selection.rank import Ranking
from payforsuccess.selection.solicitation import SolicitationFile


def check_award(
    solicitation: SolicitationFile,
    ranking: Ranking,
    *,
    checksum: str,
    superseded: Sequence[KeptRanking] = (),
) -> Iterator[Problem]:
    """An award on another ranking, of one left out, not of the first unexplained, or too early.

    checksum: of the ranking as the scores give it now. superseded: the rankings before it.
    """
    award = solicitation.award
    if award is None:
        return
    old = next((each for each in superseded if each.checksum == award.ranking), None)
    if old is not None:
        yield Problem(
            f"The award rests on the ranking kept on {old.made_on}, in whose place another stands "
            "since a reviewer's tie came to light.",
            "Have it decided anew, and write the checksum that `pfs rank` prints; Counsel says "
            "what the earlier decision is worth.",
            solicitation.place_of("award", "ranking"),
        )
    elif award.ranking != checksum:
        yield Problem(
            "The award rests on another ranking than the file and its scores give now.",
            "Put back what the award was decided on; or decide anew, and write the checksum that "
            "`pfs rank` prints without the award.",
            solicitation.place_of("award", "ranking"),
        )
    place = ranking.place_of(award.proposal)
    if place is None:
        reasons = [each.reason for each in ranking.left_out if each.proposal == award.proposal]
        yield Problem(
            f"The award goes to a proposal that is not ranked: {'; '.join(reasons)}.",
            "Choose one that is ranked.",
            solicitation.place_of("award", "proposal"),
        )
    elif place.place != 1 and award.why_not_first is None:
        yield Problem(
            f"The proposal chosen is ranked {place.place}, and no reason says why not the first.",
            "Give the written reason under `why_not_first`.",
            solicitation.place_of("award", "proposal"),
        )
    elif place.place == 1 and ranking.is_open and award.panel_vote is None:
        yield Problem(
            f"{len(ranking.first)} proposals tie for the first place, and nothing settles it.",
            "Say under `panel_vote` how the panel voted.",
            solicitation.place_of("award", "panel_vote"),
        )
    if award.on <= solicitation.scores_lock_on:
        yield Problem(
            f"The award was made on {award.on}, before scores were locked on "
            f"{solicitation.scores_lock_on}.",
            "Award after the scores are locked.",
            solicitation.place_of("award", "on"),
        )
    for reason in what_holds(solicitation, award.on):
        yield Problem(
            f"On {award.on} no award may be made: {reason}.",
            "Award when nothing holds it any more.",
            solicitation.place_of("award", "on"),
        )
    for name, conflict in uncleared(solicitation):
        if name == award.proposal:
            yield Problem(
                f"The proposal chosen has a tie ({conflict.kind.replace('-', ' ')}) that Counsel "
                f"has not cleared{_why(conflict, solicitation)}.",
                "Record who in Counsel's office cleared it, when, and on what basis.",
                solicitation.place_of("award", "proposal"),
            )
    for number, conflict, like in of_nobody(solicitation):
        yield Problem(
            f"{conflict.of} has a tie that Counsel has not cleared, and no proposal names it, so "
            "nobody can tell whether the award goes to it.",
            f"Did you mean “{like}”?"
            if like
            else "Write the name as a proposal has it, or take the tie out with one that left.",
            solicitation.place_of("conflicts", number, "of"),
        )


def _why(conflict: OrganisationalConflict, solicitation: SolicitationFile) -> str:
    return "" if conflict.cleared is None else f": {why_not(conflict.cleared, solicitation)}"


def check_costs(solicitation: SolicitationFile, ranking: Ranking) -> Iterator[Problem]:
    """Costs that count and were opened before the last score was given, or that are not known."""
    if not any(each.is_cost for each in solicitation.criteria):
        return
    for number, proposal in enumerate(solicitation.proposals):
        if ranking.place_of(proposal.name) is not None and not proposal.cost:
            yield Problem(
                "Points are given for cost, and this proposal has none above 0.",
                "Write its cost; a proposal without one is not ranked.",
                solicitation.place_of("proposals", number),
            )
    opened = solicitation.costs_opened_on
    last = max((one.entered_on for one in ranking.counted), default=None)
    if opened is None:
        yield Problem(
            "Points are given for cost, and no day says when costs were opened.",
            "Open costs after quality is scored, and write the day under `costs_opened_on`.",
            solicitation.place_of("costs_opened_on"),
        )
    elif last is not None and opened < last:
        yield Problem(
            f"Costs were opened on {opened}, and a score was given after that, on {last}.",
            "Open costs only when every score of quality is given.",
            solicitation.place_of("costs_opened_on"),
        )
