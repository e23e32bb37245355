"""The ranking of a solicitation: by the sealed method, with what was left out and why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

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

    taken_out: scores that a recusal took out. is_open: places that nothing settles yet.
    wide: proposals whose reviewers lie further apart than the solicitation's limit.
    """

    ranked: tuple[Ranked, ...]
    left_out: tuple[LeftOut, ...]
    taken_out: int
    is_open: bool
    wide: tuple[str, ...]


def ranking_of(
    solicitation: SolicitationFile, given: Sequence[Given], found: Sequence[Bar]
) -> Ranking:
    """Rank what may be ranked, from stored scores alone: the same scores give the same ranking.

    given: scores that passed `check_scores`. found: the bars. A proposal that fails a check, that
    names someone barred, or that nobody scored is left out with its reason.
    """
    away = recusals(solicitation)
    counted = [one for one in given if (one.reviewer, one.proposal) not in away]
    left_out = tuple(_left_out(solicitation, counted, found))
    out = {each.proposal for each in left_out}
    names = [each.name for each in solicitation.proposals if each.name not in out]
    totals = totals_of(counted, solicitation, names)
    if not names:
        return Ranking((), left_out, len(given) - len(counted), False, ())
    scores = _scores(solicitation, totals)
    is_low_good = solicitation.method == "rank-sum"
    key = _key(scores, is_low_good)
    ordered = sorted(names, key=lambda name: (key(name), name))
    ranked: list[Ranked] = []
    is_open = False
    for _, together in groupby(ordered, key=key):
        tied = list(together)
        settled, said, is_settled = _settle(solicitation, counted, tied)
        is_open = is_open or not is_settled
        place = len(ranked) + 1
        for offset, name in enumerate(settled):
            totals_here = tuple(sorted(totals[name].items()))
            values = [value for _, value in totals_here]
            ranked.append(
                Ranked(
                    place + (offset if is_settled else 0),
                    name,
                    scores[name],
                    totals_here,
                    max(values) - min(values),
                    said,
                )
            )
    limit = solicitation.spread_limit
    wide = tuple(one.proposal for one in ranked if limit is not None and one.spread > limit)
    return Ranking(tuple(ranked), left_out, len(given) - len(counted), is_open, wide)


def _scores(solicitation: SolicitationFile, totals: Totals) -> dict[str, Fraction | float]:
    match solicitation.method:
        case "plain-average" | "informed-average":
            drops = solicitation.drops_high_and_low
            return dict(plain_average(totals, drops_high_and_low=drops))
        case "standardised":
            return dict(standardised(totals))
        case "rank-sum":
            return dict(rank_sums(totals))


def _key(scores: dict[str, Fraction | float], is_low_good: bool) -> Callable[[str], Fraction | int]:
    sign = 1 if is_low_good else -1

    def key(name: str) -> Fraction | int:
        value = scores[name]
        return sign * (value if isinstance(value, Fraction) else round(value / CLOSE))

    return key


def _left_out(
    solicitation: SolicitationFile, given: Sequence[Given], found: Sequence[Bar]
) -> list[LeftOut]:
    checks = {check.name: check.says for check in solicitation.checks}
    scored = {one.proposal for one in given}
    out = []
    for proposal in solicitation.proposals:
        reasons = [
            f"names {bar.name} ({bar.part}); {bar.reason}"
            for bar in found
            if bar.proposal == proposal.name
        ]
        failed = [name for name in checks if name in proposal.fails]
        unsaid = [name for name in checks if name not in (*proposal.passes, *proposal.fails)]
        reasons += [f"does not pass: {checks[name]}" for name in failed]
        reasons += [f"not checked: {checks[name]}" for name in unsaid]
        if not reasons and proposal.name not in scored:
            reasons = ["nobody without a tie scored it"]
        if reasons:
            out.append(LeftOut(proposal.name, "; ".join(reasons)))
    return out


def _settle(
    solicitation: SolicitationFile, given: Sequence[Given], tied: list[str]
) -> tuple[list[str], str, bool]:
    """The order within a tie, how it came about, and whether anything settled it."""
    if len(tied) == 1:
        return tied, "", True
    match solicitation.tie:
        case "highest-on-criterion":
            name = solicitation.tie_criterion
            means = {proposal: _mean_on(given, proposal, name) for proposal in tied}
            settled = len(set(means.values())) == len(tied)
            said = f"tie, settled by the score on {name}"
            order = sorted(tied, key=lambda proposal: (-means[proposal], proposal))
        case "lowest-cost":
            costs = {each.name: each.cost for each in solicitation.proposals}
            known = [costs[proposal] for proposal in tied]
            settled = None not in known and len(set(known)) == len(tied)
            said = "tie, settled by the lower cost"
            order = sorted(tied, key=lambda proposal: (costs[proposal] or Fraction(0), proposal))
        case "lot":
            seed = solicitation.tie_lot_seed or ""
            settled = True
            said = "tie, settled by lot from the seed published before"
            order = sorted(tied, key=lambda proposal: _drawn(seed, proposal))
        case "panel-vote":
            settled, said, order = False, "", sorted(tied)
    if settled:
        return order, said, True
    return sorted(tied), "tie, not settled: the panel votes, and the decision says how", False


def _mean_on(given: Sequence[Given], proposal: str, criterion: str | None) -> Fraction:
    values = [one.score for one in given if (one.proposal, one.criterion) == (proposal, criterion)]
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def _drawn(seed: str, proposal: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{proposal}".encode()).digest()
