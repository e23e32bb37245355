"""The rules of `days-in-state`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {"kind": "days-in-state", "state": "housed", "window": "30 days"}
ANA = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
"""
ANA_AND_BEN = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""
HOUSED_AND_JAILED = """
    state  | person | start_on   | end_on
    housed | ana    | 2024-01-01 | 2024-02-01
    jailed | ana    | 2024-01-10 | 2024-01-15
"""

SPECS = (
    Spec(
        rule="Each day of a stay counts from its first on, the day of its end does not",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-10
        """,
        expected="""
            enrolment | quantity | source
            e1        | 5        | intake:1;jail:1
            e2        | 0        | intake:2
        """,
    ),
    Spec(
        rule="Stays that overlap are merged: a day counts at most once",
        defaults=SHARED,
        measure={},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-15
            housed | ana    | 2024-01-08 | 2024-01-10
            housed | ana    | 2024-01-12 | 2024-01-20
        """,
        expected="""
            enrolment | quantity
            e1        | 15
        """,
    ),
    Spec(
        rule="Days before the window and after its end do not count",
        defaults=SHARED,
        measure={},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2023-12-01 | 2024-01-03
            housed | ana    | 2024-01-29 | 2024-03-01
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-01-30 | 4
        """,
    ),
    Spec(
        rule="A stay still open ends where its own feed's records end",
        defaults=SHARED,
        measure={},
        feeds_seen={"jail": "2024-02-10"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-20
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-11 |
            housed | ben    | 2024-01-21 |
        """,
        expected="""
            enrolment | quantity | status
            e1        | 20       | known
            e2        | ?        | not-yet-observed
        """,
    ),
    Spec(
        rule="Days in the state under `less` are taken off as days, not as sums",
        defaults=SHARED,
        measure={"less": "jailed", "on_custody": "succeed"},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-11
            jailed | ana    | 2024-01-06 | 2024-01-21
            jailed | ana    | 2024-01-08 | 2024-01-09
        """,
        expected="""
            enrolment | quantity | source
            e1        | 5        | intake:1;jail:1;jail:2;jail:3
        """,
    ),
    Spec(
        rule="Custody that censors makes the result unknown; custody that succeeds ends nothing",
        defaults=SHARED,
        measure={"on_custody": "censor"},
        enrolments=ANA,
        spells=HOUSED_AND_JAILED,
        expected="""
            enrolment | quantity | status
            e1        | ?        | custody
        """,
    ),
    Spec(
        rule="With `succeed`, days in custody count as the records show them",
        defaults=SHARED,
        measure={"on_custody": "succeed"},
        enrolments=ANA,
        spells=HOUSED_AND_JAILED,
        expected="""
            enrolment | quantity
            e1        | 30
        """,
    ),
    Spec(
        rule="Custody that stops the clock takes its days off, and the window runs on by as many",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        enrolments=ANA,
        spells=HOUSED_AND_JAILED,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-02-04 | 26
        """,
    ),
    Spec(
        rule="A death that stops the clock closes the window after its day; what was there stands",
        defaults=SHARED,
        measure={"on_death": "stop-the-clock"},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 |
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-01-10
        """,
        expected="""
            enrolment | last_day   | quantity | source
            e1        | 2024-01-10 | 10       | intake:1;court:1;jail:1
        """,
    ),
    Spec(
        rule="A move that succeeds keeps the window and counts nothing after its day",
        defaults=SHARED,
        measure={"on_move": "succeed"},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 |
        """,
        events="""
            kind | person | happened_on
            move | ana    | 2024-01-10
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-01-30 | 10
        """,
    ),
    Spec(
        rule="An excused day that is not counted does not count",
        defaults=SHARED,
        measure={},
        not_counted=(("2024-01-05", "2024-01-06"),),
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-11
        """,
        expected="""
            enrolment | quantity
            e1        | 8
        """,
    ),
    Spec(
        rule="A month counts if every day of it does; months run from the window's first day",
        defaults=SHARED,
        measure={"unit": "month", "window": "4 months"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-31
            e2        | ben    | 2024-01-31
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-31 | 2024-02-29
            housed | ana    | 2024-02-29 | 2024-04-30
            housed | ben    | 2024-02-01 | 2024-04-29
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-05-30 | 3
            e2        | 2024-05-30 | 1
        """,
    ),
    Spec(
        rule="A quarter is three such months",
        defaults=SHARED,
        measure={"unit": "quarter", "window": "1 year"},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-03-31 | 2025-01-01
        """,
        expected="""
            enrolment | quantity
            e1        | 3
        """,
    ),
    Spec(
        rule="With `counts_from: start`, days before the qualifier was met count once it is",
        defaults=SHARED,
        measure={"after_holding": "10 days", "counts_from": "start"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-02 | 2024-01-05
            housed | ana    | 2024-01-10 | 2024-01-22
            housed | ben    | 2024-01-02 | 2024-01-11
            housed | ben    | 2024-01-12 | 2024-01-21
        """,
        expected="""
            enrolment | quantity
            e1        | 15
            e2        | 0
        """,
    ),
    Spec(
        rule="With `counts_from: qualification`, only days after it was met count",
        defaults=SHARED,
        measure={"after_holding": "10 days", "counts_from": "qualification"},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-02 | 2024-01-05
            housed | ana    | 2024-01-10 | 2024-01-22
        """,
        expected="""
            enrolment | quantity
            e1        | 2
        """,
    ),
    Spec(
        rule="A person enrolled twice has two windows, each with its own days",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ana    | 2024-01-20
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-10 | 2024-01-25
        """,
        expected="""
            enrolment | quantity
            e1        | 15
            e2        | 5
        """,
    ),
    Spec(
        rule="Without any row there are 0 days; a stay of no day, or of a feed that is not "
        "named, has none",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
        """,
        spells="""
            state | person | start_on | end_on | feed
            housed | ben | 2024-01-05 | 2024-01-05 | jail
            housed | cem | 2024-01-05 | 2024-01-10 | shelter
        """,
        expected="""
            enrolment | quantity | status | source
            e1 | 0 | known | intake:1
            e2 | 0 | known | intake:2
            e3 | 0 | known | intake:3
        """,
    ),
    Spec(
        rule="Months from the 31st run to each month's end, over 29 February too",
        defaults=SHARED,
        measure={"unit": "month", "window": "3 months"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-31
            e2 | ben | 2024-01-31
            e3 | cem | 2024-01-31
        """,
        spells="""
            state | person | start_on | end_on
            housed | ana | 2024-01-31 | 2024-03-31
            housed | ben | 2024-01-31 | 2024-02-29
            housed | cem | 2024-01-31 | 2024-02-28
            housed | cem | 2024-02-29 | 2024-04-29
        """,
        expected="""
            enrolment | last_day | quantity
            e1 | 2024-04-29 | 2
            e2 | 2024-04-29 | 1
            e3 | 2024-04-29 | 1
        """,
    ),
    Spec(
        rule="A death that censors makes the days unknown, however many there were before it",
        defaults=SHARED,
        measure={"on_death": "censor"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on
            death | ana | 2024-01-10
        """,
        spells="""
            state | person | start_on | end_on
            housed | ana | 2024-01-01 | 2024-01-10
        """,
        expected="""
            enrolment | quantity | status | source
            e1 | ? | death | intake:1;court:1;jail:1
        """,
    ),
    Spec(
        rule="One feed that does not reach to the end makes the window unknown, also if the "
        "stays end before",
        defaults=SHARED,
        measure={"window": "10 days"},
        feeds_seen={"court": "2024-01-08"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2023-12-30
            e2 | ben | 2024-01-01
        """,
        spells="""
            state | person | start_on | end_on
            housed | ana | 2024-01-01 | 2024-01-04
            housed | ben | 2024-01-01 | 2024-01-04
        """,
        expected="""
            enrolment | last_day | quantity | status
            e1 | 2024-01-08 | 3 | known
            e2 | 2024-01-10 | ? | not-yet-observed
        """,
    ),
    Spec(
        rule="The custody that stopped the clock is among the rows, as is what ended the watching",
        defaults=SHARED,
        measure={"window": "10 days", "on_custody": "stop-the-clock", "on_move": "succeed"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on
            move | ana | 2024-01-11
        """,
        spells="""
            state | person | start_on | end_on
            housed | ana | 2023-12-01 | 2024-02-01
            jailed | ana | 2024-01-03 | 2024-01-05
            jailed | ana | 2024-01-14 | 2024-01-20
        """,
        expected="""
            enrolment | last_day | quantity | source
            e1 | 2024-01-12 | 9 | intake:1;court:1;jail:2;jail:1
        """,
    ),
)
