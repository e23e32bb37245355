"""Stretches of a person's days within which nothing changes, for hazards that hang on what does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from payforsuccess.deal.evaluation.changing import Changing
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.designs.sample import Codes, Floats, Mask, Sample

SINCE = ":since"
"""Behind a fact's name: a list, for each person, of `day`, `value` and `label` in order of days.

Day 0 is before the watching, day 1 its first day; a value holds from the day after its own.
"""
Told = list[tuple[float, float | str | None]]


@dataclass(frozen=True, eq=False)
class Stretches:
    """Rows of one person one after another, each at risk in (start, stop].

    start, stop: (r,) days. events: (r,), at the end of a person's last row alone. whose: (r,) the
    place of the person in the sample. changing: (r, k), named by `names`; of a fact in words one
    column for each word but the first.
    """

    start: Floats
    stop: Floats
    events: Mask
    whose: Codes
    changing: Floats
    names: tuple[str, ...]


def stretches(
    sample: Sample, changing: Sequence[Changing], days: Floats, happened: Mask
) -> Stretches:
    """The days of each person, cut where one of the facts changes.

    days: (n,) above 0, that each was watched. happened: (n,) whether the event ended them. Refuses
    facts that the rows do not list, that are not known of someone at the start, or that are numbers
    of some and words of others.
    """
    told = [_told(sample, one.name) for one in changing]
    _refuse_unknown(sample, changing, told)
    columns, names = _columns(changing, told)
    start, stop, whose, values = [], [], [], []
    for person, end in enumerate(days.tolist()):
        mine = [column[person] for column in columns]
        cuts = sorted({0.0, *(day for facts in mine for day, _ in facts if 0 < day < end)})
        for begins, ends in zip(cuts, [*cuts[1:], end], strict=True):
            start.append(begins)
            stop.append(ends)
            whose.append(person)
            values.append([_at(facts, begins) for facts in mine])
    last = np.array(whose) != np.array([*whose[1:], -1])
    return Stretches(
        np.array(start),
        np.array(stop),
        last & happened[np.array(whose)],
        np.array(whose, dtype=np.int64),
        np.array(values, dtype=np.float64).reshape(len(whose), len(names)),
        names,
    )


def _told(sample: Sample, name: str) -> list[Told]:
    if not sample.has(name + SINCE):
        raise Refusal(
            Problem(
                f"The rows of people do not list how {name} changes.",
                "Measure the people again with this version.",
            )
        )
    return [
        [
            (float(one["day"]), one["label"] if one["label"] is not None else one["value"])
            for one in listed
        ]
        for listed in sample.rows[name + SINCE].to_pylist()
    ]


def _refuse_unknown(
    sample: Sample, changing: Sequence[Changing], told: Sequence[list[Told]]
) -> None:
    problems = []
    for one, people in zip(changing, told, strict=True):
        missing = sum(not listed or listed[0][0] > 0 for listed in people)
        if missing:
            problems.append(
                Problem(
                    f"Of {missing:,} of {len(sample):,} people {one.name} is not known at their "
                    "start, and the plan adjusts for it.",
                    "Complete it, or amend the plan before results are known.",
                )
            )
        kinds = {isinstance(value, str) for listed in people for _, value in listed}
        if len(kinds) > 1:
            problems.append(
                Problem(
                    f"{one.name} is a number of some people and a word of others.",
                    "Write it in one way in the records.",
                )
            )
    if problems:
        raise Refusal(problems)


def _columns(
    changing: Sequence[Changing], told: Sequence[list[Told]]
) -> tuple[list[list[list[tuple[float, float]]]], tuple[str, ...]]:
    """Each column's list of days and numbers for each person, and its name."""
    columns, names = [], []
    for one, people in zip(changing, told, strict=True):
        words = sorted({v for listed in people for _, v in listed if isinstance(v, str)})
        if not words:
            columns.append([[(d, float(v or 0)) for d, v in listed] for listed in people])
            names.append(one.name)
        for word in words[1:]:
            columns.append([[(d, float(v == word)) for d, v in listed] for listed in people])
            names.append(f"{one.name}: {word}")
    return columns, tuple(names)


def _at(facts: list[tuple[float, float]], day: float) -> float:
    """The value that holds after this day."""
    return next(value for since, value in reversed(facts) if since <= day)
