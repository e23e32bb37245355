"""The ranking of a solicitation: by the sealed method, with what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.selection.aggregate import (
    Totals,
    plain_average,
    rank_sums,
    standardised,
    totals_of,
)
from payforsuccess.selection.conflicts import Bar, recusals
from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.selection.ties import settle

# Standardised scores are floats: those closer than this are a tie.
CLOSE = 1e-9


@dataclass(frozen=True)
class Ranked:
    """One proposal in its place.

    score: by the method; of a rank sum the sum, where low is good. by_reviewer: each one's total
    points. spread: between the highest and the lowest of them. tie: how a tie was settled, or that
    it was not.
    """

    place: int
    proposal: str
    score: Fraction | float
    by_reviewer: tuple[tuple[str, Fraction], ...]
    spread: Fraction
    tie: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A proposal that is not ranked, and why."""

    proposal: str
    reason: str


@dataclass(frozen=True)
class Ranking:
    """The ranking with everything it rests on.

    counted: the scores that count. taken_out: how many a recusal took out. is_open: whether
    nothing settles yet who is first. wide: proposals whose reviewers lie further apart than the
    solicitation's limit, and of which no note of a discussion is on file.
    """

    ranked: tuple[Ranked, ...]
    left_out: tuple[LeftOut, ...]
    counted: tuple[Given, ...]
    taken_out: int
    is_open: bool
    wide: tuple[str, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """Who is first; several where a tie is open."""
        return tuple(one.proposal for one in self.ranked if one.place == 1)

    def place_of(self, proposal: str) -> Ranked | None:
        """The place of a proposal; None where it is not ranked."""
        return next((one for one in self.ranked if one.proposal == proposal), None)


def ranking_of(
    solicitation: SolicitationFile, given: Sequence[Given], found: Sequence[Bar]
) -> Ranking:
    """Rank what may be ranked, from stored scores alone: the same scores give the same ranking.

    given: scores that passed `check_scores`. found: the bars. A proposal that came late, fails a
    check, names someone barred, or that nobody scored is left out with its reason.
    """
    away = recusals(solicitation)
    counted = (
        tuple(one for one in given if (one.reviewer, one.proposal) not in away)
        if away
        else tuple(given)
    )
    out = {each.proposal: each for each in left_out_of(solicitation, found)}
    scored = {one.proposal for one in counted}
    out |= {
        each.name: LeftOut(
            each.name, "nobody without a tie scored it" if given else "no scores yet"
        )
        for each in solicitation.proposals
        if each.name not in out and each.name not in scored
    }
    names = [each.name for each in solicitation.proposals if each.name not in out]
    left_out = tuple(out[each.name] for each in solicitation.proposals if each.name in out)
    taken_out = len(given) - len(counted)
    if not names:
        return Ranking((), left_out, (), taken_out, False, ())
    totals = totals_of(counted, solicitation, names)
    scores = scores_by_method(solicitation, totals)
    ranked: list[Ranked] = []
    for tied in _together(scores, is_low_good=solicitation.method == "rank-sum"):
        for settled in settle(solicitation, counted, tied):
            place = len(ranked) + 1
            ranked += [
                _ranked(place, name, scores[name], totals[name], settled.says)
                for name in settled.names
            ]
    limit = solicitation.spread_limit
    noted = {each.name for each in solicitation.proposals if each.discussion is not None}
    return Ranking(
        tuple(ranked),
        left_out,
        tuple(one for one in counted if one.proposal in totals),
        taken_out,
        sum(one.place == 1 for one in ranked) > 1,
        tuple(
            one.proposal
            for one in ranked
            if limit is not None and one.spread > limit and one.proposal not in noted
        ),
    )


def left_out_of(solicitation: SolicitationFile, found: Sequence[Bar]) -> Iterator[LeftOut]:
    """Proposals that are not looked at whatever their scores: late, barred, or failing a check."""
    checks = {check.name: check.says for check in solicitation.checks}
    last = solicitation.last_day
    for proposal in solicitation.proposals:
        reasons = []
        if proposal.received_on > last:
            reasons.append(f"came in on {proposal.received_on}, after the last day, {last}")
        reasons += [
            f"names {bar.name} ({bar.part}); {bar.reason}"
            for bar in found
            if bar.proposal == proposal.name
        ]
        reasons += [f"does not pass: {checks[name]}" for name in checks if name in proposal.fails]
        reasons += [
            f"not checked yet: {checks[name]}"
            for name in checks
            if name not in (*proposal.passes, *proposal.fails)
        ]
        if reasons:
            yield LeftOut(proposal.name, "; ".join(reasons))


def scores_by_method(solicitation: SolicitationFile, totals: Totals) -> dict[str, Fraction | float]:
    """One number a proposal, by the method; high is good, but for a rank sum."""
    match solicitation.method:
        case "plain-average" | "informed-average":
            drops = solicitation.drops_high_and_low
            return dict(plain_average(totals, drops_high_and_low=drops))
        case "standardised":
            return dict(standardised(totals))
        case "rank-sum":
            return dict(rank_sums(totals))


def _ranked(
    place: int, name: str, score: Fraction | float, totals: Mapping[str, Fraction], tie: str
) -> Ranked:
    by_reviewer = tuple(sorted(totals.items()))
    values = [value for _, value in by_reviewer]
    return Ranked(place, name, score, by_reviewer, max(values) - min(values), tie)


def _together(scores: dict[str, Fraction | float], *, is_low_good: bool) -> list[list[str]]:
    """Proposals by their score, the best first; those with the same score together."""
    sign = 1 if is_low_good else -1
    ordered = sorted((sign * score, name) for name, score in scores.items())
    groups: list[list[str]] = []
    last: Fraction | float | None = None
    for score, name in ordered:
        if last is not None and _is_same(score, last):
            groups[-1].append(name)
        else:
            groups.append([name])
        last = score
    return groups


def _is_same(one: Fraction | float, other: Fraction | float) -> bool:
    if isinstance(one, Fraction):
        return one == other
    return abs(one - float(other)) < CLOSE
