"""Places over periods: from people with a place and a day of start to a panel of means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from payforsuccess.deal.evaluation import Staggered
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.designs.people import SERVED, refuse_missing
from payforsuccess.evaluation.designs.sample import LABEL, Codes, Sample, with_column
from payforsuccess.evaluation.panels import NEVER, Panel
from payforsuccess.units.calendar import add_months

OTHERS = "not-served"
PLACE, PERIOD = ":place", ":period"
"""Columns that the sample holds beside the rows': no fact about people has such a name."""
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_TAKES_GAPS = ("two-way-fixed-effects", "event-study")
_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Places:
    """The panel, with the names of its units in order, and what it is made of.

    people: shape (units, periods), with a known outcome. starts: the first day of each period.
    covariates: shape (units, k), where the plan adjusts for some.
    """

    panel: Panel
    names: tuple[str, ...]
    people: NDArray[np.int64]
    starts: tuple[date, ...]
    covariates: NDArray[np.float64] | None = None


def people_of_places(plan: Staggered, rows: pa.Table) -> Sample:
    """The people who start within the periods, each with a place and a period.

    The arms are the places served at some time and the others, whenever the person started. Left
    out is who started in a place's first period before the day from which people there are served.
    Refuses people without a start or a place, and places served that no one started in.
    """
    everyone = Sample.everyone(rows, arm=SERVED)
    unit = plan.unit + LABEL if everyone.has(plan.unit + LABEL) else plan.unit
    refuse_missing(
        everyone, ("start_on", unit), "which say in which period and place a person counts"
    )
    _refuse_unplaced(plan, everyone)
    named = np.array([str(word) for word in everyone.words(plan.unit)], dtype=object)
    starts = period_starts(plan)
    days = _days(everyone)
    period = np.searchsorted(_as_days(starts), days, side="right") - 1
    is_inside = (period >= 0) & (period < plan.periods)
    for adoption in plan.adopted:
        first = np.searchsorted(_as_days(starts), np.datetime64(adoption.on), side="right") - 1
        too_soon = (named == adoption.unit) & (period == first)
        is_inside &= ~(too_soon & (days < np.datetime64(adoption.on)))
    served = [adoption.unit for adoption in plan.adopted]
    _refuse_unseen(served, named[is_inside])
    labels = np.where(np.isin(named, served), SERVED, OTHERS)
    told = with_column(rows, "arm", pa.array(labels.tolist(), pa.string()))
    told = with_column(told, PLACE, pa.array(named.tolist(), pa.string()))
    told = with_column(told, PERIOD, pa.array(period, pa.int64()))
    return Sample(told.filter(pa.array(is_inside)), SERVED, OTHERS)


def period_starts(plan: Staggered) -> tuple[date, ...]:
    """The first day of each period, and the day after the last."""
    step = _MONTHS[plan.every]
    return tuple(add_months(plan.from_, step * at) for at in range(plan.periods + 1))


def places_of(plan: Staggered, known: Sample) -> Places:
    """The mean outcome of each place in each period, of the people whose outcome is known.

    Each place counts alike, however many people it has. Refuses a place without anyone in a
    period, unless the estimator takes gaps, and people of a place in several clusters.
    """
    words = known.rows[PLACE].to_pylist()
    names = tuple(sorted(set(words)))
    at = {name: place for place, name in enumerate(names)}
    unit = np.array([at[word] for word in words], dtype=np.int64)
    period = known.numbers(PERIOD).astype(np.int64)
    shape = (len(names), plan.periods)
    cell = unit * plan.periods + period
    people = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    sums = np.bincount(cell, weights=known.outcome, minlength=shape[0] * shape[1]).reshape(shape)
    means = np.divide(sums, people, where=people > 0, out=np.full(shape, np.nan))
    _refuse_gaps(plan, people)
    panel = Panel(means, _first_treated(plan, names), _clusters(plan, known, unit, len(names)))
    return Places(
        panel,
        names,
        people.astype(np.int64),
        period_starts(plan)[:-1],
        _covariates(plan, known, unit, period, len(names)),
    )


