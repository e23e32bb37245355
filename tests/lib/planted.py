"""Made-up cohorts with a planted effect, one kind for each formula a plan can name.

PLANTED["randomised", "ancova"].plan       the plan, as a deal states it
PLANTED["randomised", "ancova"].truth      what its estimate should be on average
PLANTED["randomised", "ancova"].rows(rng)  a cohort drawn anew
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from payforsuccess.units.calendar import add_months
from tests.lib.compared import MATCHED, USUAL
from tests.lib.studies import OF_SHARES as PLAN
from tests.rooms.evaluation.designs.plans import (
    BEFORE,
    CHANGES,
    COUNT,
    DURATIONS,
    PLACES,
    a_plan,
)

Rng = np.random.Generator
PEOPLE = 400
EFFECT = 1.0


@dataclass(frozen=True)
class Planted:
    """A plan, the truth in the effect's own form, and how a cohort is drawn."""

    plan: dict[str, Any]
    truth: float
    rows: Callable[[Rng], pa.Table]


def a_trial(rng: Rng) -> pa.Table:
    """Offered by lot within two strata of unequal shares; three of four offered take part.

    The offer works through taking part alone, and who would take part does better anyway.
    """
    stratum = np.repeat([0, 1], [240, 160])
    treated = np.zeros(PEOPLE, dtype=bool)
    for at, offered in ((0, 120), (1, 60)):
        treated[rng.choice(np.flatnonzero(stratum == at), offered, replace=False)] = True
    age = rng.normal(0, 1, PEOPLE)
    keen = rng.random(PEOPLE) < 0.75
    outcome = 5 + age + 2 * stratum + keen + EFFECT * (treated & keen) + rng.normal(0, 2, PEOPLE)
    return _table(
        treated, outcome, age=age, took_part=treated & keen, stratum=stratum.astype(float)
    )


def a_plain_trial(rng: Rng) -> pa.Table:
    """Half of all offered by lot; the offer adds the effect to everyone."""
    treated = _half(rng)
    age = rng.normal(0, 1, PEOPLE)
    return _table(treated, 5 + age + EFFECT * treated + rng.normal(0, 2, PEOPLE), age=age)


def shares(rng: Rng) -> pa.Table:
    """50 percent without the programme, 40 percent with it."""
    treated = _half(rng)
    return _table(treated, (rng.random(PEOPLE) < np.where(treated, 0.4, 0.5)).astype(np.int64))


RATES = {"treated": 1 / 500, "control": 1 / 300}
DEATHS = 1 / 1_500
WINDOW = 364


def durations(rng: Rng) -> pa.Table:
    """Days to an event with a constant hazard; some move away, for no reason of theirs."""
    return _durations(rng, dies=False)


def with_deaths(rng: Rng) -> pa.Table:
    """The same, and some die first."""
    return _durations(rng, dies=True)


def _durations(rng: Rng, *, dies: bool) -> pa.Table:
    treated = _half(rng)
    hazard = np.where(treated, RATES["treated"], RATES["control"])
    times = np.stack(
        [
            np.ceil(rng.exponential(1 / hazard)),
            np.ceil(rng.exponential(1 / DEATHS, PEOPLE)) if dies else np.full(PEOPLE, np.inf),
            np.ceil(rng.exponential(2_000, PEOPLE)),
            np.full(PEOPLE, WINDOW + 0.5),
        ]
    )
    which = times.argmin(axis=0)
    ended = np.array(["event", "death", "move", "window"])[which]
    days = np.minimum(times.min(axis=0), WINDOW).astype(np.int64)
    table = _table(treated, (which == 0).astype(np.int64))
    return table.append_column("days", pa.array(days)).append_column("ended", pa.array(ended))


