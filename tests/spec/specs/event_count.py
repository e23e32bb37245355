"""The rules of `event-count`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {"kind": "event-count", "event": "arrest", "window": "30 days", "counts": "days"}
TWO_ON_ONE_DAY = """
    kind   | person | happened_on
    arrest | ana    | 2024-01-05
    arrest | ana    | 2024-01-05
    arrest | ana    | 2024-01-09
    arrest | ana    | 2024-01-31
"""
ANA_AND_BEN = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""

SPECS = (
    Spec(
        rule="Counting days, a day with two events is one; without an event the count is 0",
        defaults=SHARED,
        measure={"counts": "days"},
        enrolments=ANA_AND_BEN,
        events=TWO_ON_ONE_DAY,
        expected="""
            enrolment | quantity | source
            e1        | 2        | intake:1;court:1;court:2;court:3
            e2        | 0        | intake:2
        """,
    ),
    Spec(
        rule="Counting each event, a day with two events is two",
        defaults=SHARED,
        measure={"counts": "each"},
        enrolments=ANA_AND_BEN,
        events=TWO_ON_ONE_DAY,
        expected="""
            enrolment | quantity
            e1        | 3
            e2        | 0
        """,
    ),
    Spec(
        rule="A limit for each person cuts the count",
        defaults=SHARED,
        measure={"counts": "each", "at_most_each_person": 1},
        enrolments=ANA_AND_BEN,
        events=TWO_ON_ONE_DAY,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown, whatever was counted so far",
        defaults=SHARED,
        measure={},
        seen_through="2024-01-29",
        enrolments=ANA_AND_BEN,
        events=TWO_ON_ONE_DAY,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
            e2        | ?        | not-yet-observed
        """,
    ),
    Spec(
        rule="A death that censors makes the count unknown, with events before it or without",
        defaults=SHARED,
        measure={"on_death": "censor"},
        enrolments=ANA_AND_BEN,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-05
            death  | ana    | 2024-01-10
            death  | ben    | 2024-01-10
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | death
            e2        | ?        | death
        """,
    ),
    Spec(
        rule="A move that succeeds leaves what came up to and on its day",
        defaults=SHARED,
        measure={"on_move": "succeed"},
        enrolments=ANA_AND_BEN,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-05
            move   | ana    | 2024-01-10
            arrest | ana    | 2024-01-10
            arrest | ana    | 2024-01-11
        """,
        expected="""
            enrolment | quantity | status
            e1        | 2        | known
            e2        | 0        | known
        """,
    ),
    Spec(
        rule="An excused day that is not counted takes its events out",
        defaults=SHARED,
        measure={},
        not_counted=(("2024-01-05", "2024-01-05"),),
        enrolments=ANA_AND_BEN,
        events=TWO_ON_ONE_DAY,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="An extended window takes in what happens in its longer end",
        defaults=SHARED,
        measure={},
        extended_by=(("2024-01-15", "2024-01-15"),),
        enrolments=ANA_AND_BEN,
        events=TWO_ON_ONE_DAY,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-01-31 | 3
            e2        | 2024-01-31 | 0
        """,
    ),
    Spec(
        rule="Custody that stops the clock: the event of its first day counts, those of later days "
        "do not, and the window runs on",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        spells="""
            state  | person | start_on   | end_on
            jailed | ana    | 2024-01-05 | 2024-01-15
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-05
            arrest | ana    | 2024-01-06
            arrest | ana    | 2024-02-09
            arrest | ana    | 2024-02-10
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-02-09 | 2
        """,
    ),
    Spec(
        rule="A window may start at the person's first event on or after the enrolment; that event "
        "is not counted inside it",
        defaults=SHARED,
        measure={"starts_at": "event", "start_event": "arrest"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-10
            e2        | ben    | 2024-01-10
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-09
            arrest | ana    | 2024-01-15
            arrest | ana    | 2024-01-20
            arrest | ben    | 2024-01-09
        """,
        expected="""
            enrolment | start_on   | quantity | source
            e1        | 2024-01-15 | 1        | intake:1;court:2;court:3
        """,
    ),
    Spec(
        rule="Events of a feed that the measure does not name do not count",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind   | person | happened_on | feed
            arrest | ana    | 2024-01-05  | court
            arrest | ana    | 2024-01-06  | press
        """,
        expected="""
            enrolment | quantity
            e1        | 1
        """,
    ),
    Spec(
        rule="A person enrolled twice has two windows, and an event in both counts in both",
        defaults=SHARED,
        measure={"counts": "each"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-01
            e2 | ana | 2024-01-15
        """,
        events="""
            kind | person | happened_on
            arrest | ana | 2024-01-14
            arrest | ana | 2024-01-15
            arrest | ana | 2024-02-01
        """,
        expected="""
            enrolment | quantity
            e1 | 2
            e2 | 2
        """,
    ),
    Spec(
        rule="A window of a month ends with the month's end clipped; 29 February is a day of it",
        defaults=SHARED,
        measure={"counts": "days", "window": "1 month"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-30
            e2 | ben | 2024-01-31
            e3 | cem | 2024-02-29
        """,
        events="""
            kind | person | happened_on
            arrest | ana | 2024-02-28
            arrest | ana | 2024-02-29
            arrest | ben | 2024-02-29
            arrest | cem | 2024-02-29
            arrest | cem | 2024-03-28
            arrest | cem | 2024-03-29
        """,
        expected="""
            enrolment | last_day | quantity
            e1 | 2024-02-28 | 1
            e2 | 2024-02-28 | 0
            e3 | 2024-03-28 | 2
        """,
    ),
    Spec(
        rule="Each feed has its own last day; the earliest decides what is seen",
        defaults=SHARED,
        measure={"counts": "days", "window": "10 days"},
        feeds_seen={"jail": "2024-01-10", "court": "2024-01-20"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-01
            e2 | ben | 2024-01-02
        """,
        events="""
            kind | person | happened_on
            arrest | ana | 2024-01-10
            arrest | ben | 2024-01-10
        """,
        expected="""
            enrolment | quantity | status
            e1 | 1 | known
            e2 | ? | not-yet-observed
        """,
    ),
)
