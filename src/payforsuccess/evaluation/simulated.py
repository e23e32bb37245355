"""Made-up people of a plan, from the plan alone: to show, before launch, that it can be computed.

Nothing here is a forecast. Outcomes are drawn at one stated, made-up effect; facts about people are
noise, so that tables have their rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from payforsuccess.deal.evaluation import (
    DURATION_ESTIMATORS,
    EvaluationPlan,
    Matched,
    Randomised,
    Staggered,
    TwoArmBase,
)
from payforsuccess.deal.measures import EventCount, PersonMeasure
from payforsuccess.evaluation.designs.changing import SINCE
from payforsuccess.evaluation.designs.indexed import PART
from payforsuccess.evaluation.designs.places import period_starts
from payforsuccess.evaluation.designs.sample import EVENT, KNOWN, WINDOW
from payforsuccess.units import add_months

Floats = NDArray[np.float64]
Rng = np.random.Generator

EACH = 200
"""People in the treated arm at the least, and in the control arm."""
A_CLUSTER = 20
A_CELL = 8
"""People of a place who start in a period."""
PLACES = 6
"""Made-up places that are never served, beside those that the plan names."""
SHARES = 0.5, 0.4
MEANS = 50.0, 45.0
DEVIATION = 10.0
_YES_NO = ("event-absent", "held-without-break", "milestone-reached")
_SOURCE = "made-up"


@dataclass(frozen=True, eq=False)
class Simulated:
    """Rows as an evaluation reads them, of nobody; those of secondary outcomes; and what is said.

    says: the made-up effect in words.
    """

    rows: pa.Table
    secondary: dict[str, pa.Table]
    says: str


def simulated_people(plan: EvaluationPlan, *, seed: int) -> Simulated:
    """Made-up people for a plan: its arms, strata, clusters, places and facts, and an effect.

    Of yes-or-no outcomes 50 percent happen without the programme and 40 percent with it; others
    have a mean of 50 without and 45 with it, with a standard deviation of 10. A tenth of those
    drawn do not take part, and of one in fifty the outcome is not known.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    frame = _frame(plan, rng)
    treated = frame["served"].astype(bool)
    yes_no = is_yes_no(plan, plan.measure)
    columns = {
        **_outcome(treated, yes_no=yes_no, rng=rng),
        **_people(frame, rng),
        **_facts(plan, frame, rng),
    }
    if plan.estimator in DURATION_ESTIMATORS:
        columns |= _days(plan, columns["quantity"], rng)
    if isinstance(plan, TwoArmBase) and plan.index is not None:
        for part in plan.index.parts:
            own = _outcome(treated, yes_no=is_yes_no(plan, part.measure), rng=rng)
            columns[PART + part.name] = own["quantity"]
    for one in getattr(plan, "changing", ()):
        columns[one.name + SINCE] = _changes(len(treated), is_state=one.state is not None, rng=rng)
    if getattr(plan, "before", None) is not None:
        columns["before"] = _before(len(treated), yes_no=yes_no, rng=rng)
    rows = pa.table(columns)
    others = {}
    for outcome in plan.secondary:
        own = _outcome(treated, yes_no=is_yes_no(plan, outcome.measure), rng=rng)
        others[outcome.name] = pa.table({**columns, **own})
    low, high = (SHARES if yes_no else MEANS)[::-1]
    unit = "of people" if yes_no else "on average, in the measure's unit"
    shown = (f"{high:.0%}", f"{low:.0%}") if yes_no else (f"{high:g}", f"{low:g}")
    says = f"{shown[0]} {unit} without the programme and {shown[1]} with it"
    return Simulated(rows, others, says)


def is_yes_no(plan: EvaluationPlan, measure: PersonMeasure) -> bool:
    """Whether an outcome is drawn as yes or no."""
    return (
        measure.kind in _YES_NO
        or plan.estimator in ("difference-in-proportions", *DURATION_ESTIMATORS)
        or (isinstance(measure, EventCount) and measure.at_most_each_person == 1)
    )


