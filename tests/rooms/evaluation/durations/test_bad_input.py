"""What durations refuse: each with a sentence that says what to do, none with a number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.durations import (
    accelerated_failure,
    cumulative_incidence,
    gray_test,
    incidence_difference,
    log_rank,
    proportional_hazards,
    restricted_means,
    survival_curve,
    survival_difference,
)

TIMES = np.array([3.0, 5.0, 7.0, 7.0, 2.0, 4.0, 7.0, 7.0])
EVENTS = np.array([1, 1, 0, 0, 1, 1, 0, 0])
ARMS = np.array([1, 1, 1, 1, 0, 0, 0, 0])
COLUMN = np.array([[1.0], [2.0], [1.0], [3.0], [2.0], [4.0], [1.0], [2.0]])


def changed(values: np.ndarray, value: float, *, at: int = 0) -> np.ndarray:
    found = values.astype(float)
    found[at] = value
    return found


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no one": (lambda: survival_curve([], [], confidence=0.95), "no people"),
    "a missing time": (
        lambda: survival_curve(changed(TIMES, np.nan), EVENTS, confidence=0.95),
        "missing for 1 people",
    ),
    "an outcome before assignment": (
        lambda: log_rank(changed(TIMES, -1), EVENTS, ARMS),
        "before the assignment",
    ),
    "a time of zero": (lambda: log_rank(changed(TIMES, 0), EVENTS, ARMS), "is 0"),
    "a missing event": (
        lambda: log_rank(TIMES, changed(EVENTS, np.nan), ARMS),
        "1 of the events are neither 0 nor 1",
    ),
    "a missing stratum": (
        lambda: log_rank(TIMES, EVENTS, ARMS, strata=changed(ARMS, np.nan)),
        "1 of the strata are missing",
    ),
    "an arm with no one": (
        lambda: log_rank(TIMES, EVENTS, np.ones(8)),
        "control arm holds no one",
    ),
    "no events": (lambda: log_rank(TIMES, np.zeros(8), ARMS), "No event was recorded"),
    "strata of one arm each": (
        lambda: log_rank(TIMES, EVENTS, ARMS, strata=ARMS),
        "all of one arm within their stratum",
    ),
    "a horizon beyond follow-up": (
        lambda: restricted_means(TIMES, EVENTS, ARMS, horizon=8),
        "No one in the treated arm was followed up to 8; the longest time is 7",
    ),
    "a horizon of nothing": (
        lambda: restricted_means(TIMES, EVENTS, ARMS, horizon=0),
        "not a time above 0",
    ),
    "an arm without events before the horizon": (
        lambda: restricted_means(TIMES, EVENTS, ARMS, horizon=3),
        "No one in the treated arm had an event before 3",
    ),
    "an arm with all events at one time": (
        lambda: restricted_means(TIMES, EVENTS, [0, 1, 0, 0, 0, 0, 0, 0], horizon=6),
        "All events of the treated arm happened at one time",
    ),
    "a share of no one": (
        lambda: survival_difference(TIMES, EVENTS, ARMS, at=2),
        "No one in the treated arm had an event up to 2",
    ),
    "a share of everyone": (
        lambda: survival_difference(TIMES, EVENTS | ~ARMS.astype(bool), ARMS, at=7),
        "Everyone in the control arm had an event up to 7",
    ),
    "a cause that never came": (
        lambda: incidence_difference(TIMES, EVENTS, ARMS, cause=2, at=7),
        "No one in the treated arm had an event of the cause",
    ),
    "a cause that never came to anyone": (
        lambda: gray_test(TIMES, EVENTS, ARMS, cause=2),
        "No event of the cause was recorded",
    ),
    "a cause that came when one arm alone was followed": (
        lambda: gray_test([1, 2, 5, 6], [0, 0, 1, 0], [1, 1, 0, 0], cause=1),
        "all of one arm",
    ),
    "a missing cause": (
        lambda: cumulative_incidence(TIMES, changed(EVENTS, np.nan), cause=1),
        "missing or not a whole number from 0 on for 1 people",
    ),
    "a column without variation": (
        lambda: proportional_hazards(TIMES, EVENTS, np.ones((8, 1))),
        "Column 1 is the same for everyone",
    ),
    "a missing covariate": (
        lambda: proportional_hazards(TIMES, EVENTS, changed(COLUMN, np.nan)),
        "missing for 1 rows",
    ),
    "columns that add up": (
        lambda: proportional_hazards(TIMES, EVENTS, np.column_stack([COLUMN, 2 * COLUMN + 1])),
        "add up to others",
    ),
    "an arm without any event": (
        lambda: proportional_hazards(TIMES, EVENTS & ARMS, ARMS[:, None]),
        "No event was recorded where column 1 is 0",
    ),
    "perfect separation": (
        lambda: proportional_hazards(TIMES, EVENTS, -TIMES[:, None]),
        "without fail",
    ),
    "separation by a column that runs far": (
        lambda: proportional_hazards(
            [1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0], [[9e5], [8e5], [7e5], [3], [2], [1]]
        ),
        "without fail",
    ),
    "too few clusters": (
        lambda: proportional_hazards(TIMES, EVENTS, COLUMN, clusters=np.zeros(8)),
        "1 clusters and 1 columns",
    ),
    "a column that strata hold fast": (
        lambda: proportional_hazards(TIMES, EVENTS, COLUMN, strata=COLUMN[:, 0]),
        "the same for all who were at risk",
    ),
    "rows that end before they start": (
        lambda: proportional_hazards(
            TIMES, EVENTS, COLUMN, start=changed(np.zeros(8), 3), people=np.arange(8)
        ),
        "1 rows do not start",
    ),
    "a person twice": (
        lambda: proportional_hazards(
            TIMES, EVENTS, COLUMN, start=np.zeros(8), people=[0, 1, 2, 2, 4, 5, 6, 7]
        ),
        "1 rows start before the same person's row before has ended",
    ),
    "a row after the event": (
        lambda: proportional_hazards(
            TIMES,
            EVENTS,
            COLUMN,
            start=[0, 0, 0, 3, 0, 0, 0, 0],
            people=[0, 1, 2, 0, 4, 5, 6, 7],
        ),
        "1 rows follow a row of the same person that ends in an event",
    ),
    "accelerated failure without events": (
        lambda: accelerated_failure(TIMES, np.zeros(8), COLUMN, law="weibull"),
        "No event was recorded",
    ),
    "accelerated failure of too few": (
        lambda: accelerated_failure(TIMES[:3], EVENTS[:3], COLUMN[:3], law="weibull"),
        "too few for 1 columns",
    ),
}


@pytest.mark.parametrize(("compute", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_what_to_do(compute: Callable[[], object], says: str) -> None:
    with pytest.raises(Refusal) as refused:
        compute()

    assert says in refused.value.problems[0].what
    assert all(problem.do.endswith(".") for problem in refused.value.problems)


def test_all_that_is_wrong_with_times_is_said_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        survival_curve([-1, 0, np.nan, 2], [1, 1, 1, 1], confidence=0.95)

    assert len(refused.value.problems) == 3


def test_arrays_of_unlike_length_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="shape"):
        survival_curve(TIMES, EVENTS[:3], confidence=0.95)
    with pytest.raises(ValueError, match="people"):
        proportional_hazards(TIMES, EVENTS, COLUMN, start=np.zeros(8))
