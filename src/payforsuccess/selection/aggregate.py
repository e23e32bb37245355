"""Scores to one number a proposal, by the method that was fixed before opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from statistics import fmean, pstdev

from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import SolicitationFile

Totals = Mapping[str, Mapping[str, Fraction]]
"""Proposal to reviewer to that reviewer's total points."""

FEWEST_TO_DROP = 3


def cost_points(solicitation: SolicitationFile, proposals: Sequence[str]) -> dict[str, Fraction]:
    """Points for cost: the greatest times the lowest cost over this cost (domain practice)."""
    criterion = next((each for each in solicitation.criteria if each.is_cost), None)
    costs = {
        each.name: each.cost
        for each in solicitation.proposals
        if each.name in proposals and each.cost
    }
    if criterion is None or not costs:
        return {}
    lowest = min(costs.values())
    return {name: criterion.points * lowest / cost for name, cost in costs.items()}


def totals_of(
    given: Sequence[Given], solicitation: SolicitationFile, proposals: Sequence[str]
) -> Totals:
    """Each reviewer's total for each proposal: points times score over the scale, cost added."""
    points = {each.name: each.points for each in solicitation.criteria}
    cost = cost_points(solicitation, proposals)
    totals: dict[str, dict[str, Fraction]] = {name: {} for name in proposals}
    for one in given:
        if one.proposal in totals:
            mine = totals[one.proposal]
            start = mine.get(one.reviewer, cost.get(one.proposal, Fraction(0)))
            mine[one.reviewer] = start + points[one.criterion] * one.score / solicitation.scale
    return totals


def plain_average(totals: Totals, *, drops_high_and_low: bool) -> dict[str, Fraction]:
    """The mean of the reviewers' totals; the highest and lowest left out where that was fixed.

    With fewer than three reviewers of a proposal nothing is left out.
    """
    means = {}
    for name, by_reviewer in totals.items():
        values = sorted(by_reviewer.values())
        if drops_high_and_low and len(values) >= FEWEST_TO_DROP:
            values = values[1:-1]
        means[name] = sum(values, Fraction(0)) / len(values) if values else Fraction(0)
    return means


def standardised(totals: Totals) -> dict[str, float]:
    """The mean of z = (x - the reviewer's mean) / the reviewer's deviation; 0 where that is 0.

    Put back on the scale of the totals by the mean and the deviation of all of them.
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

    Refuses nothing: a proposal that a reviewer did not score takes that reviewer's mean rank.
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
