"""What results rest on: feeds with their agreements, plans with their evaluators."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.checks.outcomes import is_part_of_a_whole, paid_for
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import (
    DifferenceInDifferences,
    PrePost,
    TwoArmBase,
    VerifiedCount,
)
from payforsuccess.deal.measures import MeasureBase
from payforsuccess.deal.nearest import nearest
from payforsuccess.deal.terms import EffectPrice
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem, sentence


def check_evidence(deal: Deal) -> Iterator[Problem]:
    """Feeds that the data lists, effects with a plan, and someone who evaluates."""
    yield from _feeds(deal)
    yield from _effects(deal)
    yield from _evaluators(deal)


def measures_in(deal: Deal) -> Iterator[tuple[MeasureBase, FieldPath]]:
    """Every measure of one person in the deal, with its path."""
    for name, outcome in deal.outcomes.items():
        measure = outcome.measure
        if measure is None:
            continue
        if isinstance(measure, MeasureBase):
            yield measure, ("outcomes", name, "measure")
        else:
            yield measure.of, ("outcomes", name, "measure", "of")
    for name, plan in deal.evaluation.items():
        path: FieldPath = ("evaluation", name)
        yield plan.measure, (*path, "measure")
        if isinstance(plan, DifferenceInDifferences | PrePost) and plan.before is not None:
            yield plan.before, (*path, "before")
        index = plan.index if isinstance(plan, TwoArmBase) else None
        for number, part in enumerate(() if index is None else index.parts):
            yield part.measure, (*path, "index", "parts", number, "measure")
        for number, other in enumerate(plan.secondary):
            yield other.measure, (*path, "secondary", number, "measure")


def _feeds(deal: Deal) -> Iterator[Problem]:
    feeds = [source.feed for source in deal.data]
    for measure, path in measures_in(deal):
        for number, feed in enumerate(measure.feeds):
            if feed in feeds:
                continue
            close = nearest(feed, feeds)
            yield Problem(
                sentence(
                    "The measure reads the feed `{feed}`, which the deal does not rely on: "
                    "nothing under `data` says who holds it and under which agreement.",
                    feed=feed,
                ),
                sentence("Did you mean `{close}`?", close=close)
                if close
                else sentence("Add it under `data` with its agreement or licence."),
                deal.place_of(*path, "feeds", number),
            )


def _effects(deal: Deal) -> Iterator[Problem]:
    """In a contract, an effect that is paid for says how it is estimated or measured."""
    if deal.standing not in ("contract", "template"):
        return
    paid = {name for term in deal.payments for name in paid_for(term)}
    priced = {term.pays_for for term in deal.payments if isinstance(term, EffectPrice)}
    for name, outcome in deal.outcomes.items():
        is_an_effect = name in priced or outcome.type == "impact"
        if name not in paid or not is_an_effect:
            continue
        if outcome.estimate is None and outcome.measure is None:
            how = "a figure" if is_part_of_a_whole(outcome) else "an effect"
            yield Problem(
                sentence(
                    "`{name}` is paid for as {how} of impact, and nothing says how it is found.",
                    name=name,
                    how=how,
                ),
                sentence("Name the plan under `estimate`, or give a `measure`."),
                deal.place_of("outcomes", name),
            )


def _evaluators(deal: Deal) -> Iterator[Problem]:
    roles = {party.name: party.roles for party in deal.parties}
    evaluators = [name for name, held in roles.items() if "evaluator" in held]
    needs = [name for name, plan in deal.evaluation.items() if not isinstance(plan, VerifiedCount)]
    if needs and not evaluators:
        yield Problem(
            sentence(
                "The plan `{needs}` needs an evaluator, and no party has that role.", needs=needs[0]
            ),
            sentence("Give a party the role `evaluator`."),
            deal.place_of("evaluation", needs[0]),
        )
    for name, plan in deal.evaluation.items():
        if not isinstance(plan, VerifiedCount) or plan.verified_by not in roles:
            continue
        if not {"evaluator", "validator"} & set(roles[plan.verified_by]):
            yield Problem(
                sentence(
                    "{verified_by} verifies the count, but is neither evaluator nor validator.",
                    verified_by=plan.verified_by,
                ),
                sentence("Give this party one of the two roles, or name another."),
                deal.place_of("evaluation", name, "verified_by"),
            )
