"""What rows and columns must be before hazards are compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.durations.follow_up import Flags, Floats, Whole


def check_columns(columns: ArrayLike, events: Flags, names: Sequence[str] = ()) -> Floats:
    """The columns as floats (n, k). What is said of them tells their names, else counts from 1.

    Refuses missing values, a column without variation, columns that add up to one another, and a
    column of 0s and 1s on one side of which no one has an event.
    """
    found = np.asarray(columns, dtype=np.float64)
    if found.ndim != 2 or len(found) != len(events) or not found.shape[1]:
        raise ValueError("columns have a row for each time, and at least one column")
    missing = int((~np.isfinite(found)).any(axis=1).sum())
    if missing:
        raise Refusal(
            Problem(
                f"A column is missing for {missing:,} rows.",
                "Fill it by the rule that the plan states, or leave the column out.",
            )
        )
    problems = []
    for at, column in enumerate(found.T, start=1):
        if column.min() == column.max():
            told = names[at - 1] if names else f"Column {at}"
            problems.append(Problem(f"{told} is the same for everyone.", "Leave it out."))
        elif np.isin(column, (0.0, 1.0)).all():
            with_events = {float(value) for value in np.unique(column[events])}
            if len(with_events) == 1:
                side = 1 - int(with_events.pop())
                told = names[at - 1] if names else f"column {at}"
                problems.append(
                    Problem(
                        f"No event was recorded where {told} is {side}, so that no finite "
                        "hazard ratio fits best.",
                        "Leave the column out, join its groups, or compare the arms by the "
                        "log-rank test.",
                    )
                )
    if problems:
        raise Refusal(problems)
    centred = (found - found.mean(axis=0)) / found.std(axis=0)
    if np.linalg.matrix_rank(centred) < found.shape[1]:
        raise Refusal(
            Problem(
                "Some columns add up to others, so that their effects cannot be told apart.",
                "Leave one of them out.",
            )
        )
    return found


def check_rows(start: Floats, stop: Floats, events: Flags, people: Whole) -> None:
    """Refuse rows that end before they start, and a person's rows that overlap or go on after."""
    if start.shape != stop.shape:
        raise ValueError("starts have the shape of times")
    backward = int((~(start < stop) | (start < 0)).sum())
    if backward:
        raise Refusal(
            Problem(
                f"{backward:,} rows do not start, at 0 or later, before they end.",
                "Correct the times, or leave out rows of no length.",
            )
        )
    order = np.lexsort((start, people))
    same = people[order][1:] == people[order][:-1]
    overlapping = int((same & (start[order][1:] < stop[order][:-1])).sum())
    after = int((same & events[order][:-1]).sum())
    problems = []
    if overlapping:
        problems.append(
            Problem(
                f"{overlapping:,} rows start before the same person's row before has ended.",
                "Let each row start where the one before it ended, and list no one twice.",
            )
        )
    if after:
        problems.append(
            Problem(
                f"{after:,} rows follow a row of the same person that ends in an event.",
                "End each person's rows with the first event.",
            )
        )
    if problems:
        raise Refusal(problems)
