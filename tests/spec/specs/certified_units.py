"""The rules of `certified-units`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {
    "kind": "certified-units",
    "units": "course",
    "certified_by": "Example College",
    "window": "30 days",
}
ANA_AND_BEN = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""
COURSES = """
    kind   | person | happened_on
    course | ana    | 2024-01-05
    course | ana    | 2024-01-05
    course | ana    | 2024-01-30
    course | ana    | 2024-01-31
    lesson | ben    | 2024-01-05
"""

SPECS = (
    Spec(
        rule="Each row inside the window is one unit, also the second of a day",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        events=COURSES,
        expected="""
            enrolment | quantity | source
            e1        | 3        | intake:1;court:1;court:2;court:3
            e2        | 0        | intake:2
        """,
    ),
    Spec(
        rule="A death that censors makes the number unknown; a move that succeeds leaves it",
        defaults=SHARED,
        measure={"on_death": "censor", "on_move": "succeed"},
        enrolments=ANA_AND_BEN,
        events=COURSES
        + """
            move   | ana    | 2024-01-29
            death  | ben    | 2024-01-29
        """,
        expected="""
            enrolment | quantity | status
            e1        | 2        | known
            e2        | ?        | death
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown, whatever was certified so far",
        defaults=SHARED,
        measure={},
        feeds_seen={"court": "2024-01-29"},
        enrolments=ANA_AND_BEN,
        events=COURSES,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
            e2        | ?        | not-yet-observed
        """,
    ),
    Spec(
        rule="A person enrolled twice has two windows; a unit in both is a unit of both",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-01
            e2 | ana | 2024-01-15
        """,
        events="""
            kind | person | happened_on
            course | ana | 2024-01-20
            course | ana | 2024-02-05
        """,
        expected="""
            enrolment | quantity
            e1 | 1
            e2 | 2
        """,
    ),
    Spec(
        rule="No unit on excused days that are not counted, none on later days of custody "
        "that stops the clock, and none of a feed that is not named",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        not_counted=(("2024-01-20", "2024-01-21"),),
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on | feed
            course | ana | 2024-01-05 | court
            course | ana | 2024-01-06 | court
            course | ana | 2024-01-20 | court
            course | ana | 2024-02-02 | court
            course | ana | 2024-01-15 | other
        """,
        spells="""
            state | person | start_on | end_on
            jailed | ana | 2024-01-05 | 2024-01-08
        """,
        expected="""
            enrolment | last_day | quantity | source
            e1 | 2024-02-02 | 2 | intake:1;jail:1;court:1;court:4
        """,
    ),
    Spec(
        rule="A month from 31 January ends before 29 February, and one feed that is behind "
        "makes it unknown",
        defaults=SHARED,
        measure={"window": "1 month"},
        feeds_seen={"jail": "2024-02-28"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-31
            e2 | ben | 2024-02-01
        """,
        events="""
            kind | person | happened_on
            course | ana | 2024-02-28
            course | ana | 2024-02-29
            course | ben | 2024-02-28
        """,
        expected="""
            enrolment | last_day | quantity | status
            e1 | 2024-02-28 | 1 | known
            e2 | 2024-02-29 | ? | not-yet-observed
        """,
    ),
)
