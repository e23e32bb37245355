"""What each part of a deal takes from its feeds: which states, events and facts, and for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan, Randomised, TwoArmBase
from payforsuccess.deal.measures import Measure, MeasureBase, ShareOfCohort, StartEvent
from payforsuccess.deal.tables import (
    CONSENTS,
    CUSTODY_STATES,
    ENROLMENTS,
    EVENTS,
    IDENTITIES,
    SPELLS,
    TRAITS,
)

Part = Literal["outcome", "plan", "linkage", "consents", "equity", "eligibility"]
Taken = tuple[str, str]
"""A canonical table and, in it, a state, an event or a fact, of the enrolments a column; an empty
word is the whole table."""

_EVENTS = ("event", "start_event", "milestone", "lost_by", "amounts_of", "units", "good_exits")
_STATES = ("state", "less")
_FACTS = ("score",)
_ENDINGS = ("death", "move", "transfer")
_STARTS: dict[StartEvent, tuple[str, ...]] = {
    "referral": ("referred_on",),
    "assignment": ("assigned_on",),
    "enrolment": ("enrolled_on",),
    "exit": ("exited_on",),
    # Such a window starts at the first event from the enrolment's earliest day on.
    "event": ("referred_on", "assigned_on", "enrolled_on"),
}


@dataclass(frozen=True)
class Need:
    """What one part of a deal takes from feeds.

    `waits_for_all`: the part cannot be computed before each of these feeds is there; otherwise it
    takes what any of them has.
    """

    part: Part
    name: str
    feeds: tuple[str, ...]
    takes: frozenset[Taken]
    waits_for_all: bool = False


def needs_of(deal: Deal) -> tuple[Need, ...]:
    """Every need of the deal, in the order of its file: outcomes, plans, equity, people, papers.

    A number that is given by hand, with neither a measure nor a plan, needs no feed.
    """
    every = tuple(source.feed for source in deal.data)
    return (
        *(
            need
            for name, outcome in deal.outcomes.items()
            if outcome.measure is not None
            for need in _of_measure("outcome", name, outcome.measure, every)
        ),
        *(need for name, plan in deal.evaluation.items() for need in _of_plan(name, plan, every)),
        *_of_facts("equity", "equity tables", deal.equity, every),
        *_of_facts(
            "eligibility", "eligibility", tuple(rule.field for rule in deal.people.eligible), every
        ),
        *_of_linkage(deal),
        *_of_consents(deal),
    )


def kinds_named(measure: MeasureBase) -> frozenset[str]:
    """The kinds of event that a measure's own fields name."""
    return _named(measure, _EVENTS)


def states_named(measure: MeasureBase) -> frozenset[str]:
    """The states that a measure's own fields name."""
    return _named(measure, _STATES)


def _named(measure: MeasureBase, keys: tuple[str, ...]) -> frozenset[str]:
    words: set[str] = set()
    for key in keys:
        match getattr(measure, key, None):
            case str(word):
                words.add(word)
            case tuple(several):
                words.update(several)
    return frozenset(words)


def _of_measure(part: Part, name: str, measure: Measure, every: tuple[str, ...]) -> Iterator[Need]:
    if not isinstance(measure, MeasureBase):
        yield from _of_measure(part, name, measure.of, every)
        if not isinstance(measure, ShareOfCohort):
            yield Need(part, name, every, frozenset({(ENROLMENTS.name, "arm")}))
        return
    takes: set[Taken] = {(EVENTS.name, ending) for ending in _ENDINGS}
    takes |= {(SPELLS.name, state) for state in CUSTODY_STATES}
    takes |= {(EVENTS.name, kind) for kind in kinds_named(measure)}
    takes |= {(SPELLS.name, state) for state in states_named(measure)}
    yield Need(part, name, measure.feeds, frozenset(takes), waits_for_all=True)
    starts_in = measure.population.feeds or every
    columns = ["enrolment", "person", *_STARTS[measure.starts_at]]
    columns += ["enrolled_on", "exited_on"] if measure.population.enrolled_only else []
    columns += ["arm"] if measure.population.arms else []
    columns += ["site"] if measure.population.sites else []
    yield Need(part, name, starts_in, frozenset((ENROLMENTS.name, column) for column in columns))
    facts = tuple(word for key in _FACTS if (word := getattr(measure, key, None)))
    yield from _of_facts(part, name, facts, measure.feeds)


def _of_plan(name: str, plan: EvaluationPlan, every: tuple[str, ...]) -> Iterator[Need]:
    measure = getattr(plan, "measure", None)
    others = [getattr(plan, "before", None), *(other.measure for other in plan.secondary)]
    index = plan.index if isinstance(plan, TwoArmBase) else None
    others += [] if index is None else [part.measure for part in index.parts]
    for each in (measure, *others):
        if each is not None:
            yield from _of_measure("plan", name, each, every)
    if hasattr(plan, "arms"):
        columns = ("arm", "stratum") if getattr(plan, "strata", ()) else ("arm",)
        takes = frozenset((ENROLMENTS.name, column) for column in columns)
        yield Need("plan", name, every, takes)
    cluster = getattr(plan, "cluster", None)
    changing = plan.changing if isinstance(plan, Randomised) else ()
    states = frozenset((SPELLS.name, one.state) for one in changing if one.state is not None)
    if states:
        yield Need("plan", name, plan.measure.feeds, states, waits_for_all=True)
    facts = (*plan.covariates, *plan.balance_on, *getattr(plan, "strata", ()))
    facts += tuple(one.name for one in changing if one.state is None)
    yield from _of_facts("plan", name, (*facts, *((cluster,) if cluster else ())), every)


def _of_facts(
    part: Part, name: str, facts: tuple[str, ...], feeds: tuple[str, ...]
) -> Iterator[Need]:
    if facts:
        yield Need(part, name, feeds, frozenset((TRAITS.name, fact) for fact in facts))


def _of_linkage(deal: Deal) -> Iterator[Need]:
    """With keyed hashes, identifiers stay with their holders, so they are not needed."""
    if deal.linkage is not None and deal.linkage.method == "names":
        feeds = (deal.linkage.anchor, *deal.linkage.feeds)
        takes = frozenset({(IDENTITIES.name, "")})
        yield Need("linkage", "linkage", feeds, takes, waits_for_all=True)


def _of_consents(deal: Deal) -> Iterator[Need]:
    papers = [source.agreement for source in deal.data if source.agreement is not None]
    feeds = tuple(dict.fromkeys(paper.consents for paper in papers if paper.consents))
    if feeds:
        takes = frozenset({(CONSENTS.name, "")})
        yield Need("consents", "consents", feeds, takes, waits_for_all=True)
