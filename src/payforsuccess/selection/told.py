"""What a reader of a ranking should know: what moved, what is missing, how firm it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from payforsuccess.errors import Finding
from payforsuccess.selection.calendar import calendar_of
from payforsuccess.selection.conflicts import cleared, nearly_barred
from payforsuccess.selection.names import plain_name
from payforsuccess.selection.panel import Barred
from payforsuccess.selection.rank import Ranking
from payforsuccess.selection.scores import Given, missing_scores
from payforsuccess.selection.solicitation import SolicitationFile

MOST_NAMED = 8


def findings_of(
    solicitation: SolicitationFile,
    given: Sequence[Given],
    barred: Sequence[Barred],
    ranking: Ranking,
    *,
    on: date,
) -> Iterator[Finding]:
    """Everything worth saying beside the ranking, none of which stops it."""
    if on <= solicitation.scores_lock_on:
        yield Finding(
            "lock",
            f"Scores can change until {solicitation.scores_lock_on}; this ranking is not final.",
        )
    late = sum(one.entered_on > on for one in given)
    if late:
        yield Finding(
            "lock",
            f"{_scores(late)} {'is' if late == 1 else 'are'} of a day after {on}; the file is read "
            "as it stands.",
        )
    if ranking.is_open:
        tied = ", ".join(ranking.first)
        yield Finding("tie", f"The first place is open: {tied}. The award says how it was settled.")
    if ranking.taken_out:
        yield Finding(
            "recusal",
            f"{_scores(ranking.taken_out)} of reviewers with a declared tie "
            f"{'does' if ranking.taken_out == 1 else 'do'} not count.",
        )
    for number, reviewer in enumerate(solicitation.panel):
        for at, tie in enumerate(reviewer.late_ties):
            if tie.on > on:
                yield Finding(
                    "recusal",
                    f"The file holds a later tie, of {tie.on}, after {on}; it is read as it "
                    "stands.",
                )
            yield Finding(
                "recusal",
                f"On {tie.on} {tie.decided_by} decided that a reviewer's scores of "
                f"{', '.join(f'`{name}`' for name in tie.conflicts_with)} go: {tie.says}",
                solicitation.place_of("panel", number, "late_ties", at),
            )
        if reviewer.away is not None:
            yield Finding("panel", f"`{reviewer.name}` scores nothing: {reviewer.away}")
    if solicitation.method == "standardised":
        unseen = sum(1 for _ in missing_scores(ranking.counted, solicitation, recused=set()))
        if unseen:
            yield Finding(
                "panel",
                "Reviewers did not all score the same proposals; scores are standardised by "
                "reviewer.",
            )
    changed = [one for one in given if one.is_changed]
    if changed:
        yield Finding(
            "changed",
            f"{_scores(len(changed))} changed after the panel's discussion, each with a reason; "
            "the first score is kept beside the final one.",
        )
    if ranking.wide:
        names = ", ".join(f"`{name}`" for name in ranking.wide[:MOST_NAMED])
        more = len(ranking.wide) - MOST_NAMED
        yield Finding(
            "spread",
            "Reviewers lie further apart than the limit of the solicitation on "
            f"{names}{f' and {more} more' if more > 0 else ''}; a note of the discussion is asked "
            "for (`discussion`).",
        )
    yield from _protests(solicitation)
    for proposal, name, like in nearly_barred(solicitation, barred):
        yield Finding("like-barred", said_of_like(proposal, name, like))
    yield from cleared(solicitation, barred)
    if solicitation.for_ == "concept":
        departments = {plain_name(each.by) for each in solicitation.proposals}
        if len(departments) < 2:
            yield Finding(
                "departments",
                "Only one department takes part; a competition is across departments.",
            )


def said_of_like(proposal: str, name: str, like: str) -> str:
    """That a name is written much like a barred one."""
    return (
        f"“{name}” in the proposal `{proposal}` is written much like “{like}”, who is barred. "
        "Find out whether they are one."
    )


def _protests(solicitation: SolicitationFile) -> Iterator[Finding]:
    """Notices that came outside the days for them."""
    calendar = calendar_of(solicitation)
    for number, heard in enumerate(calendar.protests if calendar is not None else ()):
        notice = f"The notice of protest of {heard.protest.on} by `{heard.protest.by}` came"
        where = solicitation.place_of("protests", number)
        if heard.is_early:
            yield Finding(
                "protest",
                f"{notice} before the intended award was announced; it is answered like any other.",
                where,
            )
        elif not heard.is_in_time and calendar is not None:
            yield Finding(
                "protest",
                f"{notice} after {calendar.notice_by}, the last day for it, and holds no award.",
                where,
            )


def _scores(number: int) -> str:
    return "1 score" if number == 1 else f"{number} scores"
