"""The rules of `milestone-reached`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {"kind": "milestone-reached", "milestone": "move-in", "window": "180 days"}
KEPT = {"kept_for": "3 months", "lost_by": "move-out"}
THREE = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
    e3        | cem    | 2024-01-01
"""

SPECS = (
    Spec(
        rule="Reached on any day of the window is 1, from its first day to its last",
        defaults=SHARED,
        measure={},
        enrolments=THREE,
        events="""
            kind    | person | happened_on
            move-in | ana    | 2024-01-01
            move-in | ana    | 2024-05-01
            move-in | ben    | 2024-06-28
            move-in | cem    | 2024-06-29
        """,
        expected="""
            enrolment | last_day   | quantity | source
            e1        | 2024-06-28 | 1        | intake:1;court:1;court:2
            e2        | 2024-06-28 | 1        | intake:2;court:3
            e3        | 2024-06-28 | 0        | intake:3
        """,
    ),
    Spec(
        rule="What must be kept is kept in full inside the window, from its day to the month's end",
        defaults=SHARED,
        measure={"window": "5 months", **KEPT},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-30
            e2        | ben    | 2024-01-30
            e3        | cem    | 2024-01-30
        """,
        events="""
            kind    | person | happened_on
            move-in | ana    | 2024-03-30
            move-in | ben    | 2024-03-31
            move-in | cem    | 2024-04-01
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-06-29 | 1
            e2        | 2024-06-29 | 1
            e3        | 2024-06-29 | 0
        """,
    ),
    Spec(
        rule="A loss ends the keeping on any later day before the time is over",
        defaults=SHARED,
        measure={"window": "12 months", **KEPT},
        enrolments=THREE,
        events="""
            kind     | person | happened_on
            move-in  | ana    | 2024-02-01
            move-out | ana    | 2024-04-30
            move-in  | ben    | 2024-02-01
            move-out | ben    | 2024-05-01
            move-out | cem    | 2024-02-01
            move-in  | cem    | 2024-02-01
        """,
        expected="""
            enrolment | quantity | source
            e1        | 0        | intake:1;court:1;court:2
            e2        | 1        | intake:2;court:3;court:4
            e3        | 1        | intake:3;court:5;court:6
        """,
    ),
    Spec(
        rule="What was lost can be reached again",
        defaults=SHARED,
        measure={"window": "12 months", **KEPT},
        enrolments=THREE,
        events="""
            kind     | person | happened_on
            move-in  | ana    | 2024-02-01
            move-out | ana    | 2024-03-01
            move-in  | ana    | 2024-03-15
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
            e3        | 0
        """,
    ),
    Spec(
        rule="Reached up to and on the day of a death counts; without it the rule speaks",
        defaults=SHARED,
        measure={"on_death": "censor"},
        enrolments=THREE,
        events="""
            kind    | person | happened_on
            move-in | ana    | 2024-02-01
            death   | ana    | 2024-02-01
            death   | ben    | 2024-02-01
            move-in | ben    | 2024-02-02
        """,
        expected="""
            enrolment | quantity | status
            e1        | 1        | known
            e2        | ?        | death
            e3        | 0        | known
        """,
    ),
    Spec(
        rule="An ending during the keeping can censor, fail or succeed",
        defaults=SHARED,
        measure={
            "window": "12 months",
            **KEPT,
            "on_death": "censor",
            "on_move": "fail",
            "on_transfer": "succeed",
        },
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
            e4        | dee    | 2024-01-01
        """,
        events="""
            kind     | person | happened_on
            move-in  | ana    | 2024-02-01
            death    | ana    | 2024-03-01
            move-in  | ben    | 2024-02-01
            move     | ben    | 2024-03-01
            move-in  | cem    | 2024-02-01
            transfer | cem    | 2024-03-01
            move-in  | dee    | 2024-02-01
            death    | dee    | 2024-04-30
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | death
            e2        | 0        | known
            e3        | 1        | known
            e4        | 1        | known
        """,
    ),
    Spec(
        rule="What ends with success counts only if it was reached and not lost by then",
        defaults=SHARED,
        measure={"window": "12 months", **KEPT, "on_transfer": "succeed"},
        enrolments=THREE,
        events="""
            kind     | person | happened_on
            transfer | ana    | 2024-03-01
            move-in  | ana    | 2024-03-02
            move-in  | ben    | 2024-02-01
            move-out | ben    | 2024-02-10
            transfer | ben    | 2024-03-01
            move-in  | cem    | 2024-11-01
            transfer | cem    | 2024-11-15
        """,
        expected="""
            enrolment | quantity
            e1        | 0
            e2        | 0
            e3        | 0
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown, also with the milestone in it",
        defaults=SHARED,
        measure={},
        seen_through="2024-06-27",
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind    | person | happened_on
            move-in | ana    | 2024-02-01
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
        """,
    ),
    Spec(
        rule="A milestone on an excused day that is not counted is not seen",
        defaults=SHARED,
        measure={},
        not_counted=(("2024-02-01", "2024-02-10"),),
        enrolments=THREE,
        events="""
            kind    | person | happened_on
            move-in | ana    | 2024-02-10
            move-in | ben    | 2024-02-11
        """,
        expected="""
            enrolment | quantity
            e1        | 0
            e2        | 1
            e3        | 0
        """,
    ),
    Spec(
        rule="Without any row it was not reached; nor by an event of a feed that is not named",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
        """,
        events="""
            kind | person | happened_on | feed
            move-in | ben | 2024-01-05 | other
        """,
        expected="""
            enrolment | quantity | status
            e1 | 0 | known
            e2 | 0 | known
        """,
    ),
    Spec(
        rule="A person enrolled twice can reach it once in both windows, or in one",
        defaults=SHARED,
        measure={"window": "30 days"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-01
            e2 | ana | 2024-01-15
        """,
        events="""
            kind | person | happened_on
            move-in | ana | 2024-01-10
        """,
        expected="""
            enrolment | quantity | source
            e1 | 1 | intake:1;court:1
            e2 | 0 | intake:2
        """,
    ),
    Spec(
        rule="What must be kept for a month from 31 January is kept on 28 February, the "
        "month's end clipped",
        defaults=SHARED,
        measure={"kept_for": "1 month", "lost_by": "move-out", "window": "6 months"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
        """,
        events="""
            kind | person | happened_on
            move-in | ana | 2024-01-31
            move-out | ana | 2024-02-29
            move-in | ben | 2024-01-31
            move-out | ben | 2024-02-28
        """,
        expected="""
            enrolment | quantity
            e1 | 1
            e2 | 0
        """,
    ),
    Spec(
        rule="A loss on the very day of reaching it loses nothing",
        defaults=SHARED,
        measure={"kept_for": "1 month", "lost_by": "move-out", "window": "6 months"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on
            move-in | ana | 2024-01-31
            move-out | ana | 2024-01-31
        """,
        expected="""
            enrolment | quantity
            e1 | 1
        """,
    ),
    Spec(
        rule="Custody that stops the clock lengthens the window and is among the rows; the "
        "keeping runs on by the calendar",
        defaults=SHARED,
        measure={
            "kept_for": "10 days",
            "lost_by": None,
            "window": "30 days",
            "on_custody": "stop-the-clock",
        },
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
        """,
        events="""
            kind | person | happened_on
            move-in | ana | 2024-01-25
            move-in | ben | 2024-01-25
        """,
        spells="""
            state | person | start_on | end_on
            jailed | ana | 2024-01-10 | 2024-01-15
        """,
        expected="""
            enrolment | last_day | quantity | source
            e1 | 2024-02-04 | 1 | intake:1;jail:1;court:1
            e2 | 2024-01-30 | 0 | intake:2;court:2
        """,
    ),
)