def _frame(plan: EvaluationPlan, rng: Rng) -> dict[str, NDArray[np.generic]]:
    """Who is where: served or not, cluster, place and day of the start."""
    if isinstance(plan, Staggered):
        return _places(plan)
    each = max(EACH, plan.sample_floor or 0)
    cluster = getattr(plan, "cluster", None)
    if cluster is not None:
        clusters = 2 * max(2, -(-each // A_CLUSTER))
        place = np.repeat(np.arange(clusters), A_CLUSTER)
        served = place % 2 == 0
    else:
        people = 2 * each * (2 if isinstance(plan, Matched) else 1)
        place = np.arange(people) % A_CLUSTER
        served = np.arange(people) % (4 if isinstance(plan, Matched) else 2) == 0
        if isinstance(plan, Randomised):
            served = _drawn(plan, people)
    since = getattr(plan, "since", None)
    first = np.datetime64("2000-01-03" if since is None else since - timedelta(days=150))
    starts = first + rng.integers(0, 300, len(served))
    return {"served": served, "place": place, "start_on": starts}


def _drawn(plan: Randomised, people: int) -> NDArray[np.bool_]:
    """The planned share of people in each run of as many as its denominator."""
    of = plan.treated_share.denominator if plan.treated_share not in (0, 1) else 2
    served = np.arange(people) % of < max(1, plan.treated_share.numerator)
    return np.asarray(served)


def _places(plan: Staggered) -> dict[str, NDArray[np.generic]]:
    """Eight people in each period of each place, the named ones served from their day."""
    starts = period_starts(plan)
    names = [each.unit for each in plan.adopted]
    names += [f"{_SOURCE} place {at + 1}" for at in range(PLACES)]
    days_of = {each.unit: each.on for each in plan.adopted}
    unit, days, served = [], [], []
    for at, name in enumerate(names):
        for begin, end in pairwise(starts):
            on: date = end - timedelta(days=1)
            is_served = name in days_of and on >= days_of[name]
            unit += [at] * A_CELL
            days += [on if is_served else begin] * A_CELL
            served += [is_served] * A_CELL
    return {
        "served": np.array(served),
        "place": np.array(unit),
        "start_on": np.array(days, dtype="datetime64[D]"),
        "named": np.array([names[at] for at in unit]),
    }


def _outcome(served: NDArray[np.bool_], *, yes_no: bool, rng: Rng) -> dict[str, pa.Array]:
    if yes_no:
        quantity = rng.random(len(served)) < np.where(served, SHARES[1], SHARES[0])
    else:
        drawn = rng.normal(np.where(served, MEANS[1], MEANS[0]), DEVIATION)
        quantity = np.maximum(np.rint(drawn), 0)
    unknown = rng.random(len(served)) < 0.02
    return {
        "quantity": pa.array(quantity.astype(np.int64), mask=unknown),
        "status": pa.array(np.where(unknown, _SOURCE + " loss", KNOWN).tolist(), pa.string()),
    }


def _people(frame: dict[str, NDArray[np.generic]], rng: Rng) -> dict[str, pa.Array]:
    served = frame["served"].astype(bool)
    people = len(served)
    took_part = np.where(rng.random(people) < 0.1, ~served, served)
    return {
        "took_part": pa.array(took_part),
        "died": pa.array(rng.random(people) < 0.01),
        "moved": pa.array(rng.random(people) < 0.02),
        "linked": pa.array(np.ones(people, dtype=bool)),
        "score": pa.array(rng.uniform(0.9, 1.0, people)),
        "person": pa.array(np.arange(people)),
        "start_on": pa.array(frame["start_on"].astype("datetime64[D]").tolist(), pa.date32()),
        "site": pa.array([f"{_SOURCE} site {at}" for at in frame["place"]], pa.string()),
    }


def _facts(
    plan: EvaluationPlan, frame: dict[str, NDArray[np.generic]], rng: Rng
) -> dict[str, pa.Array]:
    """A column for each fact the plan reads, and the arm by its own label."""
    served, place = frame["served"].astype(bool), frame["place"].astype(np.int64)
    arms = (plan.arms.treated, plan.arms.control) if isinstance(plan, TwoArmBase) else ("",) * 2
    found = {"arm": pa.array(np.where(served, arms[0], arms[1]).tolist(), pa.string())}
    if isinstance(plan, TwoArmBase) and getattr(plan, "cluster", None) is not None:
        place_served = place % 2 == 0
        found["arm"] = pa.array(np.where(place_served, arms[0], arms[1]).tolist(), pa.string())
    values = plan.lottery.values if isinstance(plan, Randomised) and plan.lottery else {}
    alike = (*getattr(plan, "strata", ()), *getattr(plan, "exact_on", ()))
    for name in dict.fromkeys((*plan.covariates, *plan.balance_on, *alike)):
        if name in alike:
            words = [str(each) for each in values.get(name, ("one", "other"))]
            codes = (np.arange(len(served)) // 7) % len(words)
            found[name + ":label"] = pa.array([words[at] for at in codes], pa.string())
            found[name] = pa.nulls(len(served), pa.float64())
        else:
            found[name] = pa.array(rng.normal(0, 1, len(served)))
    named = frame.get("named")
    cluster = getattr(plan, "cluster", None)
    if isinstance(plan, Staggered) and named is not None:
        found |= _in_words(plan.unit, [str(each) for each in named])
        if cluster is not None:
            found |= _in_words(cluster, [str(each) for each in named])
    elif cluster is not None:
        found |= _in_words(cluster, [f"{_SOURCE} {at}" for at in place])
    return found


def _in_words(name: str, words: list[str]) -> dict[str, pa.Array]:
    """A fact in words; the site has a column of its own."""
    if name == "site":
        return {"site": pa.array(words, pa.string())}
    return {name: pa.nulls(len(words), pa.float64()), name + ":label": pa.array(words, pa.string())}


def _days(plan: EvaluationPlan, quantity: pa.Array, rng: Rng) -> dict[str, pa.Array]:
    """When an event came; where none did, the window was seen to its end or, of some, ended by
    what the plan calls competing."""
    window = plan.measure.window
    first = date(2000, 1, 3)
    length = window.days or (add_months(first, window.months) - first).days
    happened = np.array([value == 1 for value in quantity.to_pylist()])
    missing = np.array([value is None for value in quantity.to_pylist()])
    words = getattr(plan, "competing", ()) or ("move",)
    other = ~happened & (rng.random(len(happened)) < 0.1)
    days = np.where(happened | other, rng.integers(1, length + 1, len(happened)), length)
    ended = np.where(happened, EVENT, np.where(other, words[0], WINDOW))
    return {
        "days": pa.array(days.astype(np.int64), mask=missing),
        "ended": pa.array(ended.tolist(), pa.string(), mask=missing),
    }


def _changes(people: int, *, is_state: bool, rng: Rng) -> pa.Array:
    """A value at the start and another from some day of the first four weeks on."""
    drawn = rng.normal(0, 1, (people, 2))
    values = (drawn > 0).astype(float) if is_state else drawn
    days = rng.integers(1, 29, people)
    return pa.array(
        [
            [{"day": 0, "value": first, "label": None}, {"day": day, "value": then, "label": None}]
            for day, (first, then) in zip(days.tolist(), values.tolist(), strict=True)
        ]
    )


def _before(people: int, *, yes_no: bool, rng: Rng) -> pa.Array:
    if yes_no:
        return pa.array((rng.random(people) < SHARES[0]).astype(np.int64))
    drawn = np.maximum(np.rint(rng.normal(MEANS[0], DEVIATION, people)), 0)
    return pa.array(drawn.astype(np.int64))
