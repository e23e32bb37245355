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
SUM = {"kind": "money-sum", "amounts_of": "subsidy", **SHARED}
QUARTERS = {
    "kind": "quarters-with-earnings",
    "floor": "2500",
    "counts_first_quarter": "true",
    **SHARED,
}
UNITS = {"kind": "certified-units", "units": "course", "certified_by": "College", **SHARED}
GAIN = {"kind": "score-gain", "score": "reading", **SHARED}
LEASE = {"kind": "milestone-reached", "milestone": "lease", **SHARED}
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
    "a sum that fails": (
        {**SUM, "on_death": "fail"},
        "A sum of money is a number and cannot fail.",
    ),
    "quarters that fail": (
        {**QUARTERS, "on_custody": "fail"},
        "A number of quarters is a number and cannot fail.",
    ),
    "units that fail": (
        {**UNITS, "on_move": "fail"},
        "A number of units is a number and cannot fail.",
    ),
    "a bare gain that fails": (
        {**GAIN, "on_transfer": "fail"},
        "A gain without `at_least` is a number and cannot fail.",
    ),
    "a loss of what need not be kept": (
        {**LEASE, "lost_by": "move-out"},
        "A milestone that can be lost states how long it must be kept.",
    ),
    "a milestone lost by itself": (
        {**LEASE, "kept_for": "3 months", "lost_by": "lease"},
        "A milestone cannot be lost by the event that reaches it.",
    ),
    "a qualifier by half": (
        {**DAYS, "after_holding": "12 months"},
        "A qualifier states both how long the state is held and from when days count.",
    ),
    "a state less itself": ({**DAYS, "less": "housed"}, "A state cannot be taken off itself."),
    "lapses anywhere without any": (
        {**HELD, "lapses_lie": "anywhere"},
        "Without allowed lapses none can lie anywhere.",
    ),
    "lapses by half": ({**HELD, "lapses": "1"}, "Allowed lapses state both how many and how long."),
}


@pytest.mark.parametrize(("stated", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused(stated: dict[str, Any], message: str) -> None:
    assert refusals(stated) == [message]


def test_whether_a_day_with_two_events_counts_once_must_be_said() -> None:
    assert refusals({n: v for n, v in COUNT.items() if n != "counts"}) == ["Field required"]


def test_a_gain_with_a_mark_can_fail() -> None:
    assert built({**GAIN, "at_least": "2", "on_move": "fail"}).on_move == "fail"