def durations_with_work(rng: Rng) -> pa.Table:
    """Work begins and ends by 28 days and halves the hazard, more often among the treated.

    The hazard of each stretch is drawn anew, so that days are exact to the hour.
    """
    treated = _half(rng)
    work = rng.random((PEOPLE, WINDOW // 28)) < np.where(treated, 0.7, 0.3)[:, None]
    base = np.where(treated, RATES["treated"], RATES["control"])[:, None]
    times = rng.exponential(1 / (base * np.where(work, 0.5, 1.0)))
    first = np.argmax(times <= 28, axis=1)
    happened = (times <= 28).any(axis=1)
    days = np.where(happened, 28 * first + times[np.arange(PEOPLE), first], WINDOW)
    told = [
        [{"day": 28 * at, "value": float(value), "label": None} for at, value in enumerate(one)]
        for one in work
    ]
    table = _table(treated, happened.astype(np.int64), days=days)
    table = table.append_column("ended", pa.array(np.where(happened, "event", "window")))
    return table.append_column("work:since", pa.array(told))


def served_and_pool(rng: Rng) -> pa.Table:
    """Who has more priors and is younger is served more often, and does worse."""
    age, priors = rng.normal(0, 1, PEOPLE), rng.normal(0, 1, PEOPLE)
    served = rng.random(PEOPLE) < 1 / (1 + np.exp(1 + 0.5 * age - 0.5 * priors))
    outcome = 20 - age + priors + EFFECT * served + rng.normal(0, 2, PEOPLE)
    return _table(served, outcome, age=age, priors=priors, control="pool")


def served_unlike(rng: Rng) -> pa.Table:
    """The same, and the effect grows with age: on everyone it is 1, on those served less."""
    age, priors = rng.normal(0, 1, PEOPLE), rng.normal(0, 1, PEOPLE)
    served = rng.random(PEOPLE) < 1 / (1 + np.exp(0.3 + 0.6 * age - 0.5 * priors))
    outcome = 20 - age + priors + (EFFECT + age) * served + rng.normal(0, 2, PEOPLE)
    return _table(served, outcome, age=age, priors=priors, control="pool")


def before_and_after(rng: Rng) -> pa.Table:
    """People served differ in level and, by a fact, in trend; the programme adds the effect."""
    age = rng.normal(0, 1, PEOPLE)
    served = rng.random(PEOPLE) < 1 / (1 + np.exp(0.5 - 0.7 * age))
    level = 10 + 3 * served + rng.normal(0, 2, PEOPLE)
    after = level + 1 + 0.8 * age + EFFECT * served + rng.normal(0, 1, PEOPLE)
    table = _table(served, after, age=age)
    return table.append_column("before", pa.array(level + rng.normal(0, 1, PEOPLE)))


def parallel(rng: Rng) -> pa.Table:
    """The same with one trend for all."""
    served = _half(rng)
    level = 10 + 3 * served + rng.normal(0, 2, PEOPLE)
    after = level + 1 + EFFECT * served + rng.normal(0, 1, PEOPLE)
    return _table(served, after).append_column("before", pa.array(level + rng.normal(0, 1, PEOPLE)))


def other_people(rng: Rng) -> pa.Table:
    """Half of each group started before the programme did, and half later; one trend for all."""
    served, later = _half(rng), _half(rng)
    outcome = 10 + 3 * served + later + EFFECT * (served & later) + rng.normal(0, 2, PEOPLE)
    starts = np.where(later, date(2025, 3, 1), date(2024, 3, 1))
    return _table(served, outcome, start_on=starts)


UNITS, QUARTERS, EACH = 24, 8, 4
SEVERAL = [
    {"unit": f"site-{at:02}", "on": "2020-10-01" if at < 6 else "2021-04-01"} for at in range(12)
]
ONE_DAY = [{"unit": f"site-{at:02}", "on": "2021-04-01"} for at in range(8)]
ALONE = [{"unit": "site-00", "on": "2021-04-01"}]


def places(adopted: list[dict[str, str]]) -> Callable[[Rng], pa.Table]:
    """People of 24 sites over eight quarters, with a level of the site and of the quarter."""
    begins = {one["unit"]: date.fromisoformat(one["on"]) for one in adopted}

    def rows(rng: Rng) -> pa.Table:
        level, shock = rng.normal(20, 3, UNITS), rng.normal(0, 0.7, QUARTERS)
        names, days, values = [], [], []
        for unit in range(UNITS):
            name = f"site-{unit:02}"
            for quarter in range(QUARTERS):
                start = add_months(date(2020, 1, 1), 3 * quarter)
                served = name in begins and start >= begins[name]
                middle = level[unit] + shock[quarter] + EFFECT * served
                for person in range(EACH):
                    names.append(name)
                    days.append(start.replace(day=1 + 5 * person))
                    values.append(middle + rng.normal(0, 1))
        return pa.table(
            {
                "arm": pa.array([None] * len(names), pa.string()),
                "quantity": values,
                "status": ["known"] * len(names),
                "start_on": days,
                "site": names,
            }
        )

    return rows


WIDE = 60


def leaning_places(adopted: list[dict[str, str]]) -> Callable[[Rng], pa.Table]:
    """Places whose outcomes move with the age of their people, the older ones adopting more.

    Without adjusting for age the effect is off. Which places adopt is drawn; their names follow.
    """

    def rows(rng: Rng) -> pa.Table:
        age = rng.normal(0, 1, WIDE)
        order = np.argsort(age + rng.logistic(size=WIDE) * 1.5)[::-1]
        first = dict(zip(order[: len(adopted)].tolist(), adopted, strict=True))
        begins = {at: date.fromisoformat(one["on"]) for at, one in first.items()}
        named = {at: one["unit"] for at, one in first.items()}
        level, shock = rng.normal(20, 3, WIDE), rng.normal(0, 0.7, QUARTERS)
        columns: dict[str, list[Any]] = {"site": [], "start_on": [], "quantity": [], "age": []}
        for unit in range(WIDE):
            for quarter in range(QUARTERS):
                start = add_months(date(2020, 1, 1), 3 * quarter)
                served = unit in begins and start >= begins[unit]
                middle = level[unit] + shock[quarter] + 0.3 * age[unit] * quarter + EFFECT * served
                columns["site"].append(named.get(unit, f"other-{unit:02}"))
                columns["start_on"].append(start)
                columns["quantity"].append(middle + rng.normal(0, 0.7))
                columns["age"].append(age[unit])
        return pa.table(
            {
                "arm": pa.array([None] * len(columns["site"]), pa.string()),
                "status": ["known"] * len(columns["site"]),
                **columns,
            }
        )

    return rows


def everyone_counted(rng: Rng) -> pa.Table:
    """Exactly 150 of 400 reach it."""
    reached = np.zeros(PEOPLE, dtype=np.int64)
    reached[rng.choice(PEOPLE, 150, replace=False)] = 1
    return _table(_half(rng), reached)


def _half(rng: Rng) -> np.ndarray:
    treated = np.zeros(PEOPLE, dtype=bool)
    treated[rng.choice(PEOPLE, PEOPLE // 2, replace=False)] = True
    return treated


def _table(
    treated: np.ndarray, outcome: np.ndarray, *, control: str = "none", **columns: np.ndarray
) -> pa.Table:
    return pa.table(
        {
            "arm": np.where(treated, "aid", control),
            "quantity": outcome,
            "status": ["known"] * len(outcome),
            **columns,
        }
    )


def _event_free(hazard: float) -> float:
    return math.exp(-hazard * WINDOW)


def _mean_days(hazard: float) -> float:
    """Of whole days: the sum of the chances of being free of the event after each day."""
    return sum(math.exp(-hazard * day) for day in range(WINDOW))


def _incidence(hazard: float) -> float:
    both = hazard + DEATHS
    # an event and a death on one day, which the day's order decides, are rare enough to leave out
    return hazard / both * (1 - math.exp(-both * WINDOW))


def _gap(of: Callable[[float], float]) -> float:
    return of(RATES["treated"]) - of(RATES["control"])


MEANS = {**PLAN, "standard_errors": "hc2", "test": "wald"}
ADJUSTED = {**MEANS, "covariates": ["age"]}
STRATA = {"assignment": "stratified", "strata": ["stratum"]}
OFFER = 0.75 * EFFECT


def _durations_plan(estimator: str, **changes: Any) -> dict[str, Any]:
    return {**DURATIONS, "estimator": estimator, "test": "wald", **changes}


def _matched(estimator: str, **changes: Any) -> Planted:
    plan = {**MATCHED, "estimator": estimator, **USUAL[estimator], **changes}
    return Planted(plan, EFFECT, served_and_pool)


def _on_everyone(estimator: str, **changes: Any) -> Planted:
    plan = {**MATCHED, "estimator": estimator, **USUAL[estimator], "estimand": "ate", **changes}
    return Planted(plan, EFFECT, served_unlike)


def _places(
    estimator: str,
    adopted: list[dict[str, str]],
    rows: Callable[[Rng], pa.Table] | None = None,
    **changes: Any,
) -> Planted:
    plan = {**PLACES, "estimator": estimator, "adopted": adopted, **changes}
    return Planted(plan, EFFECT, places(adopted) if rows is None else rows)


PLACEBO = {"standard_errors": "placebo", "draws": "199", "seed": "1"}
PLANTED: dict[tuple[str, str], Planted] = {
    ("randomised", "difference-in-proportions"): Planted(PLAN, -10.0, shares),
    ("randomised", "difference-in-means"): Planted(
        {**MEANS, "estimator": "difference-in-means"}, EFFECT, a_plain_trial
    ),
    ("randomised", "blocked-difference"): Planted(
        {**PLAN, **STRATA, "estimator": "blocked-difference", "test": "wald"}, OFFER, a_trial
    ),
    ("randomised", "ancova"): Planted({**ADJUSTED, "estimator": "ancova"}, EFFECT, a_plain_trial),
    ("randomised", "lin"): Planted({**ADJUSTED, **STRATA, "estimator": "lin"}, OFFER, a_trial),
    ("randomised", "two-stage-least-squares"): Planted(
        {
            **ADJUSTED,
            **STRATA,
            "estimand": "tot",
            "estimator": "two-stage-least-squares",
            "standard_errors": "hc1",
        },
        EFFECT,
        a_trial,
    ),
    ("randomised", "kaplan-meier"): Planted(
        _durations_plan("kaplan-meier"), -100 * _gap(_event_free), durations
    ),
    ("randomised", "restricted-mean"): Planted(
        _durations_plan("restricted-mean"), _gap(_mean_days), durations
    ),
    ("randomised", "cumulative-incidence"): Planted(
        _durations_plan("cumulative-incidence", competing=["death"]),
        100 * _gap(_incidence),
        with_deaths,
    ),
    ("randomised", "cox"): Planted(
        _durations_plan("cox", **{"as": "hazard-ratio", "standard_errors": "model"}),
        RATES["treated"] / RATES["control"],
        durations,
    ),
    **{("matched", estimator): _matched(estimator) for estimator in USUAL},
    # without a calliper the last people served get partners unlike them, and the effect leans
    ("matched", "matching"): _matched("matching", caliper="0.2"),
    ("difference-in-differences", "change-in-means"): Planted(CHANGES, EFFECT, parallel),
    ("difference-in-differences", "doubly-robust"): Planted(
        {
            **CHANGES,
            "estimator": "doubly-robust",
            "covariates": ["age"],
            "standard_errors": "influence",
        },
        EFFECT,
        before_and_after,
    ),
    ("difference-in-differences", "repeated-cross-sections"): Planted(
        {
            **{key: value for key, value in CHANGES.items() if key != "before"},
            "estimator": "repeated-cross-sections",
            "since": "2025-01-01",
        },
        EFFECT,
        other_people,
    ),
    ("staggered", "two-way-fixed-effects"): _places(
        "two-way-fixed-effects", ONE_DAY, standard_errors="cr1"
    ),
    ("staggered", "event-study"): _places("event-study", ONE_DAY, standard_errors="cr1"),
    ("staggered", "callaway-santanna"): _places("callaway-santanna", SEVERAL),
    ("staggered", "synthetic-control"): _places(
        "synthetic-control", ALONE, **{**PLACEBO, "test": "placebo"}
    ),
    ("staggered", "synthetic-difference-in-differences"): _places(
        "synthetic-difference-in-differences", ONE_DAY, **PLACEBO
    ),
    ("pre-post", "change-in-means"): Planted(
        {**BEFORE, "standard_errors": "hc1", "confidence": "95%", "test": "wald", "as": "change"},
        1 + EFFECT / 2,
        parallel,
    ),
    ("verified-count", "none"): Planted(COUNT, 150.0, everyone_counted),
}

ALSO_PLANTED: dict[tuple[str, ...], Planted] = {
    ("randomised", "two-stage-least-squares", "bootstrap"): Planted(
        {
            **ADJUSTED,
            **STRATA,
            "estimand": "tot",
            "estimator": "two-stage-least-squares",
            "standard_errors": "bootstrap",
            "draws": "99",
            "seed": "1",
        },
        EFFECT,
        a_trial,
    ),
    ("randomised", "cox", "changing"): Planted(
        _durations_plan(
            "cox",
            **{"as": "hazard-ratio", "standard_errors": "model", "changing": [{"name": "work"}]},
        ),
        RATES["treated"] / RATES["control"],
        durations_with_work,
    ),
    ("matched", "matching", "ate"): _on_everyone(
        "matching", with_replacement=True, standard_errors="abadie-imbens", bias_adjusted=True
    ),
    ("matched", "matching", "ate", "alike"): _on_everyone(
        "matching",
        with_replacement=True,
        standard_errors="abadie-imbens",
        bias_adjusted=True,
        alike="2",
    ),
    ("matched", "inverse-probability", "ate"): _on_everyone("inverse-probability"),
    ("matched", "doubly-robust", "ate"): _on_everyone("doubly-robust"),
    **{
        ("staggered", "callaway-santanna", by): _places(
            "callaway-santanna",
            SEVERAL,
            rows=leaning_places(SEVERAL),
            covariates=["age"],
            adjusted_by=by,
            compared_with="not-yet-treated",
        )
        for by in ("outcome-regression", "inverse-weighting", "doubly-robust")
    },
}
"""The same formulas in other forms: what is adjusted for, on whom, with which errors."""


@dataclass(frozen=True)
class Recovered:
    """What many cohorts gave: mean and spread of the value, mean error, share of intervals that
    hold the truth, of those that have one.
    """

    cohorts: int
    truth: float
    mean: float
    spread: float
    error: float | None
    covered: float | None


def recover(planted: Planted, cohorts: int, seed: int) -> Recovered:
    """The plan's formula on so many cohorts drawn anew."""
    from payforsuccess.evaluation.designs import compare
    from payforsuccess.evaluation.designs.people import sample_of

    plan = a_plan(planted.plan)
    values, errors, holds = [], [], []
    for at in range(cohorts):
        rng = np.random.default_rng([seed, at])
        rows = planted.rows(rng)
        sample = sample_of(plan, rows)
        effect = compare(plan, sample, unit="day", rng=rng).in_form(plan.as_ or _form(plan))
        values.append(float(effect.value))
        if effect.standard_error is not None:
            errors.append(float(effect.standard_error))
        if effect.interval is not None:
            low, high = effect.interval
            holds.append(low <= planted.truth <= high)
    return Recovered(
        cohorts,
        planted.truth,
        float(np.mean(values)),
        float(np.std(values, ddof=1)),
        float(np.mean(errors)) if errors else None,
        float(np.mean(holds)) if holds else None,
    )


def _form(plan: Any) -> Any:
    return {"pre-post": "change", "verified-count": "count"}.get(plan.design, "difference")
