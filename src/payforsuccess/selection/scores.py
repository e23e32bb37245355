"""Scores as reviewers gave them: first and final, with the reason for a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from payforsuccess.deal.nearest import nearest
from payforsuccess.errors import Place, Problem
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.units import exact_text

MOST_HINTS = 100


@dataclass(frozen=True, slots=True)
class Given:
    """One reviewer's score for one criterion of one proposal.

    score: the final one, on the solicitation's scale. first: what it was before the panel talked.
    reason: why it was changed. entered_on: the day of the final score.
    """

    reviewer: str
    proposal: str
    criterion: str
    score: Fraction
    entered_on: date
    first: Fraction | None = None
    reason: str = ""
    comment: str = ""
    where: Place = field(default_factory=Place)

    @property
    def is_changed(self) -> bool:
        """Whether the final score is not the first one."""
        return self.first is not None and self.first != self.score


def check_scores(given: Sequence[Given], solicitation: SolicitationFile) -> Iterator[Problem]:
    """Names that are unknown, scores off the scale, twice, changed unsaid, too early or too late.

    In the order of the rows; every row is looked at.
    """
    known = {
        "reviewer": {each.name for each in solicitation.panel},
        "proposal": {each.name for each in solicitation.proposals},
        "criterion": {each.name for each in solicitation.criteria if not each.is_cost},
    }
    seen: set[tuple[str, str, str]] = set()
    hints: dict[tuple[str, str], str] = {}
    scale, opens, locks = (
        solicitation.scale,
        solicitation.opens_on,
        solicitation.scores_lock_on,
    )
    for one in given:
        key = (one.reviewer, one.proposal, one.criterion)
        if key in seen:
            yield Problem(
                "One reviewer scored one criterion of a proposal twice.", "Keep one.", one.where
            )
        seen.add(key)
        for kind, name in zip(known, key, strict=True):
            if name not in known[kind]:
                if (kind, name) not in hints:
                    hints[kind, name] = _hint(kind, name, known[kind], len(hints))
                yield Problem(
                    f"“{name[:60]}” is no {kind} of this solicitation.",
                    hints[kind, name],
                    one.where,
                )
        if not 0 <= one.score <= scale or (one.first is not None and not 0 <= one.first <= scale):
            yield Problem(
                f"A score lies off the scale, which runs from 0 to {scale}.",
                "Correct the score.",
                one.where,
            )
        if one.first is not None:
            yield from _changed(one, solicitation)
        if one.entered_on > locks:
            yield Problem(
                f"A score was entered on {one.entered_on}, after the scores were locked on "
                f"{locks}.",
                "Take it out, or put back the score that stood before: late scores are refused.",
                one.where,
            )
        if one.entered_on < opens:
            yield Problem(
                f"A score was entered on {one.entered_on}, before the opening on {opens}.",
                "Correct the day.",
                one.where,
            )


def missing_scores(
    given: Sequence[Given], solicitation: SolicitationFile, *, recused: Set[tuple[str, str]]
) -> Iterator[tuple[str, str, int]]:
    """Reviewer, proposal and how many criteria are not scored, but for those recused or away."""
    names = {each.name for each in solicitation.criteria if not each.is_cost}
    scored: dict[tuple[str, str], set[str]] = {}
    for one in given:
        scored.setdefault((one.reviewer, one.proposal), set()).add(one.criterion)
    for reviewer in solicitation.panel:
        for proposal in solicitation.proposals if reviewer.away is None else ():
            pair = (reviewer.name, proposal.name)
            left = len(names - scored.get(pair, set()))
            if left and pair not in recused:
                yield (*pair, left)


def check_whole(
    given: Sequence[Given],
    solicitation: SolicitationFile,
    *,
    recused: Set[tuple[str, str]],
    left_out: Set[str],
) -> Iterator[Problem]:
    """Reviewers who scored a proposal in part; or not at all, unless scores are standardised.

    left_out: proposals that are not ranked whatever their scores. A reviewer who was given only
    some proposals is what standardised scores are for; by any other method the panel must be the
    same for all, but for ties and absence on record.
    """
    criteria = sum(not each.is_cost for each in solicitation.criteria)
    missing: dict[str, list[tuple[str, int]]] = {}
    for reviewer, proposal, left in missing_scores(given, solicitation, recused=recused):
        if proposal in left_out or (solicitation.method == "standardised" and left == criteria):
            continue
        missing.setdefault(reviewer, []).append((proposal, left))
    for reviewer, gaps in missing.items():
        left = sum(count for _, count in gaps)
        names = _few([proposal for proposal, _ in gaps])
        yield Problem(
            f"`{reviewer}` has not given {left} score{'' if left == 1 else 's'}, of: {names}.",
            "Add the scores, declare the tie that keeps the reviewer from them, or say under "
            "`away` why this reviewer scores nothing.",
            solicitation.place_of(
                "panel", [each.name for each in solicitation.panel].index(reviewer)
            ),
        )


def check_same(
    given: Sequence[Given], kept: Sequence[Given], solicitation: SolicitationFile
) -> Iterator[Problem]:
    """Scores that differ from those kept after the lock: a late edit is refused, and shown."""
    before = {(one.reviewer, one.proposal, one.criterion): one for one in kept}
    for one in given:
        old = before.pop((one.reviewer, one.proposal, one.criterion), None)
        locked = f"scores were locked on {solicitation.scores_lock_on}"
        if old is None:
            yield Problem(
                f"A score was added after {locked}.", "Take it out: it is refused.", one.where
            )
        elif old.score != one.score:
            yield Problem(
                f"A score was changed after {locked}: it was {exact_text(old.score)} and is "
                f"{exact_text(one.score)}.",
                "Put back the score as it was locked: the change is refused.",
                one.where,
            )
        elif _line(old) != _line(one):
            yield Problem(
                f"What is said with a score was changed after {locked}.",
                "Put back the first score, the reason, the comment and the day as they were.",
                one.where,
            )
    if before:
        yield Problem(
            f"{'1 score was' if len(before) == 1 else f'{len(before)} scores were'} taken out "
            f"after scores were locked on {solicitation.scores_lock_on}.",
            "Put them back, as the kept ranking has them.",
            given[0].where if given else Place(),
        )


def scores_checksum(given: Sequence[Given]) -> str:
    """The checksum of all scores with what is said of them, whatever the order of their rows."""
    return fingerprint_bytes("\n".join(sorted(map(_line, given))).encode())


def _line(one: Given) -> str:
    first = "" if one.first is None else str(one.first)
    return "\t".join(
        (
            one.reviewer,
            one.proposal,
            one.criterion,
            str(one.score),
            one.entered_on.isoformat(),
            first,
            one.reason,
            one.comment,
        )
    )


def _changed(one: Given, solicitation: SolicitationFile) -> Iterator[Problem]:
    if not one.is_changed:
        return
    if not one.reason:
        yield Problem(
            "A score was changed after the discussion without a reason.",
            "Give the reason; both scores are kept.",
            one.where,
        )
    if solicitation.method == "plain-average":
        yield Problem(
            "A score was changed after a discussion, and the method fixed before opening is the "
            "plain average of scores as given.",
            "Put back the first score; only a solicitation by informed average revises scores.",
            one.where,
        )


def _hint(kind: str, name: str, known: Set[str], given_before: int) -> str:
    """What to do about an unknown name; the nearest one is looked for only so often."""
    if not known:
        return f"The solicitation names no {kind}."
    close = nearest(name, sorted(known)) if given_before < MOST_HINTS else ""
    return f"Did you mean `{close}`?" if close else f"Use one of: {_few(sorted(known))}."


def _few(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
