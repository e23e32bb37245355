"""The rules of `held-without-break`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {
    "kind": "held-without-break",
    "state": "housed",
    "held_for": "20 days",
    "window": "30 days",
}
ANA = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
"""
ANA_AND_BEN = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""
ONE_LAPSE = {"lapses": "1", "lapse_days": "3"}

SPECS = (
    Spec(
        rule="The state is held on every day of the time, anywhere inside the window",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-11 | 2024-01-31
            housed | ben    | 2024-01-11 | 2024-01-30
        """,
        expected="""
            enrolment | quantity | status | source
            e1        | 1        | known  | intake:1;jail:1
            e2        | 0        | known  | intake:2;jail:2
        """,
    ),
    Spec(
        rule="Stays that touch or overlap are one",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-15
            housed | ana    | 2024-01-15 | 2024-01-21
            housed | ben    | 2024-01-01 | 2024-01-15
            housed | ben    | 2024-01-16 | 2024-01-31
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="A time in months is counted from its first day, the month's end clipped",
        defaults=SHARED,
        measure={"held_for": "1 month", "window": "3 months"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-31
            e2        | ben    | 2024-01-31
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-31 | 2024-02-29
            housed | ben    | 2024-03-01 | 2024-03-31
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="A lapse no longer than allowed does not break the time, and its days are part of it",
        defaults={**SHARED, **ONE_LAPSE},
        measure={},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-12
            housed | ana    | 2024-01-15 | 2024-01-25
            housed | ben    | 2024-01-05 | 2024-01-12
            housed | ben    | 2024-01-16 | 2024-01-25
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="Of more lapses than are allowed, those at one end are left out of the time",
        defaults={**SHARED, **ONE_LAPSE},
        measure={"held_for": "15 days"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-08
            housed | ana    | 2024-01-09 | 2024-01-16
            housed | ana    | 2024-01-17 | 2024-01-24
            housed | ben    | 2024-01-05 | 2024-01-10
            housed | ben    | 2024-01-11 | 2024-01-16
            housed | ben    | 2024-01-17 | 2024-01-22
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="With `lapses_lie: anywhere`, days out of the state at the window's start and end are "
        "lapses too",
        defaults={**SHARED, "lapses": "2", "lapse_days": "3"},
        measure={"held_for": "30 days", "lapses_lie": "anywhere"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-04 | 2024-01-28
            housed | ben    | 2024-01-05 | 2024-01-28
            housed | cem    | 2024-01-04 | 2024-01-27
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
            e3        | 0
        """,
    ),
    Spec(
        rule="Unless it says so, a lapse lies between two stays: the time begins and ends in the "
        "state",
        defaults={**SHARED, "lapses": "2", "lapse_days": "3"},
        measure={"held_for": "24 days"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-04 | 2024-01-28
            housed | ben    | 2024-01-05 | 2024-01-28
            housed | cem    | 2024-01-04 | 2024-01-27
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
            e3        | 0
        """,
    ),
    Spec(
        rule="Who left for good has no lapse but an end, though it came near the window's",
        defaults={**SHARED, **ONE_LAPSE},
        measure={"held_for": "30 days"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-30
            housed | ben    | 2024-01-01 | 2024-01-31
        """,
        expected="""
            enrolment | quantity
            e1        | 0
            e2        | 1
        """,
    ),
    Spec(
        rule="A lapse that is open when the window is over is none, also if a stay begins the day "
        "after",
        defaults={**SHARED, **ONE_LAPSE},
        measure={"held_for": "22 days"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-09 | 2024-01-29
            housed | ana    | 2024-01-31 | 2024-03-01
            housed | ben    | 2024-01-09 | 2024-01-29
            housed | ben    | 2024-01-30 | 2024-03-01
        """,
        expected="""
            enrolment | quantity | source
            e1        | 0        | intake:1;jail:1
            e2        | 1        | intake:2;jail:3;jail:4
        """,
    ),
    Spec(
        rule="A time that would be full inside a lapse is full on the day of coming back",
        defaults={**SHARED, **ONE_LAPSE},
        measure={"on_death": "fail"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-19
            housed | ana    | 2024-01-22 | 2024-01-23
            housed | ben    | 2024-01-01 | 2024-01-19
            housed | ben    | 2024-01-22 | 2024-01-23
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-01-22
            death | ben    | 2024-01-21
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="A good exit, and a death that succeeds, begin a stay; a lapse can lie before it",
        defaults={**SHARED, **ONE_LAPSE},
        measure={"good_exits": ["exit-permanent"], "on_death": "succeed"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-01
            e4        | dee    | 2024-01-01
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-10
            housed | ben    | 2024-01-05 | 2024-01-10
            housed | cem    | 2024-01-05 | 2024-01-10
            housed | dee    | 2024-01-05 | 2024-01-10
        """,
        events="""
            kind           | person | happened_on
            exit-permanent | ana    | 2024-01-13
            exit-permanent | ben    | 2024-01-14
            death          | cem    | 2024-01-12
            death          | dee    | 2024-01-13
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
            e3        | 1
            e4        | 0
        """,
    ),
    Spec(
        rule="Without any row the state was not held; rows of a feed that is not named are none",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on     | feed
            housed | ben    | 2024-01-01 | 2024-02-01 | shelter
        """,
        expected="""
            enrolment | quantity | status | source
            e1        | 0        | known  | intake:1
            e2        | 0        | known  | intake:2
        """,
    ),
    Spec(
        rule="A stay of no day holds nothing, and an open one ends with its own feed's records",
        defaults=SHARED,
        measure={"feeds": ["intake", "jail", "survey"]},
        feeds_seen={"jail": "2024-01-30", "survey": "2024-01-31"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ben    | 2024-01-01
            e3        | cem    | 2024-01-02
            e4        | dee    | 2024-01-01
        """,
        spells="""
            state  | person | start_on   | end_on     | feed
            housed | ana    | 2024-01-11 |            | jail
            housed | ben    | 2024-01-12 |            | survey
            housed | cem    | 2024-01-05 |            | survey
            housed | dee    | 2024-01-05 | 2024-01-20 | jail
            housed | dee    | 2024-01-20 | 2024-01-20 | jail
            housed | dee    | 2024-01-21 | 2024-01-30 | jail
        """,
        expected="""
            enrolment | quantity | status
            e1        | 1        | known
            e2        | 0        | known
            e3        | ?        | not-yet-observed
            e4        | 0        | known
        """,
    ),
    Spec(
        rule="A year from 29 February is full on 27 February, the month's end clipped",
        defaults=SHARED,
        measure={"held_for": "12 months", "window": "24 months"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-02-29
            e2        | ben    | 2024-02-29
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-02-29 | 2025-02-28
            housed | ben    | 2024-02-29 | 2025-02-27
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2026-02-27 | 1
            e2        | 2026-02-27 | 0
        """,
    ),
    Spec(
        rule="A person enrolled twice has two windows; one stay can fill the time in one of them",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
            e2        | ana    | 2024-01-12
        """,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-25
        """,
        expected="""
            enrolment | quantity | source
            e1        | 1        | intake:1;jail:1
            e2        | 0        | intake:2;jail:1
        """,
    ),
    Spec(
        rule="Excused days that are not counted leave fewer days to hold it in; where all of the "
        "window is needed, extend it instead",
        defaults=SHARED,
        measure={"held_for": "30 days"},
        not_counted=(("2024-01-10", "2024-01-12"),),
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 |
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-01-30 | 0
        """,
    ),
    Spec(
        rule="A good exit counts as the state held from its day on, for someone who held it before",
        defaults=SHARED,
        measure={"good_exits": ["exit-permanent"]},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-10
        """,
        events="""
            kind           | person | happened_on
            exit-permanent | ana    | 2024-01-10
            exit-permanent | ben    | 2024-01-02
        """,
        expected="""
            enrolment | quantity | source
            e1        | 1        | intake:1;jail:1;court:1
            e2        | 0        | intake:2;court:2
        """,
    ),
    Spec(
        rule="Held long enough before a death is 1, whatever the rule for deaths",
        defaults=SHARED,
        measure={"on_death": "fail"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-02-01
            housed | ben    | 2024-01-01 | 2024-02-01
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-01-20
            death | ben    | 2024-01-19
        """,
        expected="""
            enrolment | quantity | status
            e1        | 1        | known
            e2        | 0        | known
        """,
    ),
    Spec(
        rule="A death that stops the clock before the time is full leaves the result unknown",
        defaults=SHARED,
        measure={"on_death": "stop-the-clock"},
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-02-01
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-01-19
        """,
        expected="""
            enrolment | last_day   | quantity | status
            e1        | 2024-01-19 | ?        | death
        """,
    ),
    Spec(
        rule="A death that succeeds counts as the state held on, for someone who held it then",
        defaults=SHARED,
        measure={"on_death": "succeed"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-05 | 2024-01-08
            housed | ben    | 2024-01-05 | 2024-01-06
        """,
        events="""
            kind  | person | happened_on
            death | ana    | 2024-01-07
            death | ben    | 2024-01-07
        """,
        expected="""
            enrolment | quantity
            e1        | 1
            e2        | 0
        """,
    ),
    Spec(
        rule="Custody that stops the clock is passed over: it neither holds nor lapses",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        enrolments=ANA_AND_BEN,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-11
            jailed | ana    | 2024-01-11 | 2024-03-11
            housed | ana    | 2024-03-11 | 2024-03-21
            housed | ben    | 2024-01-01 | 2024-01-11
            jailed | ben    | 2024-01-12 | 2024-03-11
            housed | ben    | 2024-03-11 | 2024-03-21
        """,
        expected="""
            enrolment | last_day   | quantity
            e1        | 2024-03-30 | 1
            e2        | 2024-03-29 | 0
        """,
    ),
    Spec(
        rule="An excused day that is not counted is passed over in the same way",
        defaults=SHARED,
        measure={},
        not_counted=(("2024-01-10", "2024-01-12"),),
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-10
            housed | ana    | 2024-01-13 | 2024-01-24
        """,
        expected="""
            enrolment | quantity
            e1        | 1
        """,
    ),
    Spec(
        rule="A window not yet seen to its end is unknown, also if the state was held long enough",
        defaults=SHARED,
        measure={},
        seen_through="2024-01-29",
        enrolments=ANA,
        spells="""
            state  | person | start_on   | end_on
            housed | ana    | 2024-01-01 | 2024-01-28
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
        """,
    ),
)
