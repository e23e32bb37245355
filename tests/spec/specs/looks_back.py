"""The rules of windows that look back, drawn: the time before someone started."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {
    "kind": "event-count",
    "event": "arrest",
    "counts": "each",
    "looks": "back",
    "window": "10 days",
}
ANA = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-11
"""

SPECS = (
    Spec(
        rule="The window ends the day before the start event, and begins its own length before it",
        defaults=SHARED,
        measure={},
        enrolments=ANA,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2023-12-31
            arrest | ana    | 2024-01-01
            arrest | ana    | 2024-01-10
            arrest | ana    | 2024-01-11
        """,
        expected="""
            enrolment | start_on   | last_day   | quantity | source
            e1        | 2024-01-01 | 2024-01-10 | 2        | intake:1;court:2;court:3
        """,
    ),
    Spec(
        rule="Months are counted back from the start event's day, a month's end clipped",
        defaults=SHARED,
        measure={"window": "1 month"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-03-31
            e2        | ben    | 2024-03-01
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-02-28
            arrest | ana    | 2024-02-29
        """,
        expected="""
            enrolment | start_on   | last_day   | quantity
            e1        | 2024-02-29 | 2024-03-30 | 1
            e2        | 2024-02-01 | 2024-02-29 | 0
        """,
    ),
    Spec(
        rule="A window that begins before a feed holds every record is unknown, never 0",
        defaults=SHARED,
        measure={},
        feeds_from={"court": "2024-01-02", "jail": "2023-01-01"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-11
            e2        | ben    | 2024-01-12
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-05
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | before-the-records
            e2        | 0        | known
        """,
    ),
    Spec(
        rule="What is not seen to the day before the start is not yet observed",
        defaults=SHARED,
        measure={},
        seen_through="2024-01-09",
        enrolments=ANA,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
        """,
    ),
    Spec(
        rule="No excuse moves the beginning; days that are not counted do not count",
        defaults=SHARED,
        measure={},
        extended_by=(("2024-01-03", "2024-01-05"),),
        not_counted=(("2024-01-07", "2024-01-07"),),
        enrolments=ANA,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2023-12-30
            arrest | ana    | 2024-01-07
            arrest | ana    | 2024-01-08
        """,
        expected="""
            enrolment | start_on   | quantity
            e1        | 2024-01-01 | 1
        """,
    ),
    Spec(
        rule="An ending in the time before follows its rule",
        defaults=SHARED,
        measure={"on_custody": "censor"},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            jailed | ana    | 2024-01-03 | 2024-01-05
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | custody
        """,
    ),
    Spec(
        rule="The population's first and last start are days of the start event, not of the window",
        defaults=SHARED,
        measure={"population": {"says": "Everyone", "starts_from": "2024-01-11"}},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-11
            e2        | ben    | 2024-01-10
        """,
        expected="""
            enrolment | quantity
            e1        | 0
        """,
    ),
    Spec(
        rule="Days in a state before the start are counted up to the day before it",
        measure={
            "kind": "days-in-state",
            "state": "jailed",
            "looks": "back",
            "window": "10 days",
            "on_custody": "succeed",
        },
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            jailed | ana    | 2023-12-20 | 2024-01-03
            jailed | ana    | 2024-01-09 |
        """,
        expected="""
            enrolment | quantity | source
            e1        | 4        | intake:1;jail:1;jail:2
        """,
    ),
    Spec(
        rule="Of quarters before the start those count that lie in the window as a whole",
        measure={
            "kind": "quarters-with-earnings",
            "floor": "100",
            "counts_first_quarter": False,
            "looks": "back",
            "window": "6 months",
        },
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-02-10
        """,
        events="""
            kind  | person | happened_on | amount
            wages | ana    | 2023-09-30  | 200
            wages | ana    | 2023-12-31  | 200
            wages | ben    | 2023-09-30  | 200
            wages | ben    | 2023-12-31  | 200
        """,
        expected="""
            enrolment | quantity
            e1        | 2
            e2        | 1
        """,
    ),
)