def _covariates(
    plan: Staggered, known: Sample, unit: Codes, period: Codes, units: int
) -> NDArray[np.float64] | None:
    """Each place's means of the facts of those who started there in the first period.

    Nobody was served anywhere by then, so that the programme cannot have moved them.
    """
    if not plan.covariates:
        return None
    first = period == 0
    traits, _ = known.take(first).covariates(plan.covariates)
    whose = unit[first]
    sums = np.zeros((units, traits.shape[1]))
    np.add.at(sums, whose, traits)
    return sums / np.bincount(whose, minlength=units)[:, None]


def _first_treated(plan: Staggered, names: tuple[str, ...]) -> Codes:
    starts = _as_days(period_starts(plan))
    first = np.full(len(names), NEVER, dtype=np.int64)
    for adoption in plan.adopted:
        period = int(np.searchsorted(starts, np.datetime64(adoption.on), side="right")) - 1
        if period < plan.periods and adoption.unit in names:
            first[names.index(adoption.unit)] = max(0, period)
    return first


def _clusters(plan: Staggered, known: Sample, unit: Codes, units: int) -> Codes | None:
    if plan.cluster is None:
        return None
    codes = known.codes((plan.cluster,), "clusters")
    found = np.full(units, -1, dtype=np.int64)
    found[unit] = codes
    apart = len(np.unique(unit[found[unit] != codes]))
    if apart:
        raise Refusal(
            Problem(
                f"{apart:,} of {units:,} places hold people of several clusters by {plan.cluster}.",
                "Name a fact that is the same for everyone of a place.",
            )
        )
    return found


def _refuse_gaps(plan: Staggered, people: NDArray[np.int64]) -> None:
    empty = int((people == 0).sum())
    if empty and plan.estimator not in _TAKES_GAPS:
        raise Refusal(
            Problem(
                f"In {empty:,} of {people.size:,} periods of places no one has a known outcome, "
                f"and {plan.estimator} needs someone in each.",
                "Use longer periods in `every`, other periods, or leave out the places that were "
                "not watched throughout.",
            )
        )


def _refuse_unplaced(plan: Staggered, everyone: Sample) -> None:
    missing = int(np.isnat(_days(everyone)).sum())
    nowhere = sum(word is None for word in everyone.words(plan.unit))
    problems = [
        Problem(
            f"Of {count:,} of {len(everyone):,} people {what} is not known, which says where they "
            "count.",
            "Complete it; no one is left out silently.",
        )
        for what, count in (("the day of their start", missing), (plan.unit, nowhere))
        if count
    ]
    if problems:
        raise Refusal(problems)


def _refuse_unseen(served: list[str], named: NDArray[np.object_]) -> None:
    unseen = sorted(set(served) - set(named.tolist()))
    if unseen:
        shown = ", ".join(unseen[:_SHOWN]) + (" and others" if len(unseen) > _SHOWN else "")
        raise Refusal(
            Problem(
                f"No one started within the periods in {len(unseen):,} of {len(served):,} places "
                f"that the plan calls served: {shown}.",
                "Write their names as the records do, or correct the periods.",
            )
        )


def notes_of_places(plan: Staggered, left: int) -> tuple[str, ...]:
    """How many people the panel leaves out, and how many places are served only after it."""
    notes = []
    if left:
        notes.append(
            f"{left:,} people are left out: they started outside the periods, or in a place's "
            "first period before people there were served."
        )
    end = period_starts(plan)[-1]
    late = sum(adoption.on >= end for adoption in plan.adopted)
    if late:
        notes.append(f"{late:,} places are served only after the last period.")
    return tuple(notes)


def _days(sample: Sample) -> NDArray[np.datetime64]:
    return np.array(sample.rows["start_on"].to_pylist(), dtype="datetime64[D]")


def _as_days(days: tuple[date, ...]) -> NDArray[np.datetime64]:
    return np.array(days, dtype="datetime64[D]")
