"""The rules of `money-sum`, drawn."""

from __future__ import annotations

from tests.spec.drawing import Spec

SHARED = {"kind": "money-sum", "amounts_of": "subsidy", "window": "30 days"}
ANA_AND_BEN = """
    enrolment | person | enrolled_on
    e1        | ana    | 2024-01-01
    e2        | ben    | 2024-01-01
"""
AMOUNTS = """
    kind    | person | happened_on | amount
    subsidy | ana    | 2024-01-01  | 100.10
    subsidy | ana    | 2024-01-05  | 200.20
    subsidy | ana    | 2024-01-05  | 0.20
    subsidy | ana    | 2024-01-31  | 999
    rent    | ana    | 2024-01-06  | 50
"""

SPECS = (
    Spec(
        rule="Amounts inside the window are added up to the cent; without one the sum is 0",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        events=AMOUNTS,
        expected="""
            enrolment | quantity | source
            e1        | 300.5    | intake:1;court:1;court:2;court:3
            e2        | 0        | intake:2
        """,
    ),
    Spec(
        rule="A sum can be rounded to whole units of the currency, halves away from 0",
        defaults=SHARED,
        measure={"rounding": "half-up"},
        enrolments=ANA_AND_BEN,
        events=AMOUNTS + "    subsidy | ben    | 2024-01-05  | -2.50\n",
        expected="""
            enrolment | quantity
            e1        | 301
            e2        | -3
        """,
    ),
    Spec(
        rule="Or cut down to whole units, toward 0",
        defaults=SHARED,
        measure={"rounding": "down"},
        enrolments=ANA_AND_BEN,
        events=AMOUNTS + "    subsidy | ben    | 2024-01-05  | -2.50\n",
        expected="""
            enrolment | quantity
            e1        | 300
            e2        | -2
        """,
    ),
    Spec(
        rule="A limit for each person cuts the sum",
        defaults=SHARED,
        measure={"at_most_each_person": "250.25"},
        enrolments=ANA_AND_BEN,
        events=AMOUNTS,
        expected="""
            enrolment | quantity
            e1        | 250.25
            e2        | 0
        """,
    ),
    Spec(
        rule="An event without an amount makes the sum unknown, never less",
        defaults=SHARED,
        measure={},
        enrolments=ANA_AND_BEN,
        events=AMOUNTS
        + """
            subsidy | ana | 2024-01-20 |
            subsidy | ben | 2024-02-20 |
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | no-amount
            e2        | 0        | known
        """,
    ),
    Spec(
        rule="A death that censors makes the sum unknown; a move that succeeds leaves what came",
        defaults=SHARED,
        measure={"on_death": "censor", "on_move": "succeed"},
        enrolments=ANA_AND_BEN,
        events="""
            kind    | person | happened_on | amount
            subsidy | ana    | 2024-01-02  | 10
            death   | ana    | 2024-01-10  |
            subsidy | ben    | 2024-01-10  | 10
            move    | ben    | 2024-01-10  |
            subsidy | ben    | 2024-01-11  | 10
        """,
        expected="""
            enrolment | quantity | status
            e1        | ?        | death
            e2        | 10       | known
        """,
    ),
    Spec(
        rule="A window not seen to its end is unknown, whatever was paid so far",
        defaults=SHARED,
        measure={},
        seen_through="2024-01-29",
        enrolments=ANA_AND_BEN,
        events=AMOUNTS,
        expected="""
            enrolment | quantity | status
            e1        | ?        | not-yet-observed
            e2        | ?        | not-yet-observed
        """,
    ),
    Spec(
        rule="A person enrolled twice has two sums, and an amount in both windows is in both",
        defaults=SHARED,
        measure={},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-01
            e2 | ana | 2024-01-15
        """,
        events="""
            kind | person | happened_on | amount
            subsidy | ana | 2024-01-14 | 1
            subsidy | ana | 2024-01-20 | 10.50
            subsidy | ana | 2024-02-05 | 100
        """,
        expected="""
            enrolment | quantity
            e1 | 11.5
            e2 | 110.5
        """,
    ),
    Spec(
        rule="Amounts of excused days that are not counted, of later days in custody that "
        "stops the clock, and of feeds that are not named are left out",
        defaults=SHARED,
        measure={"on_custody": "stop-the-clock"},
        not_counted=(("2024-01-20", "2024-01-21"),),
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on | amount | feed
            subsidy | ana | 2024-01-05 | 1 | court
            subsidy | ana | 2024-01-06 | 10 | court
            subsidy | ana | 2024-01-20 | 100 | court
            subsidy | ana | 2024-02-02 | 1000 | court
            subsidy | ana | 2024-01-15 | 10000 | other
        """,
        spells="""
            state | person | start_on | end_on
            jailed | ana | 2024-01-05 | 2024-01-08
        """,
        expected="""
            enrolment | last_day | quantity | source
            e1 | 2024-02-02 | 1001 | intake:1;jail:1;court:1;court:4
        """,
    ),
    Spec(
        rule="A month from 31 January ends before 29 February; that day's amount is outside",
        defaults=SHARED,
        measure={"window": "1 month"},
        enrolments="""
            enrolment | person | enrolled_on
            e1 | ana | 2024-01-31
        """,
        events="""
            kind | person | happened_on | amount
            subsidy | ana | 2024-02-28 | 1
            subsidy | ana | 2024-02-29 | 10
        """,
        expected="""
            enrolment | last_day | quantity
            e1 | 2024-02-28 | 1
        """,
    ),
    Spec(
        rule="The limit cuts what is rounded: a sum over it by a cent is the limit",
        defaults=SHARED,
        measure={"rounding": "half-up", "at_most_each_person": "10.25"},
        enrolments="""
            enrolment | person | enrolled_on
            e1        | ana    | 2024-01-01
        """,
        events="""
            kind | person | happened_on | amount
            subsidy | ana | 2024-01-05 | 10.50
        """,
        expected="""
            enrolment | quantity
            e1 | 10.25
        """,
    ),
)
