"""The rules of `event-absent`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {"kind": "event-absent", "event": "arrest", "window": "30 days"}

SPECS = (
    Spec(
        rule="The window is half-open: its first day counts, the day on which it ends does not",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
            e4        | dee    | 2024-01-01
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-01
            arrest | ben    | 2024-01-30
            arrest | cem    | 2024-01-31
            arrest | dee    | 2023-12-31
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-01-30 | 0
            e2        | 2024-01-30 | 0
            e3        | 2024-01-30 | 1
            e4        | 2024-01-30 | 1
        """,
    ),
    Spec(
        rule="Months run from the start day, the month's end clipped",
        defaults=SHARED,
        measure={"window": "1 month"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-31
            e2        | ben    | 2023-01-31
            e3        | cem    | 2024-01-15
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-02-29
            arrest | ben    | 2023-02-27
            arrest | cem    | 2024-02-14
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-02-28 | 1
            e2        | 2023-02-27 | 0
            e3        | 2024-02-14 | 0
        """,
    ),
    Spec(
        rule="A year from 29 February ends before 28 February",
        defaults=SHARED,
        measure={"window": "1 year"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-02-29
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2025-02-28
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2025-02-27 | 1
        """,
    ),
    Spec(
        rule="Only the named event of the same person counts, once or many times",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
        """,
        events="""
            kind     | person | happened_on
            citation | ana    | 2024-01-05
            arrest   | ben    | 2024-01-05
            arrest   | ben    | 2024-01-05
            arrest   | ben    | 2024-01-09
        """,
        expected="""
            enrolment | quantity | source
            e1        | 1        | intake:1
            e2        | 0        | intake:2;court:2;court:3;court:4
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown, never zero, even with an event in it",
        defaults=SHARED,
        measure={},
        seen_through="2024-01-29",
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2023-12-31
        """,
        events="""
            kind   | person | happened_on
            arrest | ben    | 2024-01-05
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
            e2        | ?        | not-yet-observed
            e3        | 1        | known
        """,
    ),
    Spec(
        rule="The grain is the enrolment: one event can fall into two windows of a person",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ana    | 2024-01-20
            e3        | ana    | 2024-06-01
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-25
        """,
        expected="""
            enrolment | person | quantity
            e1        | ana    | 0
            e2        | ana    | 0
            e3        | ana    | 1
        """,
    ),
    Spec(
        rule="A death without an event before it makes the result unknown, if it censors",
        defaults=SHARED,
        measure={"on_death": "censor"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
        """,
        events="""
            kind   | person | happened_on
            death  | ana    | 2024-01-10
            arrest | ben    | 2024-01-10
            death  | ben    | 2024-01-10
            death  | cem    | 2024-01-31
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | death
            e2        | 0        | known
            e3        | 1        | known
        """,
    ),
    Spec(
        rule="A move can fail: the result is 0 though no event is known",
        defaults=SHARED,
        measure={"on_move": "fail"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on
            move | ana    | 2024-01-10
        """,
        expected="""
            enrolment | quantity | status
            e1        | 0        | known
        """,
    ),
    Spec(
        rule="A transfer can succeed: an event after its day is not looked at",
        defaults=SHARED,
        measure={"on_transfer": "succeed"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
        """,
        events="""
            kind     | person | happened_on
            transfer | ana    | 2024-01-10
            arrest   | ana    | 2024-01-11
            transfer | ben    | 2024-01-10
            arrest   | ben    | 2024-01-10
        """,
        expected="""
            enrolment | quantity | source
            e1        | 1        | intake:1;court:1
            e2        | 0        | intake:2;court:3;court:4
        """,
    ),
    Spec(
        rule="Custody that reaches into the window ends the watching on its first day inside",
        defaults=SHARED,
        measure={"on_custody": "fail"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
            e4        | dee    | 2024-01-01
        """,
        spells="""
            state   | person | start_on   | end_on
            custody | ana    | 2023-12-01 | 2024-01-02
            custody | ben    | 2023-12-01 | 2024-01-01
            custody | cem    | 2024-01-30 |
            custody | dee    | 2024-01-31 |
        """,
        expected="""
            enrolment | quantity | source
            e1        | 0        | intake:1;jail:1
            e2        | 1        | intake:2
            e3        | 0        | intake:3;jail:3
            e4        | 1        | intake:4
        """,
    ),
    Spec(
        rule="Of two endings on one day, death comes before a move, a transfer and custody",
        defaults=SHARED,
        measure={"on_death": "censor", "on_move": "fail"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
        """,
        events="""
            kind  | person | happened_on
            move  | ana    | 2024-01-10
            death | ana    | 2024-01-10
            move  | ben    | 2024-01-09
            death | ben    | 2024-01-10
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | death
            e2        | 0        | known
        """,
    ),
    Spec(
        rule="What happens on an excused day that is not counted is not seen",
        defaults=SHARED,
        measure={},
        not_counted=(("2024-01-10", "2024-01-12"),),
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-10
            arrest | ben    | 2024-01-12
            arrest | cem    | 2024-01-13
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-01-30 | 1
            e2        | 2024-01-30 | 1
            e3        | 2024-01-30 | 0
        """,
    ),
    Spec(
        rule="A window is extended by the excused days inside it, also those it then reaches",
        defaults=SHARED,
        measure={},
        extended_by=(("2024-01-10", "2024-01-14"), ("2024-02-02", "2024-02-03")),
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-12
            e3        | cem    | 2024-02-04
            e4        | dee    | 2023-12-11
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-02-06
            arrest | dee    | 2024-01-10
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-02-06 | 0
            e2        | 2024-02-15 | 1
            e3        | 2024-03-04 | 1
            e4        | 2024-01-09 | 1
        """,
    ),
    Spec(
        rule="Limited to whom the programme enrolled, a window starts at the first event from the "
        "day of enrolment to that of the exit, both in",
        defaults=SHARED,
        measure={
            "starts_at": "event",
            "start_event": "move-in",
            "population": {"says": "People whom the programme enrolled", "enrolled_only": "true"},
        },
        enrolments="""
            enrolment | person | referred_on | enrolled_on | exited_on
            e1        | ana    | 2024-01-01  | 2024-01-10  |
            e2        | ben    | 2024-01-01  |             |
            e3        | cem    | 2024-01-01  | 2024-01-10  | 2024-01-20
            e4        | dee    | 2024-01-01  | 2024-01-10  | 2024-01-20
            e5        | eli    | 2024-01-01  | 2024-01-10  |
            e6        | fay    | 2024-01-01  | 2024-01-10  | 2024-01-31
        """,
        events="""
            kind    | person | happened_on
            move-in | ana    | 2024-01-10
            move-in | ben    | 2024-01-15
            move-in | cem    | 2024-01-20
            move-in | dee    | 2024-01-21
            move-in | eli    | 2024-01-05
            move-in | eli    | 2024-01-15
            move-in | fay    | 2024-01-12
            arrest  | fay    | 2024-02-01
        """,
        expected="""
            enrolment | start_on   | quantity
            e1        | 2024-01-10 | 1
            e3        | 2024-01-20 | 1
            e5        | 2024-01-15 | 1
            e6        | 2024-01-12 | 0
        """,
    ),
    Spec(
        rule="Limited to whom the programme enrolled, a window from the referral keeps its day",
        defaults=SHARED,
        measure={
            "starts_at": "referral",
            "population": {"says": "People whom the programme enrolled", "enrolled_only": "true"},
        },
        enrolments="""
            enrolment | person | referred_on | enrolled_on
            e1        | ana    | 2024-01-01  | 2024-01-10
            e2        | ben    | 2024-01-01  |
        """,
        expected="""
            enrolment | start_on   | quantity
            e1        | 2024-01-01 | 1
        """,
    ),
    Spec(
        rule="The population can be limited to arms, sites and days of the start",
        defaults=SHARED,
        measure={
            "population": {
                "says": "Those offered aid at the north site in January",
                "arms": ["aid"],
                "sites": ["north"],
                "starts_from": "2024-01-01",
                "starts_to": "2024-01-31",
            }
        },
        enrolments="""
            enrolment | person | enrolled_on | arm  | site
            e1        | ana    | 2024-01-01  | aid  | north
            e2        | ben    | 2024-01-31  | aid  | north
            e3        | cem    | 2024-02-01  | aid  | north
            e4        | dee    | 2024-01-15  | none | north
            e5        | eli    | 2024-01-15  | aid  | south
            e6        | fay    | 2024-01-15  |      | north
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 1
        """,
    ),
    Spec(
        rule="The window can start at referral, assignment or exit; without that day there is none",
        defaults=SHARED,
        measure={"starts_at": "exit"},
        enrolments="""
            enrolment | person | enrolled_on | exited_on
            e1        | ana    | 2024-01-01  | 2024-03-01
            e2        | ben    | 2024-01-01  |
        """,
        events="""
            kind   | person | happened_on
            arrest | ana    | 2024-01-05
        """,
        expected="""
            enrolment | start_on   | quantity
            e1        | 2024-03-01 | 1
        """,
    ),
    Spec(
        rule="The custody that stopped the clock is among the rows, though nothing happened in it",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
        """,
        spells="""
            state | person | start_on | end_on
            jailed | ana | 2024-01-10 | 2024-01-12
            jailed | ben | 2024-02-10 | 2024-02-12
        """,
        expected="""
            enrolment | last_day | quantity | source
            e1 | 2024-02-01 | 1 | intake:1;jail:1
            e2 | 2024-01-30 | 1 | intake:2
        """,
    ),
    Spec(
        rule="A row that is an event and a stay in custody at once is named once",
        defaults=SHARED,
        measure={"event": "booking", "feeds": ["intake", "jail"], "on_custody": "stop-the-clock"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on | feed | row
            booking | ana | 2024-01-10 | jail | 7
        """,
        spells="""
            state | person | start_on | end_on | row
            jailed | ana | 2024-01-10 | 2024-01-12 | 7
        """,
        expected="""
            enrolment | quantity | source
            e1 | 0 | intake:1;jail:7
        """,
    ),
    Spec(
        rule="Every feed must reach to the end of the window; an event of a feed that is not "
        "named is none",
        defaults=SHARED,
        measure={"window": "10 days"},
        feeds_seen={"jail": "2024-01-10", "court": "2024-01-11"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-01
            e2 | ben | 2024-01-02
        """,
        events="""
            kind | person | happened_on | feed
            arrest | ana | 2024-01-05 | police
        """,
        expected="""
            enrolment | last_day | quantity | status
            e1 | 2024-01-10 | 1 | known
            e2 | 2024-01-11 | ? | not-yet-observed
        """,
    ),
)
