"""Scores to one number a proposal, by the method that was fixed before opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from math import lcm
from statistics import fmean, pstdev

from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import SolicitationFile

Totals = Mapping[str, Mapping[str, Fraction]]
"""Proposal to reviewer to that reviewer's total points."""

FEWEST_TO_DROP = 3


def cost_points(solicitation: SolicitationFile, proposals: Sequence[str]) -> dict[str, Fraction]:
    """Points for cost: the greatest number times the lowest cost over this cost.

    The lowest of the proposals named; one that was left out sets no mark for others.
    """
    criterion = next((each for each in solicitation.criteria if each.is_cost), None)
    wanted = set(proposals)
    costs = {
        each.name: each.cost for each in solicitation.proposals if each.name in wanted and each.cost
    }
    if criterion is None or not costs:
        return {}
    lowest = min(costs.values())
    return {name: criterion.points * lowest / cost for name, cost in costs.items()}


def totals_of(
    given: Sequence[Given], solicitation: SolicitationFile, proposals: Sequence[str]
) -> Totals:
    """Each reviewer's total for each proposal: points times score over the scale, cost added.

    Added up as whole numbers of one denominator, which is exact, and quick for many scores.
    """
    scored = {each.name: each.points for each in solicitation.criteria if not each.is_cost}
    points_over = lcm(*(each.denominator for each in scored.values()))
    points = {
        name: each.numerator * (points_over // each.denominator) for name, each in scored.items()
    }
    wanted = set(proposals)
    mine = [one for one in given if one.proposal in wanted]
    scores_over = lcm(*{one.score.denominator for one in mine})
    sums: dict[str, dict[str, int]] = {name: {} for name in proposals}
    for one in mine:
        score = one.score
        worth = points[one.criterion] * score.numerator * (scores_over // score.denominator)
        by_reviewer = sums[one.proposal]
        by_reviewer[one.reviewer] = by_reviewer.get(one.reviewer, 0) + worth
    over = points_over * scores_over * solicitation.scale
    cost = cost_points(solicitation, proposals)
    nothing = Fraction(0)
    return {
        name: {
            reviewer: Fraction(total, over) + cost.get(name, nothing)
            for reviewer, total in by_reviewer.items()
        }
        for name, by_reviewer in sums.items()
    }


def plain_average(totals: Totals, *, drops_high_and_low: bool) -> dict[str, Fraction]:
    """The mean of the reviewers' totals; the highest and lowest left out where that was fixed.

    With fewer than three reviewers of a proposal nothing is left out.
    """
    means = {}
    for name, by_reviewer in totals.items():
        values = list(by_reviewer.values())
        if drops_high_and_low and len(values) >= FEWEST_TO_DROP:
            values = sorted(values)[1:-1]
        means[name] = _sum(values) / len(values) if values else Fraction(0)
    return means


def standardised(totals: Totals) -> dict[str, float]:
    """The mean of z = (x - the reviewer's mean) / the reviewer's deviation; 0 where that is 0.

    Put back on the scale of the totals by the mean and the deviation of all of them. The same,
    to the last digit, in whatever order scores come.
    """
    by_reviewer: dict[str, dict[str, float]] = {}
    for name, mine in totals.items():
        for reviewer, value in mine.items():
            by_reviewer.setdefault(reviewer, {})[name] = float(value)
    everything = [value for mine in by_reviewer.values() for value in mine.values()]
    centre, scale = fmean(everything), pstdev(everything)
    z: dict[str, list[float]] = {name: [] for name in totals}
    for theirs in by_reviewer.values():
        mean, deviation = fmean(theirs.values()), pstdev(theirs.values())
        for name, points in theirs.items():
            z[name].append((points - mean) / deviation if deviation else 0.0)
    return {name: centre + scale * fmean(values) if values else 0.0 for name, values in z.items()}


def rank_sums(totals: Totals) -> dict[str, Fraction]:
    """The sum of each proposal's ranks with the reviewers; ties share the mean rank; low is good.

    A proposal that a reviewer did not score takes that reviewer's mean rank.
    """
    reviewers = sorted({reviewer for mine in totals.values() for reviewer in mine})
    sums = {name: Fraction(0) for name in totals}
    for reviewer in reviewers:
        scored = {name: mine[reviewer] for name, mine in totals.items() if reviewer in mine}
        ranks = mean_ranks(scored)
        middle = Fraction(len(scored) + 1, 2)
        for name in totals:
            sums[name] += ranks.get(name, middle)
    return sums


def mean_ranks(values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """1 for the greatest value; those that tie share the mean of their places."""
    ranks: dict[str, Fraction] = {}
    above = 0
    for _, tied in groupby(sorted(values, key=lambda name: -values[name]), key=values.__getitem__):
        names = list(tied)
        ranks |= dict.fromkeys(names, above + Fraction(len(names) + 1, 2))
        above += len(names)
    return ranks


def _sum(values: Sequence[Fraction]) -> Fraction:
    """Their sum, over one denominator: far quicker than adding fractions one by one."""
    over = lcm(*(value.denominator for value in values))
    return Fraction(sum(value.numerator * (over // value.denominator) for value in values), over)
