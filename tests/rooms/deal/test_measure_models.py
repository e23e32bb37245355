"""A measure states everything that decides its number, or is refused with what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from payforsuccess.deal.measures import Measure

SHARED: dict[str, Any] = {
    "population": {"says": "Everyone"},
    "starts_at": "enrolment",
    "window": "12 months",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "censor",
    "feeds": ["court"],
}
ABSENT = {"kind": "event-absent", "event": "arrest", **SHARED}
COUNT = {"kind": "event-count", "event": "arrest", "counts": "days", **SHARED}
DAYS = {"kind": "days-in-state", "state": "housed", **SHARED}
HELD = {"kind": "held-without-break", "state": "housed", "held_for": "6 months", **SHARED}


def built(stated: dict[str, Any]) -> Any:
    adapter: TypeAdapter[Any] = TypeAdapter(Measure)
    return adapter.validate_python(stated)


def refusals(stated: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        built(stated)
    return [error["msg"] for error in refusal.value.errors()]


@pytest.mark.parametrize("key", ["on_death", "on_move", "on_custody"])
def test_nothing_is_assumed_of_what_ends_the_watching(key: str) -> None:
    stated = {name: value for name, value in ABSENT.items() if name != key}

    assert refusals(stated) == ["Field required"]


@pytest.mark.parametrize("key", ["population", "starts_at", "window", "feeds", "event"])
def test_what_decides_the_number_is_never_left_out(key: str) -> None:
    assert refusals({n: v for n, v in ABSENT.items() if n != key}) == ["Field required"]


REFUSED = {
    "no feed": ({**ABSENT, "feeds": []}, "The measure names no feed."),
    "a feed twice": ({**ABSENT, "feeds": ["court", "court"]}, "One feed is named twice."),
    "a start event unnamed": (
        {**ABSENT, "starts_at": "event"},
        "A window that starts at an event names the event, and only such a window does.",
    ),
    "a start event unused": (
        {**ABSENT, "start_event": "release"},
        "A window that starts at an event names the event, and only such a window does.",
    ),
    "starts the wrong way round": (
        {
            **ABSENT,
            "population": {
                "says": "x",
                "starts_from": "2024-02-01",
                "starts_to": "2024-01-31",
            },
        },
        "The last start is before the first.",
    ),
    "a count that fails": (
        {**COUNT, "on_move": "fail"},
        "A count of events is a number and cannot fail.",
    ),
    "a qualifier by half": (
        {**DAYS, "after_holding": "12 months"},
        "A qualifier states both how long the state is held and from when days count.",
    ),
    "a state less itself": ({**DAYS, "less": "housed"}, "A state cannot be taken off itself."),
    "lapses by half": ({**HELD, "lapses": "1"}, "Allowed lapses state both how many and how long."),
}


@pytest.mark.parametrize(("stated", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused(stated: dict[str, Any], message: str) -> None:
    assert refusals(stated) == [message]


def test_whether_a_day_with_two_events_counts_once_must_be_said() -> None:
    assert refusals({n: v for n, v in COUNT.items() if n != "counts"}) == ["Field required"]
